using System.Globalization;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads the steps that measure.</summary>
internal static class MeasureText
{
    public static MeasureStep ReadMeasure(FileNode node, StepText.StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Measure.Open(node);
        return new MeasureStep(
            StepText.Name(map),
            Quantities(map.Require("quantities")),
            map.Require("timeout").Positive<Duration>("the timeout"));
    }

    public static AdaptiveStep ReadAdaptive(FileNode node, StepText.StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Adaptive.Open(node);
        SamplePressure start = StepText.WithinLimit(map.Require("start"), place.Limit);
        FileNode highestNode = map.Require("highest");
        SamplePressure highest = StepText.WithinLimit(highestNode, place.Limit);
        if (highest < start) throw highestNode.Error($"the highest pressure of {highest} lies below the start of {start}", $"at least {start}", "raise the highest pressure or lower the start");
        return new AdaptiveStep(
            StepText.Name(map),
            map.Require("kind").OneOf("kind of pressure", StepText.Kinds),
            start,
            StepText.WithinLimit(map.Require("increment"), place.Limit, zeroAllowed: true),
            highest,
            map.Require("rate").Positive<PressureRate>("the rate"),
            StepText.Share(map.Require("band"), "the band"),
            map.Require("dwell").Positive<Duration>("the dwell"),
            StepText.Share(map.Require("stop_below"), "the share"),
            Count(map.Require("most_rounds"), "number of rounds", 2, 10_000),
            map.Require("timeout").Positive<Duration>("the timeout"));
    }

    public static MeasuredQuantities Quantities(FileNode node)
    {
        MeasuredQuantities quantities = MeasuredQuantities.None;
        foreach (FileNode item in node.AsList("quantities").Items)
        {
            MeasuredQuantities one = item.OneOf("quantity to measure", StepText.Measurements);
            if (quantities.HasFlag(one)) throw item.Error($"{item.Description} stands twice", "each quantity once", "remove one");
            quantities |= one;
        }

        return quantities;
    }

    /// <summary>A whole number within bounds.</summary>
    public static int Count(FileNode node, string what, int least, int most)
    {
        string text = node.AsScalar($"the {what}").Text;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least && count <= most
            ? count
            : throw node.Error($"the {what} is '{text}'", $"a whole number from {least} to {most}", $"correct the {what}");
    }
}
