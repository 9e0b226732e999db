using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>What is done when a guard of a step trips, from the mildest to the hardest.</summary>
public enum GuardAction
{
    /// <summary>Write it into the record.</summary>
    Log,

    /// <summary>Write it into the record as a warning that a person is to see.</summary>
    Warn,

    /// <summary>Hold the run at the actual pressure until a person resumes it.</summary>
    Hold,

    /// <summary>End the run through the release policy.</summary>
    Stop,

    /// <summary>End the run and let the device take its pressure away by its own means.</summary>
    Abort,
}

/// <summary>
/// What must not happen while a step runs, and what is done when it does. It stands beside the limits of the protocol and the press, which
/// always abort. What is not given is not watched.
/// </summary>
/// <param name="Action">What is done.</param>
public sealed record StepGuard(GuardAction Action)
{
    /// <summary>Largest deviation of the achieved pressure from the set-point, a share of the set-point.</summary>
    public Fraction? Band { get; init; }

    /// <summary>Lowest achieved pressure.</summary>
    public SamplePressure? Lowest { get; init; }

    /// <summary>Highest achieved pressure.</summary>
    public SamplePressure? Highest { get; init; }

    /// <summary>Fastest change of the achieved pressure, either way, over half a second.</summary>
    public PressureRate? Fastest { get; init; }

    /// <summary>Longest travel within the step, either way.</summary>
    public Length? Travel { get; init; }

    /// <summary>Highest temperature.</summary>
    public Temperature? Hottest { get; init; }

    /// <summary>How long something must last before it counts; zero for a single reading.</summary>
    public Duration Patience { get; init; }

    /// <summary>Whether anything is watched.</summary>
    public bool IsEmpty => Band is null && Lowest is null && Highest is null && Fastest is null && Travel is null && Hottest is null;
}
