using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>Tells fresh readings from stale, frozen and missing ones.</summary>
internal sealed class LinkWatch
{
    // Three ticks without a new reading: uncertain. Half a second: the run is left.
    private const int StaleTicks = 3;
    private const double LostSeconds = 0.5;

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

    public void Failed(string message) => _message = message;

    public SampleQuality Judge(PressSample sample, double setpointNewtons, double timeSeconds)
    {
        if (sample.Quality == SampleQuality.Bad || !double.IsFinite(sample.ForceNewtons)) return SampleQuality.Bad;
        _sameSequence = sample.Sequence == _sequence ? _sameSequence + 1 : 0;
        _sequence = sample.Sequence;
        if (_sameSequence == 0) _lastFreshSeconds = timeSeconds;
        if (!sample.ForceNewtons.Equals(_frozenForce))
        {
            _frozenForce = sample.ForceNewtons;
            _frozenSince = timeSeconds;
            _frozenSetpoint = setpointNewtons;
        }

        double moved = Math.Abs(setpointNewtons - _frozenSetpoint);
        _frozen = timeSeconds - _frozenSince > FrozenSeconds && Math.Abs(_frozenForce) > FrozenNewtons && moved > Math.Max(FrozenNewtons, FrozenShare * setpointNewtons);
        return _sameSequence >= StaleTicks ? SampleQuality.Uncertain : sample.Quality;
    }

    /// <summary>What is wrong with the link, in words; null when nothing is.</summary>
    public string? Failure(double timeSeconds)
    {
        if (_frozen) return $"the force reading stands still at {new Force(_frozenForce)} while the set-point moves";
        if (timeSeconds - _lastFreshSeconds <= LostSeconds) return null;
        string lost = $"no fresh reading for {new Duration(timeSeconds - _lastFreshSeconds)}";
        return _message is null ? lost : $"{lost}: {_message}";
    }
}
