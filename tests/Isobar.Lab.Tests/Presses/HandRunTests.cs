using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Hand;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>A person at a press with a gauge: readings are injected with their times.</summary>
public sealed class HandRunTests : IDisposable
{
    private static readonly PressInstrument s_press = new("hand", new Force(50_000), new Fraction(0.016), GaugeClassBasis.FullScale, new Force(100), new Force(5000), new Fraction(0.02));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-hand-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Readings_of_a_good_pressing_complete_the_run_and_are_all_that_is_recorded()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        var person = new ScriptedPerson(Readings((8, 0.5), (30, 7.85), (45, 7.9), (62, 7.8), (90, 0)));
        RunRecord run = await GoAsync(lab, person);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        // The reading before the first is the open press.
        Assert.Equal([0, 500, 7850, 7900, 7800, 0], run.Samples.Select(sample => sample.ForceNewtons));
        Assert.Null(RunAudit.Replay(lab, lab.Runs()[0]).Difference);
        StepVerdict hold = HandVerdicts.Of(run, Judge.Evaluate(run, Scenario.Die10, s_press))[2];
        Assert.Equal(StepJudgement.NotVerifiable, hold.Judgement);
        Assert.Contains("typed reading", hold.Reason, StringComparison.Ordinal);
    }

    /// <summary>Two equal typed readings are no frozen sensor, however long the time between them.</summary>
    [Fact]
    public async Task A_reading_outside_of_the_band_fails_its_hold()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        RunRecord run = await GoAsync(lab, new ScriptedPerson(Readings((8, 0.5), (30, 7.85), (40, 7.2), (50, 7.85), (110, 7.85), (130, 0))));
        StepVerdict hold = HandVerdicts.Of(run, Judge.Evaluate(run, Scenario.Die10, s_press))[2];
        Assert.Equal(StepJudgement.Failed, hold.Judgement);
        Assert.Contains("91.67 MPa", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_above_the_limit_aborts_and_the_person_is_asked_to_release()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        var person = new ScriptedPerson(Readings((8, 0.5), (30, 40), (60, 0)));
        RunRecord run = await GoAsync(lab, person);
        Assert.Equal(RunOutcome.Aborted, run.Outcome);
        Assert.Contains(run.Events, e => e.Kind == RunEventKind.LimitTripped);
        Assert.Equal(0, run.Samples[^1].ForceNewtons);
    }

    [Fact]
    public async Task Readings_that_end_early_leave_a_run_that_is_not_completed()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        RunRecord run = await GoAsync(lab, new ScriptedPerson(Readings((8, 0.5), (30, 7.85))));
        Assert.Equal(RunOutcome.Aborted, run.Outcome);
        Assert.Contains(run.Events, e => e.Text.Contains("pressure is not known", StringComparison.Ordinal));
    }

    [Fact]
    public void Readings_of_a_sheet_are_read_in_the_units_of_the_gauge()
    {
        string path = Path.Combine(_folder.FullName, "readings.csv");
        File.WriteAllText(path, "time_min,oil_bar\n1,100\n2,50\n");
        PressInstrument behind = s_press with { Ram = new Ram(new Estimate<Area>(new Area(1e-3), new Area(0))) };
        Assert.Equal([new WrittenReading(new Duration(60), new Force(10_000)), new WrittenReading(new Duration(120), new Force(5000))], WrittenReadingFile.Read(path, behind));
        IsobarFileException refused = Assert.Throws<IsobarFileException>(() => WrittenReadingFile.Read(path, s_press));
        Assert.Contains("no piston", refused.Message, StringComparison.Ordinal);
        File.WriteAllText(path, "time_s,force_kN\n5,1\n5,2\n");
        Assert.Equal(3, Assert.Throws<IsobarFileException>(() => WrittenReadingFile.Read(path, s_press)).Line);
    }

    private static async Task<RunRecord> GoAsync(LabDatabase lab, ScriptedPerson person)
    {
        Protocol protocol = Scenario.Short();
        using RunWriter writer = lab.Begin(new RunDescription("by hand", protocol, s_press.Name, "steps: []"));
        return await HandRun.RunAsync(protocol, s_press, writer, person, person, new NoInstrument(), person, null, CancellationToken.None);
    }

    private static WrittenReading[] Readings(params (double Seconds, double Kilonewtons)[] readings) =>
        [.. readings.Select(reading => new WrittenReading(new Duration(reading.Seconds), Force.FromKilonewtons(reading.Kilonewtons)))];

    private sealed class NoInstrument : IMeasurer
    {
        public Task<Reply> MeasureAsync(MeasurementRequest request, CancellationToken cancellation) => throw new InvalidOperationException("no instrument");
    }
}
