using System.Collections.Immutable;
using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>A stretch of the trace of a run, as wide as one chunk of the record.</summary>
/// <param name="FromSeconds">Time of its first sample.</param>
/// <param name="ToSeconds">Time of its last sample.</param>
/// <param name="StepIndex">Step of its last sample.</param>
/// <param name="Samples">How many samples.</param>
/// <param name="LowestPa">Lowest pressure; NaN without any.</param>
/// <param name="HighestPa">Highest pressure; NaN without any.</param>
public readonly record struct TraceStretch(double FromSeconds, double ToSeconds, int StepIndex, long Samples, double LowestPa, double HighestPa);

/// <summary>A run without its samples: it opens in a moment however long the run is.</summary>
/// <param name="Summary">Its line in the list.</param>
/// <param name="Protocol">What was to be done.</param>
/// <param name="Events">What happened.</param>
/// <param name="Samples">How many samples there are.</param>
/// <param name="Trace">Envelope of the trace, chunk by chunk.</param>
/// <param name="Timing">How punctual the loop was; null for a run on simulated time, and for one that did not end.</param>
public sealed record RunOverview(
    RunSummary Summary,
    Protocol Protocol,
    ImmutableArray<RunEvent> Events,
    long Samples,
    ImmutableArray<TraceStretch> Trace,
    RunTiming? Timing)
{
    /// <summary>What stood between the press and the numbers of the run.</summary>
    public RunTerms Terms { get; init; } = RunTerms.Plain;
}
