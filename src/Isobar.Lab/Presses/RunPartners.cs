using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>What a person is asked.</summary>
/// <param name="StepIndex">The prompt step.</param>
/// <param name="Text">What to do.</param>
/// <param name="Adds">Layer that is added, when the prompt is about one.</param>
public sealed record PromptRequest(int StepIndex, string Text, string? Adds);

/// <summary>What came back.</summary>
/// <param name="Text">The person's words, or the result as JSON.</param>
/// <param name="Took">Time it took, for runs on simulated time.</param>
public sealed record Reply(string Text, Duration Took)
{
    /// <summary>Areal resistance of the interface that a measurement gave, Ω m², by which an adaptive step is steered; NaN when it gave none.</summary>
    public double ResistanceOhmSquareMetres { get; init; } = double.NaN;
}

/// <summary>Answers prompts: a person, or a stand-in for simulated runs.</summary>
public interface IOperator
{
    /// <summary>Returns when it is done; cancelled means STOP.</summary>
    Task<Reply> ConfirmAsync(PromptRequest request, CancellationToken cancellation);
}

/// <summary>A stand-in for the person at a simulated press: confirms everything after a fixed time.</summary>
/// <param name="takes">How long the work takes.</param>
public sealed class AutomaticOperator(Duration takes) : IOperator
{
    /// <inheritdoc/>
    public Task<Reply> ConfirmAsync(PromptRequest request, CancellationToken cancellation) => Task.FromResult(new Reply("confirmed automatically", takes));
}

/// <summary>What is to be measured, and at what state of the sample.</summary>
/// <param name="StepIndex">The measure step.</param>
/// <param name="StepName">Its name.</param>
/// <param name="Quantities">What to measure.</param>
/// <param name="TimeSeconds">Time in the run.</param>
/// <param name="Pressure">Present sample pressure.</param>
/// <param name="Thickness">Present thickness; null when the press cannot tell.</param>
/// <param name="History">Gives what was done until now: density and contact depend on the whole history.</param>
public sealed record MeasurementRequest(
    int StepIndex,
    string StepName,
    MeasuredQuantities Quantities,
    double TimeSeconds,
    SamplePressure Pressure,
    Length? Thickness,
    Func<RunRecord> History)
{
    /// <summary>What was done until now.</summary>
    public RunRecord SoFar => History();
}

/// <summary>Answers measure steps; the reply's text is JSON.</summary>
public interface IMeasurer
{
    /// <summary>Measures; an exception ends the run through the release policy.</summary>
    Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation);
}

/// <summary>Where a run stands, for a live display.</summary>
/// <param name="Phase">What the executor is doing.</param>
/// <param name="StepName">Present step; empty outside a step.</param>
/// <param name="Sample">Last sample.</param>
/// <param name="InBand">Whether the pressure is in the band of a hold.</param>
/// <param name="InBandSeconds">Time counted for the present hold.</param>
/// <param name="Thickness">Present thickness; null when the press cannot tell.</param>
public readonly record struct RunProgress(RunPhase Phase, string StepName, TraceSample Sample, bool InBand, double InBandSeconds, Length? Thickness);

/// <summary>How fast a run goes. A real press only knows real time.</summary>
/// <param name="Time">Wall clock.</param>
/// <param name="Speed">Seconds of run per second of wall clock; infinite for as fast as the machine can.</param>
public sealed record RunClock(TimeProvider Time, double Speed)
{
    /// <summary>Slowest and fastest loop, ticks per second.</summary>
    public const double LeastHertz = 5, MostHertz = 100;

    /// <summary>Period of the loop, s: 20 Hz unless told otherwise.</summary>
    public double PeriodSeconds { get; init; } = RunEngine.TickSeconds;

    /// <summary>Whether the thread of the loop asks for real-time rights. Without them it runs at normal priority, and the record says so.</summary>
    public bool RealTimeRights { get; init; }

    /// <summary>As fast as the machine can, for simulated presses.</summary>
    public static RunClock AsFastAsPossible { get; } = new(TimeProvider.System, double.PositiveInfinity);

    /// <summary>Real time.</summary>
    public static RunClock RealTime { get; } = new(TimeProvider.System, 1);
}
