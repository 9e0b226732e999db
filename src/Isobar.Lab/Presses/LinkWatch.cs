using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>Tells fresh readings from stale, frozen and missing ones, and a device that takes what it is told from one that only answers.</summary>
/// <param name="frozenIsBroken">Whether a force that stands still while the set-point moves is a broken sensor.</param>
/// <param name="startSeconds">When the watch begins, s.</param>
internal sealed class LinkWatch(bool frozenIsBroken, double startSeconds = 0)
{
    // A force in contact that does not change by one bit while the set-point moves by this share (and 100 N) is a broken sensor, not a quiet
    // one. Without contact a coarse reading may well stand still at zero.
    private const double FrozenShare = 0.02;
    private const double FrozenNewtons = 100;
    private const double FrozenSeconds = 1;

    // A device may scan more slowly than the loop writes; beyond this, and after as many heartbeats as make a reading stale, it does not hear us.
    private const double DeafSeconds = 0.25;

    private long _sequence = -1;
    private int _sameSequence;
    private double _lastFreshSeconds = startSeconds;
    private string? _message;
    private double _frozenForce = double.NaN;
    private double _frozenSince;
    private double _frozenSetpoint;
    private bool _frozen;
    private int _unheard;
    private bool _deaf;

    /// <summary>How long there was no fresh reading when the last one came, s; zero for readings that follow each other.</summary>
    public double OutageSeconds { get; private set; }

    /// <summary>The device's answers to our heartbeat; null for a device that gives none.</summary>
    public HeartbeatWatch? Echo { get; private set; }

    /// <summary>A heartbeat went out.</summary>
    public void Wrote() => _unheard++;

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
        HearEcho(sample.Echo, timeSeconds);
        if (_deaf) return SampleQuality.Uncertain;
        return _sameSequence >= StalePolicy.UncertainTicks ? SampleQuality.Uncertain : sample.Quality;
    }

    /// <summary>What is wrong with the sensor, in words; null when nothing is.</summary>
    public string? Broken => _frozen ? $"the force reading stands still at {new Force(_frozenForce)} while the set-point moves" : null;

    /// <summary>What is known of a link that gave nothing for so long that the run is suspended; null before.</summary>
    public string? Silence(double timeSeconds)
    {
        if (_deaf && Echo is { } echo && echo.IsSilent(timeSeconds, StalePolicy.SuspendSeconds))
            return $"the device has not echoed our heartbeat for {new Duration(timeSeconds - echo.BeatSeconds)}: it answers, but does not take what it is told";
        double silent = timeSeconds - _lastFreshSeconds;
        if (silent <= StalePolicy.SuspendSeconds) return null;
        string lost = $"no fresh reading for {new Duration(silent)}";
        return _message is null ? lost : $"{lost}: {_message}";
    }

    private void HearEcho(HeartbeatEcho? heard, double timeSeconds)
    {
        if (heard is not { } echo) return;
        HeartbeatWatch before = Echo ?? HeartbeatWatch.Start(timeSeconds, echo.Counter);
        HeartbeatWatch now = before.Hear(timeSeconds, echo.Counter, echo.Bits);
        if (now.Beats != before.Beats) _unheard = 0;
        Echo = now;
        _deaf = _unheard > StalePolicy.UncertainTicks && now.IsSilent(timeSeconds, DeafSeconds);
    }
}
