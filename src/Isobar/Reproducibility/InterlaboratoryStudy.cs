using System.Collections.Immutable;

namespace Isobar.Reproducibility;

/// <summary>How far a statistic stands beyond its limits, in the words of ISO 5725-2.</summary>
public enum Suspicion
{
    /// <summary>Within the 5 % limit.</summary>
    None,

    /// <summary>Beyond the 5 % limit and within the 1 % limit: looked at and usually kept.</summary>
    Straggler,

    /// <summary>Beyond the 1 % limit: explained, or left out by a person who says so.</summary>
    Outlier,
}

/// <summary>One laboratory in an interlaboratory study.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">Its replicates.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation; NaN for a single one.</param>
/// <param name="H">Mandel's h: its mean among the means.</param>
/// <param name="HCritical">Limit of |h| at 0.5 %.</param>
/// <param name="K">Mandel's k: its scatter among the scatters; NaN for a single replicate.</param>
/// <param name="KCritical">Limit of k at 0.5 %.</param>
public sealed record Laboratory(string Name, int Count, double Mean, double Deviation, double H, double HCritical, double K, double KCritical)
{
    /// <summary>Whether its mean stands out.</summary>
    public bool MeanStandsOut => Math.Abs(H) > HCritical;

    /// <summary>Whether its scatter stands out.</summary>
    public bool ScatterStandsOut => K > KCritical;
}

/// <summary>A statistic with its two limits.</summary>
/// <param name="Laboratory">The laboratory that it is about.</param>
/// <param name="Statistic">Its value.</param>
/// <param name="Limit5">Limit at 5 %.</param>
/// <param name="Limit1">Limit at 1 %.</param>
public sealed record SuspicionTest(string Laboratory, double Statistic, double Limit5, double Limit1)
{
    /// <summary>What follows.</summary>
    public Suspicion Verdict => Statistic > Limit1 ? Suspicion.Outlier : Statistic > Limit5 ? Suspicion.Straggler : Suspicion.None;
}

/// <summary>
/// Precision of a method from several laboratories, presses or operators (ISO 5725-2, ASTM E691): s_r² = Σ(n − 1)s²/Σ(n − 1),
/// s_L² = max(0, (s_d² − s_r²)/n̄), s_R² = s_r² + s_L²; limits r = 2.8·s_r and R = 2.8·s_R: two results of one laboratory (of two laboratories) differ by
/// more only once in twenty. Mandel's h and k, Cochran's and Grubbs' tests tell who stands out; nothing is left out by the program.
/// </summary>
public sealed record InterlaboratoryStudy
{
    private const double LimitFactor = 2.8;
    private const double MandelLevel = 0.005;

    /// <summary>All laboratories.</summary>
    public required ImmutableArray<Laboratory> Laboratories { get; init; }

    /// <summary>All replicates.</summary>
    public required int Count { get; init; }

    /// <summary>Mean of all results.</summary>
    public required double Mean { get; init; }

    /// <summary>s_r, within a laboratory.</summary>
    public required double RepeatabilityDeviation { get; init; }

    /// <summary>s_L, between laboratories.</summary>
    public required double LaboratoryDeviation { get; init; }

    /// <summary>s_R, of a result from any laboratory.</summary>
    public required double ReproducibilityDeviation { get; init; }

    /// <summary>Cochran's C: the largest variance over their sum.</summary>
    public required SuspicionTest Cochran { get; init; }

    /// <summary>Grubbs' G of the highest mean.</summary>
    public required SuspicionTest GrubbsHigh { get; init; }

    /// <summary>Grubbs' G of the lowest mean.</summary>
    public required SuspicionTest GrubbsLow { get; init; }

    /// <summary>r.</summary>
    public double RepeatabilityLimit => LimitFactor * RepeatabilityDeviation;

    /// <summary>R.</summary>
    public double ReproducibilityLimit => LimitFactor * ReproducibilityDeviation;

    /// <summary>Evaluates one level.</summary>
    /// <exception cref="ArgumentException">There are fewer than three laboratories, or none has replicates.</exception>
    public static InterlaboratoryStudy Of(MeasurementSeries series, Grouping laboratories)
    {
        int p = laboratories.Levels.Length, total = series.Count;
        if (p < 3) throw new ArgumentException($"'{laboratories.Name}' has {p} groups; three are needed to say which stands out", nameof(laboratories));
        if (total <= p) throw new ArgumentException($"no {laboratories.Name} has replicates; two each are needed for the repeatability", nameof(laboratories));
        var means = new double[p];
        var variances = new double[p];
        for (int lab = 0; lab < p; lab++)
        {
            MeasurementSeries own = series.At(laboratories.CellsOf(lab));
            means[lab] = Moments.Mean(own.Deviations);
            variances[lab] = own.Count > 1 ? Moments.SumOfSquares(own.Deviations, means[lab]) / (own.Count - 1) : double.NaN;
        }

        int[] counts = [.. laboratories.Counts];
        double within = 0, weighted = 0, between = 0, varianceSum = 0;
        for (int lab = 0; lab < p; lab++)
        {
            if (counts[lab] > 1)
            {
                within += (counts[lab] - 1) * variances[lab];
                varianceSum += variances[lab];
            }

            weighted += counts[lab] * means[lab];
        }

        double mean = weighted / total, sr2 = within / (total - p);
        for (int lab = 0; lab < p; lab++) between += counts[lab] * (means[lab] - mean) * (means[lab] - mean);
        double size = (total - (counts.Sum(n => (double)n * n) / total)) / (p - 1);
        double sl2 = Math.Max(0, ((between / (p - 1)) - sr2) / size);
        double centre = Moments.Mean(means), spread = Moments.StandardDeviation(means);
        // Unequal replicates: limits for the usual number, as the standard allows for few exceptions.
        int usual = Math.Max(2, counts.Where(n => n > 1).GroupBy(n => n).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key);
        double hLimit = MandelH(p);
        var all = ImmutableArray.CreateBuilder<Laboratory>(p);
        for (int lab = 0; lab < p; lab++)
        {
            double h = spread > 0 ? (means[lab] - centre) / spread : 0, k = counts[lab] > 1 && sr2 > 0 ? Math.Sqrt(variances[lab] / sr2) : double.NaN;
            all.Add(new Laboratory(laboratories.Levels[lab], counts[lab], series.Origin + means[lab], Math.Sqrt(variances[lab]), h, hLimit, k, counts[lab] > 1 ? MandelK(p, counts[lab]) : double.NaN));
        }

        int replicated = counts.Count(n => n > 1);
        Laboratory widest = all.Where(lab => lab.Count > 1).MaxBy(lab => lab.Deviation)!, highest = all.MaxBy(lab => lab.H)!, lowest = all.MinBy(lab => lab.H)!;
        double grubbs5 = GrubbsTest.CriticalValue(p, 0.05), grubbs1 = GrubbsTest.CriticalValue(p, 0.01);
        return new InterlaboratoryStudy
        {
            Laboratories = all.MoveToImmutable(),
            Count = total,
            Mean = series.Origin + mean,
            RepeatabilityDeviation = Math.Sqrt(sr2),
            LaboratoryDeviation = Math.Sqrt(sl2),
            ReproducibilityDeviation = Math.Sqrt(sr2 + sl2),
            Cochran = new SuspicionTest(
                widest.Name, varianceSum > 0 ? widest.Deviation * widest.Deviation / varianceSum : 0, CochranLimit(replicated, usual, 0.05), CochranLimit(replicated, usual, 0.01)),
            GrubbsHigh = new SuspicionTest(highest.Name, highest.H, grubbs5, grubbs1),
            GrubbsLow = new SuspicionTest(lowest.Name, -lowest.H, grubbs5, grubbs1),
        };
    }

    /// <summary>Limit of Mandel's |h| for p laboratories, (p − 1)·t/√(p(t² + p − 2)).</summary>
    public static double MandelH(int laboratories, double level = MandelLevel)
    {
        double t = Distribution.StudentUpperQuantile(0.5 * level, laboratories - 2);
        return (laboratories - 1) * t / Math.Sqrt(laboratories * ((t * t) + laboratories - 2));
    }

    /// <summary>Limit of Mandel's k for p laboratories with n replicates, √(p/(1 + (p − 1)/F)).</summary>
    public static double MandelK(int laboratories, int replicates, double level = MandelLevel) => Math.Sqrt(
        laboratories / (1 + ((laboratories - 1) / Distribution.FisherUpperQuantile(level, replicates - 1, (laboratories - 1.0) * (replicates - 1)))));

    /// <summary>Limit of Cochran's C for p laboratories with n replicates.</summary>
    public static double CochranLimit(int laboratories, int replicates, double alpha) => laboratories < 2
        ? 1
        : 1 / (1 + ((laboratories - 1) / Distribution.FisherUpperQuantile(alpha / laboratories, replicates - 1, (laboratories - 1.0) * (replicates - 1))));

    /// <summary>z = (result − reference)/standard deviation: up to 2 as expected, 2 to 3 questionable, above 3 not acceptable (ISO 13528).</summary>
    public static double ZScore(double result, double reference, double deviation) => deviation > 0
        ? (result - reference) / deviation
        : throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "a standard deviation above zero");
}
