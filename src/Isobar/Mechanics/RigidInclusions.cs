namespace Isobar.Mechanics;

/// <summary>How many times the pressure a composite needs for the density of its soft phase alone.</summary>
/// <param name="Factor">K.</param>
/// <param name="Extrapolated">Whether composition, size ratio or density lie outside the data.</param>
public readonly record struct InclusionFactor(double Factor, bool Extrapolated);

/// <summary>
/// Rigid particles in a soft powder: P_composite(D) = K·P_soft(D).
/// <para>K = 1 + s·f^p·(D − D_x) above D_x = 0.745, 1 below, f the volume share of particles in the solid. For a size ratio of 2.5 s = 65, p = 4; for equal sizes
/// K is 1.3 and 1.6 at f = 0.2 and 0.4, linear in f (p = 1) with s = 14. Between the two, ln s and p are taken linear in ln λ, λ particle over soft diameter:
/// a reading between two sets of data, not a third one. Outside 1 ≤ λ ≤ 2.5 the nearer end is used and marked.</para>
/// <para>Below D_x a mixture of two sizes packs better and needs up to 5 % less pressure than the soft powder; that gain is not modelled.</para>
/// <para>Validity: f ≤ 0.7 (λ 2.5) or 0.4 (λ 1), D 0.75-0.90, agreement within 0.35 in K. Fit s on one own composite pellet. Source: C. L. Martin, D. Bouvard,
/// Acta Mater. 51 (2003) 373, 10.1016/S1359-6454(02)00402-0 (equal sizes); discrete-element compaction of 5 µm in 2 µm particles (2.5).</para>
/// </summary>
public static class RigidInclusions
{
    /// <summary>D_x, relative density at which inclusions begin to carry load.</summary>
    public const double LockUpDensity = 0.745;

    private const double LargeRatio = 2.5;
    private const double EqualSlope = 14.3;

    /// <summary>Slope s·f^p of K with relative density above D_x, for <see cref="CompactionLaw.LockUpSlope"/>.</summary>
    /// <param name="particleFraction">f.</param>
    /// <param name="sizeRatio">λ, particle over electrolyte diameter.</param>
    /// <param name="lockUp">s at a size ratio of 2.5, <see cref="ModelConstants.LockUp"/>.</param>
    public static double Slope(double particleFraction, double sizeRatio, double lockUp)
    {
        if (!(sizeRatio > 0)) throw new ArgumentOutOfRangeException(nameof(sizeRatio), sizeRatio, "a size ratio is above zero");
        double place = Math.Log(Math.Clamp(sizeRatio, 1, LargeRatio)) / Math.Log(LargeRatio);
        return EqualSlope * Math.Pow(lockUp / EqualSlope, place) * Math.Pow(particleFraction, 1 + (3 * place));
    }

    /// <summary>K at a composition, size ratio and relative density.</summary>
    /// <param name="particleFraction">f, volume share of rigid particles in the solid.</param>
    /// <param name="sizeRatio">λ, particle over electrolyte diameter.</param>
    /// <param name="relativeDensity">D of the composite.</param>
    /// <param name="lockUp">s at a size ratio of 2.5.</param>
    public static InclusionFactor At(double particleFraction, double sizeRatio, double relativeDensity, double lockUp)
    {
        double factor = 1 + (Slope(particleFraction, sizeRatio, lockUp) * Math.Max(0, relativeDensity - LockUpDensity));
        bool outside = sizeRatio is < 1 or > LargeRatio || particleFraction > (sizeRatio < 1.5 ? 0.4 : 0.7) || relativeDensity is < 0.75 or > 0.90;
        return new InclusionFactor(factor, outside);
    }
}
