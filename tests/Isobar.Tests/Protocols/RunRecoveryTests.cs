using System.Collections.Immutable;
using Isobar.Protocols;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

/// <summary>A run whose process was lost comes back at rest and goes on only when a person says so.</summary>
public sealed class RunRecoveryTests
{
    public static TheoryData<RunPhase> Phases => [.. Enum.GetValues<RunPhase>().Where(phase => phase != RunPhase.Ended)];

    [Theory]
    [MemberData(nameof(Phases))]
    public void In_every_state_it_comes_back_without_asking_for_more_than_there_is(RunPhase phase)
    {
        ExecutorState last = At(phase);
        double actual = 0.25 * last.SetpointPa;
        (ExecutorState state, ImmutableArray<ExecutorCommand> commands) = RunRecovery.TakeUp(last, last.TimeSeconds + 3600, actual, "the process was lost");
        Assert.Equal(phase switch { RunPhase.Releasing => RunPhase.Releasing, RunPhase.NotStarted => RunPhase.NotStarted, RunPhase.Held => RunPhase.Held, RunPhase.Locked => RunPhase.Locked, _ => RunPhase.Suspended }, state.Phase);
        Assert.Equal(actual, state.SetpointPa, 1e-9);
        Assert.DoesNotContain(commands, command => command is ShowPrompt or RequestMeasurement or SetTemperature);
        Assert.Contains(commands.OfType<LogEvent>(), log => log.Event.Text.StartsWith("the process was lost", StringComparison.Ordinal));

        // An hour of good readings does not set it going.
        if (!state.IsAtRest) return;
        for (int i = 0; i < 72_000; i++)
        {
            (state, commands) = Executor.Step(state, ExecutorEvent.Tick(state.TimeSeconds + 0.05, actual, 1e-3, temperatureKelvins: 300));
            Assert.Empty(commands);
        }

        Assert.True(state.IsAtRest);
        (state, _) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: power was out, press looked at"));
        Assert.False(state.IsAtRest);
    }

    [Fact]
    public void A_measurement_is_asked_for_again_when_its_pressure_is_back()
    {
        ExecutorState last = At(RunPhase.Measuring);
        double wanted = last.SetpointPa;
        (ExecutorState state, _) = RunRecovery.TakeUp(last, last.TimeSeconds + 60, 20e6, "the power was lost");
        (state, _) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: fine"));
        Assert.Equal(RunPhase.Resuming, state.Phase);
        while (state.Phase == RunPhase.Resuming)
        {
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, Ideal(state));
            if (commands.Any(command => command is RequestMeasurement)) Assert.Equal(wanted, state.SetpointPa, 1e-6);
            else Assert.Equal(RunPhase.Resuming, state.Phase);
        }

        Assert.Equal((RunPhase.Measuring, state.TimeSeconds), (state.Phase, state.StepStartedSeconds));
    }

    [Fact]
    public void A_prompt_is_shown_again_when_a_person_resumes()
    {
        ExecutorState last = At(RunPhase.Prompting);
        (ExecutorState state, _) = RunRecovery.TakeUp(last, last.TimeSeconds + 60, 0, "the process was lost");
        (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: fine"));
        Assert.Equal("cathode", Assert.Single(commands.OfType<ShowPrompt>()).Adds);
        (state, _) = Executor.Step(state, ExecutorEvent.Confirmed(state.TimeSeconds, "done"));
        Assert.Equal(RunPhase.Moving, state.Phase);
    }

    [Fact]
    public void A_run_taken_up_from_its_recorded_inputs_ends_as_it_should()
    {
        Protocol protocol = At(RunPhase.Holding).Protocol with { Steps = [.. At(RunPhase.Holding).Protocol.Steps.Take(3), new ReleaseStep("down", Mpa(0), Rate(10))] };
        var inputs = new List<ExecutorEvent>();
        ExecutorState lost = Executor.Begin(protocol);
        while (lost.InBandSeconds < 7)
        {
            inputs.Add(Ideal(lost));
            (lost, _) = Executor.Step(lost, inputs[^1]);
        }

        ExecutorState state = RunReplay.Steps(protocol, inputs).Last().State;
        Assert.Equal(lost, state);
        (state, _) = RunRecovery.TakeUp(state, state.TimeSeconds + 1e5, 3e6, "the process was lost");
        (state, _) = Executor.Step(state, ExecutorEvent.Resume(state.TimeSeconds, "Ada: fine"));
        double since = state.TimeSeconds;
        while (!state.HasEnded) (state, _) = Executor.Step(state, Ideal(state));
        Assert.Equal(RunOutcome.Completed, state.Outcome);
        // 97 MPa at 10 MPa/s back into the band, the 13 s that were missing, and 10 s down.
        Assert.InRange(state.TimeSeconds - since, 32, 35);
    }

    [Fact]
    public void What_cannot_be_taken_up_is_refused()
    {
        ExecutorState last = At(RunPhase.Holding);
        Assert.Throws<ArgumentException>(() => RunRecovery.TakeUp(At(RunPhase.Ended), 1e6, 0, "lost"));
        Assert.Throws<ArgumentException>(() => RunRecovery.TakeUp(last, last.TimeSeconds - 1, 0, "lost"));
        Assert.Throws<ArgumentException>(() => RunRecovery.TakeUp(last, last.TimeSeconds, double.NaN, "lost"));
    }
}
