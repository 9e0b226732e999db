using System.Text;
using Isobar.Lab.Exports;
using Isobar.Lab.Reports;

namespace Isobar.Lab.Cards;

/// <summary>A card as a document: one HTML page, Markdown or JSON.</summary>
public static class CardDocument
{
    /// <summary>A self-contained page.</summary>
    public static string Html(ReportCard card, string version)
    {
        var output = new StringWriter { NewLine = "\n" };
        var html = new MarkupWriter(output);
        html.Doctype();
        using (html.Open("html", ("lang", "en")))
        {
            using (html.Open("head"))
            {
                html.Empty("meta", ("charset", "utf-8"));
                html.Empty("meta", ("name", "viewport"), ("content", "width=device-width,initial-scale=1"));
                html.Element("title", "Card of " + card.Title);
                html.Style(ReportStyle.Sheet);
            }

            using MarkupWriter.Scope body = html.Open("body");
            using MarkupWriter.Scope main = html.Open("main");
            html.Element("p", "Report card", ("class", "kicker"));
            html.Element("h1", card.Title);
            html.Element("p", Answer(card), ("class", "answer"));
            if (card.Missing.Any())
            {
                using MarkupWriter.Scope section = ReportTable.Section(html, "missing", "Not recorded");
                ReportTable.Write(html, "", [new("what"), new("how to record it")], card.Missing.Select(entry => (ReportCell[])[entry.Label, entry.Note ?? ""]));
            }

            foreach (IGrouping<string, CardEntry> part in card.Entries.Where(entry => entry.Source != CardSource.NotRecorded).GroupBy(entry => entry.Section, StringComparer.Ordinal))
            {
                using MarkupWriter.Scope section = ReportTable.Section(html, part.Key.Replace(' ', '-'), ReportText.Capital(part.Key));
                ReportTable.Write(html, "", [new("what"), new("value"), new("source")], part.Select(entry => (ReportCell[])[entry.Label, entry.Note is null ? entry.Text : $"{entry.Text} ({entry.Note})", CardWords.Of(entry.Source)]));
            }

            using (ReportTable.Section(html, "methods", "For the methods section")) html.Element("p", card.MethodsText);
            foreach (string note in card.Notes) html.Element("p", note, ("class", "note"));
            html.Element("footer", $"Isobar {version}");
        }

        return output.ToString() + "\n";
    }

    /// <summary>Markdown.</summary>
    public static string Markdown(ReportCard card)
    {
        var text = new StringBuilder();
        text.Append("# Report card: ").Append(Plain(card.Title)).Append("\n\n").Append(Answer(card)).Append('\n');
        foreach (IGrouping<string, CardEntry> part in card.Entries.GroupBy(entry => entry.Section, StringComparer.Ordinal))
        {
            text.Append("\n## ").Append(ReportText.Capital(part.Key)).Append("\n\n| what | value | source |\n|---|---|---|\n");
            foreach (CardEntry entry in part)
            {
                string note = entry.Note is null || entry.Source == CardSource.NotRecorded ? "" : $" ({Plain(entry.Note)})";
                text.Append("| ").Append(Plain(entry.Label)).Append(" | ").Append(entry.Source == CardSource.NotRecorded ? "" : Plain(entry.Text) + note).Append(" | ").Append(CardWords.Of(entry.Source)).Append(" |\n");
            }
        }

        text.Append("\n## For the methods section\n\n").Append(Plain(card.MethodsText)).Append('\n');
        foreach (string note in card.Notes) text.Append('\n').Append(Plain(note)).Append('\n');
        return text.ToString();
    }

    /// <summary>JSON with stable names.</summary>
    public static byte[] Json(ReportCard card) => RunManifest.JsonBytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("title", card.Title);
        json.WriteNumber("recorded", card.Recorded);
        json.WriteNumber("of", card.Entries.Length);
        json.WriteStartArray("values");
        foreach (CardEntry entry in card.Entries)
        {
            json.WriteStartObject();
            json.WriteString("key", entry.Key);
            json.WriteString("section", entry.Section);
            json.WriteString("label", entry.Label);
            json.WriteString("source", CardWords.Of(entry.Source));
            json.WriteString("text", entry.Text);
            if (entry.Value is { } value && double.IsFinite(value)) json.WriteNumber("value", value);
            if (entry.StandardUncertainty is { } u && double.IsFinite(u)) json.WriteNumber("standardUncertainty", u);
            if (entry.Unit is not null) json.WriteString("unit", entry.Unit);
            if (entry.Note is not null) json.WriteString("note", entry.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("methodsText", card.MethodsText);
        json.WriteEndObject();
    });

    /// <summary>"41 of 58 values are recorded".</summary>
    public static string Answer(ReportCard card) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{card.Recorded} of {card.Entries.Length} values are recorded");

    // Characters that mean something in a table of Markdown, or begin a tag.
    private static string Plain(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
