using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>Tells fresh readings from stale, frozen and missing ones.</summary>
/// <param name="frozenIsBroken">Whether a force that stands still while the set-point moves is a broken sensor.</param>
internal sealed class LinkWatch(bool frozenIsBroken)
{
    // A force in contact that does not change by one bit while the set-point moves by this share (and 100 N) is a broken sensor, not a quiet
    // one. Without contact a coarse reading may well stand still at zero.
    private const double FrozenShare = 0.02;
    private const double FrozenNewtons = 100;
    private const double FrozenSeconds = 1;

    private long _sequence = -1;
    private int _sameSequence;
    private double _lastFreshSeconds;
    private string? _message;
    private double _frozenForce = double.NaN;
    private double _frozenSince;
    private double _frozenSetpoint;
    private bool _frozen;

    /// <summary>How long there was no fresh reading when the last one came, s; zero for readings that follow each other.</summary>
    public double OutageSeconds { get; private set; }

    public void Failed(string message) => _message = message;

    public SampleQuality Judge(PressSample sample, double setpointNewtons, double timeSeconds)
    {
        OutageSeconds = 0;
        if (sample.Quality == SampleQuality.Bad || !double.IsFinite(sample.ForceNewtons)) return SampleQuality.Bad;
        _sameSequence = sample.Sequence == _sequence ? _sameSequence + 1 : 0;
        _sequence = sample.Sequence;
        if (_sameSequence == 0)
        {
            OutageSeconds = timeSeconds - _lastFreshSeconds;
            _lastFreshSeconds = timeSeconds;
        }

        if (!sample.ForceNewtons.Equals(_frozenForce))
        {
            _frozenForce = sample.ForceNewtons;
            _frozenSince = timeSeconds;
            _frozenSetpoint = setpointNewtons;
        }

        double moved = Math.Abs(setpointNewtons - _frozenSetpoint);
        _frozen = frozenIsBroken && timeSeconds - _frozenSince > FrozenSeconds && Math.Abs(_frozenForce) > FrozenNewtons && moved > Math.Max(FrozenNewtons, FrozenShare * setpointNewtons);
        return _sameSequence >= StalePolicy.UncertainTicks ? SampleQuality.Uncertain : sample.Quality;
    }

    /// <summary>What is wrong with the sensor, in words; null when nothing is.</summary>
    public string? Broken => _frozen ? $"the force reading stands still at {new Force(_frozenForce)} while the set-point moves" : null;

    /// <summary>What is known of a link that gave nothing for so long that the run is suspended; null before.</summary>
    public string? Silence(double timeSeconds)
    {
        double silent = timeSeconds - _lastFreshSeconds;
        if (silent <= StalePolicy.SuspendSeconds) return null;
        string lost = $"no fresh reading for {new Duration(silent)}";
        return _message is null ? lost : $"{lost}: {_message}";
    }
}
