using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>One transition of the executor while it is being worked out: the state as it becomes, and what is to be done.</summary>
internal struct Transition(in ExecutorState state)
{
    private const double LongestStallSeconds = 60;

    // Speed of the set-point before this transition; a tick that does not move it leaves it at rest.
    private readonly double _speed = state.SetpointSpeed;

    private ImmutableArray<ExecutorCommand>.Builder? _commands;

    public ExecutorState State = state;

    public readonly ImmutableArray<ExecutorCommand> Commands => _commands?.ToImmutable() ?? [];

    /// <summary>The present step.</summary>
    public readonly Step Step => State.Protocol.Steps[State.StepIndex];

    /// <summary>How long the present step has been going on, rests left out, s.</summary>
    public readonly double InStepSeconds => State.TimeSeconds - State.StepStartedSeconds;

    public void Emit(ExecutorCommand command) => (_commands ??= ImmutableArray.CreateBuilder<ExecutorCommand>()).Add(command);

    public void Log(RunEventKind kind, string text) => Emit(new LogEvent(new RunEvent(State.TimeSeconds, kind, State.StepIndex, text)));

    /// <summary>Moves the set-point towards a target, no faster than the rate and without a step of the rate.</summary>
    public void MoveSetpoint(double targetPa, PressureRate rate, double dt)
    {
        (double next, double speed) = SetpointProfile.Next(State.SetpointPa, _speed, targetPa, rate.PascalsPerSecond, dt);
        if (next.Equals(State.SetpointPa)) return;
        State = State with { SetpointPa = next, SetpointSpeed = speed };
        Emit(new SetSetpoint(next));
    }

    /// <summary>
    /// A ramp waits for the press: it holds the set-point back while the press lags, and has arrived when the achieved pressure is there too.
    /// </summary>
    /// <returns>Whether it has arrived.</returns>
    public bool FollowTo(double targetPa, PressureRate rate, double dt)
    {
        double lagPa = State.SetpointPa - State.PressurePa;
        bool upwards = targetPa > State.SetpointPa;
        if (upwards && lagPa > LagAllowance(targetPa))
        {
            Stall(State.SetpointPa, dt);
            return false;
        }

        MoveSetpoint(targetPa, rate, dt);
        if (State.SetpointPa != targetPa)
        {
            State = State with { StalledSeconds = 0 };
            return false;
        }

        if (Math.Abs(State.PressurePa - targetPa) <= Tolerance(targetPa)) return true;
        Stall(targetPa, dt);
        return false;
    }

    /// <summary>Counts time in which the press does not follow, and leaves the run when it is too long.</summary>
    public void Stall(double wantedPa, double dt)
    {
        State = State with { StalledSeconds = State.StalledSeconds + dt };
        if (State.StalledSeconds > LongestStallSeconds)
            ReleasePolicy.Leave(ref this, RunOutcome.Aborted, RunEventKind.Fault, $"the press does not follow: {new SamplePressure(State.PressurePa)} for {new Duration(LongestStallSeconds)}, set-point {new SamplePressure(wantedPa)}");
    }

    /// <summary>How near to a target counts as there.</summary>
    public static double Tolerance(double targetPa) => Math.Max(0.05 * targetPa, 0.25e6);

    private static double LagAllowance(double targetPa) => Math.Max(0.05 * targetPa, 2e6);
}
