using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Steps that wait for an answer: measure, adaptive, prompt. The set-point stands still meanwhile.</summary>
internal static class MeasuringSteps
{
    /// <summary>What an adaptive step measures in every round.</summary>
    public const MeasuredQuantities AdaptiveQuantities = MeasuredQuantities.Thickness | MeasuredQuantities.Impedance;

    public static void Ask(ref Transition t, MeasuredQuantities quantities)
    {
        t.State = t.State with { Phase = RunPhase.Measuring, StepStartedSeconds = t.State.TimeSeconds };
        t.Log(RunEventKind.MeasurementRequested, quantities.ToString());
        t.Emit(new RequestMeasurement(t.State.StepIndex, quantities));
    }

    /// <summary>Asks once more for what the present step measures, after the first request was lost with its process.</summary>
    public static void AskAgain(ref Transition t) => Ask(ref t, t.Step is MeasureStep measure ? measure.Quantities : AdaptiveQuantities);

    public static void OnTick(ref Transition t)
    {
        Duration timeout = t.Step is AdaptiveStep adaptive ? adaptive.Timeout : ((MeasureStep)t.Step).Timeout;
        if (t.InStepSeconds > timeout.Seconds + Executor.TimeTolerance)
            ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{t.Step.Name}': no result of the measurement within {timeout}");
    }

    /// <summary>The answer that the present phase waits for.</summary>
    public static void OnAnswer(ref Transition t, in ExecutorEvent answer)
    {
        bool confirmed = answer.Kind == ExecutorEventKind.Confirmed;
        t.Log(confirmed ? RunEventKind.Confirmed : RunEventKind.Measured, answer.Text);
        if (!confirmed && double.IsFinite(answer.ResistanceOhmSquareMetres)) t.State = t.State with { Cycle = t.State.Cycle?.Measured(answer.ResistanceOhmSquareMetres) };
        if (t.Step is AdaptiveStep adaptive) Decide(ref t, adaptive, answer.ResistanceOhmSquareMetres);
        else StepEntry.End(ref t, confirmed ? "confirmed" : "measured");
    }

    private static void Decide(ref Transition t, AdaptiveStep step, double resistance)
    {
        if (!(resistance > 0 && double.IsFinite(resistance)))
        {
            ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{step.Name}': the measurement gave no resistance above zero, by which the step is steered");
            return;
        }

        double before = t.State.ResistanceOhmSquareMetres;
        int round = t.State.Round;
        SamplePressure at = step.PressureOf(round);
        var fall = new Fraction((before - resistance) / before);
        string found = $"{new ArealResistance(resistance)} at {at}" + (double.IsFinite(before) ? $", {fall} less than before" : "");
        t.State = t.State with { Round = round + 1, ResistanceOhmSquareMetres = resistance };
        bool stopped = fall.Value < step.StopBelow.Value;
        bool atTop = step.Increment.Pascals > 0 && at.Pascals >= step.Highest.Pascals;
        t.Log(RunEventKind.Decided, found);
        if (double.IsFinite(before) && stopped)
        {
            StepEntry.End(ref t, $"{found}: it has stopped falling by more than {step.StopBelow}");
        }
        else if (atTop || t.State.Round >= step.MostRounds)
        {
            StepEntry.GiveUp(ref t, $"{found}: still falling by more than {step.StopBelow} after {(atTop ? $"the highest pressure of {step.Highest}" : $"{step.MostRounds} rounds")}");
        }
        else
        {
            t.State = t.State with { Phase = RunPhase.Moving, StepStartedSeconds = t.State.TimeSeconds, InBandSeconds = 0, StalledSeconds = 0, InBand = false };
        }
    }
}
