using Isobar.Lab.Presses.Serial;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Hand;

/// <summary>A press that a person pumps under a load cell: the set-point goes to the person, the force comes from the load cell.</summary>
/// <param name="description">The press.</param>
/// <param name="indicator">Opens its load cell.</param>
/// <param name="guide">Shows the person what is wanted.</param>
public sealed class SensedHandPress(HandPressDescription description, Func<AsciiIndicator> indicator, IHandGuide guide) : IPress
{
    private AsciiIndicator? _indicator;

    /// <inheritdoc/>
    public string Name => description.Instrument.Name;

    /// <inheritdoc/>
    public PressLimits Limits => new(description.Instrument.Capacity);

    /// <inheritdoc/>
    public bool FollowsByItself => false;

    /// <inheritdoc/>
    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        _indicator ??= indicator();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation)
    {
        guide.Show(setpoint, new Force(Connected().Last.ForceNewtons));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<PressSample> ReadAsync(CancellationToken cancellation)
    {
        AsciiIndicator connected = Connected();
        IndicatorReading last = connected.Last;
        if (connected.Failure is { } failure) throw new PressException($"{Name}: {failure}");
        return ValueTask.FromResult(new PressSample(last.Sequence, last.ForceNewtons, double.NaN, double.NaN, last.Sequence > 0 ? SampleQuality.Good : SampleQuality.Bad));
    }

    /// <inheritdoc/>
    public ValueTask DumpAsync(CancellationToken cancellation)
    {
        guide.Release("open the valve now");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _indicator?.DisposeAsync() ?? ValueTask.CompletedTask;

    private AsciiIndicator Connected() => _indicator ?? throw new PressException($"{Name} is not connected");
}
