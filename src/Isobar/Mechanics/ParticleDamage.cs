namespace Isobar.Mechanics;

/// <summary>
/// Screening index for cathode particles that crack during pressing.
/// <para>The most loaded contact of a particle carries s = F/d² = κ·P with κ ≈ 0.8-1.0; among particles s is spread log-normally
/// (90th percentile over mean 1.5). A particle cracks with the Weibull probability 1 − exp(−(s/s₀)^m); the index is the mean over particles.</para>
/// <para>With the strength between flat platens (soft, conforming neighbours) it is a lower estimate, with the strength under a sharp tip
/// (particle against particle) an upper one; the share of the load carried from particle to particle lies between 24 and 40 % at 64-588 MPa
/// (50 vol%). Crushing of single particles ignores the confinement by neighbours: an index, to be calibrated once on micrographs, never a clean limit.</para>
/// <para>Coatings: no quantitative data on coating breach against pressing pressure are known. The coating index is the load share between particles
/// times the sharp-contact index, a screening number with a wide band.</para>
/// <para>Validity: fresh (lithiated) particles; charged ones are several times weaker. Sources: L. Wheatcroft et al., Batteries &amp; Supercaps 6 (2023)
/// e202300032, 10.1002/batt.202300032 (strength).</para>
/// </summary>
public static class ParticleDamage
{
    // σ of ln s from p90/mean = 1.5: exp(1.2816σ − σ²/2) = 1.5.
    private const double LogSpread = 0.370;

    // Seven-point Gauss-Hermite rule for the standard normal (abscissae and weights of the probabilists' polynomials).
    private static readonly double[] Abscissae = [-3.750439717725742, -2.366759410734541, -1.154405394739968, 0, 1.154405394739968, 2.366759410734541, 3.750439717725742];
    private static readonly double[] Weights = [5.482688559722178e-4, 3.075712396758651e-2, 2.401231786050126e-1, 4.571428571428571e-1, 2.401231786050126e-1, 3.075712396758651e-2, 5.482688559722178e-4];

    /// <summary>Mean share of cracked particles at a largest pressure.</summary>
    /// <param name="largestPa">Largest pressing pressure, Pa.</param>
    /// <param name="loadConcentration">κ.</param>
    /// <param name="strengthPa">Weibull scale s₀, Pa.</param>
    /// <param name="weibullModulus">m.</param>
    public static double CrackedShare(double largestPa, double loadConcentration, double strengthPa, double weibullModulus)
    {
        double mean = 0;
        double centre = Math.Log(loadConcentration * largestPa / strengthPa) - (0.5 * LogSpread * LogSpread);
        if (!double.IsFinite(centre)) return 0;
        for (int i = 0; i < Abscissae.Length; i++)
        {
            double logLoad = centre + (LogSpread * Abscissae[i]);
            mean += Weights[i] * -double.ExpM1(-Math.Exp(weibullModulus * logLoad));
        }

        return mean;
    }

    /// <summary>Share of the axial load that goes from particle to particle, linear in pressure from 24 % at 64 to 40 % at 588 MPa (50 vol% particles).</summary>
    public static double ParticleToParticleLoad(double largestPa) => Math.Min(1, 0.22 + (3.05e-10 * largestPa));

    /// <summary>Screening index of coating breach: particle-to-particle load share times the sharp-contact index.</summary>
    public static double CoatingBreach(double largestPa, double loadConcentration, double tipStrengthPa, double tipModulus) =>
        ParticleToParticleLoad(largestPa) * CrackedShare(largestPa, loadConcentration, tipStrengthPa, tipModulus);
}
