using System.Collections.Immutable;

namespace Isobar.Protocols;

/// <summary>
/// The state model as a table: seventeen states against every verb (ANSI/ISA-TR88.00.02). Pure: it knows no press, no clock and no run.
/// Deviations from the standard, on the safe side: resuming is always a person's verb, also after a suspension, and pause waits for the end of a step.
/// </summary>
public static class PressStateTable
{
    private static readonly ImmutableArray<PressState> s_running =
    [
        PressState.Idle, PressState.Starting, PressState.Execute, PressState.Completing, PressState.Complete, PressState.Resetting, PressState.Holding,
        PressState.Held, PressState.Unholding, PressState.Suspending, PressState.Suspended, PressState.Unsuspending,
    ];

    private static readonly ImmutableArray<(PressVerb Verb, ImmutableArray<PressState> From, PressState To)> s_rows =
    [
        (PressVerb.Start, [PressState.Idle], PressState.Starting),
        (PressVerb.Hold, [PressState.Execute], PressState.Holding),
        (PressVerb.Unhold, [PressState.Held], PressState.Unholding),
        (PressVerb.Suspend, [PressState.Execute], PressState.Suspending),
        (PressVerb.Unsuspend, [PressState.Suspended], PressState.Unsuspending),
        (PressVerb.Pause, [PressState.Execute], PressState.Execute),
        (PressVerb.Stop, s_running, PressState.Stopping),
        (PressVerb.Abort, [.. s_running, PressState.Stopping, PressState.Stopped, PressState.Clearing], PressState.Aborting),
        (PressVerb.Clear, [PressState.Aborted], PressState.Clearing),
        (PressVerb.Reset, [PressState.Complete, PressState.Stopped], PressState.Resetting),
    ];

    /// <summary>What a verb does in a state.</summary>
    public static PressAnswer Answer(PressState state, PressVerb verb)
    {
        foreach ((PressVerb known, ImmutableArray<PressState> from, PressState to) in s_rows)
        {
            if (known == verb && from.Contains(state)) return new PressAnswer(true, to, "");
        }

        string possible = string.Join(", ", Allowed(state).Select(Word));
        return new PressAnswer(false, state, $"{Word(verb)} is not possible: the press {InWords(state)}; possible here: {possible}");
    }

    /// <summary>Every verb that is possible in a state.</summary>
    public static ImmutableArray<PressVerb> Allowed(PressState state) => [.. s_rows.Where(row => row.From.Contains(state)).Select(row => row.Verb)];

    /// <summary>What follows when a state that does something has done it; the same state when it waits.</summary>
    public static PressState After(PressState state) => state switch
    {
        PressState.Starting or PressState.Unholding or PressState.Unsuspending => PressState.Execute,
        PressState.Execute => PressState.Completing,
        PressState.Completing => PressState.Complete,
        PressState.Resetting => PressState.Idle,
        PressState.Holding => PressState.Held,
        PressState.Suspending => PressState.Suspended,
        PressState.Stopping or PressState.Clearing => PressState.Stopped,
        PressState.Aborting => PressState.Aborted,
        _ => state,
    };

    /// <summary>The state of a press that runs this executor. Holding and suspending take no time: the set-point is frozen within the transition.</summary>
    public static PressState Of(in ExecutorState state) => state.Phase switch
    {
        RunPhase.NotStarted => PressState.Starting,
        RunPhase.Held => PressState.Held,
        RunPhase.Suspended => PressState.Suspended,
        RunPhase.Resuming => state.IsSuspension ? PressState.Unsuspending : PressState.Unholding,
        RunPhase.Locked => PressState.Stopping,
        RunPhase.Releasing => state.Outcome switch
        {
            RunOutcome.Completed => PressState.Completing,
            RunOutcome.Stopped => PressState.Stopping,
            _ => PressState.Aborting,
        },
        RunPhase.Ended => state.Outcome switch
        {
            RunOutcome.Completed => PressState.Complete,
            RunOutcome.Stopped => PressState.Stopped,
            _ => PressState.Aborted,
        },
        _ => PressState.Execute,
    };

    /// <summary>A verb as a person types it; hold and suspend are both left by "resume".</summary>
    public static string Word(PressVerb verb) => verb switch
    {
        PressVerb.Unhold or PressVerb.Unsuspend => "resume",
        PressVerb.Start => "start",
        PressVerb.Hold => "hold",
        PressVerb.Suspend => "suspend",
        PressVerb.Pause => "pause",
        PressVerb.Stop => "stop",
        PressVerb.Abort => "abort",
        PressVerb.Clear => "clear",
        PressVerb.Reset => "reset",
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "not a verb"),
    };

    /// <summary>A state in words that follow "the press".</summary>
    public static string InWords(PressState state) => state switch
    {
        PressState.Idle => "is idle",
        PressState.Starting => "is starting",
        PressState.Execute => "is doing the steps",
        PressState.Completing => "is releasing after the last step",
        PressState.Complete => "is done",
        PressState.Resetting => "is getting ready",
        PressState.Holding => "is coming to rest",
        PressState.Held => "is held",
        PressState.Unholding => "is going on after a hold",
        PressState.Suspending => "is coming to rest",
        PressState.Suspended => "is suspended",
        PressState.Unsuspending => "is going on after a suspension",
        PressState.Stopping => "is stopping",
        PressState.Stopped => "is stopped",
        PressState.Aborting => "is aborting",
        PressState.Aborted => "is aborted and waits for a person",
        PressState.Clearing => "is being cleared",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a state"),
    };
}
