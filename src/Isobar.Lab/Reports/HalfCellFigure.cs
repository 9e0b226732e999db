using System.Collections.Immutable;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Planning;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>One discharge in a figure.</summary>
/// <param name="Label">Written at its end, for example "1C".</param>
/// <param name="Run">The discharge.</param>
/// <param name="Band">Where 90 % of the possible cells lie; null when nothing is uncertain.</param>
public sealed record DischargeCurve(string Label, HalfCellRun Run, VoltageBand? Band);

/// <summary>Figures of a half cell: voltage over capacity, where the voltage goes, impedance.</summary>
public static class HalfCellFigure
{
    private const double AreaAndHour = 36000;

    private static readonly FigureColour[] s_colours = [FigureColour.Blue, FigureColour.Green, FigureColour.Purple, FigureColour.Vermilion, FigureColour.Ink, FigureColour.Muted];

    // From the terminal voltage upwards: the most ohmic nearest to the terminals.
    private static readonly (string Label, VoltagePart[] Parts, FigureColour Colour)[] s_losses =
    [
        ("collector", [VoltagePart.Collector], FigureColour.Ink),
        ("anode", [VoltagePart.AnodeKinetics, VoltagePart.AnodeConstriction], FigureColour.Muted),
        ("separator", [VoltagePart.Separator], FigureColour.Green),
        ("ions and electrons", [VoltagePart.CathodeIons, VoltagePart.CathodeElectrons], FigureColour.Blue),
        ("charge transfer", [VoltagePart.CathodeKinetics, VoltagePart.Film], FigureColour.Vermilion),
        ("concentration", [VoltagePart.Concentration], FigureColour.Purple),
    ];

    /// <summary>Voltage over areal capacity, one curve per discharge, with bands where there are some.</summary>
    public static Figure Voltages(string title, ImmutableArray<DischargeCurve> curves)
    {
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        for (int i = 0; i < curves.Length; i++)
        {
            if (curves[i].Band is { } band) elements.Add(new BandSeries("", [.. band.CoulombsPerSquareMetre.Select(q => q / AreaAndHour)], band.Low90, band.High90, s_colours[i % s_colours.Length]));
        }

        for (int i = 0; i < curves.Length; i++)
        {
            HalfCellRun run = curves[i].Run;
            elements.Add(new LineSeries(curves[i].Label, [.. run.DischargedCoulombsPerSquareMetre.Select(q => q / AreaAndHour)], run.Volts, s_colours[i % s_colours.Length]));
        }

        return new Figure(title, new FigureAxis("Capacity", "mAh/cm²"), new FigureAxis("Voltage", "V"), elements.ToImmutable())
        {
            Description = "Cell voltage against areal capacity for discharges at several rates; faster discharges lie lower and end earlier. Shaded: where 90 % of the possible cells lie.",
        };
    }

    /// <summary>Voltage over time for what a cycler did.</summary>
    public static Figure Cycling(string title, HalfCellRun run) => new(
        title,
        new FigureAxis("Time", "h"),
        new FigureAxis("Voltage", "V"),
        [new LineSeries("", [.. run.TimeSeconds.Select(time => time / 3600)], run.Volts, FigureColour.Blue)])
    {
        Description = "Cell voltage against time over all steps.",
    };

    /// <summary>The parts of one discharge between the open-circuit voltage and the terminals, stacked.</summary>
    public static Figure Losses(string title, HalfCellRun run)
    {
        ImmutableArray<double> capacity = [.. run.DischargedCoulombsPerSquareMetre.Select(q => q / AreaAndHour)];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        double[] low = [.. run.Volts];
        foreach ((string label, VoltagePart[] parts, FigureColour colour) in s_losses)
        {
            double[] high = [.. low.Select((volts, i) => volts - parts.Sum(part => run.Part(part)[i]))];
            elements.Add(new BandSeries(label, capacity, [.. low], [.. high], colour));
            low = high;
        }

        elements.Add(new LineSeries("", capacity, run.Part(VoltagePart.OpenCircuit), FigureColour.Ink, FigureLine.Dashed));
        elements.Add(new LineSeries("", capacity, run.Volts, FigureColour.Ink));
        return new Figure(title, new FigureAxis("Capacity", "mAh/cm²"), new FigureAxis("Voltage", "V"), elements.ToImmutable())
        {
            Description = "Between the open-circuit voltage of the mean stoichiometry (broken line) and the terminal voltage (solid line) lie the losses, stacked.",
        };
    }

    /// <summary>Negative imaginary over real part, with a dot at every full decade of the frequency.</summary>
    public static Figure Nyquist(string title, ImmutableArray<double> real, ImmutableArray<double> imaginary, ImmutableArray<double> hertz)
    {
        int[] decades = [.. Enumerable.Range(0, hertz.Length).Where(i => Math.Abs(Math.Log10(hertz[i]) - Math.Round(Math.Log10(hertz[i]))) < 1e-6)];
        return new Figure(
            title,
            new FigureAxis("Real part", "Ω cm²", Range: new Interval(0, 1.03 * real.Max())),
            new FigureAxis("−Imaginary part", "Ω cm²"),
            [
                new LineSeries("", real, [.. imaginary.Select(value => -value)], FigureColour.Blue),
                new PointSeries("", [.. decades.Select(i => real[i])], [.. decades.Select(i => -imaginary[i])], FigureColour.Blue),
            ])
        {
            EqualScales = true,
            Description = "Impedance of the cell, from high frequency at the left to low frequency at the right; a dot at every full decade. Arcs of charge transfer, then the tail of diffusion.",
        };
    }

    /// <summary>Real part over frequency with the band of the possible cells: what the arcs of a spectrum add up to, and how surely.</summary>
    public static Figure Resistance(string title, ImpedanceForecast impedance)
    {
        const double squareCentimetres = 1e4;
        return new Figure(
            title,
            new FigureAxis("Frequency", "Hz", FigureScale.Logarithmic),
            new FigureAxis("Real part of the impedance", "Ω cm²", FigureScale.Logarithmic),
            [
                new BandSeries("", impedance.Hertz, [.. impedance.Real90.Select(band => squareCentimetres * band.Low)], [.. impedance.Real90.Select(band => squareCentimetres * band.High)], FigureColour.Blue),
                new LineSeries("", impedance.Hertz, [.. impedance.Best.Select(split => squareCentimetres * split.Total.Real)], FigureColour.Blue),
            ])
        {
            Description = "Real part of the impedance against frequency: each step down towards high frequency is an arc that no longer counts. Shaded: where 90 % of the possible cells lie.",
        };
    }

    /// <summary>The discharge whose rate is nearest to 1C, the one whose losses are shown.</summary>
    public static (double Rate, HalfCellRun Run) NearestToOneC(IEnumerable<(double Rate, HalfCellRun Run)> runs) => runs.MinBy(each => Math.Abs(Math.Log(each.Rate)));
}
