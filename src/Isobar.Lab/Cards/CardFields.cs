using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Lab.Cards;

/// <summary>From where a value of a card is.</summary>
public enum CardSource
{
    /// <summary>It was measured.</summary>
    Measured,

    /// <summary>It was chosen, or stated without a measurement.</summary>
    Set,

    /// <summary>It follows from others.</summary>
    Calculated,

    /// <summary>Nobody wrote it down. That is allowed; leaving it out in silence is not.</summary>
    NotRecorded,
}

/// <summary>Something that only a person knows, written under <c>record:</c> in the cell file or in a record file.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Section">Part of the card.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Example">What may stand there.</param>
/// <param name="Source">From where the value is when it stands there.</param>
/// <param name="Dimension">What it is a quantity of; null for a text.</param>
/// <param name="IsCount">Whether it is a whole number.</param>
internal sealed record CardField(string Key, string Section, string Label, string Example, CardSource Source, Dimension? Dimension = null, bool IsCount = false);

/// <summary>All of them, and the parts of a card in order.</summary>
internal static class CardFields
{
    public const string Identity = "identity", Materials = "materials", Die = "die", Press = "press", Pressing = "pressing", Thickness = "thickness and density", Stack = "stack";
    public const string Electrochemistry = "electrochemistry", Cells = "cells of the study", Atmosphere = "atmosphere", Data = "data";

    /// <summary>Key under which lots stand, by material.</summary>
    public const string Lots = "lots";

    public static ImmutableArray<string> Sections { get; } = [Identity, Materials, Die, Press, Pressing, Thickness, Stack, Electrochemistry, Cells, Atmosphere, Data];

    public static ImmutableArray<CardField> All { get; } =
    [
        new("batch", Identity, "batch", "B7", CardSource.Set),
        new("operator", Identity, "operator", "anna", CardSource.Set),
        new("lubricant", Die, "lubricant", "none", CardSource.Set),
        new("press_serial", Press, "serial number", "P-0117", CardSource.Set),
        new("press_calibrated", Press, "calibrated", "2026-03-01, class 1, certificate 4711", CardSource.Set),
        new("thickness_method", Thickness, "method", "micrometer over the punches", CardSource.Set),
        new("pressure_after_rest", Stack, "pressure after rest", "18.2 MPa ± 0.5 MPa", CardSource.Measured, SamplePressure.Dimension),
        new("pressure_cycling_low", Stack, "lowest pressure over cycling", "17 MPa", CardSource.Measured, SamplePressure.Dimension),
        new("pressure_cycling_high", Stack, "highest pressure over cycling", "21 MPa", CardSource.Measured, SamplePressure.Dimension),
        new("sensor_position", Stack, "position of the pressure sensor", "load cell in line with the lower punch", CardSource.Set),
        new("rest", Electrochemistry, "rest before measuring", "2 h", CardSource.Set, Duration.Dimension),
        new("ocv_after_rest", Electrochemistry, "open-circuit voltage after rest", "2.61 V", CardSource.Measured, Voltage.Dimension),
        new("eis_amplitude", Electrochemistry, "amplitude of the impedance", "10 mV", CardSource.Set, Voltage.Dimension),
        new("circuit", Electrochemistry, "circuit", "R-(R|CPE)-CPE, isobar fit", CardSource.Set),
        new("cells_made", Cells, "cells made", "8", CardSource.Set, IsCount: true),
        new("cells_failed", Cells, "cells failed", "1", CardSource.Set, IsCount: true),
        new("failures", Cells, "why they failed", "short circuit before the first charge", CardSource.Set),
        new("cells_reported", Cells, "cells reported", "7", CardSource.Set, IsCount: true),
        new("exclusion_rule", Cells, "exclusion rule", "open-circuit voltage below 2.5 V, stated before", CardSource.Set),
        new("dew_point", Atmosphere, "dew point", "-60 degC", CardSource.Measured, Temperature.Dimension),
        new("oxygen", Atmosphere, "oxygen", "0.3 ppm", CardSource.Measured),
        new("water", Atmosphere, "water", "0.1 ppm", CardSource.Measured),
    ];
}
