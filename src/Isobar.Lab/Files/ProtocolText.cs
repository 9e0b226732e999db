using System.Globalization;
using System.Text;
using Isobar.Protocols;

namespace Isobar.Lab.Files;

/// <summary>Writes a protocol as text: one line per step, comments for people, units always, the same text for the same protocol.</summary>
internal static class ProtocolText
{
    public static string Write(Protocol protocol)
    {
        StringBuilder text = new();
        text.Append("# What is to be done with one cell. Pressures are nominal sample pressures: force over die area.\n");
        text.Append("# This file may be edited; units are needed, and no step may exceed the limit.\n");
        Line(text, "isobar", ProtocolFile.Format);
        Line(text, "name", ExactText.Quoted(protocol.Name));
        Line(text, "die_diameter", ExactText.Of(protocol.Diameter), "the pressures are meant for this die");
        Line(text, "limit", ExactText.Of(protocol.Limit), "above this the run stops and releases");
        Line(text, "release_rate", ExactText.Of(protocol.ReleaseRate), "on every way out of a run");
        if (protocol.TemperatureLimit is { } hottest) Line(text, "temperature_limit", ExactText.Of(hottest), "above this the run stops, releases and stops heating");
        text.Append("steps:\n");
        CycleText.Write(text, protocol.Steps, "  ", Of);
        return text.ToString();
    }

    private static string Of(Step step) => step switch
    {
        ApproachStep s => Entry("approach", s, ("contact", ExactText.Of(s.Contact)), ("rate", ExactText.Of(s.Rate)), ("timeout", ExactText.Of(s.Timeout))),
        RampStep s => Entry("ramp", s, ("kind", Word(s.Kind)), ("target", ExactText.Of(s.Target)), ("rate", ExactText.Of(s.Rate))),
        HoldStep s => Entry(
            "hold", s, ("kind", Word(s.Kind)), ("target", ExactText.Of(s.Target)), ("band", ExactText.Of(s.Band)), ("minimum", ExactText.Of(s.Minimum)),
            ("maximum", ExactText.Of(s.Maximum)), ("settle_rate_per_minute", s.SettleRate is { } settle ? ExactText.Of(settle) : null),
            ("settle_pressure_rate", s.SettlePressureRate is { } quiet ? ExactText.Of(quiet) : null)),
        HoldPositionStep s => Entry(
            "hold_position", s, ("kind", Word(s.Kind)), ("lowest", ExactText.Of(s.Lowest)), ("highest", ExactText.Of(s.Highest)), ("rate", ExactText.Of(s.Rate)),
            ("minimum", ExactText.Of(s.Minimum)), ("maximum", ExactText.Of(s.Maximum)), ("settle_pressure_rate", s.SettleRate is { } settle ? ExactText.Of(settle) : null)),
        DensifyStep s => Entry(
            "densify", s, ("kind", Word(s.Kind)), ("density", ExactText.Of(s.Density)), ("solid_thickness", ExactText.Of(s.SolidThickness)),
            ("highest", ExactText.Of(s.Highest)), ("rate", ExactText.Of(s.Rate))),
        AdaptiveStep s => Entry(
            "adaptive", s, ("kind", Word(s.Kind)), ("start", ExactText.Of(s.Start)), ("increment", ExactText.Of(s.Increment)), ("highest", ExactText.Of(s.Highest)),
            ("rate", ExactText.Of(s.Rate)), ("band", ExactText.Of(s.Band)), ("dwell", ExactText.Of(s.Dwell)), ("stop_below", ExactText.Of(s.StopBelow)),
            ("most_rounds", s.MostRounds.ToString(CultureInfo.InvariantCulture)), ("timeout", ExactText.Of(s.Timeout))),
        HeatStep s => Entry("heat", s, ("target", ExactText.Of(s.Target)), ("rate", ExactText.Of(s.Rate)), ("band", ExactText.Of(s.Band)), ("timeout", ExactText.Of(s.Timeout))),
        SoakStep s => Entry("soak", s, ("target", ExactText.Of(s.Target)), ("band", ExactText.Of(s.Band)), ("minimum", ExactText.Of(s.Minimum)), ("maximum", ExactText.Of(s.Maximum))),
        MeasureStep s => Entry("measure", s, ("quantities", Words(s.Quantities)), ("timeout", ExactText.Of(s.Timeout))),
        PromptStep s => Entry("prompt", s, ("text", ExactText.Quoted(s.Text)), ("adds", s.Adds is { } adds ? ExactText.Quoted(adds) : null)),
        ReleaseStep s => Entry("release", s, ("target", ExactText.Of(s.Target)), ("rate", ExactText.Of(s.Rate)), ("gap", s.Gap is { } gap ? ExactText.Of(gap) : null)),
        _ => throw new ArgumentException($"a step of type {step.GetType().Name} has no text", nameof(step)),
    };

    private static string Entry(string type, Step step, params ReadOnlySpan<(string Key, string? Value)> settings)
    {
        StringBuilder text = new();
        text.Append(type).Append(": {name: ").Append(ExactText.Quoted(step.Name));
        foreach ((string key, string? value) in settings)
        {
            if (value is not null) text.Append(", ").Append(key).Append(": ").Append(value);
        }

        if (step.Guard is { } guard) text.Append(", guard: ").Append(GuardText.Write(guard));
        return text.Append('}').ToString();
    }

    private static string Word(PressureKind kind) => StepText.Kinds.First(pair => pair.Value == kind).Word;

    private static string Words(MeasuredQuantities quantities)
    {
        if (quantities == MeasuredQuantities.None) throw new ArgumentException("a measurement of nothing has no text; take the step out of the protocol", nameof(quantities));
        return "[" + string.Join(", ", StepText.Measurements.Where(pair => quantities.HasFlag(pair.Value)).Select(pair => pair.Word)) + "]";
    }

    private static void Line(StringBuilder text, string key, string value, string? comment = null)
    {
        text.Append(key).Append(": ").Append(value);
        if (comment is not null) text.Append("   # ").Append(comment);
        text.Append('\n');
    }
}
