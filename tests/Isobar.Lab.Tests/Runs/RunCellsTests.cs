using System.Numerics;
using Isobar.Impedance;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Lab.Tests.Presses;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Reproducibility;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Isobar.Lab.Tests.Runs;

/// <summary>The laboratory's own runs as a set of cells.</summary>
public sealed class RunCellsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-cells-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Completed_and_measured_runs_are_the_set_and_the_others_are_named()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        Make(lab, "01A", "cell", "press one", 70, 210e-4);
        Make(lab, "01B", "cell", "press two", 80, 190e-4);
        Make(lab, "01C", "cell", "press one", 75, 200e-4);
        Make(lab, "01D", "other", "press one", 75, 900e-4);
        using (RunWriter stopped = lab.Begin(Description("cell", "press one"), "01E")) stopped.Finish(RunOutcome.Stopped);
        using (RunWriter unmeasured = lab.Begin(Description("cell", "press one"), "01F")) unmeasured.Finish(RunOutcome.Completed);

        CellTable table = RunCells.Read(lab, "cell");
        Assert.Equal(["01A", "01B", "01C"], table.Ids);
        // Ω m² to Ω cm², and the mean of the step that measured.
        Assert.Equal([210, 190, 200], table.Values.ToArray().Select(value => Math.Round(value, 9)));
        Assert.Equal([70, 80, 75], table.PressuresMegapascals.Select(pressure => Math.Round(pressure, 9)));
        Assert.Equal(["press"], table.Groupings.Select(grouping => grouping.Name), StringComparer.Ordinal);
        string note = Assert.Single(table.Notes);
        Assert.Equal("2 runs are not part of the set: 01E (stopped), 01F (no spectrum)", note);
        CellSetAnswer answer = CellSetCheck.Of(table.ToSet());
        Assert.Equal(3, answer.Spread.Count);
        Assert.NotNull(answer.Pressure);
        Assert.Equal(4, RunCells.Read(lab).Values.Count);
    }

    private static RunDescription Description(string name, string press) => new(name, Scenario.Short(), press, "steps: []");

    // Step 0 presses, step 1 measures; only the pressure of the step that measured counts.
    private static void Make(LabDatabase lab, string id, string name, string press, double stackMegapascals, double ohmSquareMetres)
    {
        using RunWriter writer = lab.Begin(Description(name, press), id);
        writer.Append(new TraceSample(0, 0, 375e6, 29_000, 375e6, 0));
        writer.Append(new TraceSample(1, 1, stackMegapascals * 1e6, 6_000, (stackMegapascals - 1) * 1e6, 0));
        writer.Append(new TraceSample(2, 1, stackMegapascals * 1e6, 6_000, (stackMegapascals + 1) * 1e6, 0));
        var spectrum = new ArealSpectrum([1e5, 1], [new Complex(0.3 * ohmSquareMetres, 0), new Complex(ohmSquareMetres, -1e-6)]);
        writer.Append(new RunEvent(2, RunEventKind.Measured, 1, MeasurementText.Write(new CellMeasurement("measure", null, spectrum))));
        writer.Finish(RunOutcome.Completed);
    }
}
