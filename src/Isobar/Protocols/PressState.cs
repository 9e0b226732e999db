namespace Isobar.Protocols;

/// <summary>
/// The states of a press that runs protocols, the seventeen of ANSI/ISA-TR88.00.02 (PackML). A state that ends in -ing does something and
/// ends by itself; the others wait. Hold is for a cause of our own, suspend for one from outside.
/// </summary>
public enum PressState
{
    /// <summary>Ready; nothing moves.</summary>
    Idle,

    /// <summary>Preparing the first step.</summary>
    Starting,

    /// <summary>Doing the steps.</summary>
    Execute,

    /// <summary>Every step is done; the release policy is at work.</summary>
    Completing,

    /// <summary>Done and free of pressure.</summary>
    Complete,

    /// <summary>Getting ready for the next run.</summary>
    Resetting,

    /// <summary>Coming to rest for a cause of our own.</summary>
    Holding,

    /// <summary>At rest, at the actual pressure, for a cause of our own.</summary>
    Held,

    /// <summary>On the way back from held.</summary>
    Unholding,

    /// <summary>Coming to rest for a cause from outside.</summary>
    Suspending,

    /// <summary>At rest, at the actual pressure, for a cause from outside.</summary>
    Suspended,

    /// <summary>On the way back from suspended.</summary>
    Unsuspending,

    /// <summary>Stopped; the release policy is at work.</summary>
    Stopping,

    /// <summary>Stopped and free of pressure.</summary>
    Stopped,

    /// <summary>A fault or a limit; the release policy, or the device's dump, is at work.</summary>
    Aborting,

    /// <summary>Aborted; only a person leaves this state, by clear.</summary>
    Aborted,

    /// <summary>A person has acted; the fault is being taken back.</summary>
    Clearing,
}

/// <summary>What may be asked of a press.</summary>
public enum PressVerb
{
    /// <summary>Begin the run.</summary>
    Start,

    /// <summary>Come to rest now, for a cause of our own.</summary>
    Hold,

    /// <summary>Go on after a hold or a pause; a person gives the reason.</summary>
    Unhold,

    /// <summary>Come to rest now, for a cause from outside.</summary>
    Suspend,

    /// <summary>Go on after a suspension; a person gives the reason.</summary>
    Unsuspend,

    /// <summary>Come to rest when the present step is done.</summary>
    Pause,

    /// <summary>End the run through the release policy.</summary>
    Stop,

    /// <summary>End the run by the device's own means.</summary>
    Abort,

    /// <summary>A person has looked at the press and takes the fault back.</summary>
    Clear,

    /// <summary>Get ready for the next run.</summary>
    Reset,
}

/// <summary>Whether a verb is possible in a state, and what follows.</summary>
/// <param name="Allowed">Whether it is.</param>
/// <param name="Next">State that follows; the same state when it is not possible, and for pause, which waits for the end of the step.</param>
/// <param name="Reason">Why not, and what is possible; empty when it is possible.</param>
public readonly record struct PressAnswer(bool Allowed, PressState Next, string Reason);
