using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>
/// The numbers of a run, step by step, from its record alone: what is computed again from a stored or exported run is the same to the last bit.
/// Definitions are fixed here and printed with their units; a sample counts for the time until the next one, and a gap for nobody.
/// </summary>
public static class RunMetrics
{
    /// <summary>A gap between samples longer than this is not evidence of anything, s.</summary>
    public const double LongestGapSeconds = 0.5;

    private const double AfterStepSeconds = 5;
    private const double SettledShare = 0.005;

    /// <summary>The numbers of every step.</summary>
    /// <param name="run">What was done.</param>
    /// <param name="budget">What the pressure is known to.</param>
    public static ImmutableArray<StepMetrics> Of(RunRecord run, PressureBudget budget)
    {
        var metrics = ImmutableArray.CreateBuilder<StepMetrics>(run.Protocol.Steps.Length);
        ILookup<int, TraceSample> byStep = run.Samples.Where(sample => double.IsFinite(sample.PressurePa)).ToLookup(sample => sample.StepIndex);
        for (int i = 0; i < run.Protocol.Steps.Length; i++)
        {
            TraceSample[] samples = [.. byStep[i]];
            TraceSample[] after = [.. byStep[i + 1]];
            metrics.Add(OfStep(run.Protocol, i, samples, after, budget));
        }

        return metrics.MoveToImmutable();
    }

    private static StepMetrics OfStep(Protocol protocol, int index, TraceSample[] samples, TraceSample[] after, PressureBudget budget)
    {
        Step step = protocol.Steps[index];
        var metrics = new StepMetrics(index, step.Name) { Record = RecordStatistics.Of(samples) };
        if (samples.Length < 2) return metrics;
        metrics = metrics with
        {
            DisplacementAtContact = AtContact(step, samples),
            DisplacementAtEnd = MeasuredLength(samples[^1].DisplacementMetres, DisplacementNoise(samples)),
            WorkJoules = Work(samples, budget),
        };
        switch (step)
        {
            case RampStep ramp:
                return Ramp(metrics, ramp.Target.Pascals, samples, StaysAt(protocol, index, ramp.Target) ? after : [], budget);
            case DensifyStep:
                return metrics with { TrackingRms = Tracking(samples, samples.Max(sample => sample.SetpointPa), budget) };
            case HoldStep hold:
                return metrics with
                {
                    Overshoot = Overshoot(hold.Target.Pascals, samples, [], budget),
                    Settling = Settling(hold.Target.Pascals, samples),
                    Hold = HoldStatistics.Of(hold, samples, budget),
                    Relaxation = Relaxation(samples),
                };
            case HoldPositionStep:
                return metrics with { Relaxation = Relaxation(samples) };
            case ReleaseStep:
                return metrics with
                {
                    Springback = MeasuredLength(samples[0].DisplacementMetres - samples[^1].DisplacementMetres, Math.Sqrt(2) * DisplacementNoise(samples)),
                    UnloadStiffness = UnloadingLine.Of(samples),
                };
            default:
                return metrics;
        }
    }

    private static StepMetrics Ramp(StepMetrics metrics, double targetPa, TraceSample[] samples, TraceSample[] after, PressureBudget budget)
    {
        bool upwards = targetPa > samples[0].PressurePa;
        return metrics with
        {
            Overshoot = upwards ? Overshoot(targetPa, samples, after, budget) : null,
            Rise = Rise(samples[0].PressurePa, targetPa, samples),
            Settling = Settling(targetPa, [.. samples, .. after.Where(sample => sample.TimeSeconds <= samples[^1].TimeSeconds + AfterStepSeconds)]),
            TrackingRms = Tracking(samples, targetPa, budget),
        };
    }

    private static bool StaysAt(Protocol protocol, int index, SamplePressure target) => index + 1 < protocol.Steps.Length && protocol.Steps[index + 1] switch
    {
        HoldStep next => next.Target == target,
        MeasureStep => true,
        _ => false,
    };

    // Target and achieved pressure share the die; what is left is the force, taken twice as one reading against another.
    private static Estimate<Fraction>? Overshoot(double targetPa, TraceSample[] samples, TraceSample[] after, PressureBudget budget)
    {
        if (!(targetPa > 0)) return null;
        double largest = samples.Max(sample => sample.PressurePa);
        foreach (TraceSample sample in after)
        {
            if (sample.TimeSeconds <= samples[^1].TimeSeconds + AfterStepSeconds) largest = Math.Max(largest, sample.PressurePa);
        }

        return new Estimate<Fraction>(new Estimate((largest - targetPa) / targetPa, budget.FromForcePa(largest) / targetPa));
    }

    private static Estimate<Duration>? Rise(double fromPa, double targetPa, TraceSample[] samples)
    {
        double way = targetPa - fromPa;
        if (way == 0) return null;
        double start = Crossing(samples, fromPa + (0.1 * way), Math.Sign(way));
        double end = Crossing(samples, fromPa + (0.9 * way), Math.Sign(way));
        double rise = end - start;
        if (!double.IsFinite(rise)) return null;
        double noise = PelegFit.Noise([.. samples.Select(sample => sample.PressurePa)]) / Math.Abs(0.8 * way) * rise;
        double sampling = Sampling(samples);
        return new Estimate<Duration>(new Estimate(rise, Math.Sqrt(2 * ((noise * noise) + (sampling * sampling)))));
    }

    // Time at which a level is first crossed, linear between the samples.
    private static double Crossing(TraceSample[] samples, double levelPa, int direction)
    {
        for (int i = 1; i < samples.Length; i++)
        {
            double before = direction * (samples[i - 1].PressurePa - levelPa), now = direction * (samples[i].PressurePa - levelPa);
            if (now < 0 || before >= 0) continue;
            return samples[i - 1].TimeSeconds + ((samples[i].TimeSeconds - samples[i - 1].TimeSeconds) * before / (before - now));
        }

        return double.NaN;
    }

    private static Estimate<Duration>? Settling(double targetPa, TraceSample[] samples)
    {
        int arrived = Array.FindIndex(samples, sample => sample.SetpointPa.Equals(targetPa));
        if (arrived < 0 || !(targetPa > 0)) return null;
        int last = Array.FindLastIndex(samples, sample => Math.Abs(sample.PressurePa - targetPa) > SettledShare * targetPa);
        if (last == samples.Length - 1) return null;
        return new Estimate<Duration>(new Estimate(last < arrived ? 0 : samples[last + 1].TimeSeconds - samples[arrived].TimeSeconds, Sampling(samples)));
    }

    private static Estimate<Fraction>? Tracking(TraceSample[] samples, double targetPa, PressureBudget budget)
    {
        if (!(targetPa > 0)) return null;
        double squares = 0, seconds = 0;
        for (int i = 0; i + 1 < samples.Length; i++)
        {
            double span = samples[i + 1].TimeSeconds - samples[i].TimeSeconds;
            if (span > LongestGapSeconds) continue;
            double off = samples[i].PressurePa - samples[i].SetpointPa;
            squares += span * off * off;
            seconds += span;
        }

        return seconds > 0 ? new Estimate<Fraction>(new Estimate(Math.Sqrt(squares / seconds) / targetPa, budget.FromForcePa(targetPa) / targetPa)) : null;
    }

    private static PelegConstants? Relaxation(TraceSample[] samples) => PelegFit.Of(
        [.. samples.Select(sample => sample.TimeSeconds)],
        [.. samples.Select(sample => sample.ForceNewtons)]);

    private static Estimate<Length>? AtContact(Step step, TraceSample[] samples)
    {
        if (step is not ApproachStep approach) return null;
        int at = Array.FindIndex(samples, sample => sample.PressurePa >= 0.5 * approach.Contact.Pascals);
        return at < 0 ? null : MeasuredLength(samples[at].DisplacementMetres, DisplacementNoise(samples));
    }

    private static Estimate? Work(TraceSample[] samples, PressureBudget budget)
    {
        double work = 0;
        for (int i = 1; i < samples.Length; i++)
            work += 0.5 * (samples[i].ForceNewtons + samples[i - 1].ForceNewtons) * (samples[i].DisplacementMetres - samples[i - 1].DisplacementMetres);
        if (!double.IsFinite(work)) return null;
        double largest = samples.Max(sample => Math.Abs(sample.PressurePa));
        return new Estimate(work, largest > 0 ? Math.Abs(work) * budget.FromForcePa(largest) / largest : 0);
    }

    private static double DisplacementNoise(TraceSample[] samples) => PelegFit.Noise([.. samples.Select(sample => sample.DisplacementMetres)]);

    // Something between two samples may be anywhere between them.
    private static double Sampling(TraceSample[] samples) => (samples[^1].TimeSeconds - samples[0].TimeSeconds) / (samples.Length - 1) / Math.Sqrt(12);

    private static Estimate<Length>? MeasuredLength(double metres, double noise) =>
        double.IsFinite(metres) && double.IsFinite(noise) ? new Estimate<Length>(new Estimate(metres, noise)) : null;
}
