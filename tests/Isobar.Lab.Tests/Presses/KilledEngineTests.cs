using System.Diagnostics;
using System.Globalization;
using Isobar.Cli;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Numerics;
using Isobar.Protocols;
using Isobar.Quantities;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>
/// The engine of a real-time run is killed with -9 at random moments of ramps, holds and unloadings, while the device lives on in this process. Four moments here;
/// two hundred with ISOBAR_LONG_KILLS=1.
/// </summary>
public sealed class KilledEngineTests
{
    private const double LongestLossSeconds = 1;
    private const double LatestMomentSeconds = 6;

    private static bool IsLong => Environment.GetEnvironmentVariable("ISOBAR_LONG_KILLS") is "1";

    [Fact]
    public async Task A_killed_engine_loses_less_than_a_second_and_its_press_releases_within_one()
    {
        var random = new RandomSource(20_261_123);
        double[] moments = [.. Enumerable.Range(0, IsLong ? 200 : 4).Select(_ => 0.2 + (random.NextUniform() * LatestMomentSeconds))];
        var results = new System.Collections.Concurrent.ConcurrentBag<Result>();
        await Parallel.ForEachAsync(moments, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, async (moment, cancellation) => results.Add(await KillAsync(moment, cancellation)));
        Assert.Equal(moments.Length, results.Count);
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Count} kills: lost at most {results.Max(result => result.LostSeconds):0.000} s, released after at most {results.Max(result => result.ReleasedAfterSeconds):0.000} s"));
        foreach (Result result in results)
        {
            Assert.True(result.Outcome == RunOutcome.Interrupted, $"{result}: reads {result.Outcome}");
            Assert.True(result.Intact, $"{result}: {result.Text}");
            Assert.True(result.LostSeconds <= LongestLossSeconds + result.StalledSeconds, $"{result}: {result.LostSeconds:0.00} s were lost");
            Assert.True(result.ReleasedAfterSeconds <= 1 + result.StalledSeconds, $"{result}: released {result.ReleasedAfterSeconds:0.00} s after the kill");
        }
    }

    [Fact]
    public async Task A_run_killed_in_its_hold_is_taken_up_by_a_person_finished_and_replays_to_the_last_bit()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-taken-up-");
        try
        {
            await using SimulatedPress press = Scenario.Press(3);
            press.Load(Scenario.Short());
            var device = new SimulatedPressDevice(press);
            Preload(device);
            await using var life = new RealTimeDevice(device, TimeProvider.System);
            await using var server = new ModbusTcpServer(device, 1, 0);
            string path = Path.Combine(folder.FullName, "lab.db");
            using Process child = Start("press once", path, server.Port);
            string? said = "";
            while (said is not null && !(said.Split(' ') is [_, { } time] && double.Parse(time, CultureInfo.InvariantCulture) > 3)) said = await child.StandardOutput.ReadLineAsync(cancellation);
            child.Kill();
            await child.WaitForExitAsync(cancellation);
            using LabDatabase lab = LabDatabase.OpenOrCreate(path);
            RunSummary lost = Assert.Single(lab.Runs());
            Assert.Equal(RunOutcome.Interrupted, lost.Outcome);
            RunOverview before = lab.Overview(lost.Id);
            PressProfile profile = Modbus.ModbusPressTests.Profile(server.Port);
            while (PressLease.StateOf(lab, profile.Identity, TimeProvider.System) is { IsHeld: true }) await Task.Delay(100, cancellation);
            double asked = press.SetpointNewtons;
            Assert.True(asked <= 1, $"the device still holds a set-point of {asked} N, five seconds after its program was killed");

            var request = new ProtocolRunRequest(before.Protocol, StandIn.Cell(before.Protocol), null, 1, RunClock.RealTime)
            {
                Real = new RealPress(profile, new ModbusPress(profile), null, new AutomaticOperator(new Duration(1)), new NoInstrument(), "Ada"),
                TakeUp = new RunTakeUp(lost.Id, "Ada", "the computer was killed, press looked at"),
            };
            ProtocolRunResult result = await ProtocolRun.RunAsync(request, lab, null, cancellation);
            Assert.Equal((lost.Id, RunOutcome.Completed), (result.Id, result.Run.Outcome));
            RunEvent suspended = Assert.Single(result.Run.Events, e => e.Kind == RunEventKind.Suspended);
            Assert.True(suspended.TimeSeconds - before.Trace[^1].ToSeconds > 4, "the time that nobody was there is in the record");
            Assert.Contains(result.Run.Events, e => e.Kind == RunEventKind.Resumed && e.Text.Contains("Ada: the computer was killed", StringComparison.Ordinal));
            Assert.All(RunAudit.Verify(lab, lost.Id).Findings, finding => Assert.True(finding.Passed, finding.Text));
            Assert.Null(RunAudit.Replay(lab, lab.Runs()[0]).Difference);
            Assert.True(result.Timing!.Heartbeats > 20, $"{result.Timing.Heartbeats} heartbeats were echoed");
            Assert.NotNull(result.Timing.MissedHeartbeats);
            Assert.Null(PressLease.StateOf(lab, profile.Identity, TimeProvider.System)!.Blocked);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Result> KillAsync(double moment, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-killed-");
        try
        {
            await using SimulatedPress press = Scenario.Press(3);
            press.Load(Scenario.Short());
            var device = new SimulatedPressDevice(press);
            Preload(device);
            await using var life = new RealTimeDevice(device, TimeProvider.System);
            await using var server = new ModbusTcpServer(device, 1, 0);
            string path = Path.Combine(folder.FullName, "lab.db");
            using Process child = Start("press", path, server.Port);
            string id = (await child.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("the engine ended before it was killed")).Split(' ')[0];
            Task<double> taken = LastAsync(child.StandardOutput);
            // How long this machine lets its programs wait, for their turn or for its disk, is not the engine's doing.
            double stalled = 0;
            await using var disk = new FileStream(Path.Combine(folder.FullName, "probe"), FileMode.CreateNew);
            for (double until = Now + moment; Now < until;)
            {
                double before = Now;
                await Task.Delay(10, cancellation);
                disk.WriteByte(0);
                disk.Flush(flushToDisk: true);
                stalled = Math.Max(stalled, Now - before - 0.02);
            }

            // A machine that stalled its link for longer than two seconds has ended the run by itself: there is nothing to kill.
            if (child.HasExited) return await KillAsync(moment, cancellation);
            double killed = Now;
            child.Kill();
            double asked = press.SetpointNewtons;
            // A machine that stalls for longer than the watchdog has let it release before.
            double released = asked <= 1 ? 0 : double.PositiveInfinity;
            while (asked > 1 && Now - killed < 3)
            {
                if (press.SetpointNewtons < asked - 1)
                {
                    released = Now - killed;
                    break;
                }

                await Task.Delay(5, cancellation);
            }

            await child.WaitForExitAsync(cancellation);
            using LabDatabase lab = LabDatabase.OpenOrCreate(path);
            StoredRun kept = lab.Open(id);
            RunVerification verified = lab.Verify(id);
            double last = kept.Record.Samples.Length == 0 ? 0 : kept.Record.Samples[^1].TimeSeconds;
            PressBusyException refused = Assert.Throws<PressBusyException>(() =>
            {
                // Until the lease has run out it is still held; after that the press waits for a person. Either way nothing resumes.
                using PressLease again = PressLease.Take(lab, "modbus tcp 127.0.0.1:" + server.Port.ToString(CultureInfo.InvariantCulture) + " unit 1", "next", null, TimeProvider.System);
            });
            Assert.Contains(id, refused.Message, StringComparison.Ordinal);
            return new Result(moment, kept.Record.Outcome, await taken - last, released, verified.Intact, verified.Text, stalled);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Time up to which the engine said that it had taken samples, before its output ended.
    private static async Task<double> LastAsync(StreamReader output)
    {
        double last = 0;
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is [_, { } time] && double.TryParse(time, CultureInfo.InvariantCulture, out double seconds)) last = seconds;
        }

        return last;
    }

    private static double Now => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    // Contact takes seconds of approach; the device is brought there before anybody looks.
    private static void Preload(SimulatedPressDevice device)
    {
        Span<ushort> command = stackalloc ushort[3];
        RegisterValue place = SimulatedPressDevice.Map.Setpoint!.Value;
        for (ushort beat = 1; beat < 400; beat++)
        {
            place.Write(command, place.Address, SimulatedPressDevice.Map.Order, 2000);
            command[2] = beat;
            device.Write(place.Address, command);
            device.Advance(new Duration(0.05));
        }
    }

    private static Process Start(string what, string databasePath, int port)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string child = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Isobar.Lab.CrashChild", configuration, "Isobar.Lab.CrashChild.dll"));
        Assert.True(File.Exists(child), $"{child} is not built");
        string profile = Path.Combine(Repository.Root, "examples", "presses", "simulated-modbus.yaml");
        return Process.Start(new ProcessStartInfo("dotnet", [child, what, databasePath, profile, port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    private sealed record Result(double Moment, RunOutcome Outcome, double LostSeconds, double ReleasedAfterSeconds, bool Intact, string Text, double StalledSeconds);
}
