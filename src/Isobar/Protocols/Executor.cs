using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>
/// Runs a protocol as a pure state machine: (state, input) → (state, commands). Planner dry run, simulator, real press and replay use this
/// same code. It has no clock and no randomness, moves the set-point only at a rate and never above the limit of the protocol, counts hold
/// time only in band, goes on after a rest only when a person says so, and leaves every run, however it ends, through the release policy.
/// </summary>
public static class Executor
{
    /// <summary>Sample pressure below which a person may reach in and a release counts as done.</summary>
    public static SamplePressure ClearPressure { get; } = SamplePressure.FromMegapascals(0.5);

    // A tick that comes late moves the set-point and counts hold time for no longer than this: no raw step after a gap.
    internal const double LongestTickSeconds = 0.25;

    // Sums of tick lengths carry rounding errors of this order.
    internal const double TimeTolerance = 1e-6;

    /// <summary>The state before the first tick.</summary>
    /// <param name="protocol">What is to be done.</param>
    /// <param name="stop">What STOP does on the press.</param>
    /// <exception cref="ArgumentException">The protocol has no usable limit or release rate, so that no way out could be promised.</exception>
    public static ExecutorState Begin(Protocol protocol, StopPolicy stop = StopPolicy.Release)
    {
        if (!(protocol.Limit.Pascals > 0 && double.IsFinite(protocol.Limit.Pascals)))
            throw new ArgumentException($"protocol '{protocol.Name}' has the limit {protocol.Limit}; a limit above zero is needed", nameof(protocol));
        if (!StepRefusal.IsRate(protocol.ReleaseRate))
            throw new ArgumentException($"protocol '{protocol.Name}' has the release rate {protocol.ReleaseRate}; a rate above zero is needed", nameof(protocol));
        return new ExecutorState(protocol) { Stop = stop, Settling = TrendWindow.StartingAt(0), PressureTrend = TrendWindow.StartingAt(0) };
    }

    /// <summary>One transition.</summary>
    public static (ExecutorState State, ImmutableArray<ExecutorCommand> Commands) Step(in ExecutorState state, in ExecutorEvent input)
    {
        var transition = new Transition(state);
        double elapsed = input.TimeSeconds - state.TimeSeconds;
        bool monotonic = elapsed >= 0;
        if (monotonic) transition.State = transition.State with { TimeSeconds = input.TimeSeconds };
        if (!transition.State.HasEnded)
        {
            if (!monotonic) ReleasePolicy.Leave(ref transition, RunOutcome.Aborted, RunEventKind.Fault, $"time ran backwards, from {state.TimeSeconds:R} s to {input.TimeSeconds:R} s");
            if (input.Kind == ExecutorEventKind.TakenUp) RunRecovery.TakeUp(ref transition, state.TimeSeconds, input);
            else Dispatch(ref transition, input, monotonic ? Math.Min(elapsed, LongestTickSeconds) : 0);
        }

        return (transition.State, transition.Commands);
    }

    private static void Dispatch(ref Transition t, in ExecutorEvent input, double dt)
    {
        switch (input.Kind)
        {
            case ExecutorEventKind.Tick:
                OnTick(ref t, input, dt);
                break;
            case ExecutorEventKind.StopRequested:
                ReleasePolicy.Stop(ref t, RunEventKind.StopRequested, input.Text);
                break;
            case ExecutorEventKind.AbortRequested:
                ReleasePolicy.Abort(ref t, RunEventKind.StopRequested, input.Text);
                break;
            case ExecutorEventKind.Fault:
                ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, input.Text);
                break;
            case ExecutorEventKind.LimitTripped:
                ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.LimitTripped, input.Text);
                break;
            case ExecutorEventKind.HoldRequested:
                Interruptions.OnVerb(ref t, PressVerb.Hold, input.Text);
                break;
            case ExecutorEventKind.SuspendRequested:
                Interruptions.OnVerb(ref t, PressVerb.Suspend, input.Text);
                break;
            case ExecutorEventKind.PauseRequested:
                Interruptions.OnVerb(ref t, PressVerb.Pause, input.Text);
                break;
            case ExecutorEventKind.ResumeRequested:
                Interruptions.Resume(ref t, input.Text);
                break;
            default:
                OnAnswer(ref t, input);
                break;
        }
    }

    // An answer that nobody waits for any more, for example a measurement that comes in after STOP, changes nothing.
    private static void OnAnswer(ref Transition t, in ExecutorEvent input)
    {
        RunPhase waiting = input.Kind == ExecutorEventKind.Confirmed ? RunPhase.Prompting : RunPhase.Measuring;
        if (t.State.Phase == waiting) MeasuringSteps.OnAnswer(ref t, input);
        else if (t.State.IsAtRest || t.State.Phase == RunPhase.Resuming) Interruptions.Keep(ref t, input);
    }

    private static void OnTick(ref Transition t, in ExecutorEvent input, double dt)
    {
        bool good = input.Quality is SampleQuality.Good or SampleQuality.Interpolated && double.IsFinite(input.PressurePa);
        if (good && input.Quality == SampleQuality.Good)
        {
            t.State = t.State with { Sensor = t.State.Sensor.Add(input.PressurePa, atRest: t.State.SetpointSpeed == 0) };
            good = !t.State.Sensor.IsFrozen;
        }

        t.State = t.State with { SetpointSpeed = 0 };
        t.State = good
            ? t.State with
            {
                PressurePa = input.PressurePa,
                UnreadSeconds = 0,
                DisplacementMetres = input.DisplacementMetres,
                TemperatureKelvins = input.TemperatureKelvins,
                Smooth = t.State.Smooth.Add(input.PressurePa, input.ThicknessMetres, dt),
            }
            : t.State with { UnreadSeconds = t.State.UnreadSeconds + dt };
        if (t.State.Phase == RunPhase.Releasing)
        {
            ReleasePolicy.OnTick(ref t, good, dt);
            return;
        }

        if (!good)
        {
            OnUnread(ref t);
            return;
        }

        if (t.State.Phase == RunPhase.Locked) return;
        Phase(ref t, input, dt);
        if (!t.State.IsAtRest && t.State.Phase is not (RunPhase.Releasing or RunPhase.Resuming or RunPhase.Prompting)) GuardWatch.OnTick(ref t, dt);
    }

    // The set-point stands still while nothing is known of the force.
    private static void OnUnread(ref Transition t)
    {
        StaleAction action = StalePolicy.Judge(0, t.State.UnreadSeconds);
        string lost = t.State.Sensor.IsFrozen
            ? $"the force reading stands still at {new SamplePressure(t.State.Sensor.LastPa)} for {t.State.Sensor.InARow} readings; its noise has gone, and with it what it says"
            : $"no valid reading of the force for {new Duration(t.State.UnreadSeconds)}";
        if (action == StaleAction.Stop) ReleasePolicy.Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, lost);
        else if (action == StaleAction.Suspend && !t.State.IsAtRest && t.State.Phase is not (RunPhase.NotStarted or RunPhase.Locked)) Interruptions.Rest(ref t, suspend: true, lost);
    }

    private static void Phase(ref Transition t, in ExecutorEvent input, double dt)
    {
        switch (t.State.Phase)
        {
            case RunPhase.NotStarted:
                StepEntry.Enter(ref t, 0);
                break;
            case RunPhase.Moving:
                MovingSteps.OnTick(ref t, input, dt);
                break;
            case RunPhase.Holding:
                HoldingSteps.OnTick(ref t, input, dt);
                break;
            case RunPhase.HoldingPosition:
                HoldingSteps.OnPosition(ref t, dt);
                break;
            case RunPhase.Heating or RunPhase.Soaking:
                HeatingSteps.OnTick(ref t, dt);
                break;
            case RunPhase.Opening:
                MovingSteps.OnOpening(ref t, dt);
                break;
            case RunPhase.Clearing:
                MovingSteps.OnClearing(ref t, dt);
                break;
            case RunPhase.Measuring:
                MeasuringSteps.OnTick(ref t);
                break;
            case RunPhase.Resuming:
                Interruptions.OnResuming(ref t, dt);
                break;
            default:
                break;
        }
    }
}
