namespace Isobar.Protocols;

/// <summary>How a step begins and ends.</summary>
internal static class StepEntry
{
    public static void Enter(ref Transition t, int index)
    {
        if (index >= t.State.Protocol.Steps.Length)
        {
            ReleasePolicy.Start(ref t, RunOutcome.Completed, "every step is done");
            return;
        }

        if (t.State.PausePending)
        {
            Interruptions.RestBefore(ref t, index);
            return;
        }

        Step step = t.State.Protocol.Steps[index];
        t.State = t.State with
        {
            StepIndex = index,
            StepStartedSeconds = t.State.TimeSeconds,
            InBandSeconds = 0,
            StalledSeconds = 0,
            InBand = false,
            Round = 0,
            ResistanceOhmSquareMetres = double.NaN,
            GapMetres = 0,
            Settling = TrendWindow.StartingAt(t.State.TimeSeconds),
            PressureTrend = TrendWindow.StartingAt(t.State.TimeSeconds),
            Datum = new StepDatum(t.State.Smooth.ThicknessMetres, t.State.DisplacementMetres),
            Guarding = default,
        };
        t.Log(RunEventKind.StepStarted, step.Name);
        if (StepRefusal.Of(t.State, step) is { } refusal)
        {
            ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{step.Name}': {refusal}");
            return;
        }

        Begin(ref t, step);
    }

    public static void End(ref Transition t, string how) => EndBefore(ref t, how, t.State.StepIndex + 1);

    /// <summary>Ends a step and goes on with another one than the next.</summary>
    public static void EndBefore(ref Transition t, string how, int next)
    {
        t.Log(RunEventKind.StepEnded, how);
        Enter(ref t, next);
    }

    /// <summary>Ends a step that did not get what it waited for; the run goes on, the judge will say so.</summary>
    public static void GiveUp(ref Transition t, string what)
    {
        t.Log(RunEventKind.NotSettled, what);
        Enter(ref t, t.State.StepIndex + 1);
    }

    private static void Begin(ref Transition t, Step step)
    {
        switch (step)
        {
            case MeasureStep measure:
                MeasuringSteps.Ask(ref t, measure.Quantities);
                break;
            case RoundStep round:
                CycleSteps.Decide(ref t, round);
                break;
            case HeatStep:
                t.State = t.State with { Phase = RunPhase.Heating, TemperatureSetpointKelvins = t.State.TemperatureKelvins };
                t.Emit(new SetTemperature(t.State.TemperatureKelvins));
                break;
            default:
                t.State = t.State with
                {
                    Phase = step switch
                    {
                        HoldStep => RunPhase.Holding,
                        HoldPositionStep => RunPhase.HoldingPosition,
                        SoakStep => RunPhase.Soaking,
                        PromptStep => RunPhase.Clearing,
                        _ => RunPhase.Moving,
                    },
                };
                break;
        }
    }
}
