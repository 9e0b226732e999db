using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Isobar.Lab.Cards;
using Isobar.Lab.Store;

namespace Isobar.Lab.Exports;

/// <summary>The metadata of an .eln archive: a flat RO-Crate 1.1 with one data set, its files and what was set and measured.</summary>
internal static class ElnMetadata
{
    private const string Crate = "https://w3id.org/ro/crate/1.1";
    private const string RunId = "./" + ElnArchive.RunFolder;

    private static readonly (string Ending, string Type)[] s_types =
    [
        (".csv", "text/csv"), (".json", "application/json"), (".parquet", "application/vnd.apache.parquet"), (".yaml", "application/yaml"), (".html", "text/html"), (".md", "text/markdown"),
    ];

    public static byte[] Write(StoredRun run, ReportCard card, ImmutableArray<ExportFile> files) => RunManifest.JsonBytes(json =>
    {
        string time = run.Summary.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        CardEntry[] numbers = [.. card.Entries.Where(entry => entry.Source != CardSource.NotRecorded)];
        json.WriteStartObject();
        json.WriteString("@context", Crate + "/context");
        json.WriteStartArray("@graph");

        Begin(json, ElnArchive.MetadataName, "CreativeWork");
        Reference(json, "about", "./");
        Reference(json, "conformsTo", Crate);
        json.WriteString("dateCreated", time);
        json.WriteString("version", "1.0");
        Reference(json, "sdPublisher", "#isobar");
        json.WriteEndObject();

        Begin(json, "./", "Dataset");
        json.WriteString("name", run.Summary.Name);
        json.WriteString("description", "A pressing run of a solid-state cell: achieved pressure, steps, events, report card.");
        json.WriteString("datePublished", time);
        json.WriteString("license", "not stated");
        References(json, "hasPart", [RunId]);
        json.WriteEndObject();

        Begin(json, RunId, "Dataset");
        json.WriteString("name", run.Summary.Name);
        json.WriteString("identifier", run.Summary.Id);
        json.WriteString("dateCreated", time);
        json.WriteString("dateModified", time);
        json.WriteString("keywords", "solid-state battery, pressing, pressure");
        json.WriteString("text", card.MethodsText);
        if (card.Entries.FirstOrDefault(entry => entry.Key == "operator") is { Source: not CardSource.NotRecorded }) Reference(json, "author", "#operator-person");
        References(json, "hasPart", files.Select(file => RunId + file.Name));
        References(json, "variableMeasured", numbers.Select(entry => "#" + entry.Key));
        json.WriteEndObject();

        foreach (ExportFile file in files) File(json, file);
        foreach (CardEntry entry in numbers) Property(json, entry);
        if (card.Entries.FirstOrDefault(entry => entry.Key == "operator") is { Source: not CardSource.NotRecorded } person)
        {
            Begin(json, "#operator-person", "Person");
            json.WriteString("name", person.Text);
            json.WriteEndObject();
        }

        Begin(json, "#isobar", "Organization");
        json.WriteString("name", "Isobar");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void File(Utf8JsonWriter json, ExportFile file)
    {
        Begin(json, RunId + file.Name, "File");
        json.WriteString("name", file.Name);
        json.WriteString("encodingFormat", s_types.FirstOrDefault(type => file.Name.EndsWith(type.Ending, StringComparison.OrdinalIgnoreCase)).Type ?? "application/octet-stream");
        json.WriteString("contentSize", file.Bytes.Length.ToString(CultureInfo.InvariantCulture));
        json.WriteString("sha256", RunManifest.Hash(file.Bytes));
        json.WriteEndObject();
    }

    private static void Property(Utf8JsonWriter json, CardEntry entry)
    {
        Begin(json, "#" + entry.Key, "PropertyValue");
        json.WriteString("propertyID", entry.Key);
        json.WriteString("name", entry.Label);
        if (entry.Value is { } value && double.IsFinite(value)) json.WriteNumber("value", value);
        else json.WriteString("value", entry.Text);
        if (entry.Unit is not null) json.WriteString("unitText", entry.Unit);
        string spread = entry.StandardUncertainty is { } u ? $", standard uncertainty {u.ToString("G3", CultureInfo.InvariantCulture)}" : "";
        json.WriteString("description", CardWords.Of(entry.Source) + spread + (entry.Note is null ? "" : "; " + entry.Note));
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string id, string type)
    {
        json.WriteStartObject();
        json.WriteString("@id", id);
        json.WriteString("@type", type);
    }

    private static void Reference(Utf8JsonWriter json, string name, string id)
    {
        json.WriteStartObject(name);
        json.WriteString("@id", id);
        json.WriteEndObject();
    }

    private static void References(Utf8JsonWriter json, string name, IEnumerable<string> ids)
    {
        json.WriteStartArray(name);
        foreach (string id in ids)
        {
            json.WriteStartObject();
            json.WriteString("@id", id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
