namespace Isobar.Mechanics;

/// <summary>
/// A disc of power-law material squeezed between sticking platens (Scott): the force on a lithium foil that creeps outwards.
/// <para>τ = K·γ̇^m: F = 2πK/(m + 3)·((2m + 1)/m)^m·R^(m+3)·(−dh/dt)^m/h^(2m+1), R the radius, h the thickness. m = 1 is Stefan's
/// 3πηR⁴·(−dh/dt)/(2h³), m → 0 the friction term of Hill's rigid-plastic disc, p = 2KR/(3h) with K = Y/√3. Creep rate A·(σ/1 MPa)^n has m = 1/n and
/// K = 3^(−(1+m)/2)·1 MPa·A^(−m).</para>
/// <para>Validity: h much smaller than R, no slip, no inertia. Lithium: n about 6.5 between 0.28 and 2.83 MPa. Sources: J. R. Scott, Trans. Inst. Rubber Ind. 7 (1931) 169;
/// J. Stefan, Sitzungsber. Akad. Wiss. Wien 69 (1874) 713; R. Hill, The Mathematical Theory of Plasticity (1950).</para>
/// </summary>
/// <param name="ConsistencyPaSecondsToM">K, Pa·s^m.</param>
/// <param name="RateExponent">m, above 0 up to 1.</param>
public readonly record struct SqueezeFlow(double ConsistencyPaSecondsToM, double RateExponent)
{
    /// <summary>The flow of a material that creeps by rate = A·(σ/1 MPa)^n in tension.</summary>
    /// <param name="rateAtOneMegapascalPerSecond">A, 1/s.</param>
    /// <param name="creepExponent">n, at least 1.</param>
    public static SqueezeFlow OfCreep(double rateAtOneMegapascalPerSecond, double creepExponent)
    {
        double m = 1 / creepExponent;
        return new SqueezeFlow(Math.Pow(3, -0.5 * (1 + m)) * 1e6 * Math.Pow(rateAtOneMegapascalPerSecond, -m), m);
    }

    /// <summary>Force at a closing speed, N.</summary>
    /// <param name="radiusMetres">R, m.</param>
    /// <param name="thicknessMetres">h, m.</param>
    /// <param name="closingMetresPerSecond">−dh/dt, m/s.</param>
    public double ForceNewtons(double radiusMetres, double thicknessMetres, double closingMetresPerSecond) =>
        Prefactor(radiusMetres, thicknessMetres) * Math.Pow(closingMetresPerSecond, RateExponent);

    /// <summary>Closing speed under a mean pressure, m/s; the inverse of <see cref="ForceNewtons"/>.</summary>
    /// <param name="radiusMetres">R, m.</param>
    /// <param name="thicknessMetres">h, m.</param>
    /// <param name="meanPa">F/(πR²), Pa.</param>
    public double ClosingMetresPerSecond(double radiusMetres, double thicknessMetres, double meanPa) =>
        Math.Pow(meanPa * Math.PI * radiusMetres * radiusMetres / Prefactor(radiusMetres, thicknessMetres), 1 / RateExponent);

    // Everything but the speed; the powers of R and h are joined so that micrometres to the fourth do not underflow.
    private double Prefactor(double radius, double thickness)
    {
        if (!(radius > 0 && thickness > 0)) throw new ArgumentOutOfRangeException(nameof(thickness), (radius, thickness), "a disc has a radius and a thickness above zero");
        if (RateExponent is not (> 0 and <= 1)) throw new InvalidOperationException($"the rate exponent is {RateExponent:G4}; flow needs one above 0 and at most 1");
        double m = RateExponent;
        return 2 * Math.PI * ConsistencyPaSecondsToM / (m + 3) * Math.Pow(((2 * m) + 1) / m, m)
            * Math.Pow(radius / thickness, m + 1) * radius * radius * Math.Pow(thickness, -m);
    }
}
