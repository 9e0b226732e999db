namespace Isobar.Protocols;

/// <summary>How far a reading of the press may be trusted.</summary>
public enum SampleQuality
{
    /// <summary>Fresh and plausible.</summary>
    Good,

    /// <summary>Older than it should be; the last value is not to be acted upon.</summary>
    Uncertain,

    /// <summary>No value, or one that is not a number.</summary>
    Bad,

    /// <summary>Told from the readings before and after it: counts for the pressure, says nothing about the sensor.</summary>
    Interpolated,
}

/// <summary>What the executor is told.</summary>
public enum ExecutorEventKind
{
    /// <summary>Time passed and the press was read.</summary>
    Tick,

    /// <summary>A person or a program asks to stop.</summary>
    StopRequested,

    /// <summary>A person confirmed the prompt.</summary>
    Confirmed,

    /// <summary>The measurement that was asked for is in.</summary>
    MeasurementDone,

    /// <summary>The press or its link failed.</summary>
    Fault,

    /// <summary>A limit was exceeded.</summary>
    LimitTripped,

    /// <summary>Hold here for a cause of our own; a person resumes.</summary>
    HoldRequested,

    /// <summary>Hold here for a cause from outside; a person resumes.</summary>
    SuspendRequested,

    /// <summary>Hold when the present step is done; a person resumes.</summary>
    PauseRequested,

    /// <summary>A person resumes a run that is held, paused or suspended; the text is the reason.</summary>
    ResumeRequested,

    /// <summary>End the run and let the device take its pressure away by its own means.</summary>
    AbortRequested,

    /// <summary>A person takes up the run after its process, power or link was lost; the pressure is a fresh reading, the text says what was lost.</summary>
    TakenUp,
}

/// <summary>One input of the executor. Time is part of it: the executor has no clock.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="TimeSeconds">Seconds since the start of the run, never falling.</param>
/// <param name="PressurePa">Achieved nominal sample pressure in Pa; only read on a tick of good quality.</param>
/// <param name="ThicknessMetres">Thickness of the sample in m; NaN when the press cannot tell.</param>
/// <param name="Quality">How far the reading may be trusted.</param>
/// <param name="Text">Reason, confirmation or result.</param>
public readonly record struct ExecutorEvent(
    ExecutorEventKind Kind,
    double TimeSeconds,
    double PressurePa,
    double ThicknessMetres,
    SampleQuality Quality,
    string Text)
{
    /// <summary>Displacement of the press since contact in m, positive when the sample gets thinner; NaN when the press cannot tell.</summary>
    public double DisplacementMetres { get; init; } = double.NaN;

    /// <summary>Temperature of the platens in K; NaN when the press cannot tell.</summary>
    public double TemperatureKelvins { get; init; } = double.NaN;

    /// <summary>Areal resistance of the interface in Ω m² that a measurement gave; NaN when it gave none.</summary>
    public double ResistanceOhmSquareMetres { get; init; } = double.NaN;

    /// <summary>Time passed and the press was read.</summary>
    public static ExecutorEvent Tick(
        double timeSeconds,
        double pressurePa,
        double thicknessMetres = double.NaN,
        SampleQuality quality = SampleQuality.Good,
        double displacementMetres = double.NaN,
        double temperatureKelvins = double.NaN) =>
        new(ExecutorEventKind.Tick, timeSeconds, pressurePa, thicknessMetres, quality, "") { DisplacementMetres = displacementMetres, TemperatureKelvins = temperatureKelvins };

    /// <summary>A person or a program asks to stop.</summary>
    public static ExecutorEvent Stop(double timeSeconds, string reason) => Spoken(ExecutorEventKind.StopRequested, timeSeconds, reason);

    /// <summary>A person confirmed the prompt.</summary>
    public static ExecutorEvent Confirmed(double timeSeconds, string answer) => Spoken(ExecutorEventKind.Confirmed, timeSeconds, answer);

    /// <summary>The measurement is in; the result is JSON, the resistance is what an adaptive step decides from.</summary>
    public static ExecutorEvent MeasurementDone(double timeSeconds, string result, double resistanceOhmSquareMetres = double.NaN) =>
        Spoken(ExecutorEventKind.MeasurementDone, timeSeconds, result) with { ResistanceOhmSquareMetres = resistanceOhmSquareMetres };

    /// <summary>The press or its link failed.</summary>
    public static ExecutorEvent Fault(double timeSeconds, string reason) => Spoken(ExecutorEventKind.Fault, timeSeconds, reason);

    /// <summary>A limit was exceeded.</summary>
    public static ExecutorEvent LimitTripped(double timeSeconds, string reason) => Spoken(ExecutorEventKind.LimitTripped, timeSeconds, reason);

    /// <summary>Hold here for a cause of our own.</summary>
    public static ExecutorEvent Hold(double timeSeconds, string reason) => Spoken(ExecutorEventKind.HoldRequested, timeSeconds, reason);

    /// <summary>Hold here for a cause from outside.</summary>
    public static ExecutorEvent Suspend(double timeSeconds, string reason) => Spoken(ExecutorEventKind.SuspendRequested, timeSeconds, reason);

    /// <summary>Hold when the present step is done.</summary>
    public static ExecutorEvent Pause(double timeSeconds, string reason) => Spoken(ExecutorEventKind.PauseRequested, timeSeconds, reason);

    /// <summary>A person resumes; who and why.</summary>
    public static ExecutorEvent Resume(double timeSeconds, string reason) => Spoken(ExecutorEventKind.ResumeRequested, timeSeconds, reason);

    /// <summary>End the run by the device's own dump.</summary>
    public static ExecutorEvent Abort(double timeSeconds, string reason) => Spoken(ExecutorEventKind.AbortRequested, timeSeconds, reason);

    /// <summary>A person takes up a run that was lost; the pressure is a fresh reading.</summary>
    public static ExecutorEvent TakeUp(double timeSeconds, double pressurePa, string cause) => Spoken(ExecutorEventKind.TakenUp, timeSeconds, cause) with { PressurePa = pressurePa };

    private static ExecutorEvent Spoken(ExecutorEventKind kind, double timeSeconds, string text) =>
        new(kind, timeSeconds, double.NaN, double.NaN, SampleQuality.Good, text);
}
