using System.Collections.Immutable;
using Isobar.Protocols;
using Xunit;
using static Isobar.Protocols.PressState;

namespace Isobar.Tests.Protocols;

/// <summary>Each of the seventeen states against each verb, restated by hand.</summary>
public sealed class PressStateTableTests
{
    // Row: state; then what start, hold, unhold, suspend, unsuspend, pause, stop, abort, clear, reset lead to; null for refused.
    private static readonly (PressState State, PressState?[] Next)[] s_rows =
    [
        (Idle, [Starting, null, null, null, null, null, Stopping, Aborting, null, null]),
        (Starting, [null, null, null, null, null, null, Stopping, Aborting, null, null]),
        (Execute, [null, Holding, null, Suspending, null, Execute, Stopping, Aborting, null, null]),
        (Completing, [null, null, null, null, null, null, Stopping, Aborting, null, null]),
        (Complete, [null, null, null, null, null, null, Stopping, Aborting, null, Resetting]),
        (Resetting, [null, null, null, null, null, null, Stopping, Aborting, null, null]),
        (Holding, [null, null, null, null, null, null, Stopping, Aborting, null, null]),
        (Held, [null, null, Unholding, null, null, null, Stopping, Aborting, null, null]),
        (Unholding, [null, null, null, null, null, null, Stopping, Aborting, null, null]),
        (Suspending, [null, null, null, null, null, null, Stopping, Aborting, null, null]),
        (Suspended, [null, null, null, null, Unsuspending, null, Stopping, Aborting, null, null]),
        (Unsuspending, [null, null, null, null, null, null, Stopping, Aborting, null, null]),
        (Stopping, [null, null, null, null, null, null, null, Aborting, null, null]),
        (Stopped, [null, null, null, null, null, null, null, Aborting, null, Resetting]),
        (Aborting, [null, null, null, null, null, null, null, null, null, null]),
        (Aborted, [null, null, null, null, null, null, null, null, Clearing, null]),
        (Clearing, [null, null, null, null, null, null, null, Aborting, null, null]),
    ];

    public static TheoryData<PressState, PressVerb, PressState?> Table()
    {
        var table = new TheoryData<PressState, PressVerb, PressState?>();
        foreach ((PressState state, PressState?[] next) in s_rows)
        {
            foreach (PressVerb verb in Enum.GetValues<PressVerb>()) table.Add(state, verb, next[(int)verb]);
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_state_answers_every_verb(PressState state, PressVerb verb, PressState? next)
    {
        PressAnswer answer = PressStateTable.Answer(state, verb);
        Assert.Equal(next is not null, answer.Allowed);
        Assert.Equal(next ?? state, answer.Next);
        if (next is null) Assert.Contains($"{PressStateTable.Word(verb)} is not possible: the press {PressStateTable.InWords(state)}", answer.Reason, StringComparison.Ordinal);
        else Assert.Empty(answer.Reason);
    }

    [Fact]
    public void There_are_seventeen_states_and_the_table_names_each_once()
    {
        Assert.Equal(17, Enum.GetValues<PressState>().Length);
        Assert.Equal(Enum.GetValues<PressState>().Order(), s_rows.Select(row => row.State).Order());
    }

    [Fact]
    public void Aborted_leaves_only_by_clear() => Assert.Equal([PressVerb.Clear], PressStateTable.Allowed(Aborted));

    [Fact]
    public void Every_state_that_does_something_ends_in_one_that_waits_or_in_execute()
    {
        foreach (PressState state in Enum.GetValues<PressState>())
        {
            PressState after = PressStateTable.After(state);
            bool acts = state.ToString().EndsWith("ing", StringComparison.Ordinal) || state == Execute;
            Assert.Equal(acts, after != state);
            if (acts && state != Execute) Assert.True(after == Execute || PressStateTable.After(after) == after);
        }

        // Both ways out of trouble end where only a reset goes on.
        Assert.Equal(Stopped, PressStateTable.After(Clearing));
        Assert.Equal(Aborted, PressStateTable.After(Aborting));
    }

    [Fact]
    public void Every_phase_of_a_run_has_its_state()
    {
        foreach (RunPhase phase in Enum.GetValues<RunPhase>())
        {
            ExecutorState at = ExecutorTests.At(phase);
            PressState expected = phase switch
            {
                RunPhase.NotStarted => Starting,
                RunPhase.Held => Held,
                RunPhase.Suspended => Suspended,
                RunPhase.Resuming => Unholding,
                RunPhase.Locked => Stopping,
                RunPhase.Releasing => Completing,
                RunPhase.Ended => Complete,
                _ => Execute,
            };
            Assert.Equal(expected, PressStateTable.Of(at));
        }
    }

    [Fact]
    public void The_executor_refuses_what_the_table_refuses_and_says_why()
    {
        foreach (RunPhase phase in Enum.GetValues<RunPhase>().Where(phase => phase != RunPhase.Ended))
        {
            ExecutorState at = ExecutorTests.At(phase);
            foreach ((PressVerb verb, ExecutorEvent input) in new[]
            {
                (PressVerb.Hold, ExecutorEvent.Hold(at.TimeSeconds, "x")),
                (PressVerb.Suspend, ExecutorEvent.Suspend(at.TimeSeconds, "x")),
                (PressVerb.Pause, ExecutorEvent.Pause(at.TimeSeconds, "x")),
                (PressStateTable.Of(at) == Suspended ? PressVerb.Unsuspend : PressVerb.Unhold, ExecutorEvent.Resume(at.TimeSeconds, "x")),
            })
            {
                PressAnswer answer = PressStateTable.Answer(PressStateTable.Of(at), verb);
                (ExecutorState next, ImmutableArray<ExecutorCommand> commands) = Executor.Step(at, input);
                RunEvent[] refused = [.. commands.OfType<LogEvent>().Select(log => log.Event).Where(e => e.Kind == RunEventKind.Refused)];
                if (answer.Allowed)
                {
                    Assert.Empty(refused);
                }
                else
                {
                    Assert.Equal(answer.Reason, Assert.Single(refused).Text);
                    Assert.Equal(at.Phase, next.Phase);
                    Assert.Equal(at.SetpointPa, next.SetpointPa);
                }
            }
        }
    }
}
