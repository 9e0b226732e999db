using System.Globalization;
using System.IO.Ports;
using Isobar.Lab.Presses.Modbus;
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
        using PeerProcess peer = await PeerProcess.StartAsync("ready", false, await LibmodbusAsync(), "tcp", Text(port));
        await ReadAllAsync(new ModbusTcpLine("127.0.0.1", port, Patience), 2000);
    }

    [Fact]
    public async Task Pymodbus_over_tcp_is_read_without_a_wrong_value()
    {
        ExternalTool.Require("mbpoll");
        int port = PeerProcess.FreePort();
        using PeerProcess peer = await PeerProcess.StartAsync("ready", false, Python, Peer("pymodbus-server.py"), Text(port));
        await ReadAllAsync(new ModbusTcpLine("127.0.0.1", port, Patience), 1000);
    }

    [Fact]
    public async Task Modbus_serial_of_node_over_tcp_is_read_without_a_wrong_value()
    {
        string node = ExternalTool.Require("node");
        string modules = ExternalTool.RequireFolder(Repository.PathOf("artifacts", "peers", "node_modules", "modbus-serial"), "npm install --prefix artifacts/peers modbus-serial@8.0.25");
        int port = PeerProcess.FreePort();
        using PeerProcess peer = await PeerProcess.StartAsync("ready", false, node, Peer("modbus-serial-server.cjs"), Path.GetDirectoryName(modules)!, Text(port));
        await ReadAllAsync(new ModbusTcpLine("127.0.0.1", port, Patience), 200);
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
            await UntilAsync(() => new FileInfo(capture).Length > 50 * 150);
            await listening.InterruptAsync();
        }

        (int code, string text) = await PeerProcess.RunAsync(tshark, "-r", capture, "-d", $"tcp.port=={server.Port},mbtcp", "-Y", "mbtcp", "-T", "fields", "-e", "mbtcp.trans_id", "-e", "modbus.func_code", "-e", "_ws.malformed");
        Assert.True(code == 0, text);
        string[][] frames = [.. text.Split('\n').Select(line => line.TrimEnd().Split('\t')).Where(fields => fields.Length >= 2 && fields[0].Length > 0 && char.IsAsciiDigit(fields[0][0]))];
        Assert.True(frames.Length >= 90, $"{frames.Length} frames in: {text}");
        Assert.All(frames, fields => Assert.True(fields.Length == 2 || fields[2].Length == 0, string.Join(' ', fields)));
        Assert.All(frames.GroupBy(fields => fields[0], StringComparer.Ordinal).Skip(1).SkipLast(1), pair => Assert.Equal(2, pair.Count()));
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
