using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>What a hold achieved.</summary>
internal static class HoldStatistics
{
    // Slopes of all pairs are taken between means of blocks: a bounded number of pairs, and neighbours in time that are not independent count once.
    private const int Blocks = 120;

    // A pressure that sinks and rises by this share of the target, and by more than its noise, was pumped up.
    private const double TopUpShare = 0.002;
    private const double TopUpNoise = 6;

    /// <summary>The numbers of a hold; null without two samples in a row.</summary>
    public static HoldMetrics? Of(HoldStep hold, TraceSample[] samples, PressureBudget budget)
    {
        double targetPa = hold.Target.Pascals;
        double inBand = 0, seconds = 0, sum = 0, squares = 0;
        for (int i = 0; i + 1 < samples.Length; i++)
        {
            double span = samples[i + 1].TimeSeconds - samples[i].TimeSeconds;
            if (span > RunMetrics.LongestGapSeconds) continue;
            double off = samples[i].PressurePa - targetPa;
            seconds += span;
            sum += span * off;
            squares += span * off * off;
            if (Math.Abs(off) <= hold.Band.Value * targetPa) inBand += span;
        }

        if (!(seconds > 0)) return null;
        double mean = sum / seconds;
        double deviation = Math.Sqrt(Math.Max(0, (squares / seconds) - (mean * mean)));
        (double[] times, double[] pressures) = BlockMeans(samples);
        (double slope, double slopeUncertainty) = TheilSen.Slope(times, pressures);
        double whole = Math.Max(seconds, samples[^1].TimeSeconds - samples[0].TimeSeconds);
        return new HoldMetrics(
            new Estimate<SamplePressure>(new Estimate(mean, budget.At(targetPa + mean).Si.StandardUncertainty)),
            new Estimate<SamplePressure>(new Estimate(deviation, deviation / Math.Sqrt(2 * Math.Max(1, times.Length - 1)))),
            new Estimate<PressureRate>(new Estimate(slope, slopeUncertainty)),
            new Fraction(inBand / whole),
            new SamplePressure(samples.Min(sample => sample.PressurePa)),
            new SamplePressure(samples.Max(sample => sample.PressurePa)),
            TopUps(samples, targetPa));
    }

    private static (double[] Times, double[] Pressures) BlockMeans(TraceSample[] samples)
    {
        int blocks = Math.Min(Blocks, samples.Length);
        var times = new double[blocks];
        var pressures = new double[blocks];
        for (int b = 0; b < blocks; b++)
        {
            int from = (int)((long)b * samples.Length / blocks), to = (int)((long)(b + 1) * samples.Length / blocks);
            for (int i = from; i < to; i++)
            {
                times[b] += samples[i].TimeSeconds / (to - from);
                pressures[b] += samples[i].PressurePa / (to - from);
            }
        }

        return (times, pressures);
    }

    // Turning points of the pressure with a threshold, so that noise does not count as pumping.
    private static int TopUps(TraceSample[] samples, double targetPa)
    {
        double[] pressures = [.. samples.Select(sample => sample.PressurePa)];
        double threshold = Math.Max(TopUpShare * targetPa, TopUpNoise * PelegFit.Noise(pressures));
        int count = 0;
        bool sinking = false;
        double extreme = pressures[0];
        foreach (double pressure in pressures)
        {
            if (sinking)
            {
                extreme = Math.Min(extreme, pressure);
                if (pressure - extreme <= threshold) continue;
                count++;
                (sinking, extreme) = (false, pressure);
            }
            else
            {
                extreme = Math.Max(extreme, pressure);
                if (extreme - pressure > threshold) (sinking, extreme) = (true, pressure);
            }
        }

        return count;
    }
}

/// <summary>The first part of an unloading, where sample and press spring back along a line.</summary>
internal static class UnloadingLine
{
    private const double UpperShare = 0.95;
    private const double LowerShare = 0.60;

    /// <summary>Slope dF/dx by least squares; null with too few samples or without displacement.</summary>
    public static Estimate<Stiffness>? Of(TraceSample[] samples)
    {
        double start = samples[0].ForceNewtons;
        TraceSample[] line = [.. samples.Where(sample => sample.ForceNewtons <= UpperShare * start && sample.ForceNewtons >= LowerShare * start && double.IsFinite(sample.DisplacementMetres))];
        if (line.Length < 4) return null;
        double x = line.Average(sample => sample.DisplacementMetres), y = line.Average(sample => sample.ForceNewtons);
        double xx = line.Sum(sample => Math.Pow(sample.DisplacementMetres - x, 2)), xy = line.Sum(sample => (sample.DisplacementMetres - x) * (sample.ForceNewtons - y));
        double slope = xy / xx;
        if (!(slope > 0 && double.IsFinite(slope))) return null;
        double rest = line.Sum(sample => Math.Pow(sample.ForceNewtons - y - (slope * (sample.DisplacementMetres - x)), 2));
        return new Estimate<Stiffness>(new Estimate(slope, Math.Sqrt(rest / (line.Length - 2) / xx), line.Length - 2));
    }
}

/// <summary>How evenly the samples of a step came in.</summary>
internal static class RecordStatistics
{
    /// <summary>Gaps and jitter of a step's samples.</summary>
    public static RecordMetrics Of(TraceSample[] samples)
    {
        if (samples.Length < 2) return new RecordMetrics(0, new Duration(0), samples.Length, null, null);
        double[] intervals = [.. samples.Zip(samples.Skip(1), (a, b) => b.TimeSeconds - a.TimeSeconds).Order()];
        double median = intervals[intervals.Length / 2];
        double[] jitter = [.. intervals.Where(interval => interval <= RunMetrics.LongestGapSeconds).Select(interval => Math.Abs(interval - median)).Order()];
        return new RecordMetrics(
            intervals.Count(interval => interval > RunMetrics.LongestGapSeconds),
            new Duration(intervals[^1]),
            samples.Length,
            jitter.Length > 0 ? new Duration(jitter[(int)Math.Ceiling(0.99 * jitter.Length) - 1]) : null,
            jitter.Length > 0 ? new Duration(jitter[^1]) : null);
    }
}
