using System.Collections.Immutable;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// One-way analysis of variance, and what it says of a random grouping: s²_B = (MS_B − MS_W)/n₀ with n₀ = (N − Σn²/N)/(k − 1), the intraclass
/// correlation s²_B/(s²_B + s²_W) and its exact interval. The interval is Wald's (Ann. Math. Stat. 11 (1940) 96, 10.1214/aoms/1177731948): for groups of any
/// size Σ w(ȳ − ȳ_w)²/((k − 1)·MS_W) with w = n/(1 + n·γ) has Fisher's law at the true γ = σ²_B/σ²_W.
/// </summary>
public sealed class OneWayAnova
{
    private readonly ImmutableArray<int> _counts;
    private readonly double[] _means;

    private OneWayAnova(ImmutableArray<int> counts, double[] means, double origin, double ssBetween, double ssWithin, int total)
    {
        (_counts, _means) = (counts, means);
        GroupMeans = [.. means.Select(mean => origin + mean)];
        SumOfSquaresBetween = ssBetween;
        SumOfSquaresWithin = ssWithin;
        FreedomBetween = counts.Length - 1;
        FreedomWithin = total - counts.Length;
        double squares = counts.Sum(n => (double)n * n);
        EffectiveGroupSize = (total - (squares / total)) / FreedomBetween;
    }

    /// <summary>Mean of each group.</summary>
    public ImmutableArray<double> GroupMeans { get; }

    /// <summary>Σ n(ȳ − ȳ̄)².</summary>
    public double SumOfSquaresBetween { get; }

    /// <summary>ΣΣ(y − ȳ)².</summary>
    public double SumOfSquaresWithin { get; }

    /// <summary>Groups less one.</summary>
    public int FreedomBetween { get; }

    /// <summary>Measurements less groups.</summary>
    public int FreedomWithin { get; }

    /// <summary>Mean square between groups.</summary>
    public double MeanSquareBetween => SumOfSquaresBetween / FreedomBetween;

    /// <summary>Mean square within groups.</summary>
    public double MeanSquareWithin => SumOfSquaresWithin / FreedomWithin;

    /// <summary>MS_B/MS_W.</summary>
    public double F => MeanSquareBetween / MeanSquareWithin;

    /// <summary>Probability of an F at least as large when the groups do not differ.</summary>
    public double Probability => Distribution.FisherUpper(F, FreedomBetween, FreedomWithin);

    /// <summary>Share of the sum of squares that lies between groups.</summary>
    public double RSquared => SumOfSquaresBetween / (SumOfSquaresBetween + SumOfSquaresWithin);

    /// <summary>√MS_W.</summary>
    public double ResidualDeviation => Math.Sqrt(MeanSquareWithin);

    /// <summary>n₀, the size of a group that counts; the group size when all are equal.</summary>
    public double EffectiveGroupSize { get; }

    /// <summary>(MS_B − MS_W)/n₀ as it comes out; below zero when groups differ less than chance would make them.</summary>
    public double RawVarianceBetween => (MeanSquareBetween - MeanSquareWithin) / EffectiveGroupSize;

    /// <summary>Intraclass correlation as it comes out.</summary>
    public double RawIntraclassCorrelation => RawVarianceBetween / (RawVarianceBetween + MeanSquareWithin);

    /// <summary>Analyses.</summary>
    /// <exception cref="ArgumentException">There are fewer than two groups, or no group has two measurements.</exception>
    public static OneWayAnova Of(MeasurementSeries series, Grouping groups)
    {
        int k = groups.Levels.Length;
        if (k < 2) throw new ArgumentException($"'{groups.Name}' has {k} group; two are needed to compare", nameof(groups));
        if (series.Count <= k) throw new ArgumentException($"no {groups.Name} has two measurements; the scatter within cannot be told from that between", nameof(groups));
        ReadOnlySpan<double> y = series.Deviations;
        double[] means = new double[k], rests = new double[k];
        for (int i = 0; i < y.Length; i++) means[groups.OfCell[i]] += y[i];
        for (int g = 0; g < k; g++) means[g] /= groups.Counts[g];
        for (int i = 0; i < y.Length; i++) rests[groups.OfCell[i]] += y[i] - means[groups.OfCell[i]];
        for (int g = 0; g < k; g++) means[g] += rests[g] / groups.Counts[g];
        double mean = Moments.Mean(y), between = 0, within = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double d = y[i] - means[groups.OfCell[i]];
            within += d * d;
        }

        for (int g = 0; g < k; g++) between += groups.Counts[g] * (means[g] - mean) * (means[g] - mean);
        return new OneWayAnova(groups.Counts, means, series.Origin, between, within, y.Length);
    }

    /// <summary>Exact interval of the intraclass correlation; its lower end may lie below zero.</summary>
    public Interval RawIntraclassInterval(double coverage = 0.95)
    {
        Interval ratio = RatioInterval(coverage);
        return new Interval(ratio.Low / (1 + ratio.Low), double.IsPositiveInfinity(ratio.High) ? 1 : ratio.High / (1 + ratio.High));
    }

    /// <summary>Exact interval of σ²_B/σ²_W.</summary>
    public Interval RatioInterval(double coverage = 0.95) => new(
        RatioAt(Distribution.FisherUpperQuantile(0.5 * (1 - coverage), FreedomBetween, FreedomWithin)),
        RatioAt(Distribution.FisherUpperQuantile(0.5 * (1 + coverage), FreedomBetween, FreedomWithin)));

    /// <summary>Component of the grouping and residual by restricted maximum likelihood; see <see cref="VarianceComponents"/>.</summary>
    internal (double Ratio, double ResidualVariance, double Criterion) Restricted()
    {
        int total = FreedomBetween + FreedomWithin + 1;
        double ratio = 0;
        if (SlopeAt(0, total) < 0)
        {
            double high = Math.Max(1e-3, RawVarianceBetween / MeanSquareWithin);
            while (SlopeAt(high, total) < 0) high *= 2;
            ratio = RootFinder.Bracketed(gamma => SlopeAt(gamma, total), 0, high, 1e-13 * high);
        }

        (double logs, double weight, double rest, _, _) = Sums(ratio);
        double variance = rest / (total - 1);
        return (ratio, variance, logs + Math.Log(weight) + ((total - 1) * (1 + Math.Log(2 * Math.PI * variance))));
    }

    // Derivative of the restricted deviance in γ.
    private double SlopeAt(double gamma, int total)
    {
        (_, double weight, double rest, double squareWeights, double squareRests) = Sums(gamma);
        double trace = 0;
        foreach (int n in _counts) trace += n / (1 + (n * gamma));
        return trace - (squareWeights / weight) - ((total - 1) * squareRests / rest);
    }

    private (double Logs, double Weight, double Left, double SquareWeights, double SquareLeft) Sums(double gamma)
    {
        double logs = 0, weight = 0, mean = 0;
        for (int g = 0; g < _counts.Length; g++)
        {
            double lambda = 1 + (_counts[g] * gamma), w = _counts[g] / lambda;
            logs += Math.Log(lambda);
            weight += w;
            mean += w * _means[g];
        }

        mean /= weight;
        double rest = SumOfSquaresWithin, squareWeights = 0, squareRests = 0;
        for (int g = 0; g < _counts.Length; g++)
        {
            double w = _counts[g] / (1 + (_counts[g] * gamma)), d = _means[g] - mean;
            rest += w * d * d;
            squareWeights += w * w;
            squareRests += w * w * d * d;
        }

        return (logs, weight, rest, squareWeights, squareRests);
    }

    private double RatioAt(double f)
    {
        double largest = _counts.Max(), target = f * FreedomBetween * MeanSquareWithin;
        // The weighted sum of squares falls to zero with γ; towards −1/n it grows without end only where groups are of one size.
        double Excess(double gamma) => Sums(gamma).Left - SumOfSquaresWithin - target;
        if (target == 0) return double.PositiveInfinity;
        if (SumOfSquaresBetween == 0) return -1 / largest;
        double low = -1 / largest, step = 1 / largest;
        for (int i = 0; i < 15 && Excess(low + step) <= 0; i++) step *= 0.25;
        low += step;
        if (Excess(low) <= 0) return low;
        double high = Math.Max(1, low + 1);
        while (Excess(high) > 0) high *= 4;
        return RootFinder.Bracketed(Excess, low, high, 1e-13 * Math.Max(Math.Abs(low), high));
    }
}
