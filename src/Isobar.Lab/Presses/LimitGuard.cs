using System.Collections.Immutable;
using Isobar.Control;
using Isobar.Protocols;

namespace Isobar.Lab.Presses;

/// <summary>
/// Holds every untared reading against the limits, in every state of a run. What the executor is told is one thing; when the force stays above
/// its limit all the same, or the loop stands still, the guard takes the press's own dump itself. On a real press it has a thread of its own.
/// </summary>
internal sealed class LimitGuard : IDisposable
{
    private const double OverLimitSeconds = 1;
    private const double StandstillSeconds = 1;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private readonly LimitWatcher _watcher;
    private readonly Lock _gate = new();
    private readonly HashSet<LimitKind> _told = [];
    private readonly CancellationTokenSource _ended = new();
    private Thread? _thread;
    private LimitMemory _memory;
    private double _overSince = double.NaN;
    private double _forceNewtons = double.NaN;
    private double _beat;
    private string? _dump;

    public LimitGuard(LimitWatcher watcher) => _watcher = watcher;

    /// <summary>Why the press is to be dumped; null while it is not.</summary>
    public string? DumpReason
    {
        get
        {
            lock (_gate) return _dump;
        }
    }

    /// <summary>Watches from a thread of its own, with its own way to the press.</summary>
    public void Watch(IPress press, TimeProvider time, long started, double startSeconds)
    {
        _thread = new Thread(() => Run(press, time, started, startSeconds)) { Name = "isobar limits", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Takes a reading; gives what the executor is to be told about it, each limit once as long as it is exceeded.</summary>
    public ImmutableArray<ExecutorEvent> Saw(in LimitReading reading)
    {
        lock (_gate)
        {
            _beat = reading.TimeSeconds;
            if (double.IsFinite(reading.ForceNewtons)) _forceNewtons = reading.ForceNewtons;
            (ImmutableArray<LimitTrip> trips, _memory) = _watcher.Judge(reading, _memory);
            var inputs = ImmutableArray.CreateBuilder<ExecutorEvent>();
            foreach (LimitTrip trip in trips)
            {
                if (_told.Add(trip.Kind) && trip.Input(reading.TimeSeconds) is { } input) inputs.Add(input);
            }

            // A limit that only holds may trip again after it was kept once; what ends a run is said once.
            _told.RemoveWhere(kind => kind == LimitKind.ForceRate && trips.All(trip => trip.Kind != kind));
            return inputs.ToImmutable();
        }
    }

    /// <summary>Looks at the level that was read last, whoever is in charge.</summary>
    public void Look(double timeSeconds, bool ofLoop)
    {
        lock (_gate)
        {
            bool over = _watcher.Trips(_forceNewtons);
            if (!over) _overSince = double.NaN;
            else if (double.IsNaN(_overSince)) _overSince = timeSeconds;
            if (timeSeconds - _overSince > OverLimitSeconds) _dump ??= "the force stays above the limit";
            else if (!ofLoop && timeSeconds - _beat > StandstillSeconds) _dump ??= "the control loop stands still";
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _thread?.Join();
        _ended.Dispose();
    }

    private void Run(IPress press, TimeProvider time, long started, double startSeconds)
    {
        while (!_ended.Token.WaitHandle.WaitOne(Interval))
        {
            Look(startSeconds + time.GetElapsedTime(started).TotalSeconds, ofLoop: false);
            if (DumpReason is null) continue;
            try
            {
                press.DumpAsync(_ended.Token).AsTask().GetAwaiter().GetResult();
            }
            catch (Exception exception) when (exception is PressException or OperationCanceledException)
            {
                // The loop says what the link says; here it is tried again until the run is over.
            }
        }
    }
}
