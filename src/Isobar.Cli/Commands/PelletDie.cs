using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;
using Spectre.Console;
using Value = Isobar.Cli.Commands.PelletCommand.Value;

namespace Isobar.Cli.Commands;

/// <summary>What the die does to the pellet of <c>isobar pellet</c>, and whether it holds.</summary>
internal sealed class PelletDie
{
    private const string Punches = "steel";

    private readonly Die _die;
    private readonly Material? _wall;
    private readonly Length _outer;
    private readonly Length? _backing;

    private PelletDie(Die die, Length denseThickness, Material? wall, Length outer, Length? backing) => (_die, DenseThickness, _wall, _outer, _backing) = (die, denseThickness, wall, outer, backing);

    /// <summary>Thickness of the pellet without pores.</summary>
    public Length DenseThickness { get; }

    public static PelletDie Of(Material powder, Estimate<Mass> mass, Estimate<Length> bore, Estimate<Fraction> friction, string? wall, Length? outer, Length? backing)
    {
        Length dense = new(mass.Value.Kilograms / (Die.AreaOf(bore.Value).SquareMetres * powder.Get(MaterialConstants.CrystalDensity).Value.KilogramsPerCubicMetre));
        var die = new Die(bore, wall ?? Punches, new SamplePressure(BuiltInMaterials.Library.Find(Punches).Get(MaterialConstants.WorkingStrength).Value.Pascals), friction, CellDefaults.LateralRatio);
        if (outer is not { } ring)
        {
            string? needs = wall is not null ? "--die-material" : backing is not null ? "--backing" : null;
            return needs is null ? new PelletDie(die, dense, null, default, null) : throw new Failure($"{needs} without --die-outer", "the outer diameter of the die or sleeve, which its strength depends on", "add --die-outer 20mm", $"option {needs}");
        }

        if (ring <= bore.Value) throw new Failure($"an outer diameter of {ring} around a bore of {bore.Value}", "an outer diameter above the bore", "correct --die-outer", "option --die-outer");
        if (backing <= ring) throw new Failure($"a backing ring of {backing} around a sleeve of {ring}", "an outer diameter above that of the sleeve", "correct --backing", "option --backing");
        return new PelletDie(die, dense, Structural(wall ?? Punches), ring, backing);
    }

    public DieFacts At(PelletCalibration calibration, SamplePressure pressure, PelletPressing how)
    {
        PelletInDie one = PelletInDie.Of(calibration, _die, DenseThickness, pressure, PressAction.OnePunch, how.Hold, how.Temperature, how.Rate);
        PelletInDie both = PelletInDie.Of(calibration, _die, DenseThickness, pressure, PressAction.BothPunches, how.Hold, how.Temperature, how.Rate);
        return new DieFacts(ActionOf(one), ActionOf(both), Value.Of(one.EjectionNewtons, 1), _wall is null ? null : LimitOf(_wall, pressure));
    }

    public void Write(IAnsiConsole page, PelletCommand.PointFacts[] points)
    {
        page.WriteLine();
        page.MarkupLineInterpolated($"in a die of {Quantity.Format(_die.Diameter.Value, 3)}, wall friction {Quantity.Number(_die.WallFriction.Value.Value, 2)} ± {Quantity.Number(_die.WallFriction.Si.StandardUncertainty, 1)}:");
        var wall = new Listing("punch MPa", "moving", "lowest MPa", "% density lost there", "N to eject");
        foreach (PelletCommand.PointFacts point in points)
        {
            wall.Add(Quantity.Number(point.Pressure), "one", point.Die!.OnePunch.LowestPressure.Text(), point.Die.OnePunch.DensityDrop.Text(100, 2), point.Die.EjectionForce.Text(1, 2));
            wall.Add("", "both", point.Die.BothPunches.LowestPressure.Text(), point.Die.BothPunches.DensityDrop.Text(100, 2), "");
        }

        wall.Write(page);
        PlanPage.Note(page, "note", "the lowest pressure is at the resting punch, or at mid-height when both punches move; the force to eject is that of the first movement");
        if (_wall is null)
        {
            PlanPage.Note(page, "note", "whether the die holds is not told without its outer diameter: --die-outer 20mm, --die-material peek");
            return;
        }

        foreach (PelletCommand.PointFacts point in points) PlanPage.Note(page, point.Die!.Limit!.Holds ? "die" : "warning", point.Die.Limit.Words);
    }

    private static ActionFacts ActionOf(PelletInDie pellet) => new(Value.Of(pellet.FarPressurePa, 1e-6), Value.Of(pellet.MeanPressurePa, 1e-6), Value.Of(pellet.DensityDrop, 1));

    private LimitFacts LimitOf(Material wall, SamplePressure pressure)
    {
        DieLimit limit = DieLimit.Of(wall, _die.Diameter.Value, _outer, Structural(Punches), _backing, _die.LateralRatio, pressure);
        var largest = new Value(limit.Verdict.LargestAxialPa / 1e6, limit.Low90.Megapascals, limit.High90.Megapascals, false);
        string words = $"{limit.Verdict.Explain(pressure)} ({Quantity.Number(largest.Low90, 2)} to {Quantity.Number(largest.High90, 2)} MPa, where yielding begins)";
        return new LimitFacts(limit.Verdict.Holds, limit.Verdict.Limit, largest, words);
    }

    private static Material Structural(string name)
    {
        Material[] known = [.. BuiltInMaterials.Library.All.Where(each => each.Find(MaterialConstants.WorkingStrength) is not null)];
        string[] names = [.. known.Select(each => each.Id)];
        return known.FirstOrDefault(each => string.Equals(each.Id, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new Failure($"'{name}' is not a material of dies", Spelling.DidYouMean(name, names) + "one of " + string.Join(", ", names), "name one of them", "option --die-material");
    }
}

/// <summary>How a pressure is reached and held; what is null is as usual.</summary>
internal sealed record PelletPressing(Duration? Hold, Temperature? Temperature, PressureRate? Rate);

/// <summary>What the die does at one pressure: MPa, shares of density, N.</summary>
internal sealed record DieFacts(ActionFacts OnePunch, ActionFacts BothPunches, Value EjectionForce, LimitFacts? Limit);

/// <summary>One way of pressing.</summary>
internal sealed record ActionFacts(Value LowestPressure, Value MeanPressure, Value DensityDrop);

/// <summary>Whether the die holds.</summary>
internal sealed record LimitFacts(bool Holds, string Part, Value LargestPressure, string Words);
