namespace Isobar.Mechanics;

/// <summary>
/// How far a soft metal is pushed out of a closed die, into its gaps and into open pores of the separator.
/// <para>Rigid-plastic, sticking wall, shear yield τ = Y/√3: a slit of width g and land L opens at p = 2τL/g, a pore of radius r filled to depth L at p = 2τL/r. At 25 MPa lithium
/// (Y 0.73-0.80 MPa) stands 27 to 30 radii deep in an open pore: closed pores (porosity of the separator's face below 0.1) are the guard, not a low pressure.</para>
/// <para>Validity: no creep with time (which goes deeper), no hardening of micrometre pieces (which goes less deep). Source: force balance; yield of lithium from
/// A. Masias et al., J. Mater. Sci. 54 (2019) 2585, 10.1007/s10853-018-2971-3.</para>
/// </summary>
public static class LithiumLeakage
{
    /// <summary>Pressure that drives metal through a slit, Pa.</summary>
    /// <param name="yieldPa">Y, Pa.</param>
    /// <param name="gapMetres">g, m.</param>
    /// <param name="landMetres">L, length of the slit in the direction of flow, m.</param>
    public static double SlitPa(double yieldPa, double gapMetres, double landMetres) => 2 * Shear(yieldPa) * landMetres / gapMetres;

    /// <summary>Pressure that fills a pore to a depth, Pa.</summary>
    /// <param name="yieldPa">Y, Pa.</param>
    /// <param name="radiusMetres">r, m.</param>
    /// <param name="depthMetres">L, m.</param>
    public static double PorePa(double yieldPa, double radiusMetres, double depthMetres) => 2 * Shear(yieldPa) * depthMetres / radiusMetres;

    /// <summary>Depth in radii to which an open pore fills at a pressure.</summary>
    public static double DepthInRadii(double pressurePa, double yieldPa) => pressurePa / (2 * Shear(yieldPa));

    /// <summary>Widest gap between punch and die that still holds the metal at a pressure, m.</summary>
    /// <param name="pressurePa">p on the metal, Pa.</param>
    /// <param name="yieldPa">Y, Pa.</param>
    /// <param name="landMetres">L, length of the fit, m.</param>
    public static double WidestGapMetres(double pressurePa, double yieldPa, double landMetres) => 2 * Shear(yieldPa) * landMetres / pressurePa;

    private static double Shear(double yieldPa) => yieldPa / Math.Sqrt(3);
}
