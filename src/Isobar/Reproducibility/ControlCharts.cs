using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>Which statistic a control chart follows.</summary>
public enum ChartKind
{
    /// <summary>Single values.</summary>
    Individuals,

    /// <summary>Distances of neighbours.</summary>
    MovingRange,

    /// <summary>Means of subgroups.</summary>
    Averages,

    /// <summary>Ranges of subgroups.</summary>
    Ranges,

    /// <summary>Exponentially weighted mean.</summary>
    Ewma,

    /// <summary>Cumulative sum above the target.</summary>
    CusumHigh,

    /// <summary>Cumulative sum below the target.</summary>
    CusumLow,
}

/// <summary>A control chart: its points, centre and limits, and what it signals.</summary>
/// <param name="Kind">Which statistic.</param>
/// <param name="Points">Its values in order.</param>
/// <param name="Centre">Where it belongs.</param>
/// <param name="Limits">Limits of each point.</param>
/// <param name="Signals">Rules that points completed; a point beyond a limit is <see cref="RunRule.BeyondThree"/> on every chart.</param>
public sealed record ControlChart(ChartKind Kind, ImmutableArray<double> Points, double Centre, ImmutableArray<Interval> Limits, ImmutableArray<RunSignal> Signals);

/// <summary>The control charts: did the process drift since March?</summary>
public static class ControlCharts
{
    /// <summary>
    /// Individuals and moving range: mean ± 3·MR̄/1.128, upper limit of a range 3.267·MR̄ (constants to the digits of the published tables). Centre and scatter come from the first
    /// <paramref name="baseline"/> points, so that what comes later does not judge itself.
    /// </summary>
    public static (ControlChart Values, ControlChart Ranges) Individuals(ReadOnlySpan<double> values, ImmutableArray<RunRule> rules = default, int baseline = 0)
    {
        int n = values.Length, used = baseline > 0 ? Math.Min(baseline, n) : n;
        if (used < 2) throw new ArgumentException($"{used} points; two are needed for a range", nameof(values));
        ControlChartConstants constants = ControlChartConstants.For(2);
        double d2 = Math.Round(constants.D2, 3), d4 = Math.Round(constants.RangeUpper, 3);
        var ranges = new double[n - 1];
        for (int i = 1; i < n; i++) ranges[i - 1] = Math.Abs(values[i] - values[i - 1]);
        double mean = Moments.Mean(values[..used]), range = Moments.Mean(ranges.AsSpan(0, used - 1)), sigma = range / d2;
        return (
            Chart(ChartKind.Individuals, values, mean, sigma, rules),
            Limited(ChartKind.MovingRange, ranges, range, new Interval(0, d4 * range)));
    }

    /// <summary>Means and ranges of subgroups of one size n: mean ± A₂·R̄, ranges D₃·R̄ to D₄·R̄.</summary>
    public static (ControlChart Averages, ControlChart Ranges) AveragesAndRanges(IReadOnlyList<double[]> subgroups, ImmutableArray<RunRule> rules = default, int baseline = 0)
    {
        if (subgroups.Count < 2) throw new ArgumentException($"{subgroups.Count} subgroups; two at least are needed", nameof(subgroups));
        int size = subgroups[0].Length, used = baseline > 0 ? Math.Min(baseline, subgroups.Count) : subgroups.Count;
        for (int i = 0; i < subgroups.Count; i++)
        {
            if (subgroups[i].Length != size) throw new ArgumentException($"subgroup {i + 1} has {subgroups[i].Length} values and the first has {size}; one size is needed", nameof(subgroups));
        }

        ControlChartConstants constants = ControlChartConstants.For(size);
        double[] means = [.. subgroups.Select(group => Moments.Mean(group))], ranges = [.. subgroups.Select(group => group.Max() - group.Min())];
        double mean = Moments.Mean(means.AsSpan(0, used)), range = Moments.Mean(ranges.AsSpan(0, used));
        return (
            Chart(ChartKind.Averages, means, mean, constants.A2 * range / 3, rules),
            Limited(ChartKind.Ranges, ranges, range, new Interval(constants.RangeLower * range, constants.RangeUpper * range)));
    }

    /// <summary>
    /// z_t = λ·x_t + (1 − λ)·z_(t−1) from the target on, limits target ± L·s·√(λ/(2 − λ)·[1 − (1 − λ)^2t]); finds small lasting shifts.
    /// </summary>
    public static ControlChart Ewma(ReadOnlySpan<double> values, double target, double deviation, double weight = 0.2, double limit = 2.962)
    {
        if (weight is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(weight), weight, "a weight above 0, at most 1; usual 0.2");
        var points = new double[values.Length];
        var limits = new Interval[values.Length];
        var signals = ImmutableArray.CreateBuilder<RunSignal>();
        double z = target, left = 1;
        for (int i = 0; i < values.Length; i++)
        {
            z = (weight * values[i]) + ((1 - weight) * z);
            left *= (1 - weight) * (1 - weight);
            double half = limit * deviation * Math.Sqrt(weight / (2 - weight) * (1 - left));
            points[i] = z;
            limits[i] = new Interval(target - half, target + half);
            if (!limits[i].Contains(z)) signals.Add(new RunSignal(i, RunRule.BeyondThree));
        }

        return new ControlChart(ChartKind.Ewma, [.. points], target, [.. limits], signals.ToImmutable());
    }

    /// <summary>Limits that the EWMA reaches after many points.</summary>
    public static Interval EwmaAsymptote(double target, double deviation, double weight, double limit)
    {
        double half = limit * deviation * Math.Sqrt(weight / (2 - weight));
        return new Interval(target - half, target + half);
    }

    /// <summary>S⁺ = max(0, S⁺ + x − target − k) and its mirror; a signal where one exceeds h. k and h in the unit of the values.</summary>
    public static (ControlChart High, ControlChart Low) Cusum(ReadOnlySpan<double> values, double target, double allowance, double decision)
    {
        double[] high = new double[values.Length], low = new double[values.Length];
        double above = 0, below = 0;
        for (int i = 0; i < values.Length; i++)
        {
            high[i] = above = Math.Max(0, above + values[i] - target - allowance);
            low[i] = below = Math.Max(0, below + target - allowance - values[i]);
        }

        return (Limited(ChartKind.CusumHigh, high, 0, new Interval(0, decision)), Limited(ChartKind.CusumLow, low, 0, new Interval(0, decision)));
    }

    private static ControlChart Chart(ChartKind kind, ReadOnlySpan<double> points, double centre, double sigma, ImmutableArray<RunRule> rules)
    {
        var scores = new double[points.Length];
        for (int i = 0; i < scores.Length; i++) scores[i] = sigma > 0 ? (points[i] - centre) / sigma : points[i] == centre ? 0 : double.PositiveInfinity;
        Interval limits = new(centre - (3 * sigma), centre + (3 * sigma));
        return new ControlChart(kind, [.. points], centre, [.. Enumerable.Repeat(limits, scores.Length)], RunRules.Signals(scores, rules.IsDefault ? [RunRule.BeyondThree] : rules));
    }

    private static ControlChart Limited(ChartKind kind, ReadOnlySpan<double> points, double centre, Interval limits)
    {
        var signals = ImmutableArray.CreateBuilder<RunSignal>();
        for (int i = 0; i < points.Length; i++)
        {
            if (points[i] > limits.High || points[i] < limits.Low) signals.Add(new RunSignal(i, RunRule.BeyondThree));
        }

        return new ControlChart(kind, [.. points], centre, [.. Enumerable.Repeat(limits, points.Length)], signals.ToImmutable());
    }
}
