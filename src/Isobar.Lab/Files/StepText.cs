using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads one step of a protocol file: one key that says what is done, with its settings.</summary>
internal static class StepText
{
    internal static readonly (string Word, PressureKind Value)[] Kinds =
        [("fabrication", PressureKind.Fabrication), ("attach", PressureKind.Attach), ("stack", PressureKind.Stack)];

    internal static readonly (string Word, MeasuredQuantities Value)[] Measurements =
        [("thickness", MeasuredQuantities.Thickness), ("impedance", MeasuredQuantities.Impedance)];

    private static readonly (string Word, Func<FileNode, StepPlace, Step> Read)[] Types =
    [
        ("approach", ReadApproach), ("ramp", ReadRamp), ("hold", ReadHold), ("measure", ReadMeasure), ("prompt", ReadPrompt), ("release", ReadRelease),
    ];

    /// <summary>Where a step stands: the limit of its protocol, and the pressure that the step before it ends at.</summary>
    internal readonly record struct StepPlace(SamplePressure Limit, SamplePressure Present);

    /// <summary>The pressure that a step ends at.</summary>
    public static SamplePressure EndOf(Step step, SamplePressure present) => step switch
    {
        ApproachStep approach => approach.Contact,
        RampStep ramp => ramp.Target,
        HoldStep hold => hold.Target,
        ReleaseStep release => release.Target,
        PromptStep => new SamplePressure(0),
        _ => present,
    };

    public static Step Read(FileNode node, StepPlace place)
    {
        string words = string.Join(", ", Types.Select(type => type.Word));
        if (node.AsMap("the step") is not { Entries: [FileEntry entry] })
        {
            throw node.Error("the step has more or less than one key", "one key that says what is done: " + words, "write each step as '- ramp: {name: ..., ...}'");
        }

        return entry.Key.OneOf("type of step", [.. Types.Select(type => (type.Word, type.Read))])(entry.Value, place);
    }

    private static ApproachStep ReadApproach(FileNode node, StepPlace place)
    {
        FileMap map = node.AsMap("the approach", "name", "contact", "rate", "timeout");
        return new ApproachStep(
            Name(map),
            WithinLimit(map.Require("contact", "the approach", "1 MPa"), place.Limit),
            map.Require("rate", "the approach", "0.2 MPa/s").Positive<PressureRate>("the rate"),
            map.Require("timeout", "the approach", "2 min").Positive<Duration>("the timeout"));
    }

    private static RampStep ReadRamp(FileNode node, StepPlace place)
    {
        FileMap map = node.AsMap("the ramp", "name", "kind", "target", "rate", "time");
        SamplePressure target = WithinLimit(map.Require("target", "the ramp", "375 MPa"), place.Limit);
        return new RampStep(
            Name(map),
            map.Require("kind", "the ramp", "fabrication").OneOf("kind of pressure", Kinds),
            target,
            RampRate(map, target, place.Present));
    }

    // A ramp is given by its rate or by its time; a time is the rate that takes it from the pressure where the step before ends.
    private static PressureRate RampRate(FileMap map, SamplePressure target, SamplePressure present)
    {
        if (map.Find("time") is not { } time) return map.Require("rate", "the ramp", "5 MPa/s").Positive<PressureRate>("the rate");
        if (map.Find("rate") is { } rate) throw rate.Error("the ramp has a rate and a time", "one of them", "remove the rate or the time; each follows from the other");
        double distance = Math.Abs(target.Pascals - present.Pascals);
        if (distance <= 0) throw time.Error($"the ramp takes time to go from {present} to {target}", "a target that differs from the pressure before it", "correct the target, or hold instead");
        return new PressureRate(distance / time.Positive<Duration>("the time of the ramp").Seconds);
    }

    private static HoldStep ReadHold(FileNode node, StepPlace place)
    {
        FileMap map = node.AsMap("the hold", "name", "kind", "target", "band", "minimum", "maximum", "settle_rate_per_minute");
        Duration minimum = map.Require("minimum", "the hold", "3 min").Positive<Duration>("the minimum time");
        FileNode maximumNode = map.Require("maximum", "the hold", "10 min");
        Duration maximum = maximumNode.Positive<Duration>("the maximum time");
        if (maximum < minimum) throw maximumNode.Error($"the hold ends after {maximum}, before its minimum of {minimum}", $"at least {minimum}", "raise the maximum or lower the minimum");
        return new HoldStep(
            Name(map),
            map.Require("kind", "the hold", "fabrication").OneOf("kind of pressure", Kinds),
            WithinLimit(map.Require("target", "the hold", "375 MPa"), place.Limit),
            Share(map.Require("band", "the hold", "1 %"), "the band"),
            minimum,
            maximum,
            map.Find("settle_rate_per_minute") is { } settle ? Share(settle, "the settle rate") : null);
    }

    private static MeasureStep ReadMeasure(FileNode node, StepPlace place)
    {
        FileMap map = node.AsMap("the measure", "name", "quantities", "timeout");
        MeasuredQuantities quantities = MeasuredQuantities.None;
        foreach (FileNode item in map.Require("quantities", "the measurement", "[thickness, impedance]").AsList("quantities").Items)
        {
            MeasuredQuantities one = item.OneOf("quantity to measure", Measurements);
            if (quantities.HasFlag(one)) throw item.Error($"{item.Description} stands twice", "each quantity once", "remove one");
            quantities |= one;
        }

        return new MeasureStep(Name(map), quantities, map.Require("timeout", "the measurement", "1 h").Positive<Duration>("the timeout"));
    }

    private static PromptStep ReadPrompt(FileNode node, StepPlace place)
    {
        FileMap map = node.AsMap("the prompt", "name", "text", "adds");
        return new PromptStep(Name(map), map.Require("text", "the prompt", "\"fill in the powder\"").AsText("the text"), map.Find("adds")?.AsText("the layer"));
    }

    private static ReleaseStep ReadRelease(FileNode node, StepPlace place)
    {
        FileMap map = node.AsMap("the release", "name", "target", "rate");
        return new ReleaseStep(
            Name(map),
            WithinLimit(map.Require("target", "the release", "0 MPa"), place.Limit, zeroAllowed: true),
            map.Require("rate", "the release", "5 MPa/s").Positive<PressureRate>("the rate"));
    }

    private static string Name(FileMap map) => map.Require("name", "the step", "press separator").AsText("the name of the step");

    private static SamplePressure WithinLimit(FileNode node, SamplePressure limit, bool zeroAllowed = false)
    {
        SamplePressure pressure = node.Quantity<SamplePressure>("the pressure");
        if (pressure.Pascals < 0 || (pressure.Pascals == 0 && !zeroAllowed))
        {
            throw node.Error($"the pressure is {((FileScalar)node).Text}", zeroAllowed ? "a pressure of zero or more" : "a pressure above zero", "correct the pressure");
        }

        if (pressure > limit) throw node.Error($"{pressure} is above the limit {limit} of the protocol", $"at most {limit}", "lower the pressure; raise the limit only if die, press and cell allow it");
        return pressure;
    }

    private static Fraction Share(FileNode node, string what)
    {
        Fraction share = node.Positive<Fraction>(what);
        return share.Value < 1 ? share : throw node.Error($"{what} is {((FileScalar)node).Text}", "a share below 100 %", "write for example '1 %'");
    }
}
