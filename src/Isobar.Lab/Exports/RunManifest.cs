using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Exports;

/// <summary>
/// Everything of a run but its trace, as JSON: <c>{"isobar": "run/1", "sha256": ..., "run": {...}}</c> with the digest over the text of <c>run</c>. With the trace it is the
/// whole record, so that an export can be read back.
/// </summary>
internal sealed record RunManifest(RunSummary Summary, Protocol Protocol, string RecordDigest, int Samples, ImmutableArray<RunEvent> Events, string ProtocolText, string? CellText, string? PlanJson)
{
    public const string Format = "run/1";

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const int LongestId = 64;

    private static readonly JsonWriterOptions s_writing = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static RunManifest Of(StoredRun run) => new(
        run.Summary, run.Record.Protocol, RunDigest.Of(run.Record), run.Record.Samples.Length, run.Record.Events, run.ProtocolText, run.CellText, run.PlanJson);

    /// <summary>Writes it as the next value of a document.</summary>
    public void Write(Utf8JsonWriter json)
    {
        string body = Body();
        json.WriteStartObject();
        json.WriteString("isobar", Format);
        json.WriteString("sha256", Hash(Encoding.UTF8.GetBytes(body)));
        json.WritePropertyName("run");
        json.WriteRawValue(body);
        json.WriteEndObject();
    }

    /// <summary>As a document of its own.</summary>
    public byte[] ToBytes() => JsonBytes(Write);

    /// <summary>A JSON document, the same bytes for the same content.</summary>
    public static byte[] JsonBytes(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_writing)) write(json);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Reads it and checks its digest.</summary>
    public static RunManifest Read(JsonElement json, string path)
    {
        try
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("isobar", out JsonElement format)) throw Wrong(path, "the description of the run is missing", "a file that isobar export wrote");
            if (format.GetString() is not Format) throw Wrong(path, $"the description is of the form '{format.GetString()}'", $"'{Format}'", "use the version of Isobar that wrote it, or a newer one");
            JsonElement run = json.GetProperty("run");
            if (!string.Equals(json.GetProperty("sha256").GetString(), Hash(Encoding.UTF8.GetBytes(run.GetRawText())), StringComparison.Ordinal))
                throw Wrong(path, "the description of the run is not as it was written", "the text that its SHA-256 belongs to");
            return ReadBody(run, path);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or InvalidDataException)
        {
            throw Wrong(path, $"the description of the run cannot be read: {fault.Message}", "a file that isobar export wrote", cause: fault);
        }
    }

    /// <summary>Puts manifest and trace together, when they belong together.</summary>
    public ImportedRun With(ImmutableArray<TraceSample> samples, string path)
    {
        if (samples.Length != Samples) throw Wrong(path, $"the trace has {samples.Length} samples", $"{Samples}, as its description says");
        var record = new RunRecord(Protocol, Summary.Outcome, samples, Events);
        string digest = RunDigest.Of(record);
        if (!string.Equals(digest, RecordDigest, StringComparison.Ordinal)) throw Wrong(path, "the record is not as it was written: its digest is another", $"the digest {RecordDigest}");
        return new ImportedRun(new StoredRun(Summary, record, ProtocolText, CellText, PlanJson, []), []);
    }

    public static IsobarFileException Wrong(string path, string found, string expected, string next = "take the file from where it was exported, unchanged", Exception? cause = null) =>
        new(path, 1, 1, "", found, expected, next, cause);

    private string Body()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_writing with { Indented = false }))
        {
            json.WriteStartObject();
            json.WriteString("id", Summary.Id);
            json.WriteString("name", Summary.Name);
            if (Summary.Goal is { } goal) json.WriteString("goal", goal);
            json.WriteString("press", Summary.Press);
            json.WriteString("started", Summary.Started.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture));
            json.WriteString("outcome", Summary.Outcome.ToString());
            json.WriteString("record_sha256", RecordDigest);
            json.WriteNumber("samples", Samples);
            json.WritePropertyName("protocol");
            json.WriteRawValue(ProtocolJson.Write(Protocol));
            json.WriteString("protocol_text", ProtocolText);
            if (CellText is not null) json.WriteString("cell_text", CellText);
            if (PlanJson is not null) json.WriteString("plan_json", PlanJson);
            json.WriteStartArray("events");
            foreach (RunEvent happened in Events) json.WriteRawValue(RunEncoding.Pack(happened));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static RunManifest ReadBody(JsonElement run, string path)
    {
        string id = run.GetProperty("id").GetString() ?? "";
        if (id.Length is 0 or > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) throw Wrong(path, $"'{id}' is not the id of a run", "letters and digits");
        if (!Enum.TryParse(run.GetProperty("outcome").GetString(), out RunOutcome outcome) || outcome == RunOutcome.Running || !Enum.IsDefined(outcome)) throw Wrong(path, $"'{run.GetProperty("outcome").GetString()}' is not how a run ends", "completed, stopped, aborted or interrupted");
        var started = DateTimeOffset.ParseExact(run.GetProperty("started").GetString()!, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        string digest = run.GetProperty("record_sha256").GetString()!;
        string? Maybe(string name) => run.TryGetProperty(name, out JsonElement found) ? found.GetString() : null;
        var summary = new RunSummary(id, run.GetProperty("name").GetString()!, Maybe("goal"), run.GetProperty("press").GetString()!, started, outcome, outcome == RunOutcome.Interrupted ? null : digest);
        byte[] events = Encoding.UTF8.GetBytes(run.GetProperty("events").GetRawText());
        return new RunManifest(
            summary, ProtocolJson.Read(run.GetProperty("protocol")), digest, run.GetProperty("samples").GetInt32(), [.. RunEncoding.UnpackEvents(events)], run.GetProperty("protocol_text").GetString()!,
            Maybe("cell_text"), Maybe("plan_json"));
    }
}
