using System.Text;

namespace Isobar.Lab.Cards;

/// <summary>The text for the methods section: sentences from what is recorded. What is not recorded is not written around; the card lists it.</summary>
internal static class MethodsText
{
    public static string Of(CardDraft card)
    {
        var text = new StringBuilder();
        Layers(text, card);
        if (Of(card, "die.diameter") is { } die) Sentence(text, $"They were pressed in a die of {die}{Said(card, "die.material", " ({0})")}{Said(card, "lubricant", ", lubricant {0}")}, on {Of(card, "press.model") ?? "a press"}{Said(card, "press.range", " of {0}")}{Said(card, "press.class", ", force to {0}")}{Said(card, "press_calibrated", ", calibrated {0}")}");
        for (int step = 1; card.Find($"press.step{step}.target") is { } target; step++) Pressing(text, card, $"press.step{step}", target);
        if (Of(card, "stack.device") is { } device)
        {
            string pressure = Of(card, "stack.pressure") is { } assembly ? $", {assembly} at assembly" : "";
            Sentence(text, $"The stack was held by a fixture ({device}{Said(card, "stack.stiffness", ", {0}")}){pressure}{Said(card, "pressure_after_rest", ", {0} after rest")}{Said(card, "stack.temperature", ", at {0}")}");
        }

        if (Of(card, "eis.settings") is { } sweep) Sentence(text, $"Impedance was measured at {sweep}{Said(card, "eis_amplitude", " with {0}")}{Said(card, "rest", " after {0} of rest")}; the areal resistance at the lowest frequency was {Of(card, "resistance")}{Said(card, "circuit", "; circuit {0}")}");
        if (Of(card, "ocv_after_rest") is { } voltage) Sentence(text, $"The open-circuit voltage after rest was {voltage}");
        if (Of(card, "cells_made") is { } made) Sentence(text, $"{made} cells were made{Said(card, "cells_failed", ", {0} failed")}{Said(card, "failures", " ({0})")}{Said(card, "cells_reported", ", {0} are reported")}{Said(card, "exclusion_rule", "; rule of exclusion: {0}")}");
        string[] atmosphere = [.. new[] { Said(card, "dew_point", "dew point {0}"), Said(card, "oxygen", "oxygen {0}"), Said(card, "water", "water {0}") }.Where(part => part.Length > 0)];
        if (atmosphere.Length > 0) Sentence(text, $"Atmosphere: {string.Join(", ", atmosphere)}");
        if (card.Find("data.sha256") is { } digest) Sentence(text, $"Raw data: run {Of(card, "data.run")!.Split(',')[0]}, SHA-256 {digest.Text} ({Of(card, "software")})");
        return text.ToString();
    }

    private static void Layers(StringBuilder text, CardDraft card)
    {
        List<string> layers = [];
        for (int layer = 1; card.Find($"layer{layer}.material") is { } material; layer++) layers.Add($"{material.Label} ({material.Text}; {Of(card, $"layer{layer}.mass")})");
        if (layers.Count > 0) Sentence(text, $"Cells were made of {string.Join(", ", layers)}");
    }

    private static void Pressing(StringBuilder text, CardDraft card, string key, CardEntry target)
    {
        string name = target.Label.Split(':')[0];
        string achieved = Of(card, key + ".achieved") is { } mean ? $", {mean} achieved ({Of(card, key + ".lowest")} to {Of(card, key + ".highest")})" : "";
        Sentence(text, $"{char.ToUpperInvariant(name[0])}{name[1..]}: {target.Text}{Said(card, key + ".ramp", " at {0}")}{achieved}{Said(card, key + ".dwell", " for {0}")}{Said(card, key + ".unload", ", released at {0}")}");
    }

    private static string? Of(CardDraft card, string key) => card.Find(key) is { Source: not CardSource.NotRecorded } entry ? entry.Text : null;

    private static string Said(CardDraft card, string key, string form) => Of(card, key) is { } value ? form.Replace("{0}", value, StringComparison.Ordinal) : "";

    private static void Sentence(StringBuilder text, string sentence)
    {
        if (text.Length > 0) text.Append(' ');
        text.Append(sentence).Append('.');
    }
}
