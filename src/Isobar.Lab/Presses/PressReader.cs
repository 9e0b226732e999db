using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>
/// Reads the press of a run: turns what it indicates into the force on the sample, and holds it against limits, link and lease. What the executor must
/// know besides goes into the inbox.
/// </summary>
internal sealed class PressReader : IDisposable
{
    private readonly IPress _press;
    private readonly ForceChain _force;
    private readonly LinkWatch _link;
    private readonly LimitGuard _limits;
    private readonly Queue<ExecutorEvent> _inbox;
    private readonly double _area;
    private bool _leaseTold;

    public PressReader(IPress press, Protocol protocol, RunTerms terms, double startSeconds, Queue<ExecutorEvent> inbox)
    {
        _press = press;
        _force = terms.Force;
        _link = new LinkWatch(press.FollowsByItself, startSeconds);
        _inbox = inbox;
        Area area = Die.AreaOf(protocol.Diameter);
        _area = area.SquareMetres;
        Limit = new Force(Math.Min(protocol.Limit.Pascals * _area, press.Limits.Force?.Newtons ?? double.PositiveInfinity));
        _limits = new LimitGuard(new LimitWatcher(Limit, area)
        {
            Travel = press.Limits.Travel,
            Hottest = press.Limits.Hottest ?? protocol.TemperatureLimit,
        });
    }

    /// <summary>The least of all limits of the force.</summary>
    public Force Limit { get; }

    /// <summary>Why the press is to be dumped; null while it is not.</summary>
    public string? DumpReason => _limits.DumpReason;

    /// <summary>Last sample of a reading that was one.</summary>
    public TraceSample Last { get; private set; }

    /// <summary>Present thickness, m; NaN when the press cannot tell.</summary>
    public double ThicknessMetres { get; private set; } = double.NaN;

    /// <summary>After an outage the press may have released by itself; until a person resumes it is not asked for more than this, Pa.</summary>
    public double CeilingPa { get; private set; } = double.PositiveInfinity;

    /// <summary>The device's answers to our heartbeat.</summary>
    public HeartbeatWatch? Echo => _link.Echo;

    /// <summary>Watches the limits from a thread of their own as well.</summary>
    public void Watch(TimeProvider time, long started, double startSeconds) => _limits.Watch(_press, time, started, startSeconds);

    /// <summary>A heartbeat went out.</summary>
    public void Wrote() => _link.Wrote();

    /// <summary>The link failed.</summary>
    public void Failed(string message) => _link.Failed(message);

    /// <summary>A person has resumed: what the outage took may be asked for again.</summary>
    public void LiftCeiling() => CeilingPa = double.PositiveInfinity;

    /// <summary>Reads; gives what the executor is told of it, and the sample where the reading is a good one.</summary>
    public (ExecutorEvent Tick, TraceSample? Sample) Read(double timeSeconds, in ExecutorState state, bool stood)
    {
        PressSample sample = Ask();
        SampleQuality quality = _link.Judge(sample, state.SetpointPa * _area, timeSeconds);
        var indicated = new Force(sample.ForceNewtons);
        double newtons = _force.IsPlain ? sample.ForceNewtons : _force.Sample(indicated).Newtons;
        double pressurePa = newtons / _area;
        if (stood && quality == SampleQuality.Good) Cap(pressurePa);
        WatchLink(timeSeconds, state, pressurePa);
        foreach (ExecutorEvent tripped in _limits.Saw(new LimitReading(timeSeconds, _force.ForLimits(indicated).Newtons, sample.DisplacementMetres, sample.TemperatureKelvins))) _inbox.Enqueue(tripped);
        if (_press is IVirtualPress) _limits.Look(timeSeconds, ofLoop: true);
        WatchLease(timeSeconds);
        if (quality != SampleQuality.Bad)
        {
            ThicknessMetres = sample.ThicknessMetres;
            Last = new TraceSample(timeSeconds, state.StepIndex, state.SetpointPa, newtons, pressurePa, sample.DisplacementMetres);
        }

        return (ExecutorEvent.Tick(timeSeconds, pressurePa, sample.ThicknessMetres, quality, sample.DisplacementMetres, sample.TemperatureKelvins), quality == SampleQuality.Good ? Last : null);
    }

    public void Dispose() => _limits.Dispose();

    private void WatchLink(double timeSeconds, in ExecutorState state, double pressurePa)
    {
        if (_link.OutageSeconds > StalePolicy.SuspendSeconds)
        {
            Cap(pressurePa);
            if (!state.IsLeaving && !state.IsAtRest) _inbox.Enqueue(ExecutorEvent.Suspend(timeSeconds, $"no fresh reading for {new Duration(_link.OutageSeconds)}"));
        }

        if (_link.Broken is { } broken && !state.IsLeaving) _inbox.Enqueue(ExecutorEvent.Fault(timeSeconds, broken));
        if (_link.Silence(timeSeconds) is { } silence && !state.IsLeaving && !state.IsAtRest) _inbox.Enqueue(ExecutorEvent.Suspend(timeSeconds, silence));
    }

    private void WatchLease(double timeSeconds)
    {
        if (_leaseTold || _press is not LeasedPress { Lease.Lost: { } lost }) return;
        _leaseTold = true;
        _inbox.Enqueue(ExecutorEvent.Fault(timeSeconds, lost));
    }

    private void Cap(double pressurePa) => CeilingPa = Math.Min(CeilingPa, Math.Max(0, pressurePa));

    // The loop waits for the press on its own thread.
    private PressSample Ask()
    {
        try
        {
            ValueTask<PressSample> asked = _press.ReadAsync(CancellationToken.None);
            return asked.IsCompletedSuccessfully ? asked.Result : asked.AsTask().GetAwaiter().GetResult();
        }
        catch (PressException exception)
        {
            _link.Failed(exception.Message);
            return new PressSample(0, double.NaN, double.NaN, double.NaN, SampleQuality.Bad);
        }
    }
}
