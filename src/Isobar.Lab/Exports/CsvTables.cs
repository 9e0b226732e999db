using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Exports;

/// <summary>
/// A run as tables: the trace, its steps with what was achieved, its events, and beside them one description of all three in the form of W3C CSVW with their digests. Trace
/// and description together are the whole record and are read back.
/// </summary>
internal static class CsvTables
{
    private const string Context = "http://www.w3.org/ns/csvw";
    private const string DescriptionEnding = "-metadata.json";

    public static ImmutableArray<ExportFile> Write(StoredRun run, string name)
    {
        ExportFile trace = new(name + ".csv", Trace(run.Record)), steps = new(name + "-steps.csv", StepTable.Write(run)), events = new(name + "-events.csv", Events(run.Record));
        byte[] description = RunManifest.JsonBytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("@context", Context);
            json.WriteString("dc:title", run.Summary.Name);
            json.WriteStartArray("tables");
            WriteTable(json, trace, "achieved trace", [.. TraceDescription()]);
            WriteTable(json, steps, "steps, asked for and achieved; made from the trace", StepTable.Columns);
            WriteTable(json, events, "events; a text that a spreadsheet would take for a formula has an apostrophe in front", s_events);
            json.WriteEndArray();
            json.WriteStartArray("notes");
            RunManifest.Of(run).Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });
        return [trace, steps, events, new ExportFile(name + ".csv" + DescriptionEnding, description)];
    }

    public static ImportedRun Read(byte[] bytes, string path)
    {
        string descriptionPath = path + DescriptionEnding;
        if (!File.Exists(descriptionPath)) throw RunManifest.Wrong(path, $"there is no '{Path.GetFileName(descriptionPath)}' beside it", "a table with the description that isobar export wrote with it", "put both into one folder; a Parquet file or an .eln archive is one file");
        RunManifest manifest;
        try
        {
            using JsonDocument json = JsonDocument.Parse(ImportBytes.Read(descriptionPath));
            CheckFiles(json.RootElement, bytes, path, descriptionPath);
            JsonElement notes = json.RootElement.GetProperty("notes");
            if (notes.GetArrayLength() != 1) throw RunManifest.Wrong(descriptionPath, $"there are {notes.GetArrayLength()} notes", "one, the description of the run");
            manifest = RunManifest.Read(notes[0], descriptionPath);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw RunManifest.Wrong(descriptionPath, $"the description cannot be read: {fault.Message}", "a file that isobar export wrote", cause: fault);
        }

        using var stream = new MemoryStream(bytes, writable: false);
        using var rows = new RowReader(stream, path);
        if (!rows.Heading.SequenceEqual(TraceColumns.Names, StringComparer.Ordinal))
            throw rows.HeadingError(0, $"the columns are {string.Join(", ", rows.Heading)}", string.Join(", ", TraceColumns.Names) + ", in these units", "take the file from where it was exported, unchanged");
        var samples = ImmutableArray.CreateBuilder<TraceSample>();
        var values = new double[TraceColumns.All.Length];
        while (rows.Next())
        {
            int at = 0;
            for (int column = 0; column < rows.Heading.Count; column++)
            {
                if (column == 1) continue;
                if (!CsvText.TryRead(rows.Field(column), out values[at])) throw rows.Error(column, $"'{rows.Field(column)}' is not a number", "a number", "take the file from where it was exported, unchanged");
                at++;
            }

            if (!int.TryParse(rows.Field(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int step)) throw rows.Error(1, $"'{rows.Field(1)}' is not the number of a step", "a whole number", "take the file from where it was exported, unchanged");
            samples.Add(TraceColumns.Sample(step, values));
        }

        return manifest.With(samples.ToImmutable(), path);
    }

    private static void CheckFiles(JsonElement description, byte[] trace, string path, string descriptionPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        bool named = false;
        foreach (JsonElement table in description.GetProperty("tables").EnumerateArray())
        {
            string name = table.GetProperty("url").GetString() ?? "";
            if (name.Length == 0 || name != Path.GetFileName(name) || name.AsSpan().IndexOfAny("/\\:") >= 0) throw RunManifest.Wrong(descriptionPath, $"'{name}' is not a file beside this one", "the name of a file in the same folder");
            bool self = string.Equals(name, Path.GetFileName(path), StringComparison.Ordinal);
            named |= self;
            string file = Path.Combine(folder, name);
            if (!self && !File.Exists(file)) throw RunManifest.Wrong(descriptionPath, $"the file '{name}' is missing", "all files of the export in one folder");
            byte[] content = self ? trace : ImportBytes.Read(file);
            if (!string.Equals(table.GetProperty("schema:sha256").GetString(), RunManifest.Hash(content), StringComparison.Ordinal)) throw RunManifest.Wrong(file, "the file is not as it was written: its SHA-256 is another", "the SHA-256 " + table.GetProperty("schema:sha256").GetString());
        }

        if (!named) throw RunManifest.Wrong(descriptionPath, $"'{Path.GetFileName(path)}' is not one of its tables", "the description of this table", "give both files the names that they were exported with");
    }

    private static byte[] Trace(RunRecord record)
    {
        var table = new CsvText();
        foreach (string name in TraceColumns.Names) table.Text(name);
        table.EndRow();
        foreach (TraceSample sample in record.Samples)
        {
            table.Number(TraceColumns.All[0].Of(sample)).Whole(sample.StepIndex);
            for (int i = 1; i < TraceColumns.All.Length; i++) table.Number(TraceColumns.All[i].Of(sample));
            table.EndRow();
        }

        return table.ToBytes();
    }

    private static readonly ImmutableArray<TableColumn> s_events =
    [
        new("time_s", "s", "time since the start of the run", "number"),
        new("event", "", "what happened", "string"),
        new("step", "", "step of the protocol, from 0; -1 outside a step", "integer"),
        new("text", "", "in words, or the data of a measurement in SI units", "string"),
    ];

    private static byte[] Events(RunRecord record)
    {
        var table = new CsvText();
        foreach (TableColumn column in s_events) table.Text(column.Name);
        table.EndRow();
        foreach (RunEvent happened in record.Events)
        {
            table.Number(happened.TimeSeconds).Text(happened.Kind.ToString()).Whole(happened.StepIndex).Text(happened.Text);
            table.EndRow();
        }

        return table.ToBytes();
    }

    private static IEnumerable<TableColumn> TraceDescription() => TraceColumns.Names.Select(name => name == TraceColumns.Step
        ? new TableColumn(name, "", TraceColumns.StepMeaning, "integer")
        : TraceColumns.All.Where(column => column.Name == name).Select(column => new TableColumn(name, column.Unit, column.Meaning, "number")).Single());

    private static void WriteTable(Utf8JsonWriter json, ExportFile file, string title, ImmutableArray<TableColumn> columns)
    {
        json.WriteStartObject();
        json.WriteString("url", file.Name);
        json.WriteString("dc:title", title);
        json.WriteString("schema:sha256", RunManifest.Hash(file.Bytes));
        json.WriteStartObject("tableSchema");
        json.WriteStartArray("columns");
        foreach (TableColumn column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("titles", column.Name);
            json.WriteString("datatype", column.Datatype);
            json.WriteString("dc:description", column.Meaning);
            if (column.Unit.Length > 0) json.WriteString("schema:unitText", column.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>A column of an exported table, as its description has it.</summary>
internal sealed record TableColumn(string Name, string Unit, string Meaning, string Datatype);
