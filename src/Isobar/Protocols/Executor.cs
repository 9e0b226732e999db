using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>
/// Runs a protocol as a pure state machine: (state, input) → (state, commands). Planner dry run, simulator, real press and replay use this
/// same code. It has no clock and no randomness, moves the set-point only at a rate and never above the limit of the protocol, counts hold
/// time only in band, and leaves every run, however it ends, through the release policy.
/// </summary>
public static class Executor
{
    /// <summary>Sample pressure below which a person may reach in and a release counts as done.</summary>
    public static SamplePressure ClearPressure { get; } = SamplePressure.FromMegapascals(0.5);

    // A tick that comes late moves the set-point and counts hold time for no longer than this: no raw step after a gap.
    internal const double LongestTickSeconds = 0.25;
    internal const double LongestUnreadSeconds = 0.5;
    internal const double LongestStallSeconds = 60;
    internal const double ReleaseTimeoutSeconds = 30;

    // Sums of tick lengths carry rounding errors of this order.
    private const double TimeTolerance = 1e-6;

    /// <summary>The state before the first tick.</summary>
    /// <exception cref="ArgumentException">The protocol has no usable limit or release rate, so that no way out could be promised.</exception>
    public static ExecutorState Begin(Protocol protocol)
    {
        if (!(protocol.Limit.Pascals > 0 && double.IsFinite(protocol.Limit.Pascals)))
            throw new ArgumentException($"protocol '{protocol.Name}' has the limit {protocol.Limit}; a limit above zero is needed", nameof(protocol));
        if (!IsRate(protocol.ReleaseRate))
            throw new ArgumentException($"protocol '{protocol.Name}' has the release rate {protocol.ReleaseRate}; a rate above zero is needed", nameof(protocol));
        return new ExecutorState(protocol) { Settling = SettleWindow.StartingAt(0) };
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
            if (!monotonic) Leave(ref transition, RunOutcome.Aborted, RunEventKind.Fault, $"time ran backwards, from {state.TimeSeconds:R} s to {input.TimeSeconds:R} s");
            Dispatch(ref transition, input, monotonic ? Math.Min(elapsed, LongestTickSeconds) : 0);
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
                Leave(ref t, RunOutcome.Stopped, RunEventKind.StopRequested, input.Text);
                break;
            case ExecutorEventKind.Fault:
                Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, input.Text);
                break;
            case ExecutorEventKind.LimitTripped:
                Leave(ref t, RunOutcome.Aborted, RunEventKind.LimitTripped, input.Text);
                break;
            case ExecutorEventKind.Confirmed when t.State.Phase == RunPhase.Prompting:
                t.Log(RunEventKind.Confirmed, input.Text);
                EndStep(ref t, "confirmed");
                break;
            case ExecutorEventKind.MeasurementDone when t.State.Phase == RunPhase.Measuring:
                t.Log(RunEventKind.Measured, input.Text);
                EndStep(ref t, "measured");
                break;
            default:
                // An answer that nobody waits for any more, for example a measurement that comes in after STOP.
                break;
        }
    }

    private static void OnTick(ref Transition t, in ExecutorEvent input, double dt)
    {
        bool good = input.Quality == SampleQuality.Good && double.IsFinite(input.PressurePa);
        t.State = good
            ? t.State with { PressurePa = input.PressurePa, UnreadSeconds = 0 }
            : t.State with { UnreadSeconds = t.State.UnreadSeconds + dt };
        if (t.State.Phase == RunPhase.Releasing)
        {
            OnReleasing(ref t, good, dt);
            return;
        }

        if (!good)
        {
            // The set-point stands still while nothing is known of the force.
            if (t.State.UnreadSeconds > LongestUnreadSeconds)
                Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"no valid reading of the force for {new Duration(t.State.UnreadSeconds)}");
            return;
        }

        switch (t.State.Phase)
        {
            case RunPhase.NotStarted:
                EnterStep(ref t, 0);
                break;
            case RunPhase.Moving:
                OnMoving(ref t, dt);
                break;
            case RunPhase.Holding:
                OnHolding(ref t, (HoldStep)t.State.Protocol.Steps[t.State.StepIndex], input.ThicknessMetres, dt);
                break;
            case RunPhase.Clearing:
                MoveSetpoint(ref t, 0, t.State.Protocol.ReleaseRate, dt);
                if (t.State.SetpointPa <= 0 && t.State.PressurePa <= ClearPressure.Pascals) Prompt(ref t);
                else if (t.State.SetpointPa <= 0) Stall(ref t, 0, dt);
                break;
            case RunPhase.Measuring:
                var measure = (MeasureStep)t.State.Protocol.Steps[t.State.StepIndex];
                if (InStep(t.State) > measure.Timeout.Seconds + TimeTolerance)
                    Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{measure.Name}': no result of the measurement within {measure.Timeout}");
                break;
            default:
                break;
        }
    }

    private static void OnMoving(ref Transition t, double dt)
    {
        Step step = t.State.Protocol.Steps[t.State.StepIndex];
        switch (step)
        {
            case ApproachStep approach:
                MoveSetpoint(ref t, approach.Contact.Pascals, approach.Rate, dt);
                if (t.State.PressurePa >= approach.Contact.Pascals - Tolerance(approach.Contact.Pascals))
                    EndStep(ref t, $"contact at {new SamplePressure(t.State.PressurePa)}");
                else if (InStep(t.State) > approach.Timeout.Seconds + TimeTolerance)
                    Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{approach.Name}': no contact within {approach.Timeout}, {new SamplePressure(t.State.PressurePa)} of {approach.Contact}");
                break;
            case RampStep ramp:
                FollowTo(ref t, ramp.Target.Pascals, ramp.Rate, dt);
                break;
            case ReleaseStep release:
                FollowTo(ref t, release.Target.Pascals, release.Rate, dt);
                break;
            default:
                throw new InvalidOperationException($"step '{step.Name}' of kind {step.GetType().Name} does not move the set-point");
        }
    }

    // A ramp waits for the press: it holds the set-point back while the press lags, and ends when the achieved pressure is there too.
    private static void FollowTo(ref Transition t, double targetPa, PressureRate rate, double dt)
    {
        double lagPa = t.State.SetpointPa - t.State.PressurePa;
        bool upwards = targetPa > t.State.SetpointPa;
        if (upwards && lagPa > LagAllowance(targetPa))
        {
            Stall(ref t, t.State.SetpointPa, dt);
            return;
        }

        MoveSetpoint(ref t, targetPa, rate, dt);
        if (t.State.SetpointPa != targetPa)
        {
            t.State = t.State with { StalledSeconds = 0 };
        }
        else if (Math.Abs(t.State.PressurePa - targetPa) <= Tolerance(targetPa))
        {
            EndStep(ref t, $"at {new SamplePressure(t.State.PressurePa)}");
        }
        else
        {
            Stall(ref t, targetPa, dt);
        }
    }

    private static void OnHolding(ref Transition t, HoldStep hold, double thicknessMetres, double dt)
    {
        MoveSetpoint(ref t, hold.Target.Pascals, t.State.Protocol.ReleaseRate, dt);
        bool inBand = Math.Abs(t.State.PressurePa - hold.Target.Pascals) <= hold.Band.Value * hold.Target.Pascals;
        t.State = t.State with
        {
            InBand = inBand,
            InBandSeconds = t.State.InBandSeconds + (inBand ? dt : 0),
            Settling = double.IsFinite(thicknessMetres) ? t.State.Settling.Add(t.State.TimeSeconds, thicknessMetres) : t.State.Settling,
        };
        bool longEnough = t.State.InBandSeconds >= hold.Minimum.Seconds - TimeTolerance;
        bool settled = hold.SettleRate is not { } rate || t.State.Settling.ShrinkPerMinute < rate.Value;
        if (longEnough && settled)
        {
            EndStep(ref t, $"{new Duration(t.State.InBandSeconds)} in band");
        }
        else if (InStep(t.State) >= hold.Maximum.Seconds - TimeTolerance)
        {
            string shrink = double.IsFinite(t.State.Settling.ShrinkPerMinute) ? $"thickness still shrinks by {new Fraction(t.State.Settling.ShrinkPerMinute)} per minute" : "the settling of the thickness is not known";
            t.Log(RunEventKind.NotSettled, longEnough
                ? $"after {hold.Maximum}: {shrink}"
                : $"after {hold.Maximum}: only {new Duration(t.State.InBandSeconds)} of {hold.Minimum} within ±{hold.Band} of {hold.Target}");
            EnterStep(ref t, t.State.StepIndex + 1);
        }
    }

    private static void OnReleasing(ref Transition t, bool good, double dt)
    {
        MoveSetpoint(ref t, 0, t.State.Protocol.ReleaseRate, dt);
        if (t.State.SetpointPa > 0) return;
        if (good && t.State.PressurePa <= ClearPressure.Pascals)
        {
            Finish(ref t);
            return;
        }

        t.State = t.State with { StalledSeconds = t.State.StalledSeconds + dt };
        if (t.State.StalledSeconds <= ReleaseTimeoutSeconds) return;
        string remains = good
            ? $"{new SamplePressure(t.State.PressurePa)} remain {new Duration(ReleaseTimeoutSeconds)} after the set-point reached zero"
            : $"the pressure is not known {new Duration(ReleaseTimeoutSeconds)} after the set-point reached zero";
        t.Log(RunEventKind.Fault, remains);
        t.Emit(new DumpPressure(remains));
        Worsen(ref t, RunOutcome.Aborted, remains);
        Finish(ref t);
    }

    private static void EnterStep(ref Transition t, int index)
    {
        if (index >= t.State.Protocol.Steps.Length)
        {
            StartRelease(ref t, RunOutcome.Completed, "every step is done");
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
            Settling = SettleWindow.StartingAt(t.State.TimeSeconds),
        };
        t.Log(RunEventKind.StepStarted, step.Name);
        if (Refusal(t.State, step) is { } refusal)
        {
            Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"step '{step.Name}': {refusal}");
            return;
        }

        switch (step)
        {
            case HoldStep:
                t.State = t.State with { Phase = RunPhase.Holding };
                break;
            case MeasureStep measure:
                t.State = t.State with { Phase = RunPhase.Measuring };
                t.Log(RunEventKind.MeasurementRequested, measure.Quantities.ToString());
                t.Emit(new RequestMeasurement(index, measure.Quantities));
                break;
            case PromptStep:
                t.State = t.State with { Phase = RunPhase.Clearing };
                break;
            default:
                t.State = t.State with { Phase = RunPhase.Moving };
                break;
        }
    }

    private static void Prompt(ref Transition t)
    {
        var prompt = (PromptStep)t.State.Protocol.Steps[t.State.StepIndex];
        t.State = t.State with { Phase = RunPhase.Prompting };
        t.Log(RunEventKind.Prompted, prompt.Text);
        t.Emit(new ShowPrompt(t.State.StepIndex, prompt.Text, prompt.Adds));
    }

    private static void EndStep(ref Transition t, string how)
    {
        t.Log(RunEventKind.StepEnded, how);
        EnterStep(ref t, t.State.StepIndex + 1);
    }

    // STOP, fault and limit in any state: log it, and take the way out unless it is already being taken.
    private static void Leave(ref Transition t, RunOutcome outcome, RunEventKind kind, string reason)
    {
        t.Log(kind, reason);
        if (t.State.Phase == RunPhase.Releasing) Worsen(ref t, outcome, reason);
        else StartRelease(ref t, outcome, reason);
    }

    private static void StartRelease(ref Transition t, RunOutcome outcome, string reason)
    {
        t.State = t.State with { Phase = RunPhase.Releasing, Outcome = outcome, Reason = reason, StalledSeconds = 0, InBand = false, StepIndex = -1 };
        t.Log(RunEventKind.ReleaseStarted, reason);
        t.Emit(new BeginRelease(reason));
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

    private static void Stall(ref Transition t, double wantedPa, double dt)
    {
        t.State = t.State with { StalledSeconds = t.State.StalledSeconds + dt };
        if (t.State.StalledSeconds > LongestStallSeconds)
            Leave(ref t, RunOutcome.Aborted, RunEventKind.Fault, $"the press does not follow: {new SamplePressure(t.State.PressurePa)} for {new Duration(LongestStallSeconds)}, set-point {new SamplePressure(wantedPa)}");
    }

    private static void MoveSetpoint(ref Transition t, double targetPa, PressureRate rate, double dt)
    {
        double present = t.State.SetpointPa;
        double most = rate.PascalsPerSecond * dt;
        double next = targetPa > present ? Math.Min(targetPa, present + most) : Math.Max(targetPa, present - most);
        if (next.Equals(present)) return;
        t.State = t.State with { SetpointPa = next };
        t.Emit(new SetSetpoint(next));
    }

    // What validation refuses is refused here once more: a protocol that was not validated must not move the press.
    private static string? Refusal(in ExecutorState state, Step step)
    {
        (SamplePressure? target, PressureRate? rate) = step switch
        {
            ApproachStep s => (s.Contact, s.Rate),
            RampStep s => (s.Target, s.Rate),
            HoldStep s => (s.Target, null),
            ReleaseStep s => (s.Target, s.Rate),
            _ => ((SamplePressure?)null, (PressureRate?)null),
        };
        if (target is { } pressure && !(pressure.Pascals >= 0 && pressure.Pascals <= state.Protocol.Limit.Pascals))
            return $"{pressure} is not between zero and the limit of the protocol, {state.Protocol.Limit}";
        if (rate is { } r && !IsRate(r)) return $"the rate {r} is not above zero";
        if (step is ReleaseStep { Target: { } low } && low.Pascals > state.SetpointPa)
            return $"a release to {low} would raise the set-point, which is {new SamplePressure(state.SetpointPa)}";
        return null;
    }

    private static bool IsRate(PressureRate rate) => rate.PascalsPerSecond > 0 && double.IsFinite(rate.PascalsPerSecond);

    private static double InStep(in ExecutorState state) => state.TimeSeconds - state.StepStartedSeconds;

    private static double Tolerance(double targetPa) => Math.Max(0.05 * targetPa, 0.25e6);

    private static double LagAllowance(double targetPa) => Math.Max(0.05 * targetPa, 2e6);

    private static int Severity(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed => 0,
        RunOutcome.Stopped => 1,
        _ => 2,
    };

    private struct Transition(in ExecutorState state)
    {
        private ImmutableArray<ExecutorCommand>.Builder? _commands;

        public ExecutorState State = state;

        public readonly ImmutableArray<ExecutorCommand> Commands => _commands?.ToImmutable() ?? [];

        public void Emit(ExecutorCommand command) => (_commands ??= ImmutableArray.CreateBuilder<ExecutorCommand>()).Add(command);

        public void Log(RunEventKind kind, string text) => Emit(new LogEvent(new RunEvent(State.TimeSeconds, kind, State.StepIndex, text)));
    }
}
