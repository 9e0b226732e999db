using Isobar.Lab.Store;

namespace Isobar.Lab.Presses.RealTime;

/// <summary>
/// Keeps the period of a loop by absolute deadlines, so that lateness does not add up, and counts how late each tick was. A tick that takes
/// longer than the period leaves deadlines out; it is never followed by a burst.
/// </summary>
internal sealed class LoopTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TickWaiter _waiter;
    private readonly double _periodSeconds;
    private readonly double _wallPeriodStamps;
    private readonly LateHistogram _late = new();
    private readonly LateHistogram _busy = new();
    private readonly string _priority;
    private long _started;
    private long _tick;
    private long _begun;
    private long _missed;
    private TimeSpan? _clockOffset;

    /// <summary>Starts on the thread of the loop.</summary>
    public LoopTimer(RunClock clock, double wallPeriodSeconds)
    {
        _time = clock.Time;
        _periodSeconds = clock.PeriodSeconds;
        _waiter = TickWaiter.For(clock.Time);
        _wallPeriodStamps = wallPeriodSeconds * clock.Time.TimestampFrequency;
        _priority = clock.RealTimeRights ? ThreadRights.Raise() : "normal";
        _started = _time.GetTimestamp();
    }

    /// <summary>Largest jump of the wall clock against the monotonic one, s.</summary>
    public double LargestClockStepSeconds { get; private set; }

    /// <summary>Jump of the wall clock since the tick before, s; forward is positive.</summary>
    public double ClockStepSeconds { get; private set; }

    /// <summary>Waits for the next tick; gives the wall time since the start, s.</summary>
    public double Wait()
    {
        long deadline = _started + (long)(_tick * _wallPeriodStamps);
        _waiter.Until(deadline);
        _begun = _time.GetTimestamp();
        _late.Add(Nanoseconds(_begun - deadline));
        long next = Math.Max(_tick + 1, (long)((_begun - _started) / _wallPeriodStamps) + 1);
        _missed += next - _tick - 1;
        _tick = next;
        WatchWallClock();
        return (_begun - _started) / (double)_time.TimestampFrequency;
    }

    /// <summary>The work of the tick is done.</summary>
    public void Done() => _busy.Add(Nanoseconds(_time.GetTimestamp() - _begun));

    /// <summary>Begins anew after a time in which nothing was waited for.</summary>
    public void Restart()
    {
        _started = _time.GetTimestamp();
        _tick = 1;
    }

    public RunTiming Timing() => new(
        _periodSeconds,
        _late.Count,
        _missed,
        _late.Quantile(0.5) / 1e3,
        _late.Quantile(0.99) / 1e3,
        _late.Quantile(0.999) / 1e3,
        _late.MaxNanoseconds / 1e3,
        _busy.Quantile(0.99) / 1e3,
        _waiter.Name,
        _priority,
        LargestClockStepSeconds,
        _late.Bars());

    public void Dispose() => _waiter.Dispose();

    // The two clocks drift apart slowly; what they part in one tick is a clock that was set, or a computer that slept.
    private void WatchWallClock()
    {
        TimeSpan offset = _time.GetUtcNow() - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(_begun / (double)_time.TimestampFrequency);
        ClockStepSeconds = _clockOffset is { } before ? (offset - before).TotalSeconds : 0;
        LargestClockStepSeconds = Math.Max(LargestClockStepSeconds, Math.Abs(ClockStepSeconds));
        _clockOffset = offset;
    }

    private double Nanoseconds(long stamps) => stamps * (1e9 / _time.TimestampFrequency);
}
