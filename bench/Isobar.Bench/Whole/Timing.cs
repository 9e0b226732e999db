namespace Isobar.Bench.Whole;

/// <summary>One measured run, per call.</summary>
/// <param name="WallSeconds">Elapsed time.</param>
/// <param name="CpuSeconds">Processor time over all threads; NaN when the system does not tell.</param>
/// <param name="AllocatedBytes">Managed memory asked for; NaN for another process.</param>
internal readonly record struct Sample(double WallSeconds, double CpuSeconds, double AllocatedBytes);

/// <summary>What was measured about one whole run.</summary>
/// <param name="Name">What ran.</param>
/// <param name="Samples">The repeats after the warm-up.</param>
/// <param name="Answer">What came out, the same in every repeat.</param>
internal sealed record Timing(string Name, IReadOnlyList<Sample> Samples, Answer Answer)
{
    public double MinimumSeconds => Samples.Min(sample => sample.WallSeconds);

    public double MedianSeconds => Quantile(static sample => sample.WallSeconds, 0.5);

    /// <summary>Distance between the quartiles, relative to the median.</summary>
    public double Spread => (Quantile(static sample => sample.WallSeconds, 0.75) - Quantile(static sample => sample.WallSeconds, 0.25)) / MedianSeconds;

    public double CpuSeconds => Quantile(static sample => sample.CpuSeconds, 0.5);

    public double AllocatedBytes => Quantile(static sample => sample.AllocatedBytes, 0.5);

    private double Quantile(Func<Sample, double> of, double probability)
    {
        double[] sorted = [.. Samples.Select(of).Order()];
        double position = probability * (sorted.Length - 1);
        int below = Math.Min((int)position, sorted.Length - 2);
        return sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}

/// <summary>What a run gave, beside its time: a fast wrong answer is worth nothing.</summary>
/// <param name="Check">Value by which two records are compared.</param>
/// <param name="Error">How far it is from something better known, or "-".</param>
internal sealed record Answer(string Check, string Error = "-");
