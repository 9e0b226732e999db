using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Isobar.Cells;
using Isobar.Lab.Cards;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Materials;
using Isobar.Protocols;

namespace Isobar.Lab.Exports;

/// <summary>
/// BattINFO records of a run: the test, the cell and its design, the data and the press. Pressing is no kind of test there, so the kind is "other" with the name of the protocol; pressures
/// are conditions, each a quantity with unit, spread and number of samples. Identifiers follow from the run and are the same at every export.
/// </summary>
internal static class BattInfoRecords
{
    private const string SchemaVersion = "0.1.0";
    private const string Site = "https://w3id.org/battinfo/";
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static ImmutableArray<ExportFile> Write(StoredRun run, RunEvidence evidence, CardRecord record, ExportFile data, string institution, string version, string name)
    {
        bool simulated = run.Summary.IsSimulated;
        return
        [
            new(name + "-test.json", RunManifest.JsonBytes(json => Test(json, run, evidence, record, simulated, version))),
            new(name + "-cell.json", RunManifest.JsonBytes(json => Cell(json, run, record))),
            new(name + "-cellspec.json", RunManifest.JsonBytes(json => Design(json, run, evidence.Cell, institution))),
            new(name + "-dataset.json", RunManifest.JsonBytes(json => Dataset(json, run, data, simulated))),
            new(name + "-equipment.json", RunManifest.JsonBytes(json => Equipment(json, run, evidence, record))),
        ];
    }

    /// <summary>An identifier in a part of the site: sixteen characters of Crockford's base 32, from a digest.</summary>
    public static string Iri(string part, string what)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"isobar {part} {what}"));
        var text = new StringBuilder(Site).Append(part).Append('/');
        for (int i = 0; i < 16; i++)
        {
            if (i is 4 or 8 or 12) text.Append('-');
            text.Append(Alphabet[digest[i] & 31]);
        }

        return text.ToString();
    }

    private static string TestIri(StoredRun run) => Iri("test", run.Summary.Id);

    private static string CellIri(StoredRun run) => Iri("cell", run.Summary.Id);

    // Cells of one cell file share their design.
    private static string DesignIri(StoredRun run) => Iri("spec", run.CellText ?? run.Summary.Name);

    private static string DataIri(StoredRun run) => Iri("dataset", run.Summary.Id);

    // One press has one identifier in all exports of a laboratory.
    private static string PressIri(StoredRun run, CardRecord record) => Iri("equipment", run.Summary.Press + " " + record.Find("press_serial")?.Text);

    private static void Test(Utf8JsonWriter json, StoredRun run, RunEvidence evidence, CardRecord record, bool simulated, string version)
    {
        json.WriteStartObject();
        json.WriteString("schema_version", SchemaVersion);
        json.WriteStartObject("test");
        json.WriteString("id", TestIri(run));
        json.WriteString("identifier", run.Summary.Id);
        json.WriteString("cell_id", CellIri(run));
        json.WriteString("name", run.Summary.Name);
        json.WriteString("description", "Pressing of a solid-state cell; the pressures are force over the area of the die.");
        json.WriteString("kind", "other");
        json.WriteString("status", run.Record.Outcome == RunOutcome.Completed ? "completed" : "aborted");
        json.WriteString("protocol_name", run.Record.Protocol.Name);
        json.WriteString("instrument_name", run.Summary.Press);
        json.WriteString("equipment_id", PressIri(run, record));
        json.WriteNumber("started_at", run.Summary.Started.ToUnixTimeSeconds());
        json.WriteNumber("ended_at", EndOf(run));
        json.WriteStartArray("dataset_ids");
        json.WriteStringValue(DataIri(run));
        json.WriteEndArray();
        Conditions(json, run.Record, evidence);
        Conformance(json, run.Record, evidence);
        json.WriteEndObject();
        json.WriteStartObject("provenance");
        json.WriteString("source_type", simulated ? "simulation" : "measurement");
        json.WriteNumber("retrieved_at", EndOf(run));
        json.WriteString("source_name", run.Summary.Press);
        json.WriteString("workflow_version", "Isobar " + version);
        json.WriteString("comment", "SHA-256 of the record: " + RunDigest.Of(run.Record));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The last hold of each kind of pressure; the trace holds all of them.
    private static void Conditions(Utf8JsonWriter json, RunRecord run, RunEvidence evidence)
    {
        json.WriteStartObject("conditions");
        foreach ((PressureKind kind, string prefix) in ((PressureKind, string)[])[(PressureKind.Fabrication, "fabrication"), (PressureKind.Attach, "attach"), (PressureKind.Stack, "stack")])
        {
            int last = -1;
            for (int i = 0; i < run.Protocol.Steps.Length; i++)
            {
                if (run.Protocol.Steps[i] is HoldStep hold && hold.Kind == kind && evidence.Metrics[i].Hold is not null) last = i;
            }

            if (last < 0 || evidence.Verdicts[last].Achieved is not { } achieved || evidence.Metrics[last] is not { Hold: { } found } metrics) continue;
            json.WriteStartObject(prefix + "_pressure");
            json.WriteNumber("value", achieved.Value.Pascals);
            json.WriteString("unit", "Pa");
            json.WriteNumber("standard_deviation", found.StandardDeviation.Value.Pascals);
            json.WriteNumber("sample_count", metrics.Record.Samples);
            json.WriteNumber("min_value", found.Lowest.Pascals);
            json.WriteNumber("max_value", found.Highest.Pascals);
            json.WriteString("co_type", "Measured");
            json.WriteEndObject();
            Quantity(json, prefix + "_pressure_set", ((HoldStep)run.Protocol.Steps[last]).Target.Pascals, "Pa", "Nominal");
            Quantity(json, prefix + "_dwell_time", evidence.Verdicts[last].Duration.Seconds, "s", "Measured");
        }

        if (evidence.Cell is { } cell) Quantity(json, "ambient_temperature", cell.Temperature.Kelvins, "K", "Nominal");
        json.WriteEndObject();
    }

    private static void Conformance(Utf8JsonWriter json, RunRecord run, RunEvidence evidence)
    {
        json.WriteStartObject("conformance");
        json.WriteString("status", evidence.Overall switch
        {
            StepJudgement.Passed => "conformant",
            StepJudgement.Failed => "non-conformant",
            _ => run.Outcome == RunOutcome.Completed ? "unknown" : "non-conformant",
        });
        json.WriteStartArray("deviations");
        foreach (StepVerdict verdict in evidence.Verdicts.Where(verdict => verdict.Judgement is StepJudgement.Failed or StepJudgement.NotDone))
        {
            json.WriteStartObject();
            json.WriteString("category", verdict.Judgement == StepJudgement.NotDone ? "premature_termination" : "out_of_tolerance");
            json.WriteString("description", $"{verdict.Name}: {verdict.Reason}");
            json.WriteNumber("step_index", verdict.StepIndex);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Cell(Utf8JsonWriter json, StoredRun run, CardRecord record)
    {
        json.WriteStartObject();
        json.WriteString("schema_version", SchemaVersion);
        json.WriteStartObject("cell_instance");
        json.WriteString("id", CellIri(run));
        json.WriteString("cell_spec_id", DesignIri(run));
        if (record.Find("batch") is { } batch) json.WriteString("batch_id", batch.Text);
        json.WriteNumber("manufactured_at", run.Summary.Started.ToUnixTimeSeconds());
        json.WriteEndObject();
        json.WriteStartObject("provenance");
        json.WriteString("source_type", "lab");
        json.WriteNumber("retrieved_at", EndOf(run));
        json.WriteEndObject();
        json.WriteStartArray("notes");
        json.WriteStringValue(run.Summary.Name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Formats of cells are those on the market; a cell pressed in a die is none of them.
    private static void Design(Utf8JsonWriter json, StoredRun run, Cell? cell, string institution)
    {
        json.WriteStartObject();
        json.WriteString("schema_version", SchemaVersion);
        json.WriteStartObject("cell_spec");
        json.WriteString("id", DesignIri(run));
        json.WriteString("name", run.Summary.Name);
        json.WriteString("model", run.Summary.Name);
        json.WriteStartObject("manufacturer");
        json.WriteString("name", institution);
        json.WriteEndObject();
        json.WriteString("product_type", "research");
        json.WriteString("cell_format", "other");
        json.WriteString("chemistry", "solid-state lithium");
        if (Basis(cell, LayerRole.CathodeComposite) is { } positive) json.WriteString("positive_electrode_basis", positive);
        if (Basis(cell, LayerRole.Anode) is { } negative) json.WriteString("negative_electrode_basis", negative);
        json.WriteEndObject();
        json.WriteStartObject("provenance");
        json.WriteString("source_type", "manual");
        json.WriteNumber("retrieved_at", EndOf(run));
        json.WriteEndObject();
        json.WriteStartArray("notes");
        json.WriteStringValue(run.CellText ?? "no cell file was kept with the run");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? Basis(Cell? cell, LayerRole role) => cell?.Layers.FirstOrDefault(layer => layer.Role == role) is not { } layer
        ? null
        : layer.Composition.FirstOrDefault(part => part.Material.Kind is MaterialKind.ActiveMaterial or MaterialKind.SoftMetal)?.Material.Name;

    private static void Dataset(Utf8JsonWriter json, StoredRun run, ExportFile data, bool simulated)
    {
        string hash = RunManifest.Hash(data.Bytes);
        json.WriteStartObject();
        json.WriteString("schema_version", SchemaVersion);
        json.WriteStartObject("dataset");
        json.WriteString("id", DataIri(run));
        json.WriteString("identifier", run.Summary.Id);
        json.WriteString("name", data.Name);
        json.WriteString("description", "Achieved pressure of a pressing run with set-point, force and displacement, in SI units.");
        json.WriteString("access_url", "urn:sha256:" + hash);
        json.WriteStartArray("about");
        json.WriteStringValue(CellIri(run));
        json.WriteStringValue(TestIri(run));
        json.WriteEndArray();
        json.WriteNumber("created_at", EndOf(run));
        json.WriteStartArray("distributions");
        json.WriteStartObject();
        json.WriteString("name", data.Name);
        json.WriteString("content_url", "urn:sha256:" + hash);
        json.WriteString("encoding_format", "application/vnd.apache.parquet");
        json.WriteString("content_size", data.Bytes.Length.ToString(CultureInfo.InvariantCulture));
        json.WriteStartObject("checksum");
        json.WriteString("algorithm", "sha256");
        json.WriteString("value", hash);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("provenance");
        json.WriteString("source_type", simulated ? "simulation" : "measurement");
        json.WriteNumber("retrieved_at", EndOf(run));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Equipment(Utf8JsonWriter json, StoredRun run, RunEvidence evidence, CardRecord record)
    {
        json.WriteStartObject();
        json.WriteString("schema_version", SchemaVersion);
        json.WriteStartObject("equipment");
        json.WriteString("id", PressIri(run, record));
        json.WriteString("equipment_spec_id", Iri("spec", run.Summary.Press));
        json.WriteString("name", run.Summary.Press);
        if (record.Find("press_serial") is { } serial) json.WriteString("serial_number", serial.Text);
        if (evidence.Cell is { } cell)
        {
            json.WriteStartObject("property");
            Quantity(json, "force_capacity", cell.Press.Capacity.Newtons, "N", "Rated");
            json.WriteEndObject();
        }

        if (record.Find("press_calibrated") is { } calibrated) json.WriteString("comment", "calibrated " + calibrated.Text);
        json.WriteEndObject();
        json.WriteStartObject("provenance");
        json.WriteString("source_type", "lab");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Quantity(Utf8JsonWriter json, string name, double value, string unit, string basis)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", value);
        json.WriteString("unit", unit);
        json.WriteString("co_type", basis);
        json.WriteEndObject();
    }

    private static long EndOf(StoredRun run) => run.Summary.Started.AddSeconds(run.Record.Samples.IsEmpty ? 0 : run.Record.Samples[^1].TimeSeconds).ToUnixTimeSeconds();
}
