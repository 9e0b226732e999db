using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>The way out of a run: every run, however it ends, takes its pressure away at the release rate, and its heat.</summary>
internal static class ReleasePolicy
{
    internal const double TimeoutSeconds = 30;

    /// <summary>STOP, fault and limit in any state: log it, and take the way out unless it is already being taken.</summary>
    public static void Leave(ref Transition t, RunOutcome outcome, RunEventKind kind, string reason)
    {
        t.Log(kind, reason);
        if (t.State.Phase == RunPhase.Releasing) Worsen(ref t, outcome, reason);
        else Start(ref t, outcome, reason);
    }

    /// <summary>
    /// STOP as the press wants it: the way out, or the pressure locked where it is. What is locked is let go by a second STOP, and what is already on its
    /// way out stays on it.
    /// </summary>
    public static void Stop(ref Transition t, RunEventKind kind, string reason)
    {
        if (t.State is { Stop: StopPolicy.Hold, IsLeaving: false, SetpointPa: > 0 }) Lock(ref t, kind, reason);
        else Leave(ref t, RunOutcome.Stopped, kind, reason);
    }

    /// <summary>Leaves and lets the device take its pressure away by its own means.</summary>
    public static void Abort(ref Transition t, RunEventKind kind, string reason)
    {
        Leave(ref t, RunOutcome.Aborted, kind, reason);
        t.Emit(new DumpPressure(reason));
    }

    public static void Start(ref Transition t, RunOutcome outcome, string reason)
    {
        bool locked = t.State.Phase == RunPhase.Locked;
        Depart(ref t, RunPhase.Releasing, outcome, reason);
        t.Log(RunEventKind.ReleaseStarted, reason);
        if (!locked) t.Emit(new BeginRelease(reason));
        CoolDown(ref t);
    }

    private static void Lock(ref Transition t, RunEventKind kind, string reason)
    {
        t.Log(kind, reason);
        Interruptions.Rebase(ref t);
        Depart(ref t, RunPhase.Locked, RunOutcome.Stopped, reason);
        t.Log(RunEventKind.Held, $"stopped, and locked at {new SamplePressure(t.State.SetpointPa)} as this press wants it; stop again releases it, abort lets the press dump it");
        t.Emit(new BeginRelease(reason));
        CoolDown(ref t);
    }

    private static void Depart(ref Transition t, RunPhase phase, RunOutcome outcome, string reason) => t.State = t.State with
    {
        Phase = phase,
        Outcome = outcome,
        Reason = reason,
        StalledSeconds = 0,
        InBand = false,
        StepIndex = -1,
        PausePending = false,
        GapMetres = 0,
        SetpointSpeed = phase == RunPhase.Locked ? 0 : t.State.SetpointSpeed,
    };

    private static void CoolDown(ref Transition t)
    {
        if (double.IsNaN(t.State.TemperatureSetpointKelvins)) return;
        t.State = t.State with { TemperatureSetpointKelvins = double.NaN };
        t.Emit(new SwitchHeatingOff());
    }

    public static void OnTick(ref Transition t, bool good, double dt)
    {
        t.MoveSetpoint(0, t.State.Protocol.ReleaseRate, dt);
        if (t.State.SetpointPa > 0) return;
        if (good && t.State.PressurePa <= Executor.ClearPressure.Pascals)
        {
            Finish(ref t);
            return;
        }

        t.State = t.State with { StalledSeconds = t.State.StalledSeconds + dt };
        if (t.State.StalledSeconds <= TimeoutSeconds) return;
        string remains = good
            ? $"{new SamplePressure(t.State.PressurePa)} remain {new Duration(TimeoutSeconds)} after the set-point reached zero"
            : $"the pressure is not known {new Duration(TimeoutSeconds)} after the set-point reached zero";
        t.Log(RunEventKind.Fault, remains);
        t.Emit(new DumpPressure(remains));
        Worsen(ref t, RunOutcome.Aborted, remains);
        Finish(ref t);
    }

    private static void Worsen(ref Transition t, RunOutcome outcome, string reason)
    {
        if (Severity(outcome) > Severity(t.State.Outcome)) t.State = t.State with { Outcome = outcome, Reason = reason };
    }

    private static void Finish(ref Transition t)
    {
        t.State = t.State with { Phase = RunPhase.Ended };
        t.Log(RunEventKind.Ended, $"{t.State.Outcome}: {t.State.Reason}");
        t.Emit(new FinishRun(t.State.Outcome, t.State.Reason));
    }

    private static int Severity(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed => 0,
        RunOutcome.Stopped => 1,
        _ => 2,
    };
}
