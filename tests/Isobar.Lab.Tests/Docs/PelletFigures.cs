using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Mechanics;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;
using Isobar.Tests;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the page on pellets: what is known before and after four pellets, and how the laws part where nothing was measured.</summary>
internal static class PelletFigures
{
    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal, [new("pellets-calibration", Calibration), new("pellets-laws", Laws), new("pellets-reading", Readings)]);

    private static readonly PelletPrior s_prior = PelletPrior.Of(BuiltInMaterials.Library.Find("li6ps5cl-annealed"), 1.2, 1.5);

    private static readonly PelletTable s_table = PelletFile.Read(Repository.PathOf("examples", "pellets", "pellets.csv"), new PelletFileContext(new MassDensity(1870)));

    private static Figure Calibration()
    {
        ImmutableArray<double> grid = Grid(8, 520);
        PelletCalibration before = PelletCalibration.Of(s_prior), after = PelletCalibration.Of(s_prior, s_table.Series);
        return new Figure(
            "An annealed argyrodite before and after one pellet at four pressures",
            new FigureAxis("Largest pressure", "MPa", FigureScale.Logarithmic),
            new FigureAxis("Relative density under load", "%", Range: new Interval(50, 100)),
            [
                Band("", grid, before, FigureColour.Muted),
                Band("", grid, after, FigureColour.Blue),
                Line("class alone", grid, before, FigureColour.Muted),
                Line("calibrated", grid, after, FigureColour.Blue),
                Points(),
                new ShadedRange(1.3 * 300, 520, "extrapolated", FigureColour.Muted),
            ])
        { Description = "The band of the class spans seven per cent to either side; after four pressures it is about one per cent, and it opens again above 390 MPa." };
    }

    private static Figure Laws()
    {
        ImmutableArray<double> grid = Grid(3, 1000);
        PelletCalibration after = PelletCalibration.Of(s_prior, s_table.Series);
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        elements.Add(Band("", grid, after, FigureColour.Blue));
        FigureColour[] colours = [FigureColour.Vermilion, FigureColour.Green, FigureColour.Purple];
        LawPosterior[] shown = [.. after.Laws.OrderByDescending(law => law.Weight).Where(law => law.Law.Id is "heckel" or "kawakita" or "power")];
        for (int i = 0; i < shown.Length; i++)
        {
            LawPosterior law = shown[i];
            double[] parameters = [.. law.Parameters];
            elements.Add(new LineSeries(law.Law.Name, grid, [.. grid.Select(p => 100 * law.Law.Density(p * 1e6, parameters, default))], colours[i], FigureLine.Dashed));
        }

        elements.AddRange(Line("mixture", grid, after, FigureColour.Blue), Points());
        return new Figure(
            "Three of the six laws through the same four pressures",
            new FigureAxis("Largest pressure", "MPa", FigureScale.Logarithmic),
            new FigureAxis("Relative density under load", "%", Range: new Interval(55, 100)),
            elements.ToImmutable())
        { Description = "Heckel's law misses the points below 100 MPa and weighs nothing; the power law follows them and carries half of the mixture." };
    }

    private static Figure Readings()
    {
        ImmutableArray<double> millimetres = [.. Enumerable.Range(0, 60).Select(i => 0.1 * Math.Pow(40, i / 59.0))];
        LineSeries Line(string label, double micrometres, FigureColour colour) => new(
            label,
            millimetres,
            [
                .. millimetres.Select(t => 100 * PelletDensity.Of(
                    new Estimate<Mass>(new Mass(1900 * 0.85 * Die.AreaOf(new Length(0.01)).SquareMetres * t * 1e-3), CellDefaults.MassUncertainty),
                    new Estimate<Length>(new Length(t * 1e-3), new Length(micrometres * 1e-6)),
                    new Estimate<Length>(new Length(0.01), CellDefaults.DiameterUncertainty),
                    new Estimate<MassDensity>(new MassDensity(1900), default)).StandardUncertainty),
            ],
            colour);
        return new Figure(
            "What a relative density of 85 % in a 10 mm die is known to",
            new FigureAxis("Thickness of the pellet", "mm", FigureScale.Logarithmic),
            new FigureAxis("Standard uncertainty of the relative density", "%", FigureScale.Logarithmic, new Interval(0.2, 12)),
            [
                Line("thickness to 10 µm", 10, FigureColour.Vermilion),
                Line("5 µm, a micrometer screw", 5, FigureColour.Purple),
                Line("2 µm", 2, FigureColour.Blue),
                new HorizontalMark(100 * PelletPrior.SampleNoise, "scatter of one pellet about its curve", FigureColour.Muted, FigureLine.Solid),
            ])
        { Description = "The uncertainty falls with thickness until the bore of the die carries it, at 0.35 %. With a micrometer screw a pellet of 0.6 mm is known to 0.8 %, one of 0.2 mm only to 2 %." };
    }

    private static ImmutableArray<double> Grid(double low, double high) => [.. Enumerable.Range(0, 80).Select(i => low * Math.Pow(high / low, i / 79.0))];

    private static PointSeries Points() => new(
        "", [.. s_table.Series.Points.Select(point => point.Pressure.Megapascals)], [.. s_table.Series.Points.Select(point => 100 * point.Loaded!.Value.Value.Value)], FigureColour.Ink);

    private static BandSeries Band(string label, ImmutableArray<double> grid, PelletCalibration calibration, FigureColour colour)
    {
        ImmutableArray<BandedValue> values = Values(grid, calibration);
        return new BandSeries(label, grid, [.. values.Select(value => 100 * value.Low90)], [.. values.Select(value => 100 * value.High90)], colour);
    }

    private static LineSeries Line(string label, ImmutableArray<double> grid, PelletCalibration calibration, FigureColour colour) =>
        new(label, grid, [.. Values(grid, calibration).Select(value => 100 * value.Value)], colour);

    private static ImmutableArray<BandedValue> Values(ImmutableArray<double> grid, PelletCalibration calibration) =>
        [.. grid.Select(p => calibration.RelativeDensity(SamplePressure.FromMegapascals(p), SamplePressure.FromMegapascals(p)))];
}
