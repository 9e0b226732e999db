namespace Isobar.Control;

/// <summary>
/// Tells a living partner from one that only looks alive. The heartbeat is a counter: only a change of it is a beat, so that a bit stuck high, or
/// a partner that repeats its last message for ever, counts as silent. Used both ways: by a device for the program and by the program for a device
/// that echoes what it got.
/// </summary>
/// <param name="Counter">Last counter seen.</param>
/// <param name="BeatSeconds">Time of the last beat, s.</param>
/// <param name="Beats">Number of beats.</param>
/// <param name="Missed">
/// Beats that were due and did not come: what the counter skipped, as a partner that lives but is not heard skips it. A counter that falls is a partner that
/// began anew, and has skipped nothing.
/// </param>
public readonly record struct HeartbeatWatch(uint Counter, double BeatSeconds, long Beats, long Missed)
{
    /// <summary>Begins to watch.</summary>
    public static HeartbeatWatch Start(double timeSeconds, uint counter = 0) => new(counter, timeSeconds, 0, 0);

    /// <summary>A message with its counter; counters of 16 and 32 bits may wrap.</summary>
    /// <param name="timeSeconds">When it came in.</param>
    /// <param name="counter">Its counter.</param>
    /// <param name="bits">Width of the counter.</param>
    public HeartbeatWatch Hear(double timeSeconds, uint counter, int bits = 32)
    {
        uint mask = bits >= 32 ? uint.MaxValue : (1u << bits) - 1;
        uint step = (counter - Counter) & mask;
        bool anew = Beats == 0 || step > mask >> 1;
        return step == 0 ? this : new HeartbeatWatch(counter & mask, timeSeconds, Beats + 1, Missed + (anew ? 0 : step - 1));
    }

    /// <summary>Whether no beat has come for longer than a time.</summary>
    public bool IsSilent(double timeSeconds, double timeoutSeconds) => timeSeconds - BeatSeconds > timeoutSeconds;
}
