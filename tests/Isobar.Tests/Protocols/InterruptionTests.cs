using System.Collections.Immutable;
using Isobar.Protocols;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

/// <summary>Hold, suspend, pause and resume, and readings that stay out.</summary>
public sealed class InterruptionTests
{
    private const double Tick = 0.05;

    [Fact]
    public void A_hold_freezes_the_actual_pressure_and_a_person_goes_on_from_there()
    {
        ExecutorState state = ExecutorTests.At(RunPhase.Moving);
        double setpoint = state.SetpointPa;
        double actual = setpoint - 1e6;
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, actual));
        (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Hold(state.TimeSeconds, "Ada: something rattles"));
        Assert.Equal(RunPhase.Held, state.Phase);
        Assert.Equal(actual, state.SetpointPa);
        Assert.Equal(actual, Assert.Single(commands.OfType<SetSetpoint>()).PressurePa);
        for (int i = 0; i < 2000; i++) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, actual - 0.5e6));
        Assert.Equal(actual, state.SetpointPa);

        // The press has sunk meanwhile; the ramp goes on from there towards its own rate of 5 MPa/s, which it gains in half a second, and the time at rest is not held against the step.
        (state, _) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: a loose cover"));
        Assert.Equal(RunPhase.Moving, state.Phase);
        Assert.Equal(actual - 0.5e6, state.SetpointPa, 1e-6);
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, state.SetpointPa));
        Assert.Equal(actual - 0.5e6 + (5e6 * Tick * Tick / 0.5), state.SetpointPa, 1.0);
        for (int i = 0; i < 20; i++) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, state.SetpointPa));
        double fast = state.SetpointPa;
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, state.SetpointPa));
        Assert.Equal(5e6 * Tick, state.SetpointPa - fast, 1.0);
    }

    [Fact]
    public void Freezing_never_asks_for_more_force()
    {
        ExecutorState state = ExecutorTests.At(RunPhase.Holding);
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 130e6));
        (state, _) = Executor.Step(state, ExecutorEvent.Hold(state.TimeSeconds, "look"));
        Assert.Equal(100e6, state.SetpointPa, 1e-6);
    }

    [Fact]
    public void Resuming_needs_a_reason_and_a_fresh_reading()
    {
        ExecutorState held = ExecutorTests.At(RunPhase.Held);
        (ExecutorState state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(held, ExecutorEvent.Resume(held.TimeSeconds, " "));
        Assert.Equal(RunPhase.Held, state.Phase);
        Assert.Contains("needs a reason", Refusal(commands), StringComparison.Ordinal);
        (state, _) = Executor.Step(held, ExecutorEvent.Tick(held.TimeSeconds + Tick, double.NaN));
        (state, commands) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: fine"));
        Assert.Equal(RunPhase.Held, state.Phase);
        Assert.Contains("fresh reading", Refusal(commands), StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_gets_its_pressure_back_before_it_goes_on_and_keeps_an_answer_that_came_at_rest()
    {
        ExecutorState state = ExecutorTests.At(RunPhase.Suspended);
        (state, _) = Executor.Step(state, ExecutorEvent.MeasurementDone(state.TimeSeconds, "{\"a\":1}"));
        Assert.Equal(RunPhase.Suspended, state.Phase);
        (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, 20e6));
        (state, _) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: link is back"));
        Assert.Equal((RunPhase.Resuming, PressState.Unsuspending), (state.Phase, PressStateTable.Of(state)));
        Assert.Equal(20e6, state.SetpointPa, 1e-6);
        double started = state.TimeSeconds;
        var said = new List<RunEvent>();
        while (state.Phase == RunPhase.Resuming)
        {
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, Ideal(state));
            said.AddRange(commands.OfType<LogEvent>().Select(log => log.Event));
        }

        // 80 MPa at the release rate of 10 MPa/s, and half a second to gain and to give up the rate.
        Assert.InRange(state.TimeSeconds - started, 8.4, 8.7);
        Assert.Equal("{\"a\":1}", Assert.Single(said, e => e.Kind == RunEventKind.Measured).Text);
        Assert.Equal(RunPhase.Heating, state.Phase);
    }

    [Fact]
    public void A_pause_waits_for_the_end_of_the_step_and_the_next_begins_when_a_person_says_so()
    {
        ExecutorState state = ExecutorTests.At(RunPhase.Holding);
        (state, _) = Executor.Step(state, ExecutorEvent.Pause(state.TimeSeconds, "tea"));
        Assert.Equal(RunPhase.Holding, state.Phase);
        while (state.Phase == RunPhase.Holding) (state, _) = Executor.Step(state, Ideal(state));
        Assert.Equal(RunPhase.Held, state.Phase);
        Assert.Equal(2, state.StepIndex);
        (state, _) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: back"));
        Assert.Equal((RunPhase.Measuring, 3), (state.Phase, state.StepIndex));
        Assert.False(state.PausePending);
    }

    [Fact]
    public void Readings_that_stay_out_suspend_after_half_a_second_and_end_the_run_after_two()
    {
        ExecutorState state = ExecutorTests.At(RunPhase.Moving);
        double setpoint = state.SetpointPa, lost = state.TimeSeconds;
        double suspended = double.NaN;
        while (state.Phase != RunPhase.Releasing)
        {
            (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, double.NaN, quality: SampleQuality.Bad));
            if (double.IsNaN(suspended) && state.Phase == RunPhase.Suspended) suspended = state.TimeSeconds;
            if (state.Phase != RunPhase.Releasing) Assert.Equal(setpoint, state.SetpointPa);
        }

        // Both times are passed with the tick after them.
        Assert.InRange(suspended - lost, StalePolicy.SuspendSeconds, StalePolicy.SuspendSeconds + Tick + 1e-9);
        Assert.InRange(state.TimeSeconds - lost, StalePolicy.StopSeconds, StalePolicy.StopSeconds + Tick + 1e-9);
        Assert.Equal(RunOutcome.Aborted, state.Outcome);
    }

    [Fact]
    public void Readings_that_come_back_do_not_set_a_suspended_run_going()
    {
        ExecutorState state = ExecutorTests.At(RunPhase.Moving);
        for (int i = 0; i < 20; i++) (state, _) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + Tick, double.NaN));
        Assert.Equal(RunPhase.Suspended, state.Phase);
        for (int i = 0; i < 2000; i++) (state, _) = Executor.Step(state, Ideal(state));
        Assert.Equal(RunPhase.Suspended, state.Phase);
        (state, _) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: cable was loose"));
        Assert.Equal(RunPhase.Moving, state.Phase);
    }

    [Theory]
    [InlineData(0, 0.0, StaleAction.None)]
    [InlineData(2, 0.1, StaleAction.None)]
    [InlineData(3, 0.15, StaleAction.HoldSetpoint)]
    [InlineData(1, 0.51, StaleAction.Suspend)]
    [InlineData(11, 0.55, StaleAction.Suspend)]
    [InlineData(40, 2.05, StaleAction.Stop)]
    public void Staleness_grows_from_holding_to_stopping(int ticks, double seconds, StaleAction expected) => Assert.Equal(expected, StalePolicy.Judge(ticks, seconds));

    [Fact]
    public void The_time_at_rest_does_not_run_out_a_time_limit()
    {
        ExecutorState state = ExecutorTests.At(RunPhase.Measuring);
        (state, _) = Executor.Step(state, ExecutorEvent.Hold(state.TimeSeconds, "look"));
        for (int i = 0; i < 2000; i++) (state, _) = Executor.Step(state, Ideal(state));
        (state, _) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: fine"));
        for (int i = 0; i < 10; i++) (state, _) = Executor.Step(state, Ideal(state));
        Assert.Equal(RunPhase.Measuring, state.Phase);
    }

    private static string Refusal(ImmutableArray<ExecutorCommand> commands) => Assert.Single(commands.OfType<LogEvent>(), log => log.Event.Kind == RunEventKind.Refused).Event.Text;
}
