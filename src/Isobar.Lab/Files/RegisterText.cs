using System.Globalization;
using Isobar.Control;
using Isobar.Lab.Presses.Modbus;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads the register map of a press file.</summary>
internal static class RegisterText
{
    private const double ZeroCelsius = 273.15;
    private const string HotName = "the set-point of the temperature";

    private static readonly (string Word, bool Value)[] Kinds = [("holding", false), ("input", true)];
    private static readonly (string Word, bool Value)[] Answers = [("yes", true), ("no", false)];
    private static readonly (string Word, WordOrder Value)[] Orders = [("high first", WordOrder.HighFirst), ("low first", WordOrder.LowFirst)];

    private static readonly (string Word, RegisterType Value)[] Types =
    [
        ("word", RegisterType.Word), ("signed word", RegisterType.SignedWord), ("double word", RegisterType.DoubleWord),
        ("signed double word", RegisterType.SignedDoubleWord), ("real", RegisterType.Real),
    ];

    /// <summary>The registers of a press; the speed of an actuator may be a share of the largest one of its drive.</summary>
    public static PressRegisters Read(FileNode node, DriveParameters? drive)
    {
        FileMap map = node.AsMap(
            "the registers", "kind", "word_order", "proof", "force", "displacement", "thickness", "sequence", "heartbeat_echo", "setpoint", "actuator", "heartbeat", "dump", "temperature",
            "temperature_setpoint", "tripped", "read_write");
        bool input = map.Require("kind", "the registers", "holding").OneOf("kind of register", Kinds);
        FileNode? actuator = map.Find("actuator"), hot = map.Find("temperature_setpoint");
        if (actuator is not null && map.Find("setpoint") is not null) throw actuator.Error("the press has a set-point and an actuator", "one of the two: either the device closes the force loop or the program does", "keep the set-point where the device has a force loop of its own");
        if (actuator is not null && drive is null) throw actuator.Error("the program is to close the force loop of this press, and the file does not say how its ram answers", "a part 'loop'", "add 'loop: {stiffness: 24 N/um, lag: 60 ms, largest_speed: 2 mm/s, approach_speed: 50 um/s, noise: 1 N}'");
        if (hot is not null && map.Find("temperature") is null) throw hot.Error("the platens have a set-point and no reading", "a register 'temperature' beside it", "add the reading; nothing is heated that is not watched");
        FileNode? both = map.Find("read_write");
        bool readWrite = both?.OneOf("answer", Answers) ?? false;
        if (readWrite && input) throw both!.Error("function 23 reads holding registers, and this press shows its values in input registers", "'kind: holding', or no 'read_write'", "remove 'read_write'");
        FileMap proof = map.Require("proof", "the registers", "{address: 0, type: real, value: 1234.5}").AsMap("the proof", "address", "type", "value");
        return new PressRegisters(
            input,
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
            Temperature = map.Find("temperature") is { } temperature ? Celsius(temperature.AsMap("the temperature", "address", "type", "step"), "the temperature") : null,
            TemperatureSetpoint = hot is null ? null : Celsius(hot.AsMap(HotName, "address", "type", "step", "off"), HotName),
            HeatingOffKelvins = hot is null ? 0 : ZeroCelsius + Number(hot.AsMap(HotName).Require("off", HotName, "0"), "the set-point that switches the heating off, °C"),
            Actuator = actuator is null ? null : Speed(actuator, drive!.LargestSpeed),
            Tripped = map.Find("tripped") is { } tripped ? Counter(tripped, "the state of the watchdog") : null,
            ReadWrite = readWrite,
        };
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

    // A ram is driven at a speed, or by a share of the largest speed: a valve, a drive.
    private static RegisterValue Speed(FileNode node, double largestSpeed)
    {
        const string what = "the actuator";
        FileMap map = node.AsMap(what, "address", "type", "unit");
        FileScalar unit = map.Require("unit", what, "um/s").AsScalar($"the unit of {what}");
        string one = unit.Text.Length > 0 && char.IsAsciiDigit(unit.Text[0]) ? unit.Text : "1 " + unit.Text;
        return Quantity.TryParse(one, out Fraction share, out _) && share.Value > 0 ? Place(map, what, share.Value * largestSpeed) : Scaled<Speed>(node, what);
    }

    // A temperature has a zero of its own: the step in degrees Celsius, shifted to kelvins.
    private static RegisterValue Celsius(FileMap map, string what)
    {
        double step = map.Find("step") is { } own ? Number(own, $"the step of {what}, °C") : 1;
        return Place(map, what, step) with { Offset = ZeroCelsius };
    }

    private static RegisterValue Place(FileMap map, string what, double scale) => new(
        (ushort)Whole(map.Require("address", what, "2"), $"the address of {what}", 0, ushort.MaxValue),
        map.Require("type", what, "real").OneOf("type of register", Types),
        scale);

    /// <summary>A whole number within bounds.</summary>
    public static int Whole(FileNode node, string what, int least, int most)
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
