using Isobar.Quantities;

namespace Isobar.Mechanics;

/// <summary>Weibull strength of single particles, force over diameter squared, under two kinds of contact.</summary>
/// <param name="PlatenPa">Scale between flat platens, Pa.</param>
/// <param name="PlatenModulus">Modulus between flat platens.</param>
/// <param name="TipPa">Scale under a sharp contact, Pa.</param>
/// <param name="TipModulus">Modulus under a sharp contact.</param>
public readonly record struct ParticleStrength(double PlatenPa, double PlatenModulus, double TipPa, double TipModulus)
{
    /// <summary>Diameter that published tip strengths belong to: the geometric middle of the 6-18 µm that were tested.</summary>
    public const double ReferenceDiameterMetres = 10.4e-6;

    /// <summary>Diameters that were tested.</summary>
    public static Interval TestedDiametersMetres { get; } = new(6e-6, 18e-6);

    /// <summary>
    /// The strength of particles of another diameter: under a tip s₀ ∝ d^−b, between platens unchanged (no size dependence was found).
    /// </summary>
    /// <param name="diameterMetres">d, m.</param>
    /// <param name="exponent">b, <see cref="StructureConstants.TipSizeExponent"/>.</param>
    public ParticleStrength OfSize(double diameterMetres, double exponent) =>
        this with { TipPa = TipPa * Math.Pow(diameterMetres / ReferenceDiameterMetres, -exponent) };

    /// <summary>The strength of charged particles, s₀·w^−x: geometric between lithiated and fully charged, which alone are known.</summary>
    /// <param name="chargedShare">x, 0 lithiated to 1 fully charged.</param>
    /// <param name="weakening">w, <see cref="StructureConstants.ChargeWeakening"/>.</param>
    public ParticleStrength Charged(double chargedShare, double weakening)
    {
        if (chargedShare is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(chargedShare), chargedShare, "a particle is between 0 (lithiated) and 1 (charged)");
        double factor = Math.Pow(weakening, -chargedShare);
        return this with { PlatenPa = PlatenPa * factor, TipPa = TipPa * factor };
    }
}

/// <summary>Share of particles expected to crack, as an index to rank pressures and mixtures by.</summary>
/// <param name="Lower">With soft, conforming neighbours (platen strength).</param>
/// <param name="Upper">With sharp contacts (tip strength).</param>
/// <param name="Expected">The two weighted with the load that goes from particle to particle.</param>
public readonly record struct CrackingIndex(double Lower, double Upper, double Expected);

/// <summary>
/// Screening index for cathode particles that crack during pressing.
/// <para>The most loaded contact of a particle carries s = F/d² = κ·P with κ ≈ 0.8-1.0; among particles s is spread log-normally
/// (90th percentile over mean 1.5). A particle cracks with the Weibull probability 1 − exp(−(s/s₀)^m); the index is the mean over particles.</para>
/// <para>With the strength between flat platens (soft, conforming neighbours) it is a lower estimate, with the strength under a sharp tip
/// (particle against particle) an upper one; the share of the load carried from particle to particle lies between 24 and 40 % at 64-588 MPa
/// (50 vol%). Crushing of single particles ignores the confinement by neighbours: an index, to be calibrated once on micrographs, never a clean limit.</para>
/// <para>Coatings are screened apart, in <see cref="CoatingScreening"/>: no quantitative data on their breach against pressing pressure are known.</para>
/// <para>κ rises with the share of particles, 0.80 at 50 vol% and 0.83-1.05 at 70 vol% of the solid. Charged particles are several times weaker: never press a charged cell again.</para>
/// <para>Validity: 30-600 MPa; strength as measured on particles of 6-18 µm. Sources: L. Wheatcroft et al., Batteries &amp; Supercaps 6 (2023)
/// e202300032, 10.1002/batt.202300032 (strength).</para>
/// </summary>
public static class ParticleDamage
{
    // σ of ln s from p90/mean = 1.5: exp(1.2816σ − σ²/2) = 1.5.
    internal const double LogSpread = 0.370;

    // Seven-point Gauss-Hermite rule for the standard normal (abscissae and weights of the probabilists' polynomials).
    internal static ReadOnlySpan<double> Abscissae => [-3.750439717725742, -2.366759410734541, -1.154405394739968, 0, 1.154405394739968, 2.366759410734541, 3.750439717725742];
    internal static ReadOnlySpan<double> Weights => [5.482688559722178e-4, 3.075712396758651e-2, 2.401231786050126e-1, 4.571428571428571e-1, 2.401231786050126e-1, 3.075712396758651e-2, 5.482688559722178e-4];

    // Composition at which κ = 0.85, the middle of the simulated 50 and 70 vol%.
    private const double ReferenceFraction = 0.57;

    /// <summary>What to tell a user who wants to press a charged cell again.</summary>
    public const string ChargedCellAdvice =
        "never press a charged cell again: charged cathode particles are several times weaker (known to a factor of 1.6) and contacts that cracked do not come back";

    /// <summary>κ at a composition: κ = κ₀ + κ′·(f − 0.57).</summary>
    /// <param name="reference">κ₀, <see cref="ModelConstants.LoadConcentration"/>.</param>
    /// <param name="slope">κ′, <see cref="StructureConstants.LoadConcentrationSlope"/>.</param>
    /// <param name="particleFraction">f, volume share of particles in the solid; simulated between 0.5 and 0.7.</param>
    public static double LoadConcentration(double reference, double slope, double particleFraction)
    {
        double concentration = reference + (slope * (particleFraction - ReferenceFraction));
        return concentration > 0
            ? concentration
            : throw new ArgumentOutOfRangeException(nameof(particleFraction), particleFraction, $"κ would be {concentration:G3}; the linear reading of 50 to 70 vol% does not reach down to this composition");
    }

    /// <summary>Lower, upper and weighted index at a largest pressure.</summary>
    /// <param name="largestPa">Largest pressing pressure, Pa.</param>
    /// <param name="loadConcentration">κ at the composition.</param>
    /// <param name="strength">Strength at the size and state of charge.</param>
    /// <param name="particleLoadShare">λ, share of the load from particle to particle, <see cref="CompositeStructure.LoadShare"/>.</param>
    public static CrackingIndex Index(double largestPa, double loadConcentration, ParticleStrength strength, double particleLoadShare)
    {
        double lower = CrackedShare(largestPa, loadConcentration, strength.PlatenPa, strength.PlatenModulus);
        double upper = CrackedShare(largestPa, loadConcentration, strength.TipPa, strength.TipModulus);
        return new CrackingIndex(lower, upper, ((1 - particleLoadShare) * lower) + (particleLoadShare * upper));
    }

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
}
