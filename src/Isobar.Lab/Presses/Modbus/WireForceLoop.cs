using Isobar.Control;
using Isobar.Protocols;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>
/// The force loop of a press whose device has none: a set-point and the readings in, a ram speed out, once per tick. Without a fresh reading for three
/// ticks the ram stands still, which is where the executor's own rules for stale readings begin.
/// </summary>
internal sealed class WireForceLoop
{
    private readonly Func<double, double, double> _update;
    private double _force = double.NaN;
    private long _sequence = -1;
    private int _stale;

    public WireForceLoop(DriveParameters drive, double periodSeconds)
    {
        if (drive.SlowSpeed > 0) _update = new PumpController(drive, periodSeconds).Update;
        else _update = new ForceController(drive, periodSeconds).Update;
    }

    /// <summary>Takes what the press read.</summary>
    public void Saw(in PressSample sample)
    {
        bool fresh = sample.Quality == SampleQuality.Good && sample.Sequence != _sequence;
        _sequence = sample.Sequence;
        if (fresh) (_force, _stale) = (sample.ForceNewtons, -1);
    }

    /// <summary>Ram speed for the next tick, m/s.</summary>
    public double Next(double setpointNewtons)
    {
        _stale++;
        return _stale >= StalePolicy.UncertainTicks || !double.IsFinite(_force) ? 0 : _update(setpointNewtons, _force);
    }
}
