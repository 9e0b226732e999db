using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the page about dies: the density that the wall takes, the force to push a pellet out, what a die holds.</summary>
internal static class DieFigures
{
    private static readonly Die s_die = Die.OfDiameter(new Length(10e-3));
    private static readonly PelletCalibration s_powder = PelletCalibration.Of(PelletPrior.Of(BuiltInMaterials.Library.Find("li6ps5cl-annealed")));

    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal, [new("die-gradient", Gradient), new("die-ejection", Ejection), new("die-strength", Strength)]);

    private static Figure Gradient()
    {
        ImmutableArray<double> millimetres = MechanicsFigures.Grid(0.1, 10);
        BandedValue[] one = Drops(millimetres, PressAction.OnePunch), both = Drops(millimetres, PressAction.BothPunches);
        return new Figure(
            "Density lost on the far side, Li₆PS₅Cl, 300 MPa, 10 mm die",
            new FigureAxis("Thickness without pores", "mm", FigureScale.Logarithmic),
            new FigureAxis("Drop of relative density", "%", FigureScale.Logarithmic, new Interval(0.01, 10)),
            [
                Band(millimetres, one, 100, FigureColour.Vermilion), Band(millimetres, both, 100, FigureColour.Blue),
                Line("one punch", millimetres, one, 100, FigureColour.Vermilion), Line("both punches", millimetres, both, 100, FigureColour.Blue),
                new VerticalMark(0.6, "usual separator", FigureColour.Muted),
            ])
        { Description = "The drop is proportional to the thickness: two tenths of a per cent for a separator of 0.6 mm, a twentieth of that for an electrode; both punches halve it." };
    }

    private static Figure Ejection()
    {
        ImmutableArray<double> pressures = MechanicsFigures.Grid(50, 600);
        BandedValue[] Forces(double millimetres) => [.. pressures.Select(p => PelletInDie.Of(s_powder, s_die, new Length(millimetres * 1e-3), SamplePressure.FromMegapascals(p), PressAction.OnePunch).EjectionNewtons)];
        BandedValue[] thin = Forces(0.5), thick = Forces(5);
        return new Figure(
            "Force to push a pellet out of a 10 mm die",
            new FigureAxis("Largest pressure", "MPa", FigureScale.Logarithmic),
            new FigureAxis("Force of the first movement", "N", FigureScale.Logarithmic),
            [
                Band(pressures, thick, 1, FigureColour.Vermilion), Band(pressures, thin, 1, FigureColour.Blue),
                Line("5 mm of solid", pressures, thick, 1, FigureColour.Vermilion), Line("0.5 mm of solid", pressures, thin, 1, FigureColour.Blue),
            ])
        { Description = "About 70 N for half a millimetre after 375 MPa, known to a factor of three; proportional to pressure and height." };
    }

    private static Figure Strength()
    {
        ImmutableArray<double> outer = [.. MechanicsFigures.Grid(1, 50).Select(wall => 10 + wall)], backing = [.. MechanicsFigures.Grid(0.5, 40).Select(wall => 20 + wall)];
        Material steel = BuiltInMaterials.Library.Find("steel"), peek = BuiltInMaterials.Library.Find("peek");
        SamplePressure asked = SamplePressure.FromMegapascals(100);
        DieLimit[] Of(ImmutableArray<double> diameters, Func<Length, DieLimit> limit) => [.. diameters.Select(d => limit(new Length(d * 1e-3)))];
        DieLimit[] metal = Of(outer, d => DieLimit.Of(steel, s_die.Diameter.Value, d, steel, null, s_die.LateralRatio, asked));
        DieLimit[] alone = Of(outer, d => DieLimit.Of(peek, s_die.Diameter.Value, d, steel, null, s_die.LateralRatio, asked));
        DieLimit[] backed = Of(backing, d => DieLimit.Of(peek, s_die.Diameter.Value, new Length(20e-3), steel, d, s_die.LateralRatio, asked));
        BandSeries Band(ImmutableArray<double> x, DieLimit[] limits, FigureColour colour) => new("", x, [.. limits.Select(limit => limit.Low90.Megapascals)], [.. limits.Select(limit => limit.High90.Megapascals)], colour);
        LineSeries Line(string label, ImmutableArray<double> x, DieLimit[] limits, FigureColour colour) => new(label, x, [.. limits.Select(limit => limit.Verdict.LargestAxialPa / 1e6)], colour);
        return new Figure(
            "Pressure at which a die of 10 mm bore begins to yield",
            new FigureAxis("Outer diameter", "mm"),
            new FigureAxis("Pressure on the pellet", "MPa", FigureScale.Logarithmic, new Interval(10, 4000)),
            [
                Band(outer, metal, FigureColour.Blue), Band(outer, alone, FigureColour.Vermilion), Band(backing, backed, FigureColour.Green),
                Line("steel", outer, metal, FigureColour.Blue), Line("PEEK alone", outer, alone, FigureColour.Vermilion), Line("PEEK 10/20 in steel", backing, backed, FigureColour.Green),
            ])
        { Description = "Steel reaches 1300 MPa at three times the bore and gains little beyond. PEEK alone yields near 100 MPa, in a close steel ring near 170 MPa." };
    }

    private static BandedValue[] Drops(ImmutableArray<double> millimetres, PressAction action) =>
        [.. millimetres.Select(t => PelletInDie.Of(s_powder, s_die, new Length(t * 1e-3), SamplePressure.FromMegapascals(300), action).DensityDrop)];

    private static BandSeries Band(ImmutableArray<double> x, BandedValue[] values, double scale, FigureColour colour) =>
        new("", x, [.. values.Select(value => scale * value.Low90)], [.. values.Select(value => scale * value.High90)], colour);

    private static LineSeries Line(string label, ImmutableArray<double> x, BandedValue[] values, double scale, FigureColour colour) =>
        new(label, x, [.. values.Select(value => scale * value.Value)], colour);
}
