using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Isobar.Impedance;
using Isobar.Lab.Exports;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Lab.Tests.Files;
using Isobar.Lab.Tests.Reports;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;
using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Tests.Exports;

/// <summary>A laboratory with one run in it that has everything a run can have, and texts that spreadsheets would run.</summary>
internal sealed class ExportBench : IDisposable
{
    public const string Version = "1.2.3";
    public const string Formula = "=HYPERLINK(\"http://example.org\")";

    private static readonly DateTimeOffset s_started = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddMicroseconds(123_457);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-export-");

    public ExportBench(RunOutcome outcome = RunOutcome.Completed)
    {
        using var lab = LabDatabase.OpenOrCreate(DatabasePath, new StartClock());
        string cell = File.ReadAllText(ExampleCellTests.Example("nmc811-lpscl-li"));
        var description = new RunDescription(Formula, Fabricated.Protocol(), "simulated 5 t", "isobar: protocol/1\n", "rate", cell, "{\"cell\": \"x\"}");
        using RunWriter writer = lab.Begin(description);
        RunRecord made = Record(outcome);
        foreach (TraceSample sample in made.Samples) writer.Append(sample);
        foreach (RunEvent happened in made.Events) writer.Append(happened);
        if (outcome != RunOutcome.Interrupted) writer.Finish(outcome);
        RunId = writer.Id;
        lab.SaveArtefact(writer.Id, "report.html", "<p>ä</p>"u8.ToArray());
    }

    public string RunId { get; }

    public string DatabasePath => PathOf("lab", "lab.db");

    public string PathOf(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    public StoredRun Stored(string? database = null)
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(database ?? DatabasePath);
        return lab.Open(RunId);
    }

    public async Task<ImmutableArray<ExportFile>> FilesAsync(ExportFormat format, RunCycling? cycling = null, string name = "run")
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(DatabasePath);
        StoredRun run = lab.Open(RunId);
        return await RunExport.FilesAsync(new RunExportRequest(run, lab.Verify(RunId), format, Version)
        {
            Name = name,
            Artefacts = [.. run.Artefacts.Select(artefact => new ExportFile(artefact, lab.ReadArtefact(RunId, artefact)!))],
            Cycling = cycling,
        });
    }

    /// <summary>Writes an export and gives the path of its first file.</summary>
    public async Task<string> WriteAsync(ExportFormat format, RunCycling? cycling = null)
    {
        ImmutableArray<ExportFile> files = await FilesAsync(format, cycling);
        foreach (ExportFile file in files) await File.WriteAllBytesAsync(PathOf(file.Name), file.Bytes);
        return PathOf(files[0].Name);
    }

    /// <summary>Six rows of a cycler, one every half minute.</summary>
    public static RunCycling Cycling(double startsAt)
    {
        var text = new StringBuilder("test_time_second,voltage_volt,current_ampere,cycle_count\n");
        for (int row = 0; row < 6; row++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{30 * row},{2.6 + (0.1 * row)},{(row < 3 ? 0.001 : -0.001)},1\n");
        return new RunCycling(CyclerFiles.Parse(text.ToString(), "cycler.csv"), startsAt);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static RunRecord Record(RunOutcome outcome)
    {
        RunRecord plain = FabricatedRun.Of(Fabricated.Protocol(), outcome);
        int hold = Array.FindIndex([.. plain.Protocol.Steps], step => step is HoldStep);
        var measured = new CellMeasurement(
            plain.Protocol.Steps[hold].Name, new Estimate<Length>(new Length(700e-6), new Length(5e-6)), new ArealSpectrum([1e6, 1], [new Complex(1e-3, -1e-4), new Complex(3e-3, -1e-3)]));
        ImmutableArray<TraceSample> samples = plain.Samples;
        // Numbers that are none, and a zero below zero: they too come back to the bit.
        samples = samples.SetItem(0, samples[0] with { DisplacementMetres = double.NaN, ForceNewtons = -0.0 }).SetItem(1, samples[1] with { DisplacementMetres = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000) });
        double time = samples[^1].TimeSeconds;
        return plain with
        {
            Samples = samples,
            Events = [.. plain.Events, new RunEvent(time, RunEventKind.Measured, hold, MeasurementText.Write(measured)), new RunEvent(time, RunEventKind.Resumed, 0, "@SUM(1;2), \"quoted\"\nand a second line")],
        };
    }

    private sealed class StartClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => s_started;
    }
}
