using System.Collections.Immutable;
using System.Text.Json;

namespace Isobar.Lab.Store;

/// <summary>A bar of a histogram of times.</summary>
/// <param name="FromMicroseconds">Lower edge; the upper one is that of the next bar.</param>
/// <param name="Count">How many ticks.</param>
public readonly record struct TimingBar(double FromMicroseconds, long Count);

/// <summary>How punctual the loop of a run was. Lateness is the time from the deadline of a tick to its begin.</summary>
/// <param name="PeriodSeconds">Period of the loop, s.</param>
/// <param name="Ticks">How many ticks were done.</param>
/// <param name="Missed">Deadlines that were left out because the tick before took too long.</param>
/// <param name="P50Microseconds">Median lateness, µs.</param>
/// <param name="P99Microseconds">99th percentile, µs.</param>
/// <param name="P999Microseconds">99.9th percentile, µs.</param>
/// <param name="MaxMicroseconds">Largest, µs.</param>
/// <param name="BusyP99Microseconds">99th percentile of what a tick took, µs.</param>
/// <param name="Waiting">How the loop waited.</param>
/// <param name="Priority">Priority that its thread had.</param>
/// <param name="LargestClockStepSeconds">Largest jump of the wall clock against the monotonic one between two ticks, s.</param>
/// <param name="Lateness">Histogram of the lateness.</param>
public sealed record RunTiming(
    double PeriodSeconds,
    long Ticks,
    long Missed,
    double P50Microseconds,
    double P99Microseconds,
    double P999Microseconds,
    double MaxMicroseconds,
    double BusyP99Microseconds,
    string Waiting,
    string Priority,
    double LargestClockStepSeconds,
    ImmutableArray<TimingBar> Lateness)
{
    /// <summary>Heartbeats that the device was heard to have taken; null for a device that does not echo them.</summary>
    public long? Heartbeats { get; init; }

    /// <summary>Heartbeats that were written and that the device was never heard to have taken; null for a device that does not echo them.</summary>
    public long? MissedHeartbeats { get; init; }

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    internal static RunTiming Parse(byte[] json) => JsonSerializer.Deserialize<RunTiming>(json, Options) ?? throw new JsonException("the timing of the run is empty");
}
