namespace Isobar.Mechanics;

/// <summary>
/// Porosity of a powder pressed uniaxially in a die, with memory of the largest pressure.
/// <para>First loading of the matrix: ε(P) = ε₀·exp(−(P/P₀)ⁿ), the stretched exponential that contains Heckel (n = 1) and
/// Panelli-Ambrozio (n = 1/2).</para>
/// <para>Rigid inclusions (cathode particles in soft electrolyte) carry load once they touch: the composite needs the pressure
/// P(D) = K(D)·P_matrix(D) with K = 1 + s·(D − D_x) above the relative density D_x and K = 1 below.</para>
/// <para>Below the largest pressure P_max the powder is elastic: thickness recovers by the strain (P_max − P)/M(ε_max) with the confined
/// modulus M(ε) = M₀·exp(−b·ε) of the pressed powder, and reloading returns along the same line to ε(P_max). M is never below the stiffness of
/// first loading, (1 − ε)·|dP/dε|: otherwise a cycle of pressing would give back more than it took.</para>
/// <para>Validity: 10-400 MPa for argyrodites (rms 0.006 in ε); s = 65·f⁴ (f: volume share of inclusions in the solid) for a size ratio of 5:2
/// and 50-70 vol% inclusions. Sources: V. Miß et al., ACS Appl. Mater. Interfaces 18 (2026) 32830, 10.1021/acsami.6c03789 (data);
/// R. Panelli, F. Ambrozio Filho, Powder Metall. 41 (1998) 131 (n = 1/2); R. W. Heckel, Trans. AIME 221 (1961) 671 (n = 1);
/// C. L. Martin, D. Bouvard, Acta Mater. 51 (2003) 373, 10.1016/S1359-6454(02)00402-0 (rigid inclusions).</para>
/// </summary>
/// <param name="PouredPorosity">ε₀, porosity before pressing, between 0 and 1.</param>
/// <param name="ScalePressurePa">P₀ in Pa.</param>
/// <param name="Exponent">n.</param>
/// <param name="DenseConfinedModulusPa">M₀ in Pa, confined (oedometric) modulus without pores: E(1−ν)/((1+ν)(1−2ν)).</param>
/// <param name="ModulusPorosityExponent">b.</param>
/// <param name="LockUpSlope">s, zero for a powder without rigid inclusions.</param>
/// <param name="LockUpDensity">D_x, relative density at which inclusions begin to carry load.</param>
public readonly record struct CompactionLaw(
    double PouredPorosity,
    double ScalePressurePa,
    double Exponent,
    double DenseConfinedModulusPa,
    double ModulusPorosityExponent,
    double LockUpSlope = 0,
    double LockUpDensity = 0.745)
{
    /// <summary>Lowest pressure of the data behind the law, Pa.</summary>
    public const double LowestValidPa = 10e6;

    /// <summary>Highest pressure of the data behind the law, Pa.</summary>
    public const double HighestValidPa = 400e6;

    /// <summary>Porosity on first loading at a pressure.</summary>
    public double LoadedPorosity(double pressurePa)
    {
        if (pressurePa <= 0) return PouredPorosity;
        double matrix = PouredPorosity * Math.Exp(-Math.Pow(pressurePa / ScalePressurePa, Exponent));
        return LockUpSlope <= 0 || 1 - matrix <= LockUpDensity ? matrix : LockedPorosity(pressurePa, matrix);
    }

    /// <summary>The first-loading pressure that leaves this porosity; the inverse of <see cref="LoadedPorosity"/>.</summary>
    public double PressureForPorosity(double porosity)
    {
        if (porosity >= PouredPorosity) return 0;
        double matrixPa = ScalePressurePa * Math.Pow(Math.Log(PouredPorosity / porosity), 1 / Exponent);
        return matrixPa * (1 + (LockUpSlope * Math.Max(0, 1 - porosity - LockUpDensity)));
    }

    /// <summary>Confined modulus of the powder pressed to a porosity, the larger of M₀·exp(−b·ε) and the stiffness of first loading, in Pa.</summary>
    public double ConfinedModulusPa(double porosity)
    {
        double elastic = DenseConfinedModulusPa * Math.Exp(-ModulusPorosityExponent * porosity);
        if (porosity >= PouredPorosity) return elastic;
        double lockUp = LockUpSlope * Math.Max(0, 1 - porosity - LockUpDensity);
        double slope = (1 / (Exponent * porosity * Math.Log(PouredPorosity / porosity))) + (lockUp > 0 ? LockUpSlope / (1 + lockUp) : 0);
        return Math.Max(elastic, (1 - porosity) * PressureForPorosity(porosity) * slope);
    }

    /// <summary>Relative thickness gained on releasing from <paramref name="largestPa"/> to <paramref name="pressurePa"/>.</summary>
    public double Springback(double pressurePa, double largestPa) =>
        Math.Max(0, largestPa - pressurePa) / ConfinedModulusPa(LoadedPorosity(largestPa));

    /// <summary>Porosity at a pressure after the largest pressure ever seen. With equal pressures it is <see cref="LoadedPorosity"/>.</summary>
    public double Porosity(double pressurePa, double largestPa)
    {
        double largest = Math.Max(pressurePa, largestPa);
        double loaded = LoadedPorosity(largest);
        double springback = Math.Max(0, largest - pressurePa) / ConfinedModulusPa(loaded);
        return 1 - ((1 - loaded) / (1 + springback));
    }

    /// <summary>The confined modulus of a dense isotropic solid, M = E(1−ν)/((1+ν)(1−2ν)).</summary>
    public static double ConfinedModulus(double youngsModulusPa, double poissonRatio) =>
        youngsModulusPa * (1 - poissonRatio) / ((1 + poissonRatio) * (1 - (2 * poissonRatio)));

    // ln P(ε) falls monotonically between the matrix law (K = 1) and the lock-up point: Newton on it, kept inside the bracket by bisection.
    private double LockedPorosity(double pressurePa, double matrix)
    {
        double low = matrix, high = Math.Min(1 - LockUpDensity, PouredPorosity * (1 - 1e-12)), porosity = low;
        for (int i = 0; i < 100; i++)
        {
            double depth = Math.Log(PouredPorosity / porosity), lockUp = 1 + (LockUpSlope * (1 - porosity - LockUpDensity));
            double excess = Math.Log(ScalePressurePa / pressurePa * lockUp) + (Math.Log(depth) / Exponent);
            if (excess > 0) low = porosity;
            else high = porosity;
            double slope = -(1 / (Exponent * porosity * depth)) - (LockUpSlope / lockUp);
            double next = porosity - (excess / slope);
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - porosity) <= 1e-13) return next;
            porosity = next;
        }

        return porosity;
    }
}
