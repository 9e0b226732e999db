using System.Diagnostics;
using System.Globalization;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
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
            using Process child = Start(path, server.Port);
            string id = (await child.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("the engine ended before it was killed")).Split(' ')[0];
            Task<double> taken = LastAsync(child.StandardOutput);
            // How long this machine lets its programs wait is not the engine's doing.
            double stalled = 0;
            for (double until = Now + moment; Now < until;)
            {
                double before = Now;
                await Task.Delay(10, cancellation);
                stalled = Math.Max(stalled, Now - before - 0.02);
            }

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

    private static Process Start(string databasePath, int port)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string child = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Isobar.Lab.CrashChild", configuration, "Isobar.Lab.CrashChild.dll"));
        Assert.True(File.Exists(child), $"{child} is not built");
        string profile = Path.Combine(Repository.Root, "examples", "presses", "simulated-modbus.yaml");
        return Process.Start(new ProcessStartInfo("dotnet", [child, "press", databasePath, profile, port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    private sealed record Result(double Moment, RunOutcome Outcome, double LostSeconds, double ReleasedAfterSeconds, bool Intact, string Text, double StalledSeconds);
}
