using Isobar.Cells;
using Isobar.Lab.Presses.Serial;
using Isobar.Protocols;

namespace Isobar.Lab.Presses;

/// <summary>A press as its laboratory describes it in a press file.</summary>
/// <param name="Instrument">Capacity, gauge class, resolution, calibrated range.</param>
public abstract record PressDescription(PressInstrument Instrument)
{
    /// <summary>Which press it is, whatever it is called: two files of one press are one press.</summary>
    public abstract string Identity { get; }

    /// <summary>What STOP does on it.</summary>
    public StopPolicy Stop { get; init; }
}

/// <summary>A press that a person pumps.</summary>
/// <param name="Instrument">Capacity, gauge class, resolution, calibrated range.</param>
/// <param name="Indicator">Load cell that reads the force; null when a person types what the gauge shows.</param>
public sealed record HandPressDescription(PressInstrument Instrument, IndicatorProfile? Indicator = null) : PressDescription(Instrument)
{
    /// <inheritdoc/>
    public override string Identity => Indicator is { } indicator ? $"indicator {indicator.Serial.Port}" : $"hand press '{Instrument.Name}'";
}
