namespace Isobar.Protocols;

/// <summary>What the executor wants done; the engine does it in the order given.</summary>
public abstract record ExecutorCommand;

/// <summary>Send this absolute set-point.</summary>
/// <param name="PressurePa">Nominal sample pressure in Pa.</param>
public sealed record SetSetpoint(double PressurePa) : ExecutorCommand;

/// <summary>Ask a person; the press is free of pressure.</summary>
/// <param name="StepIndex">The prompt step.</param>
/// <param name="Text">What to do.</param>
/// <param name="Adds">Layer that is added, when the prompt is about one.</param>
public sealed record ShowPrompt(int StepIndex, string Text, string? Adds) : ExecutorCommand;

/// <summary>Measure while the set-point stands still.</summary>
/// <param name="StepIndex">The measure step.</param>
/// <param name="Quantities">What to measure.</param>
public sealed record RequestMeasurement(int StepIndex, MeasuredQuantities Quantities) : ExecutorCommand;

/// <summary>Send this absolute set-point of the platens' temperature.</summary>
/// <param name="Kelvins">Temperature in K.</param>
public sealed record SetTemperature(double Kelvins) : ExecutorCommand;

/// <summary>Switch the heating off.</summary>
public sealed record SwitchHeatingOff : ExecutorCommand;

/// <summary>Draw the punch back from the sample; the pressure is gone.</summary>
/// <param name="GapMetres">Gap above the sample.</param>
public sealed record OpenGap(double GapMetres) : ExecutorCommand;

/// <summary>The way out has begun: from here the set-point only falls, or is locked until a person lets it go.</summary>
/// <param name="Reason">Why.</param>
public sealed record BeginRelease(string Reason) : ExecutorCommand;

/// <summary>The pressure did not follow the set-point to zero: use the press's own dump.</summary>
/// <param name="Reason">What remains.</param>
public sealed record DumpPressure(string Reason) : ExecutorCommand;

/// <summary>Write an event into the record of the run.</summary>
/// <param name="Event">The event.</param>
public sealed record LogEvent(RunEvent Event) : ExecutorCommand;

/// <summary>The run is over.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why.</param>
public sealed record FinishRun(RunOutcome Outcome, string Reason) : ExecutorCommand;
