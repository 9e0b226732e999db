using System.Collections.Immutable;
using Isobar.Lab.Files;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>Figures of a powder: density and conductivity against pressure with 90 % bands and the measured points.</summary>
public static class PelletFigure
{
    private const int GridCount = 80;

    /// <summary>Relative density under load and released.</summary>
    /// <param name="powder">The material with its calibration, if it has one.</param>
    /// <param name="pressures">Pressures that the figure must hold.</param>
    public static Figure Density(CalibratedPowder powder, ImmutableArray<SamplePressure> pressures)
    {
        PelletCalibration calibration = powder.CalibrationOrPrior;
        ImmutableArray<SamplePressure> grid = Grid(powder, pressures);
        ImmutableArray<BandedValue> loaded = [.. grid.Select(p => calibration.RelativeDensity(p, p))];
        ImmutableArray<BandedValue> released = [.. grid.Select(p => calibration.RelativeDensity(default, p))];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        elements.AddRange(Band(grid, loaded, 100, FigureColour.Blue), Band(grid, released, 100, FigureColour.Vermilion));
        elements.AddRange(Line("under load", grid, loaded, 100, FigureColour.Blue), Line("released", grid, released, 100, FigureColour.Vermilion));
        AddPoints(elements, powder.Points.Where(point => point.Loaded is not null), point => point.Loaded!.Value, FigureColour.Blue, open: false);
        AddPoints(elements, powder.Points.Where(point => point.Released is not null), point => point.Released!.Value, FigureColour.Vermilion, open: true);
        AddLimit(elements, calibration.LargestPressurePa, grid);
        return new Figure($"{powder.Material.Name}: relative density", Axis, new FigureAxis("Relative density", "%"), elements.ToImmutable())
        {
            Description = "Relative density against the largest pressure, under load and after release, with 90 % bands and the measured pellets.",
        };
    }

    /// <summary>Conductivity under the pressing pressure; null when the material has no conductivity.</summary>
    /// <param name="powder">The material with its calibration, if it has one.</param>
    /// <param name="pressures">Pressures that the figure must hold.</param>
    public static Figure? Conductivity(CalibratedPowder powder, ImmutableArray<SamplePressure> pressures)
    {
        PelletCalibration calibration = powder.CalibrationOrPrior;
        if (calibration.Conduction is null) return null;
        ImmutableArray<SamplePressure> grid = Grid(powder, pressures);
        ImmutableArray<BandedValue> sigma = [.. grid.Select(p => calibration.ConductivityAt(p, p)!.Value)];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        elements.AddRange(Band(grid, sigma, 10, FigureColour.Green), Line("under the pressing pressure", grid, sigma, 10, FigureColour.Green));
        ImmutableArray<PelletPoint> underLoad = [.. powder.Points.Where(point => point.Conductivity is not null && (point.Stack is null || point.Stack >= point.Pressure))];
        if (!underLoad.IsEmpty)
        {
            elements.Add(new PointSeries("", [.. underLoad.Select(point => (point.Stack ?? point.Pressure).Megapascals)], [.. underLoad.Select(point => 10 * point.Conductivity!.Value.SiemensPerMetre)], FigureColour.Green));
        }

        AddLimit(elements, calibration.Conduction.LargestPressurePa, grid);
        return new Figure($"{powder.Material.Name}: conductivity", Axis, new FigureAxis("Conductivity", "mS/cm"), elements.ToImmutable())
        {
            Description = "Conductivity under the pressing pressure with its 90 % band and the measured pellets.",
        };
    }

    private static FigureAxis Axis { get; } = new("Largest pressure", "MPa", FigureScale.Logarithmic);

    private static ImmutableArray<SamplePressure> Grid(CalibratedPowder powder, ImmutableArray<SamplePressure> pressures)
    {
        double[] shown = [.. pressures.Concat(powder.Points.Select(point => point.Pressure)).Select(pressure => pressure.Pascals)];
        // Room on both sides, so that no point sits on the frame and the extrapolated range can be seen.
        double low = 0.85 * Math.Min(10e6, shown.DefaultIfEmpty(10e6).Min()), high = 1.25 * Math.Max(400e6, shown.DefaultIfEmpty(400e6).Max());
        return [.. Enumerable.Range(0, GridCount).Select(i => new SamplePressure(low * Math.Pow(high / low, i / (GridCount - 1.0))))];
    }

    private static BandSeries Band(ImmutableArray<SamplePressure> grid, ImmutableArray<BandedValue> values, double scale, FigureColour colour) =>
        new("", X(grid), [.. values.Select(value => scale * value.Low90)], [.. values.Select(value => scale * value.High90)], colour);

    private static LineSeries Line(string label, ImmutableArray<SamplePressure> grid, ImmutableArray<BandedValue> values, double scale, FigureColour colour) =>
        new(label, X(grid), [.. values.Select(value => scale * value.Value)], colour);

    private static ImmutableArray<double> X(ImmutableArray<SamplePressure> grid) => [.. grid.Select(pressure => pressure.Megapascals)];

    private static void AddPoints(ImmutableArray<FigureElement>.Builder elements, IEnumerable<PelletPoint> points, Func<PelletPoint, Estimate<Fraction>> of, FigureColour colour, bool open)
    {
        ImmutableArray<PelletPoint> all = [.. points];
        if (all.IsEmpty) return;
        elements.Add(new PointSeries(
            "", [.. all.Select(point => point.Pressure.Megapascals)], [.. all.Select(point => 100 * of(point).Value.Value)], colour,
            [.. all.Select(point => of(point).Si.Band90).Select(band => new Interval(100 * band.Low, 100 * band.High))], Open: open));
    }

    private static void AddLimit(ImmutableArray<FigureElement>.Builder elements, double largestPa, ImmutableArray<SamplePressure> grid)
    {
        double limit = PelletCalibration.ExtrapolationFactor * largestPa;
        if (largestPa > 0 && limit < grid[^1].Pascals) elements.Add(new ShadedRange(limit / 1e6, grid[^1].Megapascals, "extrapolated", FigureColour.Muted));
    }
}
