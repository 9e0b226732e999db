using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads the steps that heat, cool and soak.</summary>
internal static class HeatText
{
    public static HeatStep ReadHeat(FileNode node, StepText.StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Heat.Open(node);
        return new HeatStep(
            StepText.Name(map),
            map.Require("target").Positive<Temperature>("the temperature"),
            map.Require("rate").Positive<TemperatureRate>("the rate"),
            map.Require("band").Positive<TemperatureDifference>("the band"),
            map.Require("timeout").Positive<Duration>("the timeout"));
    }

    public static SoakStep ReadSoak(FileNode node, StepText.StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Soak.Open(node);
        (Duration minimum, Duration maximum) = HoldText.Times(map);
        return new SoakStep(
            StepText.Name(map),
            map.Require("target").Positive<Temperature>("the temperature"),
            map.Require("band").Positive<TemperatureDifference>("the band"),
            minimum,
            maximum);
    }
}
