using Isobar.Cells;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads one plain step of a protocol file: one key that says what is done, with its settings.</summary>
internal static class StepText
{
    internal static readonly (string Word, PressureKind Value)[] Kinds =
        [("fabrication", PressureKind.Fabrication), ("attach", PressureKind.Attach), ("stack", PressureKind.Stack)];

    internal static readonly (string Word, MeasuredQuantities Value)[] Measurements =
        [("thickness", MeasuredQuantities.Thickness), ("impedance", MeasuredQuantities.Impedance)];

    private static readonly (string Word, Func<FileNode, StepPlace, Step> Read)[] Types =
    [
        (StepDeclarations.Approach.Word, ReadApproach), (StepDeclarations.Ramp.Word, ReadRamp), (StepDeclarations.Hold.Word, HoldText.ReadHold),
        (StepDeclarations.Measure.Word, MeasureText.ReadMeasure), (StepDeclarations.Prompt.Word, ReadPrompt), (StepDeclarations.Release.Word, ReadRelease),
        (StepDeclarations.Densify.Word, ReadDensify), (StepDeclarations.HoldPosition.Word, HoldText.ReadPosition), (StepDeclarations.Adaptive.Word, MeasureText.ReadAdaptive),
        (StepDeclarations.Heat.Word, HeatText.ReadHeat), (StepDeclarations.Soak.Word, HeatText.ReadSoak),
    ];

    /// <summary>Where a step stands.</summary>
    /// <param name="Limit">Limit of its protocol.</param>
    /// <param name="Diameter">Diameter of its die.</param>
    /// <param name="Present">Pressure that the step before it ends at; null when that shows only in the run.</param>
    internal readonly record struct StepPlace(SamplePressure Limit, Length Diameter, SamplePressure? Present);

    /// <summary>The pressure that a step ends at; null when that shows only in the run.</summary>
    public static SamplePressure? EndOf(Step step, SamplePressure? present) => step switch
    {
        ApproachStep approach => approach.Contact,
        RampStep ramp => ramp.Target,
        HoldStep hold => hold.Target,
        ReleaseStep release => release.Target,
        PromptStep => new SamplePressure(0),
        DensifyStep or HoldPositionStep or AdaptiveStep => null,
        _ => present,
    };

    /// <summary>Reads a plain step of a known type, its guard included.</summary>
    public static Step Read(FileEntry entry, StepPlace place)
    {
        (_, Func<FileNode, StepPlace, Step> read) = Types.First(type => string.Equals(type.Word, entry.Key.Text, StringComparison.Ordinal));
        Step step = read(entry.Value, place);
        return entry.Value is FileMap map && map.Find("guard") is { } guard ? step with { Guard = GuardText.Read(guard) } : step;
    }

    private static ApproachStep ReadApproach(FileNode node, StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Approach.Open(node);
        return new ApproachStep(
            Name(map),
            WithinLimit(map.Require("contact"), place.Limit),
            map.Require("rate").Positive<PressureRate>("the rate"),
            map.Require("timeout").Positive<Duration>("the timeout"));
    }

    private static RampStep ReadRamp(FileNode node, StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Ramp.Open(node);
        SamplePressure target = WithinLimit(map.Require("target"), place.Limit);
        return new RampStep(
            Name(map),
            map.Require("kind").OneOf("kind of pressure", Kinds),
            target,
            RampRate(map, target, place.Present));
    }

    // A ramp is given by its rate or by its time; a time is the rate that takes it from the pressure where the step before ends.
    private static PressureRate RampRate(DeclaredMap map, SamplePressure target, SamplePressure? present)
    {
        if (map.Find("time") is not { } time) return map.Require("rate").Positive<PressureRate>("the rate");
        if (map.Find("rate") is { } rate) throw rate.Error("the ramp has a rate and a time", "one of them", "remove the rate or the time; each follows from the other");
        if (present is not { } from) throw time.Error("the ramp takes time from a pressure that shows only in the run", "a rate, because of the step before it", "replace the time by a rate, for example 'rate: 5 MPa/s'");
        double distance = Math.Abs(target.Pascals - from.Pascals);
        if (distance <= 0) throw time.Error($"the ramp takes time to go from {from} to {target}", "a target that differs from the pressure before it", "correct the target, or hold instead");
        return new PressureRate(distance / time.Positive<Duration>("the time of the ramp").Seconds);
    }

    private static PromptStep ReadPrompt(FileNode node, StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Prompt.Open(node);
        return new PromptStep(Name(map), map.Require("text").AsText("the text"), map.Find("adds")?.AsText("the layer"));
    }

    private static ReleaseStep ReadRelease(FileNode node, StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Release.Open(node);
        return new ReleaseStep(
            Name(map),
            WithinLimit(map.Require("target"), place.Limit, zeroAllowed: true),
            map.Require("rate").Positive<PressureRate>("the rate"))
        {
            Gap = map.Find("gap")?.Positive<Length>("the gap"),
        };
    }

    // The solid thickness stands in the file, or follows from the mass, the true density and the die.
    private static DensifyStep ReadDensify(FileNode node, StepPlace place)
    {
        DeclaredMap map = StepDeclarations.Densify.Open(node);
        return new DensifyStep(
            Name(map),
            map.Require("kind").OneOf("kind of pressure", Kinds),
            Share(map.Require("density"), "the density"),
            SolidThickness(map, place),
            WithinLimit(map.Require("highest"), place.Limit),
            map.Require("rate").Positive<PressureRate>("the rate"));
    }

    private static Length SolidThickness(DeclaredMap map, StepPlace place)
    {
        if (map.Find("mass") is not { } massNode) return map.Require("solid_thickness").Positive<Length>("the solid thickness");
        if (map.Find("solid_thickness") is { } both) throw both.Error("the densify step has a solid thickness and a mass", "one of them", "remove the solid thickness, or the mass and the true density");
        double mass = massNode.Positive<Mass>("the mass").Kilograms;
        double density = map.Require("true_density").Positive<MassDensity>("the true density").KilogramsPerCubicMetre;
        return new Length(mass / (density * Die.AreaOf(place.Diameter).SquareMetres));
    }

    internal static string Name(DeclaredMap map) => map.Require("name").AsText("the name of the step");

    internal static SamplePressure WithinLimit(FileNode node, SamplePressure limit, bool zeroAllowed = false)
    {
        SamplePressure pressure = node.Quantity<SamplePressure>("the pressure");
        if (pressure.Pascals < 0 || (pressure.Pascals == 0 && !zeroAllowed))
        {
            throw node.Error($"the pressure is {((FileScalar)node).Text}", zeroAllowed ? "a pressure of zero or more" : "a pressure above zero", "correct the pressure");
        }

        if (pressure > limit) throw node.Error($"{pressure} is above the limit {limit} of the protocol", $"at most {limit}", "lower the pressure; raise the limit only if die, press and cell allow it");
        return pressure;
    }

    internal static Fraction Share(FileNode node, string what)
    {
        Fraction share = node.Positive<Fraction>(what);
        return share.Value < 1 ? share : throw node.Error($"{what} is {((FileScalar)node).Text}", "a share below 100 %", "write for example '1 %'");
    }
}
