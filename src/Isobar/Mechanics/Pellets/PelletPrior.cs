using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Numerics.LeastSquares;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// What is known of a powder before its own pellets: a curve, not parameters. The curve of the material, ε₀·exp(−(P/P₀)ⁿ), has a band made of the
/// uncertainty of its constants and of the scatter between laboratories (that of their released pellets), three quarters of whose variance is common to all pressures and one
/// quarter changes over a factor e in pressure. Each law is fitted to that band at nine pressures; what the fit leaves open is the prior of
/// its parameters, and how badly it fits its prior weight. So all laws begin from the same knowledge.
/// </summary>
public sealed class PelletPrior
{
    /// <summary>Standard deviation of one relative density about a smooth curve when one pellet is pressed step by step (V. Miß et al. 2026: 0.006).</summary>
    public const double SampleNoise = 0.006;

    /// <summary>Standard deviation from pellet to pellet in one laboratory; four published pellets of one laboratory scatter by 0.023, which holds two powders.</summary>
    public const double PelletScatter = 0.012;

    /// <summary>β of D + β·D·(1 − D)·ln(t/t₀) before any pellet: some tenths of a per cent in D per decade of time at D = 0.85, known to a factor of three.</summary>
    internal const double TypicalHoldEffect = 0.015;

    /// <summary>Uncertainty of ln M_r before any pellet.</summary>
    internal const double ModulusSpread = 0.35;

    private const double CommonShare = 0.75;

    // Where the scatter between laboratories was found.
    private const double ScatterPressurePa = 375e6;
    private static readonly double[] s_anchorsPa = [5e6, 10e6, 20e6, 40e6, 80e6, 150e6, 250e6, 400e6, 600e6];

    private PelletPrior(Material material, double widening, ImmutableArray<LawPosterior> laws, ConductionPosterior? conduction)
    {
        Material = material;
        Widening = widening;
        Laws = laws;
        Conduction = conduction;
    }

    /// <summary>The material whose constants the prior is made of.</summary>
    public Material Material { get; }

    /// <summary>By how much the scatter of densities between laboratories is widened: 1 for the material itself, more when only its class is known.</summary>
    public double Widening { get; }

    /// <summary>Each law with its prior weight, estimate and covariance.</summary>
    public ImmutableArray<LawPosterior> Laws { get; }

    /// <summary>What is known of the conduction; null for a material without a conductivity.</summary>
    public ConductionPosterior? Conduction { get; }

    /// <summary>The prior of a material.</summary>
    /// <param name="material">A material with the constants of the pellet law.</param>
    /// <param name="widening">1 when the powder is this material, more when only its class is known.</param>
    /// <param name="conductionWidening">The same for the conduction; as <paramref name="widening"/> when not given.</param>
    /// <exception cref="MissingConstantException">The material has no pellet law.</exception>
    public static PelletPrior Of(Material material, double widening = 1, double? conductionWidening = null)
    {
        double conduction = conductionWidening ?? widening;
        if (!(widening >= 1)) throw new ArgumentOutOfRangeException(nameof(widening), widening, "a prior is widened by a factor of at least 1");
        if (!(conduction >= 1)) throw new ArgumentOutOfRangeException(nameof(conductionWidening), conduction, "a prior is widened by a factor of at least 1");
        double[] shared = new double[PowderModel.SharedCount], sharedSpread = new double[PowderModel.SharedCount];
        Shared(material, shared, sharedSpread);
        double scatter = LoadedScatter(material, widening * material.Get(MaterialConstants.DensityScatter).Si.Value, shared, sharedSpread);
        var anchors = new AnchoredCurve(material, scatter, s_anchorsPa, CommonShare);
        var laws = ImmutableArray.CreateBuilder<LawPosterior>();
        double[] misfits = new double[PelletLaw.All.Length];
        for (int i = 0; i < PelletLaw.All.Length; i++)
        {
            PelletLaw law = PelletLaw.All[i];
            LeastSquaresFit fit = LevenbergMarquardt.Solve(anchors.ModelOf(law), anchors.StartOf(law));
            misfits[i] = fit.SumOfSquares;
            laws.Add(Join(law, fit, shared, sharedSpread));
        }

        double best = misfits.Min();
        double total = misfits.Sum(misfit => Math.Exp(-0.5 * (misfit - best)));
        for (int i = 0; i < laws.Count; i++) laws[i] = laws[i] with { Weight = Math.Exp(-0.5 * (misfits[i] - best)) / total };
        return new PelletPrior(material, widening, laws.ToImmutable(), ConductionPosterior.PriorOf(material, conduction));
    }

    // ln M_r and b from the dense modulus and its softening; time, temperature and rate are known to order of magnitude only.
    private static void Shared(Material material, double[] mean, double[] spread)
    {
        double dense = CompactionLaw.ConfinedModulus(material.Get(MaterialConstants.YoungsModulus).Si.Value, material.Get(MaterialConstants.PoissonRatio).Si.Value);
        Estimate softening = material.Get(MaterialConstants.ModulusPorosityExponent).Si;
        mean[0] = Math.Log(dense) - (softening.Value * PowderModel.ReferencePorosity);
        spread[0] = ModulusSpread;
        mean[1] = Math.Min(softening.Value, SteepestSoftening(material, mean[0]));
        spread[1] = Math.Sqrt((softening.StandardUncertainty * softening.StandardUncertainty) + (0.2 * softening.Value * 0.2 * softening.Value));
        mean[2] = Math.Log(TypicalHoldEffect);
        spread[2] = Math.Log(3);
        mean[3] = 0.02;
        spread[3] = 0.04;
        mean[4] = Math.Log(0.01);
        spread[4] = Math.Log(3);
    }

    // A powder is never softer on release than on first loading, where D/(dD/dP) is its stiffness; more porous than the modulus was measured
    // at, the constant of a material can claim that, and the prior then begins from the steepest softening that does not.
    private static double SteepestSoftening(Material material, double logReferenceModulus)
    {
        double steepest = double.PositiveInfinity;
        foreach (double pressurePa in s_anchorsPa)
        {
            (double porosity, double depth, double exponent) = Curve(material, pressurePa);
            if (porosity <= PowderModel.ReferencePorosity) break;
            double stiffness = (1 - porosity) * pressurePa / (porosity * exponent * depth);
            steepest = Math.Min(steepest, (logReferenceModulus - Math.Log(stiffness)) / (porosity - PowderModel.ReferencePorosity));
        }

        return Math.Max(0, steepest);
    }

    // The scatter between laboratories is that of released pellets, one of each laboratory. Part of it is the pellet and the springback, which
    // the bands hold on their own; and a denser powder springs back less, which stretches what is left of it on release.
    private static double LoadedScatter(Material material, double releasedScatter, double[] shared, double[] sharedSpread)
    {
        (double porosity, _, _) = Curve(material, ScatterPressurePa);
        double density = 1 - porosity, excess = porosity - PowderModel.ReferencePorosity;
        double strain = ScatterPressurePa * Math.Exp((shared[1] * excess) - shared[0]), stretch = 1 + strain;
        double byDensity = (stretch + (density * shared[1] * strain)) / (stretch * stretch);
        double byModulus = density * strain / (stretch * stretch);
        double springback = byModulus * byModulus * ((sharedSpread[0] * sharedSpread[0]) + (excess * sharedSpread[1] * excess * sharedSpread[1]));
        double left = (releasedScatter * releasedScatter) - (PelletScatter * PelletScatter) - springback;
        // A springback known worse than the scatter says nothing about the share of the density; half is kept for it.
        return Math.Sqrt(Math.Max(left, 0.25 * releasedScatter * releasedScatter)) / byDensity;
    }

    // Porosity, (P/P₀)ⁿ and n of the material's own curve.
    private static (double Porosity, double Depth, double Exponent) Curve(Material material, double pressurePa)
    {
        double exponent = material.Get(MaterialConstants.CompactionExponent).Si.Value;
        double depth = Math.Pow(pressurePa / material.Get(MaterialConstants.CompactionPressure).Si.Value, exponent);
        return (material.Get(MaterialConstants.PouredPorosity).Si.Value * Math.Exp(-depth), depth, exponent);
    }

    private static LawPosterior Join(PelletLaw law, LeastSquaresFit fit, double[] shared, double[] sharedSpread)
    {
        int k = law.Parameters.Length, n = PowderModel.CountOf(law);
        double[] estimate = new double[n], covariance = new double[n * n];
        for (int i = 0; i < k; i++)
        {
            estimate[i] = fit.Parameters[i];
            for (int j = 0; j < k; j++) covariance[(i * n) + j] = fit.InverseGram[(i * k) + j];
        }

        for (int i = 0; i < PowderModel.SharedCount; i++)
        {
            estimate[k + i] = shared[i];
            covariance[((k + i) * n) + k + i] = sharedSpread[i] * sharedSpread[i];
        }

        return new LawPosterior(law, 0, [.. estimate], [.. covariance]);
    }
}
