using System.Collections.Immutable;
using Isobar.Electrochemistry.Cycling;

namespace Isobar.Lab.Reports;

/// <summary>Figures of cycling: capacity per cycle, and differential voltage.</summary>
public static class CycleFigure
{
    private const double CoulombsPerMilliampereHour = 3.6;

    // Curves beyond this many lie on each other.
    private const int MostCurves = 4;

    private static readonly FigureColour[] s_colours = [FigureColour.Blue, FigureColour.Vermilion, FigureColour.Green, FigureColour.Purple];

    /// <summary>Charge and discharge capacity of every complete half-cycle.</summary>
    public static Figure Capacity(CyclingResult result)
    {
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        Add("charge", cycle => cycle.Charge, FigureColour.Vermilion, open: true);
        Add("discharge", cycle => cycle.Discharge, FigureColour.Blue, open: false);
        return new Figure("Capacity per cycle", new FigureAxis("Cycle", ""), new FigureAxis("Capacity", "mAh"), elements.ToImmutable()) { Description = "Charge and discharge capacity against the number of the cycle." };

        void Add(string label, Func<Cycle, HalfCycle?> half, FigureColour colour, bool open)
        {
            ImmutableArray<Cycle> with = [.. result.Cycles.Where(cycle => half(cycle) is not null)];
            if (with.IsEmpty) return;
            elements.Add(new PointSeries(label, [.. with.Select(cycle => (double)cycle.Number)], [.. with.Select(cycle => half(cycle)!.Capacity.Value / CoulombsPerMilliampereHour)], colour, Open: open));
        }
    }

    /// <summary>dV/dQ of the discharges (of the charges where there is none), of the first and last cycles and some between.</summary>
    public static Figure DifferentialVoltage(CyclerSeries series, CyclingResult result)
    {
        ImmutableArray<Cycle> cycles = [.. result.Cycles.Where(cycle => (cycle.Discharge ?? cycle.Charge) is not null)];
        int curves = Math.Min(MostCurves, cycles.Length);
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        for (int k = 0; k < curves; k++)
        {
            Cycle cycle = cycles[curves == 1 ? 0 : (int)Math.Round(k * (cycles.Length - 1.0) / (curves - 1))];
            HalfCycle half = cycle.Discharge ?? cycle.Charge!;
            ImmutableArray<DifferentialPoint> points = Electrochemistry.Cycling.DifferentialVoltage.Of(series, half, window: Electrochemistry.Cycling.DifferentialVoltage.WindowFor(half));
            if (points.Length < 2) continue;
            elements.Add(new LineSeries(
                $"cycle {cycle.Number}", [.. points.Select(point => point.Coulombs / CoulombsPerMilliampereHour)], [.. points.Select(point => Math.Abs(point.VoltsPerCoulomb) * CoulombsPerMilliampereHour)], s_colours[k]));
        }

        return new Figure("Differential voltage", new FigureAxis("Charge passed", "mAh"), new FigureAxis("|dV/dQ|", "V/mAh"), elements.ToImmutable())
        {
            Description = "Slope of the voltage against the charge passed, by straight lines over two per cent of the capacity, or six rows where these are more.",
        };
    }
}
