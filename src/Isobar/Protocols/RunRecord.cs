using System.Collections.Immutable;

namespace Isobar.Protocols;

/// <summary>One sample of what was done, SI units, taken at the loop rate.</summary>
/// <param name="TimeSeconds">Seconds since the start of the run, on a monotonic clock.</param>
/// <param name="StepIndex">Step of the protocol, from 0.</param>
/// <param name="SetpointPa">Nominal sample pressure that was asked for.</param>
/// <param name="ForceNewtons">Force that was measured.</param>
/// <param name="PressurePa">Nominal sample pressure achieved: measured force over die area.</param>
/// <param name="DisplacementMetres">Displacement of the press since contact, positive when the sample gets thinner.</param>
public readonly record struct TraceSample(
    double TimeSeconds,
    int StepIndex,
    double SetpointPa,
    double ForceNewtons,
    double PressurePa,
    double DisplacementMetres);

/// <summary>What happened besides samples.</summary>
public enum RunEventKind
{
    /// <summary>A step began.</summary>
    StepStarted,

    /// <summary>A step ended as it should.</summary>
    StepEnded,

    /// <summary>A hold reached its maximum time without settling.</summary>
    NotSettled,

    /// <summary>A person was asked.</summary>
    Prompted,

    /// <summary>A person confirmed.</summary>
    Confirmed,

    /// <summary>A measurement was asked for.</summary>
    MeasurementRequested,

    /// <summary>A measurement came in; the text holds its result as JSON.</summary>
    Measured,

    /// <summary>A person or a program asked to stop.</summary>
    StopRequested,

    /// <summary>A limit was exceeded.</summary>
    LimitTripped,

    /// <summary>The press or its link failed.</summary>
    Fault,

    /// <summary>The release policy began.</summary>
    ReleaseStarted,

    /// <summary>The run ended.</summary>
    Ended,

    /// <summary>The run is held for a cause of its own: a person, a guard, a pause.</summary>
    Held,

    /// <summary>The run is suspended for a cause from outside.</summary>
    Suspended,

    /// <summary>A person resumed it; the text holds the reason.</summary>
    Resumed,

    /// <summary>Something was asked for that is not possible in the present state; the text says why.</summary>
    Refused,

    /// <summary>A guard of a step tripped; the text says what was done.</summary>
    GuardTripped,

    /// <summary>An adaptive step decided to go on or to end; the text holds the numbers.</summary>
    Decided,
}

/// <summary>Something that happened at a moment of a run.</summary>
/// <param name="TimeSeconds">Seconds since the start of the run.</param>
/// <param name="Kind">What.</param>
/// <param name="StepIndex">Step of the protocol, from 0; -1 outside a step.</param>
/// <param name="Text">In words, or the data of the event.</param>
public sealed record RunEvent(double TimeSeconds, RunEventKind Kind, int StepIndex, string Text);

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>It is being done now by a living process.</summary>
    Running,

    /// <summary>Every step was done.</summary>
    Completed,

    /// <summary>A person, or a guard of a step, stopped it.</summary>
    Stopped,

    /// <summary>A limit or a fault ended it.</summary>
    Aborted,

    /// <summary>The process that did it died; what was acknowledged is kept.</summary>
    Interrupted,
}

/// <summary>What was done: the protocol, the achieved trace and the events.</summary>
/// <param name="Protocol">What was to be done.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Samples">The achieved trace, in order of time.</param>
/// <param name="Events">The events, in order of time.</param>
public sealed record RunRecord(
    Protocol Protocol,
    RunOutcome Outcome,
    ImmutableArray<TraceSample> Samples,
    ImmutableArray<RunEvent> Events);
