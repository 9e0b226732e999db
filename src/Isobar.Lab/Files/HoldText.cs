using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads the steps that hold a pressure or a thickness.</summary>
internal static class HoldText
{
    public static HoldStep ReadHold(FileNode node, StepText.StepPlace place)
    {
        FileMap map = node.AsMap("the hold", "name", "kind", "target", "band", "minimum", "maximum", "settle_rate_per_minute", "settle_pressure_rate", "guard");
        (Duration minimum, Duration maximum) = Times(map, "the hold");
        return new HoldStep(
            StepText.Name(map),
            map.Require("kind", "the hold", "fabrication").OneOf("kind of pressure", StepText.Kinds),
            StepText.WithinLimit(map.Require("target", "the hold", "375 MPa"), place.Limit),
            StepText.Share(map.Require("band", "the hold", "1 %"), "the band"),
            minimum,
            maximum,
            map.Find("settle_rate_per_minute") is { } settle ? StepText.Share(settle, "the settle rate") : null)
        {
            SettlePressureRate = map.Find("settle_pressure_rate")?.Positive<PressureRate>("the settle rate"),
        };
    }

    public static HoldPositionStep ReadPosition(FileNode node, StepText.StepPlace place)
    {
        FileMap map = node.AsMap("the hold_position step", "name", "kind", "lowest", "highest", "rate", "minimum", "maximum", "settle_pressure_rate", "guard");
        (Duration minimum, Duration maximum) = Times(map, "the hold");
        FileNode lowestNode = map.Require("lowest", "the hold_position step", "5 MPa");
        SamplePressure lowest = StepText.WithinLimit(lowestNode, place.Limit, zeroAllowed: true);
        SamplePressure highest = StepText.WithinLimit(map.Require("highest", "the hold_position step", "50 MPa"), place.Limit);
        if (lowest > highest) throw lowestNode.Error($"the lowest pressure of {lowest} lies above the highest of {highest}", $"at most {highest}", "exchange the two");
        return new HoldPositionStep(
            StepText.Name(map),
            map.Require("kind", "the hold_position step", "stack").OneOf("kind of pressure", StepText.Kinds),
            lowest,
            highest,
            map.Require("rate", "the hold_position step", "0.5 MPa/s").Positive<PressureRate>("the rate"),
            minimum,
            maximum,
            map.Find("settle_pressure_rate")?.Positive<PressureRate>("the settle rate"));
    }

    /// <summary>Minimum and maximum time, in that order.</summary>
    public static (Duration Minimum, Duration Maximum) Times(FileMap map, string what)
    {
        Duration minimum = map.Require("minimum", what, "3 min").Positive<Duration>("the minimum time");
        FileNode maximumNode = map.Require("maximum", what, "10 min");
        Duration maximum = maximumNode.Positive<Duration>("the maximum time");
        if (maximum < minimum) throw maximumNode.Error($"{what} ends after {maximum}, before its minimum of {minimum}", $"at least {minimum}", "raise the maximum or lower the minimum");
        return (minimum, maximum);
    }
}
