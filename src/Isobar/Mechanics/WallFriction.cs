namespace Isobar.Mechanics;

/// <summary>
/// Loss of axial pressure at the wall of a die (Janssen): p(z) = P·exp(−4·μ·k·z/d) at depth z, wall friction μ, radial over axial stress k,
/// diameter d. A 1 mm pellet in a 10 mm die loses about 5 % (μ = 0.2, k = 0.65).
/// <para>Validity: single-action pressing of a slipping powder column. Source: H. A. Janssen, Z. Ver. Dtsch. Ing. 39 (1895) 1045.</para>
/// </summary>
public static class WallFriction
{
    /// <summary>Pressure at a depth over the pressure under the punch.</summary>
    public static double Transmitted(double depthMetres, double diameterMetres, double friction, double lateralRatio) =>
        Math.Exp(-4 * friction * lateralRatio * depthMetres / diameterMetres);

    /// <summary>Mean pressure between two depths over the pressure under the punch.</summary>
    public static double MeanTransmitted(double fromMetres, double toMetres, double diameterMetres, double friction, double lateralRatio)
    {
        double rate = 4 * friction * lateralRatio / diameterMetres;
        double span = rate * (toMetres - fromMetres);
        double top = Math.Exp(-rate * fromMetres);
        // (1 − e^−x)/x loses all digits for thin layers; ExpM1 keeps them.
        return span < 1e-12 ? top : top * -double.ExpM1(-span) / span;
    }
}
