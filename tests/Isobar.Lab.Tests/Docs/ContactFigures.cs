using System.Collections.Immutable;
using Isobar.Lab.Reports;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Quantities;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the page on rough contact: solver against closed form, elastic and flowing, and the impedance of one contact.</summary>
internal static class ContactFigures
{
    private static readonly SelfAffineSurface s_surface = SelfAffineSurface.Make(new SurfaceRecipe(1, 256, 0.8, 4, 4, 64, 12345, RecipeRoughness.Gradient, 1));
    private static readonly ImmutableArray<double> s_loads = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];

    // Of the grid of the figure: the closed form is a curve, the solver its points.
    private static readonly ImmutableArray<double> s_grid = [.. Enumerable.Range(0, 60).Select(i => 0.004 * Math.Pow(0.6 / 0.004, i / 59.0))];

    private static readonly Lazy<ContactState[]> s_elastic = new(() => Solve(null, s_loads)), s_flowing = new(() => Solve(0.5, s_loads[..^1]));

    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal, [new("contact-area", Area), new("contact-constriction", Constriction), new("contact-impedance", Impedance)]);

    private static ContactState[] Solve(double? hardness, ImmutableArray<double> loads) =>
        [.. new ContactSolver(s_surface.Map, new ContactMedium(1) { HardnessPa = hardness }, new ContactOptions { Tolerance = 1e-6 }).Solve(ContactPath.Pressures(loads))];

    private static Figure Area()
    {
        PerssonContact elastic = new(s_surface.Spectrum, 1), capped = new(s_surface.Spectrum, 1, 0.5);
        ImmutableArray<double> soft = [.. s_grid.Where(p => p < 0.499)];
        return new Figure(
            "Area in contact: solver (points) and closed form (lines)",
            new FigureAxis("Mean pressure over E*g", "", FigureScale.Logarithmic), new FigureAxis("Share in contact", "", FigureScale.Logarithmic),
            [
                Band(s_grid, p => elastic.At(p).Area, FigureColour.Blue),
                Band(soft, p => capped.At(p).Area, FigureColour.Vermilion),
                Line("elastic", s_grid, p => elastic.At(p).Area.Value, FigureColour.Blue),
                Line("H = E*g/2", soft, p => capped.At(p).Area.Value, FigureColour.Vermilion),
                Points(s_elastic.Value, state => state.AreaCorrected, FigureColour.Blue, open: false),
                Points(s_flowing.Value, state => state.AreaCorrected, FigureColour.Vermilion, open: true),
            ])
        { Description = "The closed form lies a fifth to a quarter below the solver at small loads and meets it near full contact; the flowing surface touches more." };
    }

    private static Figure Constriction()
    {
        PerssonContact elastic = new(s_surface.Spectrum, 1);
        double height = s_surface.RmsHeight;
        return new Figure(
            "Constriction length over rms height",
            new FigureAxis("Mean pressure over E*g", "", FigureScale.Logarithmic), new FigureAxis("Constriction length over rms height", "", FigureScale.Logarithmic),
            [
                new BandSeries("", s_grid, [.. s_grid.Select(p => elastic.At(p).ConstrictionLength.Band90.Low / height)], [.. s_grid.Select(p => elastic.At(p).ConstrictionLength.Band90.High / height)], FigureColour.Green),
                Line("closed form", s_grid, p => elastic.At(p).ConstrictionLength.Value / height, FigureColour.Green),
                Points(s_elastic.Value, state => state.Conduction!.ConstrictionLengthM / height, FigureColour.Green, open: false),
            ])
        { Description = "The constriction length falls as one over the pressure at small loads and faster towards full contact; solver and closed form agree within a tenth to a fifth." };
    }

    // 20 µm of an electrolyte of 3 mS/cm on a soft metal: where the gaps begin to carry the current.
    private static Figure Impedance()
    {
        SelfAffineSurface surface = SelfAffineSurface.Make(new SurfaceRecipe(20e-6, 64, 0.8, 2, 2, 16, 7, RecipeRoughness.Gradient, 0.2));
        var solver = new ContactSolver(surface.Map, new ContactMedium(20e9) { HardnessPa = 1e9 });
        ContactState state = solver.Solve(74e6);
        double[] hertz = [.. Enumerable.Range(0, 33).Select(i => 3e8 * Math.Pow(10, -i / 4.0))];
        System.Numerics.Complex[] slow = solver.Impedance(state, new ContactElectrics(0.3, 5e-5), hertz), fast = solver.Impedance(state, new ContactElectrics(0.3, 1e-7), hertz);
        return new Figure(
            "Impedance of a contact at 74 MPa",
            new FigureAxis("Frequency", "Hz", FigureScale.Logarithmic), new FigureAxis("Real part", "Ω cm²", FigureScale.Logarithmic),
            [
                new LineSeries("charge transfer 0.5 Ω cm²", [.. hertz.Reverse()], [.. slow.Reverse().Select(z => 1e4 * z.Real)], FigureColour.Blue),
                new LineSeries("charge transfer 0.001 Ω cm²", [.. hertz.Reverse()], [.. fast.Reverse().Select(z => 1e4 * z.Real)], FigureColour.Vermilion),
                new HorizontalMark(1e4 * state.Conduction!.ConstrictionLengthM / 0.3, "constriction", FigureColour.Muted, FigureLine.Solid),
            ])
        { Description = "Real part of the contact impedance over frequency for two charge-transfer resistances: the charge transfer falls away first, the constriction only where the gaps carry the current." };
    }

    private static LineSeries Line(string label, ImmutableArray<double> grid, Func<double, double> value, FigureColour colour) => new(label, grid, [.. grid.Select(value)], colour);

    private static BandSeries Band(ImmutableArray<double> grid, Func<double, Estimate> value, FigureColour colour)
    {
        ImmutableArray<Interval> bands = [.. grid.Select(p => value(p).Band90)];
        return new BandSeries("", grid, [.. bands.Select(band => band.Low)], [.. bands.Select(band => band.High)], colour);
    }

    private static PointSeries Points(ContactState[] states, Func<ContactState, double> value, FigureColour colour, bool open) =>
        new("", [.. states.Select(state => state.MeanPressurePa)], [.. states.Select(value)], colour, Open: open);
}
