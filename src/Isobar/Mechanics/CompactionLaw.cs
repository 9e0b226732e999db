namespace Isobar.Mechanics;

/// <summary>
/// Porosity of a powder pressed uniaxially in a die, with memory of the largest pressure.
/// <para>First loading: ε(P) = ε₀·exp(−(P/P₀)ⁿ), the stretched exponential that contains Heckel (n = 1) and Panelli-Ambrozio (n = 1/2).</para>
/// <para>Below the largest pressure P_max the powder is elastic: thickness recovers by the strain (P_max − P)/M(ε_max) with the confined
/// modulus M(ε) = M₀·exp(−b·ε) of the pressed powder, and reloading returns along the same line to ε(P_max).</para>
/// <para>Validity: 10-400 MPa for argyrodites (rms 0.006 in ε); outside the law is extrapolated and callers must say so.
/// Sources: V. Miß et al., ACS Appl. Mater. Interfaces 18 (2026) 32830, 10.1021/acsami.6c03789 (data); R. Panelli, F. Ambrozio Filho,
/// Powder Metall. 41 (1998) 131 (n = 1/2); R. W. Heckel, Trans. AIME 221 (1961) 671 (n = 1).</para>
/// </summary>
/// <param name="PouredPorosity">ε₀, porosity before pressing, between 0 and 1.</param>
/// <param name="ScalePressurePa">P₀ in Pa.</param>
/// <param name="Exponent">n.</param>
/// <param name="DenseConfinedModulusPa">M₀ in Pa, confined (oedometric) modulus without pores: E(1−ν)/((1+ν)(1−2ν)).</param>
/// <param name="ModulusPorosityExponent">b.</param>
public readonly record struct CompactionLaw(
    double PouredPorosity,
    double ScalePressurePa,
    double Exponent,
    double DenseConfinedModulusPa,
    double ModulusPorosityExponent)
{
    /// <summary>Porosity on first loading at a pressure.</summary>
    public double LoadedPorosity(double pressurePa) =>
        PouredPorosity * Math.Exp(-Math.Pow(Math.Max(pressurePa, 0) / ScalePressurePa, Exponent));

    /// <summary>The first-loading pressure that leaves this porosity; the inverse of <see cref="LoadedPorosity"/>.</summary>
    public double PressureForPorosity(double porosity)
    {
        if (porosity >= PouredPorosity) return 0;
        return ScalePressurePa * Math.Pow(Math.Log(PouredPorosity / porosity), 1 / Exponent);
    }

    /// <summary>Confined modulus of the powder at a porosity, M(ε) = M₀·exp(−b·ε), in Pa.</summary>
    public double ConfinedModulusPa(double porosity) => DenseConfinedModulusPa * Math.Exp(-ModulusPorosityExponent * porosity);

    /// <summary>Relative thickness gained on releasing from <paramref name="largestPa"/> to <paramref name="pressurePa"/>.</summary>
    public double Springback(double pressurePa, double largestPa) =>
        Math.Max(0, largestPa - pressurePa) / ConfinedModulusPa(LoadedPorosity(largestPa));

    /// <summary>Porosity at a pressure after the largest pressure ever seen. With equal pressures it is <see cref="LoadedPorosity"/>.</summary>
    public double Porosity(double pressurePa, double largestPa)
    {
        double largest = Math.Max(pressurePa, largestPa);
        double loadedDensity = 1 - LoadedPorosity(largest);
        return 1 - (loadedDensity / (1 + Springback(pressurePa, largest)));
    }

    /// <summary>The confined modulus of a dense isotropic solid, M = E(1−ν)/((1+ν)(1−2ν)).</summary>
    public static double ConfinedModulus(double youngsModulusPa, double poissonRatio) =>
        youngsModulusPa * (1 - poissonRatio) / ((1 + poissonRatio) * (1 - (2 * poissonRatio)));
}
