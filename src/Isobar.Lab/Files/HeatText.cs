using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads the steps that heat, cool and soak.</summary>
internal static class HeatText
{
    public static HeatStep ReadHeat(FileNode node, StepText.StepPlace place)
    {
        FileMap map = node.AsMap("the heat step", "name", "target", "rate", "band", "timeout", "guard");
        return new HeatStep(
            StepText.Name(map),
            map.Require("target", "the heat step", "60 °C").Positive<Temperature>("the temperature"),
            map.Require("rate", "the heat step", "2 K/min").Positive<TemperatureRate>("the rate"),
            map.Require("band", "the heat step", "1 K").Positive<TemperatureDifference>("the band"),
            map.Require("timeout", "the heat step", "1 h").Positive<Duration>("the timeout"));
    }

    public static SoakStep ReadSoak(FileNode node, StepText.StepPlace place)
    {
        FileMap map = node.AsMap("the soak", "name", "target", "band", "minimum", "maximum", "guard");
        (Duration minimum, Duration maximum) = HoldText.Times(map, "the soak");
        return new SoakStep(
            StepText.Name(map),
            map.Require("target", "the soak", "60 °C").Positive<Temperature>("the temperature"),
            map.Require("band", "the soak", "1 K").Positive<TemperatureDifference>("the band"),
            minimum,
            maximum);
    }
}
