using System.Collections.Immutable;
using System.Globalization;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Hand;

/// <summary>
/// The verdicts of a run whose readings were typed. A reading can show that a step went wrong; that nothing went wrong between two readings is not known,
/// so that such a step is not verifiable at best.
/// </summary>
internal static class HandVerdicts
{
    public static ImmutableArray<StepVerdict> Of(RunRecord run, ImmutableArray<StepVerdict> verdicts) =>
        [.. verdicts.Select((verdict, step) => verdict.Judgement is StepJudgement.NotDone or StepJudgement.NotNeeded ? verdict : One(run, verdict, step))];

    private static StepVerdict One(RunRecord run, StepVerdict verdict, int index)
    {
        Step step = run.Protocol.Steps[index];
        if (verdict.Target is null && verdict.Judgement == StepJudgement.Passed) return verdict;
        double[] readings = [.. run.Samples.Where(sample => sample.StepIndex == index).Select(sample => sample.PressurePa)];
        if (step is HoldStep hold)
        {
            foreach (double pressurePa in readings)
            {
                if (Math.Abs(pressurePa - hold.Target.Pascals) <= hold.Band.Value * hold.Target.Pascals) continue;
                return verdict with { Judgement = StepJudgement.Failed, Reason = $"a typed reading of {new SamplePressure(pressurePa)} is outside of {hold.Target} ± {hold.Band}" };
            }
        }

        string known = readings.Length switch
        {
            0 => "no reading was typed in this step",
            1 => $"one typed reading, {new SamplePressure(readings[0])}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{readings.Length} typed readings, {new SamplePressure(readings.Min())} to {new SamplePressure(readings.Max())}"),
        };
        return verdict with { Judgement = StepJudgement.NotVerifiable, Reason = $"{known}; what was between them is not known" };
    }
}
