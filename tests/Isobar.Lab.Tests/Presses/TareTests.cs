using System.Collections.Immutable;
using Isobar.Control;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>The zero of a press: taken without load, logged with its drift, and never what a limit is held against.</summary>
public sealed class TareTests : IDisposable
{
    private const string Press = "simulated press on the bench";
    private static readonly Force s_capacity = PressPlantParameters.Hydraulic5t.Instrument.Capacity;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isobar-tare-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder.FullName, "lab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_zero_is_taken_from_a_second_of_readings_and_logged_with_its_drift()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath, time);
        Assert.Null(TareLog.InForce(lab, Press));
        TareResult first = await TareAsync(lab, With(new Force(40)), time);
        time.Advance(TimeSpan.FromDays(1));
        TareResult second = await TareAsync(lab, With(new Force(55)), time);
        // The load cell of this press has 1 N of noise and of resolution; the mean of twenty readings is within half a newton.
        Assert.Equal(40, first.Taken!.Offset.Newtons, 0.5);
        Assert.Equal(15, second.Taken!.Drift.Newtons, 1.0);
        ImmutableArray<TareRecord> log = TareLog.Of(lab, Press);
        Assert.Equal([first.Taken, second.Taken], log);
        Assert.Equal(TimeSpan.FromDays(1), log[1].At - log[0].At);
        Assert.Equal(log[1], TareLog.InForce(lab, Press));
        Assert.Empty(TareLog.Of(lab, "another press"));
        Assert.Throws<SqliteException>(() => Run("UPDATE tare SET offset_n = 0"));
        Assert.Throws<SqliteException>(() => Run("DELETE FROM tare"));
    }

    [Fact]
    public async Task Under_load_taring_is_refused_and_the_refusal_is_on_record()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        TareResult refused = await TareAsync(lab, With(new Force(400)), TimeProvider.System);
        Assert.Null(refused.Taken);
        Assert.Contains("is a load", refused.Refusal, StringComparison.Ordinal);
        Assert.Empty(TareLog.Of(lab, Press));
        Assert.Equal(1L, Run("SELECT count(*) FROM press_log WHERE what = 'tare refused'"));
    }

    [Fact]
    public async Task A_press_behind_Modbus_is_tared_over_the_wire_and_nothing_is_written_to_it()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        SimulatedPress press = With(new Force(40));
        press.LoadAll();
        var device = new SimulatedPressDevice(press);
        await using var life = new RealTimeDevice(device, TimeProvider.System);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(Modbus.ModbusPressTests.Profile(server.Port));
        TareResult result = await TareAsync(lab, driver, TimeProvider.System);
        Assert.Equal(40, result.Taken!.Offset.Newtons, 1.0);
        Assert.Equal(0u, (await driver.ReadAsync(Token)).Echo!.Value.Counter);
    }

    [Fact]
    public async Task A_press_in_a_run_is_not_tared()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        using PressLease lease = PressLease.Take(lab, Press, "A", "01RUN", TimeProvider.System);
        PressBusyException busy = await Assert.ThrowsAsync<PressBusyException>(() => TareAsync(lab, With(default), TimeProvider.System));
        Assert.Contains("01RUN", busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sensor_that_repeats_itself_is_not_tared()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        await using var silent = new SilentPress();
        PressException refused = await Assert.ThrowsAsync<PressException>(() => TareAsync(lab, silent, TimeProvider.System));
        Assert.Contains("1 fresh readings", refused.Message, StringComparison.Ordinal);
        Assert.Empty(TareLog.Of(lab, Press));
    }

    // Invariant: a person who tares again and again under load does not get past the absolute limit, whatever the display says.
    [Fact]
    public async Task Repeated_taring_under_load_is_stopped_by_the_absolute_limit()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        Protocol protocol = Scenario.Short(limitMPa: 101, targetMPa: 100);
        double limit = protocol.Limit.Pascals * Scenario.Die10.Area.SquareMetres, most = 0;
        Force walked = default;
        for (int round = 0; round < 4; round++)
        {
            // Each round the sensor stands 100 N further up, as if the load were left in the press and tared away.
            walked = new Force(100 * (round + 1));
            TareResult result = await TareAsync(lab, With(walked), TimeProvider.System);
            Force zero = TareLog.InForce(lab, Press)!.Offset;
            if (result.Refusal is not null) Assert.True(walked.Newtons > 240);
            SimulatedPress press = With(walked);
            RunRecord run = await RunEngine.RunAsync(
                protocol,
                press,
                new NoSink(),
                new AutomaticOperator(new Duration(1)),
                new NoInstrument(),
                RunClock.AsFastAsPossible,
                null,
                null,
                new RunConditions { Terms = new RunTerms { Force = new ForceChain(zero, null) } },
                Token);
            most = Math.Max(most, run.Samples.Max(sample => sample.ForceNewtons) + zero.Newtons);
            // 1 % of 7.85 kN is all that the limit leaves: the first 100 N of tare end the run.
            Assert.Equal(RunOutcome.Aborted, run.Outcome);
            Assert.Contains(run.Events, e => e.Text.Contains("least of all limits", StringComparison.Ordinal) || e.Kind == RunEventKind.LimitTripped);
        }

        // What overshoots while the device stops is a few ticks of the ramp of 5 MPa/s, 20 N each, and the noise.
        Assert.InRange(most, 0.98 * limit, limit + 100);
        Assert.Equal(2, TareLog.Of(lab, Press).Length);
    }

    [Fact]
    public async Task A_tared_run_holds_the_true_force_and_gives_back_what_was_indicated()
    {
        using LabDatabase lab = LabDatabase.OpenOrCreate(FilePath);
        TareRecord tare = (await TareAsync(lab, With(new Force(120)), TimeProvider.System)).Taken!;
        var terms = new RunTerms { Force = new ForceChain(tare.Offset, null), Tare = tare };
        (RunRecord run, double trueNewtons) = await CorrectionTests.HoldAsync(lab, new ForceChain(new Force(120), null), terms);
        double target = 100e6 * Scenario.Die10.Area.SquareMetres;
        Assert.Equal(target, trueNewtons, 0.002 * target);
        RunTerms kept = lab.TermsOf(lab.Runs()[^1].Id);
        Assert.Equal((tare, new ForceChain(tare.Offset, null)), (kept.Tare, kept.Force));
        TraceSample sample = run.Samples[^400];
        Assert.Equal(sample.ForceNewtons + tare.Offset.Newtons, kept.Force.Indicated(new Force(sample.ForceNewtons)).Newtons);
    }

    private static SimulatedPress With(Force zero) => CorrectionTests.Press(new ForceChain(zero, null));

    private static Task<TareResult> TareAsync(LabDatabase lab, IPress press, TimeProvider time) => PressTare.TakeAsync(lab, Press, s_capacity, press, "A", "test", time, Token);

    private object? Run(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private sealed class SilentPress : IPress
    {
        public string Name => "silent";

        public ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation) => throw new InvalidOperationException("taring writes nothing");

        public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => ValueTask.FromResult(new PressSample(7, 12, double.NaN, double.NaN, SampleQuality.Good));

        public ValueTask DumpAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
