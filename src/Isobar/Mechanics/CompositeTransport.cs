namespace Isobar.Mechanics;

/// <summary>
/// Effective conductivity of one phase of a composite.
/// <para>Percolation: σ_eff = σ·((φ − φ_c)/(1 − φ_c))^t for a volume share φ above the threshold φ_c, zero below. With φ_c = 0.25 and t = 1.8
/// this follows NMC622|Li₆PS₅Cl composites pressed at 380 MPa (τ² = 3.2 at φ = 0.53). Ideal mixing is assumed: agglomerates conduct less.</para>
/// <para>Validity: 25-60 vol% particles, 50-600 MPa. Sources: P. Minnmann et al., J. Electrochem. Soc. 168 (2021) 040537, 10.1149/1945-7111/abf8d7.</para>
/// </summary>
public static class CompositeTransport
{
    /// <summary>Effective over intrinsic conductivity of a phase with volume share φ of the composite (pores included in the volume).</summary>
    public static double PercolatingShare(double volumeShare, double threshold, double exponent) =>
        volumeShare <= threshold ? 0 : Math.Pow((volumeShare - threshold) / (1 - threshold), exponent);

    /// <summary>Tortuosity factor τ² = φ·σ/σ_eff; infinite below the threshold.</summary>
    public static double TortuositySquared(double volumeShare, double threshold, double exponent) =>
        volumeShare / PercolatingShare(volumeShare, threshold, exponent);
}
