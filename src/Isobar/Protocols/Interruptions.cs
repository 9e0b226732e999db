using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>What a run was doing when it came to rest.</summary>
/// <param name="Phase">Its phase; <see cref="RunPhase.NotStarted"/> between two steps.</param>
/// <param name="SetpointPa">Its set-point.</param>
/// <param name="SinceSeconds">When it came to rest.</param>
/// <param name="NextStep">Step to begin with, when it came to rest between two steps.</param>
/// <param name="Answer">What a person or an instrument answered meanwhile; null for nothing.</param>
/// <param name="AskAgain">Whether the question was lost with the process that asked it.</param>
internal readonly record struct Interruption(RunPhase Phase, double SetpointPa, double SinceSeconds, int NextStep, ExecutorEvent? Answer, bool AskAgain = false);

/// <summary>
/// Hold, suspend, pause and resume. At rest the set-point is the actual pressure, or the set-point where that is lower: freezing never asks for
/// more force. Nothing resumes by itself: a person does, with a reason, and the run goes on from the actual pressure by a ramp.
/// </summary>
internal static class Interruptions
{
    public static void OnVerb(ref Transition t, PressVerb verb, string text)
    {
        PressAnswer answer = PressStateTable.Answer(PressStateTable.Of(t.State), verb);
        if (!answer.Allowed)
        {
            t.Log(RunEventKind.Refused, answer.Reason);
            return;
        }

        if (verb == PressVerb.Pause)
        {
            t.State = t.State with { PausePending = true };
            return;
        }

        Rest(ref t, verb == PressVerb.Suspend, text);
    }

    /// <summary>Comes to rest now.</summary>
    public static void Rest(ref Transition t, bool suspend, string reason)
    {
        t.State = t.State with
        {
            Rest = t.State.Phase == RunPhase.Resuming
                ? t.State.Rest with { SinceSeconds = t.State.TimeSeconds }
                : new Interruption(t.State.Phase, t.State.SetpointPa, t.State.TimeSeconds, t.State.Rest.NextStep, null),
            Phase = suspend ? RunPhase.Suspended : RunPhase.Held,
            IsSuspension = suspend,
            InBand = false,
            SetpointSpeed = 0,
        };
        Rebase(ref t);
        t.Log(suspend ? RunEventKind.Suspended : RunEventKind.Held, $"{reason}; held at {new SamplePressure(t.State.SetpointPa)}");
    }

    /// <summary>Comes to rest between two steps, as a pause asked for.</summary>
    public static void RestBefore(ref Transition t, int nextStep)
    {
        t.State = t.State with
        {
            Rest = new Interruption(RunPhase.NotStarted, t.State.SetpointPa, t.State.TimeSeconds, nextStep, null),
            Phase = RunPhase.Held,
            IsSuspension = false,
            InBand = false,
            SetpointSpeed = 0,
            PausePending = false,
        };
        Rebase(ref t);
        t.Log(RunEventKind.Held, $"paused before step '{t.State.Protocol.Steps[nextStep].Name}'; held at {new SamplePressure(t.State.SetpointPa)}");
    }

    /// <summary>A person resumes.</summary>
    public static void Resume(ref Transition t, string reason)
    {
        PressState state = PressStateTable.Of(t.State);
        PressAnswer answer = PressStateTable.Answer(state, state == PressState.Suspended ? PressVerb.Unsuspend : PressVerb.Unhold);
        string? refusal = !answer.Allowed ? answer.Reason
            : string.IsNullOrWhiteSpace(reason) ? "resume needs a reason; say who resumes and why it is safe"
            : t.State.UnreadSeconds > 0 ? "resume is not possible without a fresh reading of the force"
            : null;
        if (refusal is not null)
        {
            t.Log(RunEventKind.Refused, refusal);
            return;
        }

        Rebase(ref t);
        t.Log(RunEventKind.Resumed, $"{reason}; from {new SamplePressure(t.State.PressurePa)}");
        // A press whose watchdog released it has switched its heating off as well.
        if (!double.IsNaN(t.State.TemperatureSetpointKelvins)) t.Emit(new SetTemperature(t.State.TemperatureSetpointKelvins));
        Interruption rest = t.State.Rest;
        double rested = t.State.TimeSeconds - rest.SinceSeconds;
        t.State = t.State with { Cycle = t.State.Cycle?.Later(rested) };
        if (rest.Phase == RunPhase.NotStarted)
        {
            StepEntry.Enter(ref t, rest.NextStep);
            return;
        }

        t.State = t.State with
        {
            Phase = NeedsItsPressureBack(rest.Phase) ? RunPhase.Resuming : rest.Phase,
            StepStartedSeconds = t.State.StepStartedSeconds + rested,
            StalledSeconds = 0,
            Settling = TrendWindow.StartingAt(t.State.TimeSeconds),
            PressureTrend = TrendWindow.StartingAt(t.State.TimeSeconds),
        };
        if (t.State.Phase == RunPhase.Prompting) Answer(ref t);
    }

    /// <summary>The way back to where the step was.</summary>
    public static void OnResuming(ref Transition t, double dt)
    {
        if (!t.FollowTo(t.State.Rest.SetpointPa, t.State.Protocol.ReleaseRate, dt)) return;
        t.State = t.State with { Phase = t.State.Rest.Phase, StalledSeconds = 0 };
        Answer(ref t);
    }

    /// <summary>An answer that came in at rest, or on the way back, is kept until the step goes on.</summary>
    public static void Keep(ref Transition t, in ExecutorEvent answer)
    {
        RunPhase waiting = answer.Kind == ExecutorEventKind.Confirmed ? RunPhase.Prompting : RunPhase.Measuring;
        if (t.State.Rest.Phase == waiting && t.State.Rest.Answer is null) t.State = t.State with { Rest = t.State.Rest with { Answer = answer } };
    }

    /// <summary>Sets the set-point to the actual pressure where that is lower.</summary>
    public static void Rebase(ref Transition t)
    {
        double actual = Math.Clamp(t.State.PressurePa, 0, t.State.SetpointPa);
        if (t.State.UnreadSeconds > 0 || actual.Equals(t.State.SetpointPa)) return;
        t.State = t.State with { SetpointPa = actual };
        t.Emit(new SetSetpoint(actual));
    }

    private static void Answer(ref Transition t)
    {
        if (t.State.Rest.AskAgain)
        {
            t.State = t.State with { Rest = t.State.Rest with { AskAgain = false } };
            if (t.State.Phase == RunPhase.Prompting) MovingSteps.Ask(ref t);
            else MeasuringSteps.AskAgain(ref t);
            return;
        }

        if (t.State.Rest.Answer is not { } answer) return;
        t.State = t.State with { Rest = t.State.Rest with { Answer = null } };
        MeasuringSteps.OnAnswer(ref t, answer);
    }

    // A hold, a ramp and a release find their own way from the actual pressure; what needs the pressure it had gets it back first.
    private static bool NeedsItsPressureBack(RunPhase phase) => phase is RunPhase.Measuring or RunPhase.Heating or RunPhase.Soaking;
}
