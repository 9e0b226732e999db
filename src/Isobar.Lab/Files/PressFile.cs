using System.Globalization;
using System.IO.Ports;
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

    private static readonly (string Word, bool Value)[] Kinds = [("holding", false), ("input", true)];
    private static readonly (string Word, WordOrder Value)[] Orders = [("high first", WordOrder.HighFirst), ("low first", WordOrder.LowFirst)];
    private static readonly (string Word, Parity Value)[] Parities = [("none", Parity.None), ("even", Parity.Even), ("odd", Parity.Odd)];
    private static readonly (string Word, WatchdogBehaviour Value)[] Behaviours = [("release", WatchdogBehaviour.Release), ("hold", WatchdogBehaviour.Hold)];
    private static readonly (string Word, StopPolicy Value)[] Stops = [("release", StopPolicy.Release), ("hold", StopPolicy.Hold)];

    private static readonly (string Word, RegisterType Value)[] Types =
    [
        ("word", RegisterType.Word), ("signed word", RegisterType.SignedWord), ("double word", RegisterType.DoubleWord),
        ("signed double word", RegisterType.SignedDoubleWord), ("real", RegisterType.Real),
    ];

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
        root.AsMap("a press file", "isobar", "press", "connection", "registers", "watchdog", "limits", "indicator", "stop");
        Cells.PressInstrument instrument = BenchText.ReadPress(root.Require("press", "the file", "{name: ..., capacity: 5 t, ...}"));
        if (root.Find("registers") is null && root.Find("connection") is null)
        {
            foreach (string key in (string[])["watchdog", "limits", "stop"])
            {
                if (root.Find(key) is { } alone) throw alone.Error($"'{key}' stands in the file of a press that nobody commands", "'connection' and 'registers' beside it", "describe the connection, or remove this part");
            }

            return new HandPressDescription(instrument, root.Find("indicator") is { } indicator ? IndicatorText.Read(indicator) : null);
        }

        if (root.Find("indicator") is { } both) throw both.Error("the press has registers and an indicator", "one of the two", "keep 'registers' for a press that is commanded, 'indicator' for one that a person pumps");
        return new PressProfile(
            instrument,
            Connection(root.Require("connection", "the file", "{tcp: 192.168.0.10:502, unit: 1, timeout: 200 ms}")),
            Registers(root.Require("registers", "the file", "{...}")),
            root.Find("watchdog") is { } watchdog ? Watchdog(watchdog) : null)
        {
            Limits = root.Find("limits") is { } limits ? Limits(limits) : new PressLimits(),
            Stop = root.Find("stop") is { } stop ? stop.OneOf("stop", Stops) : StopPolicy.Release,
        };
    }

    private static PressConnection Connection(FileNode node)
    {
        FileMap map = node.AsMap("the connection", "tcp", "serial", "baud", "parity", "stop_bits", "unit", "timeout");
        byte unit = (byte)Whole(map.Require("unit", "the connection", "1"), "the unit", 0, 255);
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
        int stopBits = Whole(map.Require("stop_bits", "the serial connection", "1"), "the stop bits", 1, 2);
        return new SerialSettings(
            port.AsText("the serial port"),
            Whole(map.Require("baud", "the serial connection", "19200"), "the baud rate", 300, 4_000_000),
            map.Require("parity", "the serial connection", "even").OneOf("parity", Parities),
            stopBits == 2 ? StopBits.Two : StopBits.One);
    }

    private static PressRegisters Registers(FileNode node)
    {
        FileMap map = node.AsMap(
            "the registers", "kind", "word_order", "proof", "force", "displacement", "thickness", "sequence", "heartbeat_echo", "setpoint", "heartbeat", "dump", "temperature");
        FileMap proof = map.Require("proof", "the registers", "{address: 0, type: real, value: 1234.5}").AsMap("the proof", "address", "type", "value");
        return new PressRegisters(
            map.Require("kind", "the registers", "holding").OneOf("kind of register", Kinds),
            map.Require("word_order", "the registers", "high first").OneOf("word order", Orders),
            new ProofConstant(Place(proof, "the proof", 1), Number(proof.Require("value", "the proof", "1234.5"), "the value of the proof")),
            Scaled<Force>(map.Require("force", "the registers", "{address: 2, type: real, unit: N}"), "the force"),
            map.Find("displacement") is { } x ? Scaled<Length>(x, "the displacement") : null,
            map.Find("thickness") is { } h ? Scaled<Length>(h, "the thickness") : null,
            Counter(map.Require("sequence", "the registers", "{address: 8, type: word}"), "the sequence"),
            map.Find("heartbeat_echo") is { } echo ? Counter(echo, "the heartbeat echo") : null,
            map.Find("setpoint") is { } setpoint ? Scaled<Force>(setpoint, "the set-point") : null,
            map.Find("heartbeat") is { } heartbeat ? Counter(heartbeat, "the heartbeat") : null,
            map.Find("dump") is { } dump ? Counter(dump, "the dump") : null)
        {
            Temperature = map.Find("temperature") is { } temperature ? Celsius(temperature) : null,
        };
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

    private static RegisterValue Counter(FileNode node, string what) => Place(node.AsMap(what, "address", "type"), what, 1);

    private static RegisterValue Scaled<T>(FileNode node, string what) where T : struct, IQuantity<T>
    {
        FileMap map = node.AsMap(what, "address", "type", "unit");
        FileScalar unit = map.Require("unit", what, "N").AsScalar($"the unit of {what}");
        string text = unit.Text.Length > 0 && char.IsAsciiDigit(unit.Text[0]) ? unit.Text : "1 " + unit.Text;
        if (!Quantity.TryParse(text, out T one, out string error)) throw unit.Error(error, $"what one count of {what} is worth: a unit, or a step such as '0.1 N'", $"correct the unit of {what}");
        if (one.Si <= 0) throw unit.Error($"one count of {what} is {unit.Text}", "a step above zero", $"correct the unit of {what}");
        return Place(map, what, one.Si);
    }

    // A temperature has a zero of its own: the step in degrees Celsius, shifted to kelvins.
    private static RegisterValue Celsius(FileNode node)
    {
        const double zeroCelsius = 273.15;
        FileMap map = node.AsMap("the temperature", "address", "type", "step");
        double step = map.Find("step") is { } own ? Number(own, "the step of the temperature, °C") : 1;
        return Place(map, "the temperature", step) with { Offset = zeroCelsius };
    }

    private static RegisterValue Place(FileMap map, string what, double scale) => new(
        (ushort)Whole(map.Require("address", what, "2"), $"the address of {what}", 0, ushort.MaxValue),
        map.Require("type", what, "real").OneOf("type of register", Types),
        scale);

    private static int Whole(FileNode node, string what, int least, int most)
    {
        FileScalar scalar = node.AsScalar(what);
        return int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw scalar.Error($"{what} is '{scalar.Text}'", string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"), $"correct {what}");
    }

    private static double Number(FileNode node, string what)
    {
        FileScalar scalar = node.AsScalar(what);
        return double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw scalar.Error($"{what} is '{scalar.Text}'", "a number", $"correct {what}");
    }
}
