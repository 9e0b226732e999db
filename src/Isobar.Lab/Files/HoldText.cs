using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads the steps that hold a pressure or a thickness.</summary>
internal static class HoldText
{
    public static HoldStep ReadHold(FileNode node, StepText.StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Hold.Open(node);
        (Duration minimum, Duration maximum) = Times(map);
        return new HoldStep(
            StepText.Name(map),
            map.Require("kind").OneOf("kind of pressure", StepText.Kinds),
            StepText.WithinLimit(map.Require("target"), place.Limit),
            StepText.Share(map.Require("band"), "the band"),
            minimum,
            maximum,
            map.Find("settle_rate_per_minute") is { } settle ? StepText.Share(settle, "the settle rate") : null)
        {
            SettlePressureRate = map.Find("settle_pressure_rate")?.Positive<PressureRate>("the settle rate"),
        };
    }

    public static HoldPositionStep ReadPosition(FileNode node, StepText.StepPlace place)
    {
        DeclaredMap map = StepDeclarations.HoldPosition.Open(node);
        (Duration minimum, Duration maximum) = Times(map);
        FileNode lowestNode = map.Require("lowest");
        SamplePressure lowest = StepText.WithinLimit(lowestNode, place.Limit, zeroAllowed: true);
        SamplePressure highest = StepText.WithinLimit(map.Require("highest"), place.Limit);
        if (lowest > highest) throw lowestNode.Error($"the lowest pressure of {lowest} lies above the highest of {highest}", $"at most {highest}", "exchange the two");
        return new HoldPositionStep(
            StepText.Name(map),
            map.Require("kind").OneOf("kind of pressure", StepText.Kinds),
            lowest,
            highest,
            map.Require("rate").Positive<PressureRate>("the rate"),
            minimum,
            maximum,
            map.Find("settle_pressure_rate")?.Positive<PressureRate>("the settle rate"));
    }

    /// <summary>Minimum and maximum time, in that order.</summary>
    public static (Duration Minimum, Duration Maximum) Times(DeclaredMap map)
    {
        Duration minimum = map.Require("minimum").Positive<Duration>("the minimum time");
        FileNode maximumNode = map.Require("maximum");
        Duration maximum = maximumNode.Positive<Duration>("the maximum time");
        if (maximum < minimum) throw maximumNode.Error($"{map.What} ends after {maximum}, before its minimum of {minimum}", $"at least {minimum}", "raise the maximum or lower the minimum");
        return (minimum, maximum);
    }
}
