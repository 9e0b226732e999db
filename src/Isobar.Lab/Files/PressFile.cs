using System.Globalization;
using System.IO.Ports;
using Isobar.Control;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads press files: <c>isobar: press/1</c>, the press as in a cell file and, where there is more than a gauge to look at, how to reach it, where
/// its values stand and what its watchdog does.
/// </summary>
public static class PressFile
{
    internal const string Format = "press/1";

    private static readonly (string Word, Parity Value)[] Parities = [("none", Parity.None), ("even", Parity.Even), ("odd", Parity.Odd)];
    private static readonly (string Word, WatchdogBehaviour Value)[] Behaviours = [("release", WatchdogBehaviour.Release), ("hold", WatchdogBehaviour.Hold)];
    private static readonly (string Word, StopPolicy Value)[] Stops = [("release", StopPolicy.Release), ("hold", StopPolicy.Hold)];

    /// <summary>Reads the profile of a press behind Modbus from a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid profile of such a press.</exception>
    public static PressProfile Read(string path) => AsModbus(TextFile.Read(path));

    /// <summary>Reads such a profile from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a valid profile of such a press.</exception>
    public static PressProfile Parse(string text, string pathForMessages) => AsModbus(new SourceText(pathForMessages, text));

    /// <summary>Reads whatever press a file describes: behind Modbus, by hand with a load cell, or by hand with typed readings.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid press file.</exception>
    public static PressDescription ReadAny(string path) => Read(TextFile.Read(path));

    /// <summary>Reads whatever press a text describes; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a valid press file.</exception>
    public static PressDescription ParseAny(string text, string pathForMessages) => Read(new SourceText(pathForMessages, text));

    private static PressProfile AsModbus(SourceText source) => Read(source) as PressProfile
        ?? throw source.Error(1, 1, "this press has no registers", "a press behind Modbus, with 'connection' and 'registers'", "a press that a person pumps is described without them, and is not reached here");

    private static PressDescription Read(SourceText source)
    {
        FileMap root = YamlText.ReadMap(source);
        root.RequireFormat(Format);
        root.AsMap("a press file", "isobar", "press", "connection", "registers", "loop", "watchdog", "limits", "indicator", "stop");
        Cells.PressInstrument instrument = BenchText.ReadPress(root.Require("press", "the file", "{name: ..., capacity: 5 t, ...}"));
        if (root.Find("registers") is null && root.Find("connection") is null)
        {
            foreach (string key in (string[])["watchdog", "limits", "loop", "stop"])
            {
                if (root.Find(key) is { } alone) throw alone.Error($"'{key}' stands in the file of a press that nobody commands", "'connection' and 'registers' beside it", "describe the connection, or remove this part");
            }

            return new HandPressDescription(instrument, root.Find("indicator") is { } indicator ? IndicatorText.Read(indicator) : null);
        }

        if (root.Find("indicator") is { } both) throw both.Error("the press has registers and an indicator", "one of the two", "keep 'registers' for a press that is commanded, 'indicator' for one that a person pumps");
        PressConnection connection = Connection(root.Require("connection", "the file", "{tcp: 192.168.0.10:502, unit: 1, timeout: 200 ms}"));
        DriveParameters? drive = root.Find("loop") is { } loop ? LoopText.Read(loop, instrument) : null;
        FileNode node = root.Require("registers", "the file", "{...}");
        PressRegisters registers = RegisterText.Read(node, drive);
        if (drive is not null && registers.Actuator is null) throw root.Find("loop")!.Error("'loop' stands in the file of a press that closes its force loop itself", "a register 'actuator' with it", "remove 'loop', or name the actuator instead of the set-point");
        PressLimits limits = root.Find("limits") is { } own ? Limits(own) : new PressLimits();
        if (registers.TemperatureSetpoint is not null && limits.Hottest is null) throw node.Error("the platens can be heated and have no limit", "'temperature' under 'limits'", "write what the platens may have, for example 'limits: {temperature: 200 °C}'");
        return new PressProfile(
            instrument with { TellsThickness = registers.Thickness is not null, HottestPlatens = registers.TemperatureSetpoint is null ? null : limits.Hottest },
            connection,
            registers,
            root.Find("watchdog") is { } watchdog ? Watchdog(watchdog) : null)
        {
            Limits = limits,
            Drive = drive,
            Stop = root.Find("stop") is { } stop ? stop.OneOf("stop", Stops) : StopPolicy.Release,
        };
    }

    private static PressConnection Connection(FileNode node)
    {
        FileMap map = node.AsMap("the connection", "tcp", "serial", "baud", "parity", "stop_bits", "unit", "timeout");
        byte unit = (byte)RegisterText.Whole(map.Require("unit", "the connection", "1"), "the unit", 0, 255);
        Duration timeout = map.Require("timeout", "the connection", "200 ms").Positive<Duration>("the time-out");
        if (map.Find("serial") is { } serial)
        {
            if (map.Find("tcp") is { } both) throw both.Error("the connection is both serial and TCP", "one of the two", "remove one");
            return new PressConnection(null, 0, Serial(map, serial), unit, timeout);
        }

        FileScalar tcp = map.Require("tcp", "the connection", "192.168.0.10:502").AsScalar("the address");
        int colon = tcp.Text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(tcp.Text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
            throw tcp.Error($"'{tcp.Text}' is not an address with a port", "host:port, for example 192.168.0.10:502", "write the port behind a colon; Modbus TCP usually uses 502");
        return new PressConnection(tcp.Text[..colon], port, null, unit, timeout);
    }

    /// <summary>The settings of a serial port, out of the map that names it.</summary>
    internal static SerialSettings Serial(FileMap map, FileNode port)
    {
        int stopBits = RegisterText.Whole(map.Require("stop_bits", "the serial connection", "1"), "the stop bits", 1, 2);
        return new SerialSettings(
            port.AsText("the serial port"),
            RegisterText.Whole(map.Require("baud", "the serial connection", "19200"), "the baud rate", 300, 4_000_000),
            map.Require("parity", "the serial connection", "even").OneOf("parity", Parities),
            stopBits == 2 ? StopBits.Two : StopBits.One);
    }

    private static PressWatchdog Watchdog(FileNode node)
    {
        FileMap map = node.AsMap("the watchdog", "timeout", "behaviour", "proven");
        return new PressWatchdog(
            map.Require("timeout", "the watchdog", "500 ms").Positive<Duration>("the time-out of the watchdog"),
            map.Require("behaviour", "the watchdog", "release").OneOf("behaviour of a watchdog", Behaviours),
            map.Find("proven")?.AsDay("the date of the proof"));
    }

    private static PressLimits Limits(FileNode node)
    {
        FileMap map = node.AsMap("the limits", "force", "travel", "temperature");
        return new PressLimits(
            map.Find("force")?.Positive<Force>("the limit of the force"),
            map.Find("travel")?.Positive<Length>("the limit of the travel"),
            map.Find("temperature")?.Positive<Temperature>("the limit of the temperature"));
    }
}
