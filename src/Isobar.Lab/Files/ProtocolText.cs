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
        text.Append("steps:\n");
        foreach (Step step in protocol.Steps) text.Append("  - ").Append(Of(step)).Append('\n');
        return text.ToString();
    }

    private static string Of(Step step) => step switch
    {
        ApproachStep s => Entry("approach", s, ("contact", ExactText.Of(s.Contact)), ("rate", ExactText.Of(s.Rate)), ("timeout", ExactText.Of(s.Timeout))),
        RampStep s => Entry("ramp", s, ("kind", Word(s.Kind)), ("target", ExactText.Of(s.Target)), ("rate", ExactText.Of(s.Rate))),
        HoldStep s => Entry(
            "hold", s, ("kind", Word(s.Kind)), ("target", ExactText.Of(s.Target)), ("band", ExactText.Of(s.Band)), ("minimum", ExactText.Of(s.Minimum)),
            ("maximum", ExactText.Of(s.Maximum)), ("settle_rate_per_minute", s.SettleRate is { } settle ? ExactText.Of(settle) : null)),
        MeasureStep s => Entry("measure", s, ("quantities", Words(s.Quantities)), ("timeout", ExactText.Of(s.Timeout))),
        PromptStep s => Entry("prompt", s, ("text", ExactText.Quoted(s.Text)), ("adds", s.Adds is { } adds ? ExactText.Quoted(adds) : null)),
        ReleaseStep s => Entry("release", s, ("target", ExactText.Of(s.Target)), ("rate", ExactText.Of(s.Rate))),
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
