namespace Isobar.Protocols;

/// <summary>What the executor is doing.</summary>
public enum RunPhase
{
    /// <summary>Waiting for the first tick.</summary>
    NotStarted,

    /// <summary>The set-point is on its way: approach, ramp or release step.</summary>
    Moving,

    /// <summary>Holding; time counts only in band.</summary>
    Holding,

    /// <summary>Taking the pressure away before a prompt.</summary>
    Clearing,

    /// <summary>Waiting for a person.</summary>
    Prompting,

    /// <summary>Waiting for a measurement.</summary>
    Measuring,

    /// <summary>On the way out: the release policy.</summary>
    Releasing,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>Everything the executor knows between two inputs. A value: the same state and input always give the same result.</summary>
/// <param name="Protocol">What is to be done.</param>
public readonly record struct ExecutorState(Protocol Protocol)
{
    /// <summary>What the executor is doing.</summary>
    public RunPhase Phase { get; init; }

    /// <summary>Step of the protocol, from 0; -1 before the first and on the way out.</summary>
    public int StepIndex { get; init; } = -1;

    /// <summary>Time of the last input, s.</summary>
    public double TimeSeconds { get; init; }

    /// <summary>When the present step began, s.</summary>
    public double StepStartedSeconds { get; init; }

    /// <summary>Absolute set-point, Pa.</summary>
    public double SetpointPa { get; init; }

    /// <summary>Last pressure of good quality, Pa.</summary>
    public double PressurePa { get; init; }

    /// <summary>Time counted for the present hold, s.</summary>
    public double InBandSeconds { get; init; }

    /// <summary>How long there has been no reading of good quality, s.</summary>
    public double UnreadSeconds { get; init; }

    /// <summary>How long the press has not followed the set-point, s.</summary>
    public double StalledSeconds { get; init; }

    /// <summary>Whether the last reading lay in the band of the present hold.</summary>
    public bool InBand { get; init; }

    /// <summary>How the run is going to end, once the release policy is through.</summary>
    public RunOutcome Outcome { get; init; }

    /// <summary>Why it ends.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Thickness watched for settling.</summary>
    internal SettleWindow Settling { get; init; }

    /// <summary>Whether the run is over.</summary>
    public bool HasEnded => Phase == RunPhase.Ended;

    /// <summary>The present step; null before the first and on the way out.</summary>
    public Step? Step => StepIndex < 0 ? null : Protocol.Steps[StepIndex];
}

/// <summary>
/// Says how fast the thickness shrinks: the mean over one window against the mean over the window before, so that the noise
/// of a single reading does not decide when a hold has settled.
/// </summary>
/// <param name="StartSeconds">Start of the present window.</param>
/// <param name="SumMetres">Sum of its thicknesses.</param>
/// <param name="Count">How many.</param>
/// <param name="PreviousMeanMetres">Mean of the window before; NaN when there is none.</param>
/// <param name="ShrinkPerMinute">Share of the thickness lost per minute between the last two windows; NaN until known.</param>
internal readonly record struct SettleWindow(double StartSeconds, double SumMetres, int Count, double PreviousMeanMetres, double ShrinkPerMinute)
{
    /// <summary>Length of a window, s.</summary>
    public const double Seconds = 30;

    public static SettleWindow StartingAt(double timeSeconds) => new(timeSeconds, 0, 0, double.NaN, double.NaN);

    public SettleWindow Add(double timeSeconds, double thicknessMetres)
    {
        double sum = SumMetres + thicknessMetres;
        int count = Count + 1;
        if (timeSeconds - StartSeconds < Seconds) return this with { SumMetres = sum, Count = count };
        double mean = sum / count;
        double shrink = (PreviousMeanMetres - mean) / mean * (60 / (timeSeconds - StartSeconds));
        return new SettleWindow(timeSeconds, 0, 0, mean, shrink);
    }
}
