using System.Globalization;
using System.Text;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Bench.Whole;

/// <summary>
/// How punctual the control loop is: the engine drives a simulated press over Modbus TCP on loopback, writes its record to a database on disk, and counts
/// how late each tick begins.
/// </summary>
internal static class LoopPage
{
    // Thirty ticks beyond the 99th percentile at 100 Hz, six at 20 Hz.
    private const double Seconds = 30;

    public static string Page(string? filter, Machine machine, TextWriter progress)
    {
        StringBuilder page = PageText.Begin("Control loop", machine);
        page.Append("The run engine for half a minute, its record in SQLite (WAL, synchronous FULL) by a thread of its own. Late: from the deadline of a tick to its begin.\n");
        page.Append("Busy: what reading, deciding and writing took. µs. \"No line\": a press that answers at once, the loop alone. \"Modbus\": the simulated 5 t press over Modbus TCP on\n");
        page.Append("loopback, device and engine in one process; its answers come through ordinary threads, whatever rights the loop has. \"Busy machine\": two threads that compute\n");
        page.Append("without pause for each processor, beside whatever else ran.\n\n");
        PageText.Row(page, "loop", "priority", "ticks", "late p50", "p99", "p99.9", "max", "busy p99", "left out");
        PageText.Row(page, "---", "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach ((string name, double hertz, bool rights, bool wire, bool busy) in (ReadOnlySpan<(string, double, bool, bool, bool)>)
        [
            ("20 Hz, no line", 20, false, false, false), ("20 Hz, no line", 20, true, false, false),
            ("100 Hz, no line", 100, false, false, false), ("100 Hz, no line", 100, true, false, false),
            ("20 Hz, Modbus", 20, false, true, false), ("20 Hz, Modbus", 20, true, true, false),
            ("100 Hz, Modbus", 100, false, true, false), ("100 Hz, Modbus", 100, true, true, false),
            ("20 Hz, no line, busy machine", 20, false, false, true), ("20 Hz, no line, busy machine", 20, true, false, true),
        ])
        {
            if (filter is not null && !name.Contains(filter, StringComparison.OrdinalIgnoreCase)) continue;
            progress.WriteLine($"{name}, {(rights ? "real-time rights" : "normal priority")}");
            RunTiming timing = Measure(hertz, rights, wire, busy);
            PageText.Row(
                page,
                name,
                timing.Priority,
                timing.Ticks.ToString(CultureInfo.InvariantCulture),
                Micro(timing.P50Microseconds),
                Micro(timing.P99Microseconds),
                Micro(timing.P999Microseconds),
                Micro(timing.MaxMicroseconds),
                Micro(timing.BusyP99Microseconds),
                timing.Missed.ToString(CultureInfo.InvariantCulture));
        }

        return page.ToString();
    }

    private static RunTiming Measure(double hertz, bool rights, bool wire, bool busy)
    {
        using var stop = new CancellationTokenSource();
        Thread[] load = busy ? [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => Burn(stop.Token))] : [];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-loop-");
        try
        {
            return DriveAsync(folder.FullName, hertz, rights, wire).GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            foreach (Thread thread in load) thread.Join();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<RunTiming> DriveAsync(string folder, double hertz, bool rights, bool wire)
    {
        var bench = new SimulatedBench(CellFile.Read(Checkout.ExampleCell, BuiltInMaterials.Library), ExampleCell.Seed);
        await using SimulatedPress press = bench.Press();
        press.LoadAll();
        var device = new SimulatedPressDevice(press);
        await using var life = new RealTimeDevice(device, TimeProvider.System);
        await using var server = new ModbusTcpServer(device, 1, 0);
        PressProfile profile = PressFile.Read(Checkout.PathOf("examples", "presses", "simulated-modbus.yaml"));
        profile = profile with { Connection = profile.Connection with { Port = server.Port } };
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(folder, "lab.db"));
        using PressLease lease = PressLease.Take(lab, profile.Identity, "bench", null, TimeProvider.System);
        await using var driver = new LeasedPress(wire ? new ModbusPress(profile) : new NearPress(), lease);
        var protocol = new Protocol(
            "loop",
            new Length(10e-3),
            SamplePressure.FromMegapascals(450),
            new PressureRate(10e6),
            [
                new ApproachStep("touch", SamplePressure.FromMegapascals(2), new PressureRate(0.5e6), new Duration(60)),
                new HoldStep("hold", PressureKind.Stack, SamplePressure.FromMegapascals(2), new Fraction(0.9), new Duration(3600), new Duration(3600), null),
                new ReleaseStep("release", default, new PressureRate(5e6)),
            ]);
        string id;
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds));
        using (RunWriter writer = lab.Begin(new RunDescription("loop", protocol, profile.Instrument.Name, "loop")))
        {
            id = writer.Id;
            var clock = new RunClock(TimeProvider.System, 1) { PeriodSeconds = 1 / hertz, RealTimeRights = rights };
            using var renewing = new Timer(_ => lease.Renew(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            using var record = new QueuedSink(writer);
            await RunEngine.RunAsync(protocol, driver, record, new AutomaticOperator(new Duration(1)), bench, clock, null, enough.Token);
        }

        lease.Release(null);
        return lab.Overview(id).Timing ?? throw new BenchException("the run kept no timing");
    }

    private static Thread Burn(CancellationToken stop)
    {
        var thread = new Thread(() =>
        {
            double x = 1;
            while (!stop.IsCancellationRequested) x = Math.Sqrt(x + 1);
            GC.KeepAlive(x);
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return thread;
    }

    private static string Micro(double microseconds) => microseconds.ToString(microseconds < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary>A press without a line: what is left is the loop.</summary>
    private sealed class NearPress : IPress
    {
        private double _newtons;
        private long _sequence;

        public string Name => "near";

        public bool FollowsByItself => false;

        public ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask WriteAsync(Force setpoint, uint heartbeat, CancellationToken cancellation)
        {
            _newtons = setpoint.Newtons;
            return ValueTask.CompletedTask;
        }

        public ValueTask<PressSample> ReadAsync(CancellationToken cancellation) => ValueTask.FromResult(new PressSample(++_sequence, _newtons, 0, 1e-3, SampleQuality.Good));

        public ValueTask DumpAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
