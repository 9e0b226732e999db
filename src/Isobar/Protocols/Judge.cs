using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>What counts as done well. Defaults for a hydraulic press that holds its force.</summary>
/// <param name="Overshoot">Largest excess over the target, a share of it.</param>
/// <param name="InBand">Smallest share of a hold spent in its band.</param>
public sealed record JudgeLimits(Fraction Overshoot, Fraction InBand)
{
    /// <summary>Overshoot ≤ 3 %, hold in band ≥ 95 %.</summary>
    public static JudgeLimits Default { get; } = new(new Fraction(0.03), new Fraction(0.95));
}

/// <summary>
/// Holds what was achieved against what was asked, step by step.
/// <para>What the achieved pressure is known to says <see cref="PressureBudget"/>. A tolerance
/// finer than twice the uncertainty of the force is not verifiable; the diameter shifts target and achieved pressure alike and does not count there.</para>
/// </summary>
public static class Judge
{
    // A gap between samples longer than this is not evidence of anything.
    private const double LongestGapSeconds = 0.5;

    // Overshoot may come a little after the set-point has arrived.
    private const double AfterRampSeconds = 5;

    /// <summary>A verdict for every step of the protocol.</summary>
    /// <param name="run">What was done.</param>
    /// <param name="die">Die it was done in.</param>
    /// <param name="press">Press whose indication is the evidence.</param>
    /// <param name="thickness">Thickness of the pressed stack, for the wall's share; a tenth of the diameter when left out.</param>
    /// <param name="limits">What counts as done well.</param>
    public static ImmutableArray<StepVerdict> Evaluate(RunRecord run, Die die, PressInstrument press, Length? thickness = null, JudgeLimits? limits = null)
    {
        var evidence = new Evidence(new PressureBudget(die, press, thickness), limits ?? JudgeLimits.Default);
        var verdicts = ImmutableArray.CreateBuilder<StepVerdict>(run.Protocol.Steps.Length);
        bool[] passedOver = CycleSteps.PassedOver(run);
        for (int i = 0; i < run.Protocol.Steps.Length; i++) verdicts.Add(EvaluateStep(run, i, passedOver[i], evidence));
        return verdicts.ToImmutable();
    }

    /// <summary>The verdict on the whole run. A run that was not completed never reads as passed.</summary>
    public static StepJudgement Overall(RunRecord run, ImmutableArray<StepVerdict> verdicts)
    {
        if (verdicts.Any(verdict => verdict.Judgement == StepJudgement.Failed)) return StepJudgement.Failed;
        if (run.Outcome != RunOutcome.Completed || verdicts.IsDefaultOrEmpty || verdicts.Any(verdict => verdict.Judgement == StepJudgement.NotDone)) return StepJudgement.NotDone;
        return verdicts.Any(verdict => verdict.Judgement == StepJudgement.NotVerifiable) ? StepJudgement.NotVerifiable : StepJudgement.Passed;
    }

    private static StepVerdict EvaluateStep(RunRecord run, int index, bool passedOver, Evidence evidence)
    {
        Step step = run.Protocol.Steps[index];
        ImmutableArray<TraceSample> samples = [.. run.Samples.Where(sample => sample.StepIndex == index && double.IsFinite(sample.PressurePa))];
        RunEvent? started = Event(run, index, RunEventKind.StepStarted);
        RunEvent? ended = Event(run, index, RunEventKind.StepEnded) ?? Event(run, index, RunEventKind.NotSettled);
        SamplePressure? target = TargetOf(step);
        double seconds = started is null ? 0 : Math.Max(0, (ended?.TimeSeconds ?? LastTime(run)) - started.TimeSeconds);
        var verdict = new StepVerdict(index, step.Name, target, null, null, null, null, new Duration(seconds), StepJudgement.NotDone, "");
        if (started is null && passedOver) return verdict with { Judgement = StepJudgement.NotNeeded, Reason = "not needed: its cycle had enough before" };
        if (started is null) return verdict with { Reason = $"not begun: the run was {InWords(run.Outcome)} before" };
        if (step is HoldStep hold && samples.Length > 0) verdict = WithHold(verdict, hold, samples, evidence);
        else if (target is not null && samples.Length > 0) verdict = verdict with { Achieved = evidence.Pressure(samples[^1].PressurePa) };
        else if (step is MeasureStep or HoldPositionStep or AdaptiveStep or HeatStep or SoakStep && samples.Length > 0) verdict = verdict with { Achieved = evidence.Pressure(samples.Average(sample => sample.PressurePa)) };
        if (ended is null) return verdict with { Reason = $"not finished: the run was {InWords(run.Outcome)} after {verdict.Duration} of this step" };
        if (samples.Length == 0 && step is not (PromptStep or MeasureStep or RoundStep)) return verdict with { Judgement = StepJudgement.Failed, Reason = "no valid sample was recorded" };
        return step switch
        {
            RampStep ramp => JudgeRamp(verdict, ramp, run, samples, evidence),
            HoldStep h => JudgeHold(verdict, h, ended, samples, evidence),
            ReleaseStep release => JudgeRelease(verdict, release, samples[^1].PressurePa),
            ApproachStep => verdict with { Judgement = StepJudgement.Passed, Reason = $"contact at {verdict.Achieved!.Value.Value} after {verdict.Duration}" },
            MeasureStep => verdict with { Judgement = StepJudgement.Passed, Reason = verdict.Achieved is { } at ? $"measured at {at.Value}" : "measured" },
            DensifyStep or HoldPositionStep or AdaptiveStep or HeatStep or SoakStep or RoundStep => JudgeByEvent(verdict, ended),
            _ => verdict with { Judgement = StepJudgement.Passed, Reason = $"confirmed after {verdict.Duration}" },
        };
    }

    private static StepVerdict JudgeRamp(StepVerdict verdict, RampStep ramp, RunRecord run, ImmutableArray<TraceSample> samples, Evidence evidence)
    {
        double targetPa = ramp.Target.Pascals;
        bool upwards = samples[0].PressurePa <= targetPa;
        if (!upwards || targetPa <= 0) return verdict with { Judgement = StepJudgement.Passed, Reason = $"lowered to {verdict.Achieved!.Value.Value}" };
        double end = samples[^1].TimeSeconds;

        // What follows belongs to the ramp as long as it is meant to stay at the same pressure.
        bool stays = verdict.StepIndex + 1 < run.Protocol.Steps.Length && run.Protocol.Steps[verdict.StepIndex + 1] switch
        {
            HoldStep next => next.Target == ramp.Target,
            MeasureStep => true,
            _ => false,
        };
        double largestPa = samples.Max(sample => sample.PressurePa);
        if (stays)
        {
            foreach (TraceSample sample in run.Samples)
            {
                if (sample.StepIndex == verdict.StepIndex + 1 && sample.TimeSeconds <= end + AfterRampSeconds) largestPa = Math.Max(largestPa, sample.PressurePa);
            }
        }

        verdict = verdict with { Overshoot = new Fraction((largestPa - targetPa) / targetPa) };
        return OvershootFailure(verdict, evidence) ?? NotVerifiable(verdict, evidence, evidence.Limits.Overshoot, "an overshoot limit of")
            ?? verdict with { Judgement = StepJudgement.Passed, Reason = $"overshoot {Signed(verdict.Overshoot.Value)}, limit {evidence.Limits.Overshoot}" };
    }

    private static StepVerdict JudgeHold(StepVerdict verdict, HoldStep hold, RunEvent ended, ImmutableArray<TraceSample> samples, Evidence evidence)
    {
        if (hold.Target.Pascals <= 0) return verdict with { Judgement = StepJudgement.Passed, Reason = "held without pressure" };
        (double inBandSeconds, _, _, _) = Weigh(hold, samples);
        string band = $"±{hold.Band} of {hold.Target}";

        // Sums of tick lengths lose up to one tick at each end.
        if (inBandSeconds < hold.Minimum.Seconds - 0.2) return Fail(verdict, $"{new Duration(inBandSeconds)} within {band}, {hold.Minimum} were asked for");
        if (verdict.InBand is { } share && share.Value < evidence.Limits.InBand.Value) return Fail(verdict, $"{share} of the hold within {band}, at least {evidence.Limits.InBand} is asked for");
        if (OvershootFailure(verdict, evidence) is { } over) return over;
        if (ended.Kind == RunEventKind.NotSettled) return Fail(verdict, $"not settled: {ended.Text}");
        return NotVerifiable(verdict, evidence, hold.Band, "a band of")
            ?? verdict with { Judgement = StepJudgement.Passed, Reason = $"{verdict.InBand} of {verdict.Duration} within {band}, mean {verdict.Achieved!.Value.Value}" };
    }

    private static StepVerdict JudgeRelease(StepVerdict verdict, ReleaseStep release, double endPa)
    {
        double allowedPa = release.Target.Pascals + Math.Max(0.05 * release.Target.Pascals, Executor.ClearPressure.Pascals);
        return endPa <= allowedPa
            ? verdict with { Judgement = StepJudgement.Passed, Reason = $"released to {new SamplePressure(endPa)} in {verdict.Duration}" }
            : Fail(verdict, $"{new SamplePressure(endPa)} remained, at most {new SamplePressure(allowedPa)} is allowed");
    }

    // What these steps wait for is not a pressure; whether it came is what their end says.
    private static StepVerdict JudgeByEvent(StepVerdict verdict, RunEvent ended) => ended.Kind == RunEventKind.StepEnded
        ? verdict with { Judgement = StepJudgement.Passed, Reason = ended.Text }
        : Fail(verdict, ended.Text);

    private static StepVerdict WithHold(StepVerdict verdict, HoldStep hold, ImmutableArray<TraceSample> samples, Evidence evidence)
    {
        (double inBand, double seconds, double mean, double spread) = Weigh(hold, samples);
        if (!(seconds > 0)) return verdict with { Achieved = evidence.Pressure(samples[^1].PressurePa) };
        double targetPa = hold.Target.Pascals;
        double whole = Math.Max(seconds, samples[^1].TimeSeconds - samples[0].TimeSeconds);
        return verdict with
        {
            Achieved = evidence.Pressure(mean),
            Spread = new Fraction(mean > 0 ? spread / mean : 0),
            InBand = new Fraction(inBand / whole),
            Overshoot = targetPa > 0 ? new Fraction((samples.Max(sample => sample.PressurePa) - targetPa) / targetPa) : null,
        };
    }

    // Every sample counts for the time until the next one; the time across a gap counts for nobody.
    private static (double InBandSeconds, double Seconds, double Mean, double Spread) Weigh(HoldStep hold, ImmutableArray<TraceSample> samples)
    {
        double inBand = 0, seconds = 0, sum = 0, squares = 0;
        double targetPa = hold.Target.Pascals;
        for (int i = 0; i + 1 < samples.Length; i++)
        {
            double span = samples[i + 1].TimeSeconds - samples[i].TimeSeconds;
            if (span > LongestGapSeconds) continue;
            double deviation = samples[i].PressurePa - targetPa;
            seconds += span;
            sum += span * deviation;
            squares += span * deviation * deviation;
            if (Math.Abs(deviation) <= hold.Band.Value * targetPa) inBand += span;
        }

        double mean = seconds > 0 ? sum / seconds : 0;
        double variance = seconds > 0 ? Math.Max(0, (squares / seconds) - (mean * mean)) : 0;
        return (inBand, seconds, targetPa + mean, Math.Sqrt(variance));
    }

    private static StepVerdict? OvershootFailure(StepVerdict verdict, Evidence evidence) =>
        verdict.Overshoot is { } overshoot && overshoot.Value > evidence.Limits.Overshoot.Value
            ? Fail(verdict, $"overshoot {Signed(overshoot)} of {verdict.Target}, limit {evidence.Limits.Overshoot}")
            : null;

    private static StepVerdict? NotVerifiable(StepVerdict verdict, Evidence evidence, Fraction tolerance, string what)
    {
        Force force = evidence.Die.ForceFor(verdict.Target!.Value);
        double twice = 2 * ProtocolCheck.RelativeForceUncertainty(evidence.Press, force);
        if (tolerance.Value < twice)
            return verdict with { Judgement = StepJudgement.NotVerifiable, Reason = $"{what} ±{tolerance} is finer than ±{new Fraction(twice)}, twice the uncertainty of {force} on {evidence.Press.Name}" };
        if (force.Newtons < evidence.Press.LowestCalibrated.Newtons)
            return verdict with { Judgement = StepJudgement.NotVerifiable, Reason = $"{force} is below the lowest calibrated force of {evidence.Press.Name}, {evidence.Press.LowestCalibrated}" };
        return null;
    }

    private static StepVerdict Fail(StepVerdict verdict, string reason) => verdict with { Judgement = StepJudgement.Failed, Reason = reason };

    private static SamplePressure? TargetOf(Step step) => step switch
    {
        ApproachStep s => s.Contact,
        RampStep s => s.Target,
        HoldStep s => s.Target,
        ReleaseStep s => s.Target,
        DensifyStep s => s.Highest,
        _ => null,
    };

    private static RunEvent? Event(RunRecord run, int step, RunEventKind kind)
    {
        foreach (RunEvent e in run.Events)
        {
            if (e.StepIndex == step && e.Kind == kind) return e;
        }

        return null;
    }

    private static double LastTime(RunRecord run) => Math.Max(run.Samples.IsEmpty ? 0 : run.Samples[^1].TimeSeconds, run.Events.IsEmpty ? 0 : run.Events[^1].TimeSeconds);

    private static string InWords(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Running => "still going on",
        RunOutcome.Completed => "completed",
        RunOutcome.Stopped => "stopped",
        RunOutcome.Aborted => "aborted",
        _ => "interrupted",
    };

    private static string Signed(Fraction share) => Quantity.Number(share.Percent, 2) + " %";

    private sealed record Evidence(PressureBudget Budget, JudgeLimits Limits)
    {
        public Die Die => Budget.Die;

        public PressInstrument Press => Budget.Press;

        public Estimate<SamplePressure> Pressure(double pressurePa) => Budget.At(pressurePa);
    }
}
