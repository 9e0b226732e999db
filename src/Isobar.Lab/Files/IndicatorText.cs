using System.Text.RegularExpressions;
using Isobar.Lab.Presses.Serial;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads how a load cell or indicator speaks: its port, the pattern of its lines, their unit.</summary>
internal static class IndicatorText
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    public static IndicatorProfile Read(FileNode node)
    {
        FileMap map = node.AsMap("the indicator", "serial", "baud", "parity", "stop_bits", "pattern", "unit", "rate", "request");
        FileNode port = map.Require("serial", "the indicator", "/dev/ttyUSB0");
        FileScalar pattern = map.Require("pattern", "the indicator", @"'^[A-Z,]*\s*(?<value>[-+]?[0-9.]+)'").AsScalar("the pattern");
        Regex regex;
        try
        {
            regex = new Regex(pattern.Text, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, s_patience);
        }
        catch (ArgumentException fault)
        {
            throw pattern.Error($"the pattern is no regular expression: {fault.Message}", "a pattern with a group named 'value', such as '(?<value>[-+]?[0-9.]+)'", "correct the pattern");
        }

        if (!regex.GetGroupNames().Contains(IndicatorProfile.ValueGroup, StringComparer.Ordinal))
            throw pattern.Error("the pattern has no group named 'value'", "the number in a group such as '(?<value>[-+]?[0-9.]+)'", "put (?<value>...) around the number");
        FileScalar unit = map.Require("unit", "the indicator", "N").AsScalar("the unit");
        string one = unit.Text.Length > 0 && char.IsAsciiDigit(unit.Text[0]) ? unit.Text : "1 " + unit.Text;
        if (!Quantity.TryParse(one, out Force count, out string error)) throw unit.Error(error, "the force that one count is worth: a unit such as N or kg-force, or a step such as '0.1 N'", "correct the unit of the indicator");
        if (count.Newtons <= 0) throw unit.Error($"one count is {unit.Text}", "a force above zero", "correct the unit of the indicator");
        Frequency rate = map.Require("rate", "the indicator", "20 Hz").Positive<Frequency>("the rate");
        return new IndicatorProfile(PressFile.Serial(map, port), regex, count.Newtons, rate.Hertz, map.Find("request")?.AsText("the request"));
    }
}
