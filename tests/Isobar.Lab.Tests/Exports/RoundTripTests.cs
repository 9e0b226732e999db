using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Isobar.Cells;
using Isobar.Electrochemistry.Cycling;
using Isobar.Lab.Exports;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Lab.Tests.Exports;

/// <summary>What leaves the laboratory comes back as it was.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly ExportBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(ExportFormat.Csv, RunOutcome.Completed)]
    [InlineData(ExportFormat.Parquet, RunOutcome.Completed)]
    [InlineData(ExportFormat.Eln, RunOutcome.Completed)]
    [InlineData(ExportFormat.Csv, RunOutcome.Interrupted)]
    [InlineData(ExportFormat.Parquet, RunOutcome.Aborted)]
    public async Task An_export_read_back_is_the_same_record(ExportFormat format, RunOutcome outcome)
    {
        using var bench = new ExportBench(outcome);
        ImportedRun imported = await RunImport.ReadAsync(await bench.WriteAsync(format), Token);
        string other = bench.PathOf("other", "lab.db");
        Assert.Equal(bench.RunId, imported.Store(other));
        StoredRun before = bench.Stored(), after = bench.Stored(other);
        Assert.Equal(before.Summary, after.Summary);
        Assert.Equal(RunDigest.Of(before.Record), RunDigest.Of(after.Record));
        Assert.Equal(before.Record.Events, after.Record.Events);
        Assert.Equal(before.Record.Samples.Select(Bits), after.Record.Samples.Select(Bits));
        Assert.Equal((before.ProtocolText, before.CellText, before.PlanJson), (after.ProtocolText, after.CellText, after.PlanJson));
        using LabDatabase lab = LabDatabase.OpenOrCreate(other);
        Assert.True(lab.Verify(bench.RunId).Intact);
        Assert.Equal(format == ExportFormat.Eln ? "<p>ä</p>" : null, lab.ReadArtefact(bench.RunId, "report.html") is { } kept ? Encoding.UTF8.GetString(kept) : null);
    }

    [Fact]
    public async Task What_is_computed_again_from_the_exported_Parquet_equals_what_is_stored()
    {
        StoredRun stored = _bench.Stored();
        ImportedRun imported = await RunImport.ReadAsync(await _bench.WriteAsync(ExportFormat.Parquet), Token);
        Cell cell = CellFile.Parse(stored.CellText!, "cell.yaml", BuiltInMaterials.Library);
        var budget = new PressureBudget(cell.Die, cell.Press);
        ImmutableArray<StepMetrics> before = RunMetrics.Of(stored.Record, budget), after = RunMetrics.Of(imported.Run.Record, budget);
        Assert.NotEmpty(before);
        Assert.Contains(before, metrics => metrics.Hold is not null);
        Assert.Equal(before, after);
        Assert.Equal(Judge.Evaluate(stored.Record, cell.Die, cell.Press), Judge.Evaluate(imported.Run.Record, cell.Die, cell.Press));
        Assert.Equal(StepTable.Write(stored), StepTable.Write(imported.Run));
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Parquet)]
    [InlineData(ExportFormat.Eln)]
    [InlineData(ExportFormat.BattInfo)]
    [InlineData(ExportFormat.Bdf)]
    public async Task The_same_run_gives_the_same_bytes_in_any_culture(ExportFormat format)
    {
        RunCycling? cycling = format == ExportFormat.Bdf ? ExportBench.Cycling(1) : null;
        ImmutableArray<ExportFile> first = await _bench.FilesAsync(format, cycling);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            ImmutableArray<ExportFile> second = await _bench.FilesAsync(format, cycling);
            Assert.Equal(first.Select(file => file.Name), second.Select(file => file.Name), StringComparer.Ordinal);
            Assert.All(first.Zip(second), pair => Assert.Equal(pair.First.Bytes, pair.Second.Bytes));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task The_BattINFO_records_name_each_other()
    {
        ImmutableArray<ExportFile> files = await _bench.FilesAsync(ExportFormat.BattInfo);
        JsonElement Record(string kind) => JsonDocument.Parse(files.Single(file => file.Name.EndsWith($"-{kind}.json", StringComparison.Ordinal)).Bytes).RootElement;
        JsonElement test = Record("test").GetProperty("test"), cell = Record("cell").GetProperty("cell_instance"), design = Record("cellspec").GetProperty("cell_spec");
        Assert.Equal(design.GetProperty("id").GetString(), cell.GetProperty("cell_spec_id").GetString());
        Assert.Equal(cell.GetProperty("id").GetString(), test.GetProperty("cell_id").GetString());
        Assert.Equal(Record("equipment").GetProperty("equipment").GetProperty("id").GetString(), test.GetProperty("equipment_id").GetString());
        Assert.Equal(Record("dataset").GetProperty("dataset").GetProperty("id").GetString(), test.GetProperty("dataset_ids")[0].GetString());
        Assert.False(string.IsNullOrEmpty(design.GetProperty("positive_electrode_basis").GetString()));
        Assert.False(string.IsNullOrEmpty(design.GetProperty("negative_electrode_basis").GetString()));
    }

    [Fact]
    public async Task Nothing_in_a_table_is_a_formula()
    {
        foreach (ExportFile file in (await _bench.FilesAsync(ExportFormat.Csv)).Where(file => file.Name.EndsWith(".csv", StringComparison.Ordinal)))
        {
            CsvTable table = CsvTable.Read(new SourceText(file.Name, Encoding.UTF8.GetString(file.Bytes)));
            foreach (string text in table.Rows.SelectMany(row => row.Select(field => field.Text)).Where(text => text.Length > 0))
            {
                bool number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
                Assert.True(number || text[0] is not ('=' or '+' or '-' or '@' or '\t' or '\r'), $"{file.Name}: {text}");
            }
        }

        string events = Encoding.UTF8.GetString((await _bench.FilesAsync(ExportFormat.Csv)).Single(file => file.Name == "run-events.csv").Bytes);
        Assert.Contains("\"'@SUM(1;2), \"\"quoted\"\"\nand a second line\"", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cycled_cell_in_the_Battery_Data_Format_is_read_back_with_its_pressure_in_pascal()
    {
        StoredRun run = _bench.Stored();
        double end = run.Record.Samples[^1].TimeSeconds;
        // The last rows lie after the trace of the press.
        string path = await _bench.WriteAsync(ExportFormat.Bdf, ExportBench.Cycling(end - 100));
        CyclerSeries series = CyclerFiles.Read(path).Series;
        CyclerSeries given = ExportBench.Cycling(0).File.Series;
        Assert.Equal(given.Volts, series.Volts);
        Assert.Equal(given.ChargingAmperes, series.ChargingAmperes);
        Assert.Equal(given.Seconds, series.Seconds);
        string[] lines = await File.ReadAllLinesAsync(path, Token);
        Assert.Equal("Test Time / s,Voltage / V,Current / A,Unix Time / s,Cycle Count / 1,Applied Pressure / Pa,Surface Pressure / Pa,Applied Force / N,Stack Displacement / m", lines[0]);
        TraceSample near = run.Record.Samples.MinBy(sample => Math.Abs(sample.TimeSeconds - (end - 70)));
        // A tenth of a second between samples of a slow trace: nearest and interpolated pressure are within a per cent of the limit.
        Assert.Equal(near.PressurePa, series.PressurePa[1], 0.01 * run.Record.Protocol.Limit.Pascals);
        Assert.Equal(["", "", "", ""], lines[^1].Split(',')[^4..], StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_run_without_voltage_is_not_exported_as_cycling() =>
        Assert.Contains("zeros would be invented", (await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.FilesAsync(ExportFormat.Bdf))).Message, StringComparison.Ordinal);

    private static long[] Bits(TraceSample sample) =>
        [.. new[] { sample.TimeSeconds, sample.SetpointPa, sample.ForceNewtons, sample.PressurePa, sample.DisplacementMetres }.Select(BitConverter.DoubleToInt64Bits), sample.StepIndex];
}
