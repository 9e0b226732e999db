using System.Globalization;
using System.IO.Ports;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Isobar.Tests;
using Xunit;

namespace Isobar.Lab.Tests.Presses.Modbus;

/// <summary>The Modbus client and server against implementations nobody here wrote.</summary>
public sealed class ModbusPeerTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly Duration Patience = new(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("isobar-modbus-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Libmodbus_over_tcp_is_read_without_a_wrong_value()
    {
        int port = PeerProcess.FreePort();
        using PeerProcess peer = await StartAsync("libmodbus", port);
        await ReadAllAsync(new ModbusTcpLine("127.0.0.1", port, Patience), 2000);
    }

    [Fact]
    public async Task Pymodbus_over_tcp_is_read_without_a_wrong_value()
    {
        int port = PeerProcess.FreePort();
        using PeerProcess peer = await StartAsync("pymodbus", port);
        await ReadAllAsync(new ModbusTcpLine("127.0.0.1", port, Patience), 1000);
    }

    [Fact]
    public async Task Modbus_serial_of_node_over_tcp_is_read_without_a_wrong_value()
    {
        int port = PeerProcess.FreePort();
        using PeerProcess peer = await StartAsync("modbus-serial", port);
        await ReadAllAsync(new ModbusTcpLine("127.0.0.1", port, Patience), 200);
    }

    // Every fault on the way to every implementation. A fast part here; ISOBAR_LONG_READS=1000000 makes it a million reads over the three.
    [Theory]
    [InlineData("libmodbus", 0.6)]
    [InlineData("pymodbus", 0.3)]
    [InlineData("modbus-serial", 0.1)]
    public async Task No_fault_on_the_way_to_a_peer_ever_gives_a_wrong_value(string peer, double share)
    {
        int all = int.TryParse(Environment.GetEnvironmentVariable("ISOBAR_LONG_READS"), CultureInfo.InvariantCulture, out int asked) ? asked : 10_000;
        int reads = (int)(share * all), port = PeerProcess.FreePort();
        using PeerProcess process = await StartAsync(peer, port);
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        // An answer of the slowest of them takes a millisecond, and a machine that is busy with other tests some more.
        (int right, int wrong, int failed) = await ModbusTcpTests.ReadAsync(port, reads, 7, new Duration(0.1), ModbusTcpTests.AnyFault);
        string counted = string.Create(CultureInfo.InvariantCulture, $"{peer}: {reads} reads in {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {right} right, {wrong} wrong, {failed} failed");
        TestContext.Current.TestOutputHelper?.WriteLine(counted);
        Assert.True(wrong == 0 && failed > 0 && right > 0.9 * reads, counted);
    }

    // The device may answer with what it had before or after the write: both are seen among peers, so only registers that were not written count.
    [Theory]
    [InlineData("libmodbus")]
    [InlineData("pymodbus")]
    public async Task A_peer_takes_and_answers_in_one_transaction(string peer)
    {
        int port = PeerProcess.FreePort();
        using PeerProcess process = await StartAsync(peer, port);
        await using var client = new ModbusClient(new ModbusTcpLine("127.0.0.1", port, Patience), 1);
        ushort[] image = new ushort[16], back = new ushort[3];
        for (ushort beat = 1; beat <= 100; beat++)
        {
            await client.ReadWriteAsync(0, image, 100, new ushort[] { 1000, (ushort)(2 * beat), beat }, Token);
            Assert.Equal(Enumerable.Range(0, 16).Select(DistinctRegisters.At), image);
            await client.ReadAsync(false, 100, back, Token);
            Assert.Equal([1000, (ushort)(2 * beat), beat], back);
        }
    }

    [Fact]
    public async Task Libmodbus_over_a_serial_line_is_read_without_a_wrong_value()
    {
        string server = await LibmodbusAsync();
        using PeerProcess line = await SerialLineAsync();
        using PeerProcess peer = await PeerProcess.StartAsync("ready", false, server, "rtu", Path.Combine(_folder, "a"));
        await ReadAllAsync(new ModbusRtuLine(Serial("b"), new Duration(1)), 100);
    }

    [Fact]
    public async Task Mbpoll_reads_the_simulated_press_as_the_driver_does()
    {
        string mbpoll = ExternalTool.Require("mbpoll");
        await using var server = new ModbusTcpServer(new DistinctRegisters(), 1, 0);
        (int code, string text) = await PeerProcess.RunAsync(mbpoll, "-m", "tcp", "-p", Text(server.Port), "-a", "1", "-0", "-r", "40", "-c", "4", "-1", "127.0.0.1");
        Assert.True(code == 0, text);
        for (int address = 40; address < 44; address++) Assert.Contains($"[{address}]: \t{DistinctRegisters.At(address)}", text, StringComparison.Ordinal);
        (code, text) = await PeerProcess.RunAsync(mbpoll, "-m", "tcp", "-p", Text(server.Port), "-a", "1", "-0", "-r", "3", "127.0.0.1", "7", "8");
        Assert.True(code == 0, text);
        Assert.Contains("Written 2 references", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mbpoll_reads_the_same_numbers_as_the_run_has_stored()
    {
        string mbpoll = ExternalTool.Require("mbpoll");
        await using SimulatedPress press = Scenario.Press(3);
        Protocol protocol = Scenario.Short();
        press.Load(protocol);
        var device = new SimulatedPressDevice(press);
        await using var server = new ModbusTcpServer(device, 1, 0);
        await using var driver = new ModbusPress(ModbusPressTests.Profile(server.Port));
        await driver.ConnectAsync(Token);
        using LabDatabase lab = LabDatabase.OpenOrCreate(Path.Combine(_folder, "lab.db"));
        using RunWriter writer = lab.Begin(new RunDescription(protocol.Name, protocol, driver.Name, "steps: []"));
        PressRegisters map = SimulatedPressDevice.Map;
        var polled = new List<(double TimeSeconds, ushort[] Registers)>();
        // At rest before the approach, on the ramp, in the hold, and at rest again after the release.
        var run = new WireRun(driver, press, device, protocol)
        {
            Look = async (state, sample) =>
            {
                int step = polled.Count;
                if (step >= 4 || sample.StepIndex != step - (step == 0 ? 1 : 0) || state.TimeSeconds - state.StepStartedSeconds < (step == 0 ? 0 : 2)) return;
                (int code, string text) = await PeerProcess.RunAsync(mbpoll, "-m", "tcp", "-p", Text(server.Port), "-a", "1", "-0", "-r", "0", "-c", "14", "-1", "127.0.0.1");
                Assert.True(code == 0, text);
                polled.Add((sample.TimeSeconds, [.. Enumerable.Range(0, 14).Select(address => Polled(text, address))]));
            },
        };
        RunRecord done = await run.GoAsync(writer, Token);
        writer.Finish(done.Outcome);
        Assert.True(done.Outcome == RunOutcome.Completed, done.Events[^1].Text);
        Assert.Equal(4, polled.Count);
        RunRecord stored = lab.Open(writer.Id).Record;
        foreach ((double time, ushort[] registers) in polled)
        {
            TraceSample sample = stored.Samples.Single(each => each.TimeSeconds.Equals(time));
            // The registers are 32-bit reals: one step is the distance to the next one.
            double force = map.Force.Read(registers, 0, map.Order), displacement = map.Displacement!.Value.Read(registers, 0, map.Order);
            Assert.Equal(sample.ForceNewtons, force, Math.Max(1e-9, Math.Abs(force) * 1.2e-7));
            Assert.Equal(sample.DisplacementMetres, displacement, Math.Max(1e-12, Math.Abs(displacement) * 1.2e-7));
        }

        Assert.InRange(map.Force.Read(polled[2].Registers, 0, map.Order), 7_600, 8_100);
    }

    [Fact]
    public async Task Mbpoll_reads_the_device_over_a_serial_line()
    {
        string mbpoll = ExternalTool.Require("mbpoll");
        using PeerProcess line = await SerialLineAsync();
        await using var server = new ModbusRtuServer(new DistinctRegisters(), 1, Serial("a"));
        (int code, string text) = await PeerProcess.RunAsync(mbpoll, "-m", "rtu", "-b", "115200", "-P", "none", "-a", "1", "-0", "-r", "40", "-c", "4", "-1", Path.Combine(_folder, "b"));
        Assert.True(code == 0, text);
        for (int address = 40; address < 44; address++) Assert.Contains($"[{address}]: \t{DistinctRegisters.At(address)}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protocol_analyser_finds_every_frame_well_formed_and_every_transaction_answered()
    {
        string tshark = ExternalTool.Require("tshark");
        await using var server = new ModbusTcpServer(new DistinctRegisters(), 1, 0);
        string capture = Path.Combine(_folder, "frames.pcapng");
        using (PeerProcess listening = await PeerProcess.StartAsync("Capturing on", true, tshark, "-i", "lo", "-f", $"tcp port {server.Port}", "-w", capture))
        {
            // The capture filter is in place a moment after the announcement; the file's header tells.
            await UntilAsync(() => File.Exists(capture) && new FileInfo(capture).Length > 0);
            await ReadAllAsync(new ModbusTcpLine("127.0.0.1", server.Port, Patience), 50);
            await CommandAsync(new ModbusTcpLine("127.0.0.1", server.Port, Patience));
            await UntilAsync(() => new FileInfo(capture).Length > 50 * 150);
            await listening.InterruptAsync();
        }

        (int code, string text) = await PeerProcess.RunAsync(tshark, "-r", capture, "-d", $"tcp.port=={server.Port},mbtcp", "-Y", "mbtcp", "-T", "fields", "-e", "mbtcp.trans_id", "-e", "modbus.func_code", "-e", "tcp.stream", "-e", "_ws.malformed");
        Assert.True(code == 0, text);
        string[][] frames = [.. text.Split('\n').Select(line => line.TrimEnd().Split('\t')).Where(fields => fields.Length >= 2 && fields[0].Length > 0 && char.IsAsciiDigit(fields[0][0]))];
        Assert.True(frames.Length >= 90, $"{frames.Length} frames in: {text}");
        Assert.All(frames, fields => Assert.True(fields.Length == 3 || fields[3].Length == 0, string.Join(' ', fields)));
        foreach (string function in (string[])["3", "4", "6", "16", "23"]) Assert.Contains(frames, fields => string.Equals(fields[1], function, StringComparison.Ordinal));
        Assert.All(frames.GroupBy(fields => $"{fields[2]} {fields[0]}", StringComparer.Ordinal).Skip(1).SkipLast(1), pair => Assert.Equal(2, pair.Count()));
    }

    private static async Task ReadAllAsync(IModbusLine line, int reads)
    {
        await using var client = new ModbusClient(line, 1);
        ushort[] registers = new ushort[10];
        for (int i = 0; i < reads; i++)
        {
            var address = (ushort)((i * 37) % 900);
            await client.ReadAsync(i % 2 == 0, address, registers, Token);
            Assert.Equal(Enumerable.Range(address, 10).Select(DistinctRegisters.At), registers);
        }

        await client.WriteAsync(5, 22, Token);
    }

    // What a run says to its press.
    private static async Task CommandAsync(IModbusLine line)
    {
        await using var client = new ModbusClient(line, 1);
        ushort[] image = new ushort[10];
        for (ushort beat = 1; beat <= 20; beat++)
        {
            await client.WriteAsync(10, new ushort[] { 1, 2, beat }, Token);
            await client.ReadWriteAsync(0, image, 10, new ushort[] { 1, 2, beat }, Token);
        }
    }

    private async Task<PeerProcess> StartAsync(string peer, int port)
    {
        switch (peer)
        {
            case "libmodbus":
                return await PeerProcess.StartAsync("ready", false, await LibmodbusAsync(), "tcp", Text(port));
            case "pymodbus":
                ExternalTool.RequireThat(Directory.Exists("/usr/lib/python3/dist-packages/pymodbus"), "python3-pymodbus is not installed");
                return await PeerProcess.StartAsync("ready", false, Python, Peer("pymodbus-server.py"), Text(port));
            default:
                string node = ExternalTool.Require("node");
                string modules = ExternalTool.RequireFolder(Repository.PathOf("artifacts", "peers", "node_modules", "modbus-serial"), "npm install --prefix artifacts/peers modbus-serial@8.0.25");
                return await PeerProcess.StartAsync("ready", false, node, Peer("modbus-serial-server.cjs"), Path.GetDirectoryName(modules)!, Text(port));
        }
    }

    // mbpoll prints "[12]: \t65000 (-536)" for a register.
    private static ushort Polled(string text, int address)
    {
        string line = text.Split('\n').Single(each => each.StartsWith($"[{Text(address)}]:", StringComparison.Ordinal));
        return ushort.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition() && await timer.WaitForNextTickAsync(patience.Token))
        {
            // Another program works; there is nothing to be told by it but its file.
        }
    }

    private async Task<string> LibmodbusAsync()
    {
        string compiler = ExternalTool.Require("gcc");
        string pkgConfig = ExternalTool.Require("pkg-config");
        (int found, string flags) = await PeerProcess.RunAsync(pkgConfig, "--cflags", "--libs", "libmodbus");
        ExternalTool.RequireThat(found == 0, "libmodbus-dev is not installed");
        string program = Path.Combine(_folder, "libmodbus-server");
        (int code, string text) = await PeerProcess.RunAsync(compiler, ["-O1", "-o", program, Peer("libmodbus-server.c"), .. flags.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)]);
        Assert.True(code == 0, text);
        return program;
    }

    private Task<PeerProcess> SerialLineAsync() => PeerProcess.StartAsync(
        "starting data transfer",
        true,
        ExternalTool.Require("socat"),
        "-d",
        "-d",
        $"pty,raw,echo=0,link={Path.Combine(_folder, "a")}",
        $"pty,raw,echo=0,link={Path.Combine(_folder, "b")}");

    private SerialSettings Serial(string end) => new(Path.Combine(_folder, end), 115_200, Parity.None, StopBits.One);

    private static string Peer(string name) => Repository.PathOf("tests", "Isobar.Lab.Tests", "Presses", "Modbus", "Peers", name);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
