namespace Isobar.Mechanics;

/// <summary>
/// What pressure does to a lithium electrode: too much pushes it through the separator, too little lets stripping open voids.
/// <para>Median time to short under current: t = t₁₀·(P/10 MPa)^−m·exp(k_D·(D − 0.82)), D the relative density of the separator. The 10 MPa point
/// (474 h at 75 µA/cm², D = 0.82) is measured; the exponent is bounded below by 1.08 by a cell that did not short in 1000 h at 5 MPa.</para>
/// <para>Critical stripping current: i = i₃·(P/3 MPa)^q, with 0.2 mA/cm² measured at 3 MPa.</para>
/// <para>Foil between rough platens: mean pressure for spreading p = Y·(1 + 2r/(3√3·h)), radius r, thickness h (Hill; sticking).</para>
/// <para>Validity: 3-100 MPa, room temperature; times to short are known to a factor of two or three only. Sources: J.-M. Doux et al.,
/// Adv. Energy Mater. 10 (2020) 1903253, 10.1002/aenm.201903253; J. Kasemchainan et al., Nat. Mater. 18 (2019) 1105, 10.1038/s41563-019-0438-9;
/// A. Masias et al., J. Mater. Sci. 54 (2019) 2585, 10.1007/s10853-018-2971-3.</para>
/// </summary>
/// <param name="ShortTimeAtTenMegapascalSeconds">t₁₀, s.</param>
/// <param name="ShortExponent">m.</param>
/// <param name="ShortDensityFactor">k_D.</param>
/// <param name="StrippingAtThreeMegapascalAmperesPerSquareMetre">i₃, A/m².</param>
/// <param name="StrippingExponent">q.</param>
public readonly record struct LithiumLimits(
    double ShortTimeAtTenMegapascalSeconds,
    double ShortExponent,
    double ShortDensityFactor,
    double StrippingAtThreeMegapascalAmperesPerSquareMetre,
    double StrippingExponent)
{
    private const double ReferenceDensity = 0.82;

    /// <summary>Median time to short at a pressure and a relative density of the separator, s.</summary>
    public double ShortTimeSeconds(double pressurePa, double separatorDensity) =>
        ShortTimeAtTenMegapascalSeconds
        * Math.Pow(pressurePa / 10e6, -ShortExponent)
        * Math.Exp(ShortDensityFactor * (separatorDensity - ReferenceDensity));

    /// <summary>Critical stripping current density, A/m².</summary>
    public double StrippingAmperesPerSquareMetre(double pressurePa) =>
        StrippingAtThreeMegapascalAmperesPerSquareMetre * Math.Pow(pressurePa / 3e6, StrippingExponent);

    /// <summary>Mean pressure at which a foil disc between sticking platens begins to spread, Pa.</summary>
    public static double SpreadingPressurePa(double yieldPa, double radiusMetres, double thicknessMetres) =>
        yieldPa * (1 + (2 * radiusMetres / (3 * Math.Sqrt(3) * thicknessMetres)));

    /// <summary>
    /// Power-law creep rate A·(σ/1 MPa)^n in 1/s. Measured for lithium between 0.28 and 2.83 MPa; outside that the law is invalid.
    /// </summary>
    public static double CreepPerSecond(double stressPa, double rateAtOneMegapascalPerSecond, double exponent) =>
        rateAtOneMegapascalPerSecond * Math.Pow(stressPa / 1e6, exponent);
}
