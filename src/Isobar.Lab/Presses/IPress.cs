using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>One reading of a press, untared.</summary>
/// <param name="Sequence">Counter of the device; the same number twice is the same reading.</param>
/// <param name="ForceNewtons">Force on the sample, N.</param>
/// <param name="DisplacementMetres">Displacement since contact, m, positive when the sample gets thinner.</param>
/// <param name="ThicknessMetres">Thickness of the sample, m; NaN when the press cannot tell.</param>
/// <param name="Quality">How far the device trusts it.</param>
/// <param name="TemperatureKelvins">Temperature of the platens, K; NaN for a press without.</param>
public readonly record struct PressSample(
    long Sequence,
    double ForceNewtons,
    double DisplacementMetres,
    double ThicknessMetres,
    SampleQuality Quality,
    double TemperatureKelvins = double.NaN)
{
    /// <summary>Heartbeat that the device got last; null for a device that does not say.</summary>
    public HeartbeatEcho? Echo { get; init; }
}

/// <summary>A heartbeat as a device echoes it.</summary>
/// <param name="Counter">The counter.</param>
/// <param name="Bits">Its width, 16 or 32.</param>
public readonly record struct HeartbeatEcho(uint Counter, int Bits);

/// <summary>Limits of the press itself, watched beside those of the protocol; null for what it does not limit.</summary>
/// <param name="Force">Largest force; always aborts.</param>
/// <param name="Travel">Largest displacement, either way; stops.</param>
/// <param name="Hottest">Highest temperature of the platens; aborts.</param>
public sealed record PressLimits(Force? Force = null, Length? Travel = null, Temperature? Hottest = null);

/// <summary>
/// A press whose own device closes the force loop. Commands are absolute and idempotent, are never repeated by the driver on its own, and a
/// set-point always travels with the heartbeat that keeps the device's watchdog content.
/// </summary>
public interface IPress : IAsyncDisposable
{
    /// <summary>What the press is called.</summary>
    string Name { get; }

    /// <summary>Opens the link; nothing moves.</summary>
    /// <exception cref="PressException">The press cannot be reached or is not what it should be.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes ready to command, after connecting and before the first set-point; nothing moves. A press whose force loop the program closes proves
    /// here that its watchdog works.
    /// </summary>
    /// <exception cref="PressException">The press must not be commanded; the reason.</exception>
    ValueTask ArmAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Writes the absolute set-point and the heartbeat in one transaction.</summary>
    /// <exception cref="PressException">The link failed.</exception>
    ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation);

    /// <summary>Reads the press.</summary>
    /// <exception cref="PressException">The link failed.</exception>
    ValueTask<PressSample> ReadAsync(CancellationToken cancellation);

    /// <summary>Tells the device to take its pressure away by its own means.</summary>
    /// <exception cref="PressException">The link failed.</exception>
    ValueTask DumpAsync(CancellationToken cancellation);

    /// <summary>Limits of the press itself.</summary>
    PressLimits Limits => new();

    /// <summary>Whether a force that does not change by one bit while the set-point moves is a broken sensor. Not so where a person pumps.</summary>
    bool FollowsByItself => true;

    /// <summary>Writes the absolute set-point of the platens' temperature; null switches the heating off.</summary>
    /// <exception cref="PressException">The press does not heat, or the link failed.</exception>
    ValueTask HeatAsync(Temperature? target, CancellationToken cancellation) =>
        target is null ? ValueTask.CompletedTask : throw new PressException($"{Name} has no heating that could be commanded");

    /// <summary>Draws the punch back from the sample to a gap; the pressure is gone.</summary>
    /// <exception cref="PressException">The press cannot, or the link failed.</exception>
    ValueTask OpenAsync(Length gap, CancellationToken cancellation) => throw new PressException($"{Name} cannot be told to open by a gap");
}

/// <summary>A press that lives on simulated time: it moves only when it is told that time passes.</summary>
public interface IVirtualPress : IPress
{
    /// <summary>Puts those layers into the die that no prompt of the protocol adds.</summary>
    /// <exception cref="PressException">A prompt adds a layer that the press does not have.</exception>
    void Load(Protocol protocol);

    /// <summary>Lets simulated time pass.</summary>
    void Advance(Duration time);

    /// <summary>A person opens the die, puts the named layer in and closes it.</summary>
    void AddLayer(string name);
}

/// <summary>The press or its link failed.</summary>
public class PressException(string message, Exception? inner = null) : IOException(message, inner);
