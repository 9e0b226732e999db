using System.Collections.Immutable;
using Isobar.Protocols;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

/// <summary>STOP on a press that releases, and on one that locks its pressure.</summary>
public sealed class StopPolicyTests
{
    [Fact]
    public void Stop_locks_the_pressure_that_is_there_and_a_second_stop_lets_it_go()
    {
        ExecutorState state = At(RunPhase.Moving) with { Stop = StopPolicy.Hold };
        (state, _) = Executor.Step(state, Ideal(state) with { PressurePa = state.SetpointPa - 0.3e6 });
        double actual = state.PressurePa;
        (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Stop(state.TimeSeconds, "Ada: enough"));
        Assert.Equal((RunPhase.Locked, RunOutcome.Stopped, PressState.Stopping), (state.Phase, state.Outcome, PressStateTable.Of(state)));
        Assert.Equal(actual, state.SetpointPa, 1e-9);
        Assert.Contains(commands.OfType<LogEvent>(), log => log.Event.Text.Contains("stop again releases", StringComparison.Ordinal));

        // An hour later it is where it was, and nobody has resumed it.
        for (int i = 0; i < 72_000; i++) (state, commands) = Executor.Step(state, Ideal(state));
        Assert.Equal((RunPhase.Locked, actual), (state.Phase, state.SetpointPa));
        (ExecutorState same, commands) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: go on"));
        Assert.Equal(RunPhase.Locked, same.Phase);
        Assert.Contains(commands.OfType<LogEvent>(), log => log.Event.Kind == RunEventKind.Refused);

        (state, _) = Executor.Step(state, ExecutorEvent.Stop(state.TimeSeconds, "Ada: let go"));
        Assert.Equal(RunPhase.Releasing, state.Phase);
        while (!state.HasEnded) (state, _) = Executor.Step(state, Ideal(state));
        Assert.Equal((RunOutcome.Stopped, 0.0), (state.Outcome, state.SetpointPa));
    }

    [Theory]
    [InlineData(StopPolicy.Release)]
    [InlineData(StopPolicy.Hold)]
    public void Abort_is_the_devices_own_dump_always(StopPolicy policy)
    {
        foreach (RunPhase phase in Enum.GetValues<RunPhase>().Where(phase => phase != RunPhase.Ended))
        {
            ExecutorState state = At(phase) with { Stop = policy };
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Abort(state.TimeSeconds, "abort"));
            Assert.Single(commands.OfType<DumpPressure>());
            Assert.Equal((RunPhase.Releasing, RunOutcome.Aborted), (state.Phase, state.Outcome));
        }
    }

    [Fact]
    public void A_fault_and_a_limit_release_what_is_locked()
    {
        foreach (ExecutorEvent trouble in (ExecutorEvent[])[ExecutorEvent.Fault(1e6, "fault"), ExecutorEvent.LimitTripped(1e6, "limit")])
        {
            (ExecutorState state, _) = Executor.Step(At(RunPhase.Locked), trouble);
            Assert.Equal((RunPhase.Releasing, RunOutcome.Aborted), (state.Phase, state.Outcome));
        }
    }

    [Fact]
    public void Readings_that_stay_out_release_what_is_locked_after_two_seconds()
    {
        ExecutorState state = At(RunPhase.Locked);
        double since = state.TimeSeconds;
        while (state.Phase == RunPhase.Locked) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + 0.05, double.NaN));
        Assert.Equal((RunPhase.Releasing, RunOutcome.Aborted), (state.Phase, state.Outcome));
        Assert.InRange(state.TimeSeconds - since, StalePolicy.StopSeconds, StalePolicy.StopSeconds + 0.2);
    }

    [Fact]
    public void The_stop_of_a_guard_follows_the_policy_of_the_press()
    {
        var hold = new HoldStep("hold", PressureKind.Stack, Mpa(50), new Isobar.Quantities.Fraction(0.02), new Isobar.Quantities.Duration(10), new Isobar.Quantities.Duration(60), null)
        {
            Guard = new StepGuard(GuardAction.Stop) { Highest = Mpa(52) },
        };
        ExecutorState state = Executor.Begin(Simple([new RampStep("up", PressureKind.Stack, Mpa(50), Rate(50)), hold]), StopPolicy.Hold);
        while (state.Phase != RunPhase.Holding) (state, _) = Executor.Step(state, Ideal(state));
        while (state.Phase == RunPhase.Holding) (state, _) = Executor.Step(state, Ideal(state) with { PressurePa = 53e6 });
        Assert.Equal((RunPhase.Locked, RunOutcome.Stopped), (state.Phase, state.Outcome));
    }
}
