using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Contact of bodies so soft that nearly every spot flows: heights above the level z that cuts off the share x = p/H touch, whatever the modulus.
/// <para>Voids h_rms·(z(1 − x) + φ(z)), those of normal heights below the level. Constriction ℓ_c = 0.94·(h_rms/g)·(1 − x)/x, the form of plastic correlations (M. G. Cooper, B. B. Mikic,
/// M. M. Yovanovich, Int. J. Heat Mass Transfer 12 (1969) 279, 10.1016/0017-9310(69)90011-8: height over slope times H/p) with the factor and the closure at x → 1 from the solver. Elasticity takes
/// 1.4·H/(E*g) off both.</para>
/// <para>Symbols: p mean pressure, H hardness, g rms gradient, z level in rms heights, φ the normal density.</para>
/// <para>Validity: H up to a fifth of E*g for the constriction and 0.15 of it for the voids, x from 0.01 to 0.85. On three surfaces (H = 0.6 and 0.8) the solver lies within 25 % of the
/// constriction and 10 % of the voids.</para>
/// </summary>
internal static class SoftFlow
{
    /// <summary>Up to this H/(E*g) the constriction is that of flow.</summary>
    public const double HardestForConstriction = 0.2;

    /// <summary>Up to this H/(E*g) the voids are those of flow.</summary>
    public const double HardestForVoids = 0.15;

    /// <summary>Beyond this share of the hardness the last voids decide, which no law knows.</summary>
    public const double LargestShare = 0.85;

    private const double Prefactor = 0.94, Elasticity = 1.4;

    /// <summary>ℓ_c, m.</summary>
    public static double ConstrictionM(double rmsHeightM, double rmsGradient, double flowingShare, double reducedHardness) =>
        Prefactor * rmsHeightM / rmsGradient * (1 - flowingShare) / flowingShare * (1 - (Elasticity * reducedHardness));

    /// <summary>Voids over the area, m.</summary>
    public static double VoidsM(double rmsHeightM, double flowingShare, double reducedHardness) => (1 - (Elasticity * reducedHardness)) * CutVoidsM(rmsHeightM, flowingShare);

    /// <summary>Voids over the area beneath heights that are cut off, m.</summary>
    public static double CutVoidsM(double rmsHeightM, double flowingShare)
    {
        double level = -NormalQuantile.At(flowingShare);
        return rmsHeightM * ((level * (1 - flowingShare)) + (Math.Exp(-0.5 * level * level) / Math.Sqrt(2 * Math.PI)));
    }
}
