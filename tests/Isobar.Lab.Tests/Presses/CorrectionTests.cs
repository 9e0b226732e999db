using Isobar.Control;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Mechanics;
using Isobar.Protocols;
using Isobar.Quantities;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>A press that shows the wrong force, and a calibration that knows by how much.</summary>
public sealed class CorrectionTests : IDisposable
{
    // Shows 4 % too little at 5 kN and 2 % too little at 10 kN, on a zero of 20 N.
    private static readonly ForceChain s_wrong = new(
        new Force(20),
        new ForceCorrection([new CorrectionPoint(new Force(4_800), new Force(5_000)), new CorrectionPoint(new Force(9_800), new Force(10_000)), new CorrectionPoint(new Force(48_000), new Force(49_000))]));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-correction-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_corrected_force_is_the_true_one_and_the_uncorrected_run_shows_why()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        double target = 100e6 * Scenario.Die10.Area.SquareMetres;
        (RunRecord corrected, double trueForce) = await HoldAsync(lab, s_wrong, new RunTerms { Force = s_wrong, Calibration = "K-1" });
        (_, double uncorrected) = await HoldAsync(lab, s_wrong, RunTerms.Plain);
        // Held to ±0.2 % by the device; recorded within the noise of the load cell.
        Assert.Equal(target, trueForce, 0.003 * target);
        Assert.Equal(target, Mean(corrected), 0.003 * target);
        Assert.True(Math.Abs(uncorrected - target) > 0.01 * target, $"{uncorrected} N without the correction: the test would not see one");
        foreach (RunSummary run in lab.Runs())
        {
            Assert.Null(RunAudit.Replay(lab, run).Difference);
            Assert.True(lab.Verify(run.Id).Intact);
        }

        RunTerms kept = lab.TermsOf(lab.Runs()[0].Id);
        Assert.Equal("K-1", kept.Calibration);
        Assert.Equal(s_wrong.Correction!.Points.AsEnumerable(), kept.Force.Correction!.Points);
    }

    [Fact]
    public async Task What_the_press_indicated_comes_back_from_the_record_of_the_run()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder.FullName, "lab.db"));
        var indicated = new List<double>();
        var press = new Listening(Press(s_wrong), indicated);
        using (RunWriter writer = lab.Begin(Description(new RunTerms { Force = s_wrong, Calibration = "K-1", Tare = Taring() })))
            await RunAsync(press, writer, new RunTerms { Force = s_wrong });
        RunTerms kept = lab.TermsOf(lab.Runs()[0].Id);
        double[] back = [.. lab.Samples(lab.Runs()[0].Id).Select(sample => kept.Force.Indicated(new Force(sample.ForceNewtons)).Newtons)];
        Assert.Equal(indicated.Count, back.Length);
        // Rounding of two lines of slope one: some parts in 10¹⁵ of 8 kN.
        for (int i = 0; i < back.Length; i++) Assert.Equal(indicated[i], back[i], 1e-9);
    }

    [Fact]
    public void The_record_of_a_calibration_corrects_by_the_mean_of_its_series()
    {
        var points = ForceCalibrationFile.ReadPoints(Path.Combine(Repository.Root, "examples", "presses", "force-points.csv"));
        var record = new ForceCalibrationRecord("lab", new DateOnly(2026, 1, 15), new DateOnly(2027, 1, 15), "K-118", "A", new Force(49_000), default, new Force(1), points);
        Assert.Equal(10_015, record.Correction.Applied(new Force(10_000)).Newtons, 1e-9);
        Assert.Equal((10_015 + (20_077 / 3.0) + 13_333.333333333334) / 2, record.Correction.Applied(new Force(15_000)).Newtons, 0.5);
        Assert.Throws<ArgumentException>(() => (record with { Points = [.. points.Select((point, i) => i == 2 ? point with { True = [new Force(1000)] } : point)] }).Correction);
    }

    internal static SimulatedPress Press(ForceChain indication) => new(
        PressPlantParameters.Hydraulic5t,
        Scenario.Die10,
        [ColumnLayer.Powder("separator", new Length(100e-6 / (1640 * Scenario.Die10.Area.SquareMetres)), new CompactionLaw(0.55, 200e6, 0.5, CompactionLaw.ConfinedModulus(22e9, 0.35), 10))],
        5)
    {
        Indication = indication,
    };

    /// <summary>Runs a hold at 100 MPa and gives the record with the true mean force in the second half of the hold.</summary>
    internal static async Task<(RunRecord Run, double TrueNewtons)> HoldAsync(LabDatabase lab, ForceChain indication, RunTerms terms)
    {
        SimulatedPress press = Press(indication);
        var truth = new List<double>();
        using RunWriter writer = lab.Begin(Description(terms));
        RunRecord run = await RunAsync(new Listening(press, []) { Truth = at => truth.Add(at.Plant.ForceNewtons) }, writer, terms);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        int[] held = [.. Held(run)];
        return (run, held.Average(i => truth[i]));
    }

    private static IEnumerable<int> Held(RunRecord run) => Enumerable.Range(0, run.Samples.Length).Where(i => run.Samples[i].StepIndex == 2).Skip(300);

    private static double Mean(RunRecord run) => Held(run).Average(i => run.Samples[i].ForceNewtons);

    private static TareRecord Taring() => new(DateTimeOffset.UnixEpoch, new Force(20), new Force(20), "A", "test");

    private static RunDescription Description(RunTerms terms) => new("demo", Scenario.Short(), "simulated 5 t", "steps: []") { Terms = terms };

    private static Task<RunRecord> RunAsync(IPress press, RunWriter writer, RunTerms terms) => RunEngine.RunAsync(
        Scenario.Short(),
        press,
        writer,
        new AutomaticOperator(new Duration(1)),
        new NoInstrument(),
        RunClock.AsFastAsPossible,
        null,
        null,
        new RunConditions { Terms = terms },
        TestContext.Current.CancellationToken);

    /// <summary>Writes down what the press indicates at every reading.</summary>
    private sealed class Listening(SimulatedPress press, List<double> indicated) : IVirtualPress
    {
        public Action<SimulatedPress>? Truth { get; init; }

        public string Name => press.Name;

        public void Load(Protocol protocol) => press.Load(protocol);

        public void Advance(Duration time) => press.Advance(time);

        public void AddLayer(string name) => press.AddLayer(name);

        public ValueTask ConnectAsync(CancellationToken cancellation) => press.ConnectAsync(cancellation);

        public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation) => press.WriteAsync(setpoint, heartbeat, cancellation);

        public async ValueTask<PressSample> ReadAsync(CancellationToken cancellation)
        {
            PressSample sample = await press.ReadAsync(cancellation);
            indicated.Add(sample.ForceNewtons);
            Truth?.Invoke(press);
            return sample;
        }

        public ValueTask DumpAsync(CancellationToken cancellation) => press.DumpAsync(cancellation);

        public ValueTask DisposeAsync() => press.DisposeAsync();
    }
}
