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

    /// <summary>Held at the actual pressure for a cause of our own, until a person resumes.</summary>
    Held,

    /// <summary>Held at the actual pressure for a cause from outside, until a person resumes.</summary>
    Suspended,

    /// <summary>A person has resumed: on the way from the actual pressure back to where the step was.</summary>
    Resuming,

    /// <summary>Holding the thickness; the pressure goes where it must.</summary>
    HoldingPosition,

    /// <summary>The platens are on their way to a temperature.</summary>
    Heating,

    /// <summary>Keeping a temperature; time counts only in band.</summary>
    Soaking,

    /// <summary>Drawing the punch back from the sample.</summary>
    Opening,

    /// <summary>Stopped, and the pressure locked as the press wants it: it only falls, and a person lets it go.</summary>
    Locked,
}

/// <summary>Everything the executor knows between two inputs. A value: the same state and input always give the same result.</summary>
/// <param name="Protocol">What is to be done.</param>
public readonly record struct ExecutorState(Protocol Protocol)
{
    /// <summary>What STOP does on this press.</summary>
    public StopPolicy Stop { get; init; }

    /// <summary>What the executor is doing.</summary>
    public RunPhase Phase { get; init; }

    /// <summary>Step of the protocol, from 0; -1 before the first and on the way out.</summary>
    public int StepIndex { get; init; } = -1;

    /// <summary>Time of the last input, s.</summary>
    public double TimeSeconds { get; init; }

    /// <summary>When the present step, or the present round of it, began, s; moved on by the time at rest.</summary>
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

    /// <summary>Last displacement, m; NaN when the press cannot tell.</summary>
    public double DisplacementMetres { get; init; } = double.NaN;

    /// <summary>Last temperature of the platens, K; NaN when the press cannot tell.</summary>
    public double TemperatureKelvins { get; init; } = double.NaN;

    /// <summary>Absolute set-point of the temperature, K; NaN while the heating is off.</summary>
    public double TemperatureSetpointKelvins { get; init; } = double.NaN;

    /// <summary>Gap that the punch is being drawn back to, m; zero while it is not.</summary>
    public double GapMetres { get; init; }

    /// <summary>Rounds that the present adaptive step has measured.</summary>
    public int Round { get; init; }

    /// <summary>Resistance of the last round of an adaptive step, Ω m²; NaN before the first.</summary>
    public double ResistanceOhmSquareMetres { get; init; } = double.NaN;

    /// <summary>Whether the run is to be held when the present step is done.</summary>
    public bool PausePending { get; init; }

    /// <summary>Whether the rest, or the way back from it, has a cause from outside.</summary>
    public bool IsSuspension { get; init; }

    /// <summary>Whether the run is at rest and waits for a person to resume it.</summary>
    public bool IsAtRest => Phase is RunPhase.Held or RunPhase.Suspended;

    /// <summary>Thickness watched for settling.</summary>
    internal TrendWindow Settling { get; init; }

    /// <summary>Pressure watched for settling.</summary>
    internal TrendWindow PressureTrend { get; init; }

    /// <summary>Pressure and thickness smoothed over half a second.</summary>
    internal Smoothed Smooth { get; init; } = Smoothed.Unknown;

    /// <summary>How fast the set-point moved in the last tick, Pa/s, positive upwards.</summary>
    internal double SetpointSpeed { get; init; }

    /// <summary>What is known of the liveliness of the force reading.</summary>
    internal SensorWatch Sensor { get; init; } = SensorWatch.Fresh;

    /// <summary>What the run was doing when it came to rest, and where.</summary>
    internal Interruption Rest { get; init; }

    /// <summary>What is known of the cycles that the present step lies in; null outside of them.</summary>
    internal CycleMemory? Cycle { get; init; }

    /// <summary>Where the present step began.</summary>
    internal StepDatum Datum { get; init; }

    /// <summary>What the guard of the present step has seen.</summary>
    internal GuardWatch Guarding { get; init; }

    /// <summary>Whether the run is on its way out: it goes back to no step.</summary>
    public bool IsLeaving => Phase is RunPhase.Releasing or RunPhase.Locked;

    /// <summary>Whether the run is over.</summary>
    public bool HasEnded => Phase == RunPhase.Ended;

    /// <summary>The present step; null before the first and on the way out.</summary>
    public Step? Step => StepIndex < 0 ? null : Protocol.Steps[StepIndex];
}
