using System.Collections.Immutable;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads a staircase: a list of pressures, at each a ramp, a hold and, where wanted, a measurement.</summary>
internal static class StaircaseText
{
    public static ImmutableArray<Step> Read(FileNode node, SamplePressure limit)
    {
        DeclaredMap map = StepDeclarations.Staircase.Open(node);
        string name = StepText.Name(map);
        ImmutableArray<SamplePressure> targets =
            [.. map.Require("targets").AsList("targets").Items.Select(item => StepText.WithinLimit(item, limit))];
        PressureRate rate = map.Require("rate").Positive<PressureRate>("the rate");
        (Duration minimum, Duration maximum) = HoldText.Times(map);
        var hold = new HoldStep(
            name,
            map.Require("kind").OneOf("kind of pressure", StepText.Kinds),
            targets[0],
            StepText.Share(map.Require("band"), "the band"),
            minimum,
            maximum,
            map.Find("settle_rate_per_minute") is { } settle ? StepText.Share(settle, "the settle rate") : null)
        {
            Guard = map.Find("guard") is { } guard ? GuardText.Read(guard) : null,
        };
        MeasureStep? measure = map.Find("measure") is { } quantities
            ? new MeasureStep(name, MeasureText.Quantities(quantities), map.Require("timeout").Positive<Duration>("the timeout"))
            : null;
        if (measure is null && map.Find("timeout") is { } timeout) throw timeout.Error("the staircase has a timeout and measures nothing", "a timeout with 'measure', or neither", "remove it, or add 'measure: [impedance]'");
        return StepSequence.Staircase(name, targets, rate, hold, measure);
    }
}
