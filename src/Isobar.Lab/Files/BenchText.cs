using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads die, press and fixture of a cell file.</summary>
internal static class BenchText
{
    private static readonly (string Word, FixtureKind Value)[] FixtureKinds =
        [("rigid", FixtureKind.Rigid), ("spring", FixtureKind.Spring), ("pneumatic", FixtureKind.Pneumatic), ("servo", FixtureKind.Servo)];

    private static readonly (string Word, GaugeClassBasis Value)[] ClassBases =
        [("reading", GaugeClassBasis.Reading), ("full scale", GaugeClassBasis.FullScale)];

    public static Die ReadDie(FileNode node)
    {
        FileMap map = node.AsMap("the die", "diameter", "material", "limit", "wall_friction", "lateral_ratio");
        FileNode diameterNode = map.Require("diameter", "the die", "10 mm ± 0.02 mm");
        Estimate<Length> diameter = diameterNode.PositiveMeasured<Length>("the diameter").OrUnstated(CellDefaults.DiameterUncertainty);
        if (diameter.Value.Metres is < 1e-3 or > 0.2) throw diameterNode.Error($"a die of {diameter.Value}", "a pellet die between 1 mm and 200 mm", "check the unit of the diameter");
        return new Die(
            diameter,
            map.Require("material", "the die", "peek").AsText("the material of the die"),
            map.Require("limit", "the die", "500 MPa").Positive<SamplePressure>("the limit of the die"),
            ReadShare(map.Find("wall_friction"), "wall friction", CellDefaults.WallFriction),
            ReadShare(map.Find("lateral_ratio"), "lateral ratio", CellDefaults.LateralRatio));
    }

    public static PressInstrument ReadPress(FileNode node)
    {
        FileMap map = node.AsMap("the press", "name", "capacity", "gauge_class", "resolution", "lowest_calibrated", "repeatability", "ram");
        string name = map.Require("name", "the press", "hand press").AsText("the name of the press");
        Force capacity = map.Require("capacity", "the press", "5 t").Positive<Force>("the capacity");
        (Fraction gaugeClass, GaugeClassBasis basis) = ReadClass(map.Require("gauge_class", "the press", "1.6 % of full scale").AsScalar("the gauge class"));
        Force resolution = map.Require("resolution", "the press", "0.1 kN").Positive<Force>("the resolution");
        Force lowest = map.Find("lowest_calibrated")?.Positive<Force>("the lowest calibrated force")
            ?? new Force(capacity.Newtons * CellDefaults.LowestCalibrated(basis).Value);
        if (lowest > capacity || resolution > capacity)
        {
            string key = lowest > capacity ? "lowest_calibrated" : "resolution";
            throw map.Find(key)!.Error($"{key} is above the capacity {capacity}", $"a force below {capacity}", "check the units of both");
        }

        Fraction repeatability = map.Find("repeatability") is { } own ? ReadPlainShare(own, "the repeatability") : CellDefaults.PressRepeatability(basis);
        return new PressInstrument(name, capacity, gaugeClass, basis, resolution, lowest, repeatability, map.Find("ram") is { } ram ? ReadRam(ram) : null);
    }

    public static Fixture ReadFixture(FileNode node)
    {
        FileMap map = node.AsMap("the fixture", "kind", "stiffness", "repeatability");
        FixtureKind kind = map.Require("kind", "the fixture", "spring").OneOf("kind of fixture", FixtureKinds);
        FileScalar stiffnessNode = map.Require("stiffness", "the fixture", "unknown").AsScalar("the stiffness");
        Estimate<Stiffness>? stiffness = null;
        if (stiffnessNode.Text is not "unknown")
        {
            Measured<Stiffness> measured = stiffnessNode.PositiveMeasured<Stiffness>("the stiffness (or 'unknown', which widens the bands)");
            stiffness = measured.OrUnstated(measured.Value * CellDefaults.StiffnessUncertainty.Value);
        }

        Fraction repeatability = map.Find("repeatability") is { } own ? ReadPlainShare(own, "the repeatability") : CellDefaults.FixtureRepeatability(kind);
        return new Fixture(kind, stiffness, repeatability);
    }

    private static (Fraction Class, GaugeClassBasis Basis) ReadClass(FileScalar node)
    {
        string[] parts = node.Text.Split(" of ", 2);
        if (parts.Length != 2)
        {
            throw node.Error(
                $"'{node.Text}' does not say of what the class is a share", "'1.6 % of full scale' (dial gauge) or '1 % of reading' (load cell)",
                "look at the gauge: a class printed on a dial is of full scale");
        }

        if (!Quantity.TryParse(parts[0], out Fraction share, out string error)) throw node.Error(error, "a share in %, for example '1.6 % of full scale'", "correct the gauge class");
        if (share.Value is not (> 0 and <= 0.5)) throw node.Error($"the gauge class is {share}", "a limit of error above 0 and up to 50 %", "correct the gauge class");
        return (share, new FileScalar(node.Source, node.Line, node.Column, parts[1].Trim()).OneOf("basis of a gauge class", ClassBases));
    }

    private static Ram ReadRam(FileNode node)
    {
        FileMap map = node.AsMap("the ram", "area", "diameter");
        if (map.Find("area") is { } areaNode)
        {
            if (map.Find("diameter") is { } both) throw both.Error("the ram has an area and a diameter", "one of the two", "remove one");
            Measured<Area> area = areaNode.PositiveMeasured<Area>("the area of the ram");
            return new Ram(area.OrUnstated(area.Value * CellDefaults.RamUncertainty.Value));
        }

        FileNode diameterNode = map.Find("diameter") ?? throw map.Error("the ram has no area", "'area' or 'diameter'", "add a line such as 'diameter: 40 mm ± 0.1 mm'");
        Measured<Length> diameter = diameterNode.PositiveMeasured<Length>("the diameter of the ram");
        Area round = Die.AreaOf(diameter.Value);
        double relative = diameter.StandardUncertainty is { } u ? 2 * (u / diameter.Value) : CellDefaults.RamUncertainty.Value;
        return new Ram(new Estimate<Area>(round, round * relative));
    }

    private static Estimate<Fraction> ReadShare(FileNode? node, string what, Estimate<Fraction> unstated)
    {
        if (node is null) return unstated;
        Measured<Fraction> measured = node.PositiveMeasured<Fraction>(what);
        if (measured.Value.Value > 2) throw node.Error($"the {what} is {measured.Value}", "a number between 0 and 2", $"correct the {what}");
        // Without ± the number is taken to be as uncertain as the default is, relative to its value.
        return measured.OrUnstated(measured.Value * unstated.Si.RelativeUncertainty);
    }

    private static Fraction ReadPlainShare(FileNode node, string what)
    {
        Fraction share = node.Quantity<Fraction>(what);
        return share.Value is >= 0 and <= 1 ? share : throw node.Error($"{what} is {share}", "a share between 0 and 100 %", $"correct {what}");
    }
}
