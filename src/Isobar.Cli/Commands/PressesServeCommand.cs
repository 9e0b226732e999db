using System.CommandLine;
using System.Globalization;
using System.IO.Ports;
using System.Net;
using System.Net.Sockets;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Runs;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Shows a simulated press as a Modbus device, for drivers, strangers' tools and exercises.</summary>
internal sealed class PressesServeCommand : IsobarCommand
{
    private const byte Unit = 1;
    private const int Baud = 115_200;

    private readonly Argument<string> _press = new("press") { Description = "Simulated press as isobar presses lists it, for example 5t" };
    private readonly Option<string?> _cell = CellArguments.CellOption();
    private readonly Option<string?> _serial = new("--serial") { Description = "Serve Modbus RTU on this serial port or pseudo-terminal instead, 115200 baud, 8N1", HelpName = "/dev/pts/3" };
    private readonly Option<bool> _heated = new("--heated") { Description = "With heated platens, as examples/presses/simulated-heated.yaml describes them" };
    private readonly Option<bool> _driven = new("--driven") { Description = "Without a force loop of its own: it takes ram speeds, as examples/presses/simulated-driven.yaml describes it" };
    private readonly Option<ulong> _seed = CellArguments.Seed();
    private readonly Option<Force?> _zero = QuantityOption<Force>("--zero", "What its force sensor shows without load, to exercise taring (default: nothing)", "40N");

    private readonly Option<int> _port = new("--port")
    {
        Description = "Port on 127.0.0.1; 0 takes any free one",
        HelpName = "number",
        DefaultValueFactory = _ => 1502,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= IPEndPoint.MaxPort) return port;
            result.AddError($"'{result.Tokens[0].Value}' is not a port; write a number from 0 to 65535");
            return 0;
        },
    };

    public PressesServeCommand()
        : base("serve", "Serve a simulated press as a Modbus TCP or RTU device with watchdog, on this machine only.")
    {
        Arguments.Add(_press);
        foreach (Option option in (Option[])[_port, _serial, _heated, _driven, _cell, _zero, _seed]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("presses serve 5t", "then, elsewhere: isobar press protocol.yaml --press examples/presses/simulated-modbus.yaml"),
        ("presses serve 24t --serial /dev/pts/3", "Modbus RTU on a pseudo-terminal"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string name = parse.GetRequiredValue(_press);
        SimulatedPreset preset = PressPlace.Preset(name)
            ?? throw new Failure($"'{name}' is not a simulated press", "one of " + string.Join(", ", PressRegister.Presses.Select(each => each.Id)), "isobar presses lists them", "argument press");
        string? cellPath = parse.GetValue(_cell);
        Cell cell = cellPath is null ? StandIn.Cell(PressStation.Empty(preset)) : CellArguments.Read(cellPath, surroundings).Cell;
        var indication = new ForceChain(parse.GetValue(_zero) ?? default, null);
        PressPlantParameters plant = parse.GetValue(_heated) ? preset.Plant with { Platens = HeatedColumnParameters.Laboratory } : preset.Plant;
        await using SimulatedPress press = new SimulatedBench(cell, parse.GetValue(_seed)).Press(plant, indication);
        press.LoadAll();
        var device = new SimulatedPressDevice(press, parse.GetValue(_driven));
        string? serial = parse.GetValue(_serial);
        await using IAsyncDisposable server = Server(device, serial, parse.GetValue(_port));
        await using var life = new RealTimeDevice(device, surroundings.Time);
        string address = server is ModbusTcpServer tcp ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{tcp.Port}") : serial!;
        output.Answer(new ServeAnswer(preset.Id, press.Name, server is ModbusTcpServer ? "tcp" : "rtu", address, Unit, SimulatedPress.WatchdogSeconds), page => Prose.Write(
            page,
            $"{press.Name} as Modbus {(server is ModbusTcpServer ? "TCP" : "RTU")} unit {Unit} at {address}; register map in examples/presses/simulated-{(parse.GetValue(_driven) ? "driven" : parse.GetValue(_heated) ? "heated" : "modbus")}.yaml; without a heartbeat it releases after {SimulatedPress.WatchdogSeconds.ToString(CultureInfo.InvariantCulture)} s; Ctrl-C ends it"));
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C switches the device off.
        }

        return ExitCode.Done;
    }

    private static IAsyncDisposable Server(SimulatedPressDevice device, string? serial, int port)
    {
        try
        {
            return serial is null ? new ModbusTcpServer(device, Unit, port) : new ModbusRtuServer(device, Unit, new SerialSettings(serial, Baud, Parity.None, StopBits.One));
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new Failure(exception.Message, serial is null ? "a free port" : "a serial port that can be opened", serial is null ? "choose another with --port" : "check the path behind --serial", serial is null ? "option --port" : "option --serial", ExitCode.OutsideFailed);
        }
    }

    private sealed record ServeAnswer(string Press, string Name, string Line, string Address, int Unit, double WatchdogSeconds);
}
