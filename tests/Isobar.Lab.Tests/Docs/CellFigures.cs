using System.Collections.Immutable;
using System.Numerics;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Impedance;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Mechanics;
using Isobar.Planning;
using Isobar.Quantities;
using Isobar.Tests;

namespace Isobar.Lab.Tests.Docs;

/// <summary>Figures of the pages about a whole cell: impedance, breathing, planning, uncertainty. They show the example with lithium.</summary>
internal static class CellFigures
{
    private const double Mega = 1e6;

    private static readonly Lazy<Plan> s_plan = new(() => Planner.Plan(CellFile.Read(Repository.PathOf("examples", "nmc811-lpscl-li", "cell.yaml"), BuiltInMaterials.Library), Goal.Rate));

    /// <summary>How to draw each figure, by the name of its file.</summary>
    public static ImmutableSortedDictionary<string, Func<Figure>> All { get; } = ImmutableSortedDictionary.CreateRange<string, Func<Figure>>(
        StringComparer.Ordinal,
        [
            new("porous-electrode", Sweep),
            new("fixture-breathing", Breathe),
            new("planning-resistance", StackResistance),
            new("planning-scatter", StackScatter),
            new("uncertainty", Gauges),
        ]);

    private static Figure Sweep()
    {
        Plan plan = s_plan.Value;
        CellParameters best = CellResolver.Best(plan.Cell);
        ImmutableArray<double> hertz = Spectrum.LogFrequencies(1e7, 1e-3, 20);
        LineSeries At(double megapascals, FigureColour colour)
        {
            var pressures = new CellPressures(Chosen("separator_press"), Chosen("cathode_press"), Math.Max(Chosen("attach"), megapascals * Mega), megapascals * Mega);
            CellState state = CellState.After(best, CellHistory.Of(plan.Cell, pressures));
            Complex[] z = [.. hertz.Select(f => 1e4 * CellImpedance.At(best, state, f))];
            return new LineSeries($"{megapascals:0} MPa", [.. z.Select(point => point.Real)], [.. z.Select(point => -point.Imaginary)], colour);
        }

        double Chosen(string key) => plan.Chosen.Pressures[key].Pascals;
        return new Figure(
            "Impedance of the lithium example at three stack pressures",
            new FigureAxis("Real part", "Ω cm²"),
            new FigureAxis("−Imaginary part", "Ω cm²"),
            [At(5, FigureColour.Vermilion), At(20, FigureColour.Purple), At(74, FigureColour.Blue)])
        { EqualScales = true, Width = 900, Description = "Three arcs, from left to right separator, lithium contact and cathode; all shrink as the stack pressure rises." };
    }

    private static Figure Breathe()
    {
        ImmutableArray<double> stiffness = MechanicsFigures.Grid(0.5, 100);
        const double area = Math.PI / 4 * 1e-4;
        // Per mAh/cm²: 5 mg/cm² of oxide with 200 mAh/g, 4.77 g/cm³, that shrinks by 6.55 %.
        const double shrinks = -0.0655 * 0.05 / 4770;
        LineSeries Line(string label, double capacity, FigureColour colour) => new(
            label,
            stiffness,
            [.. stiffness.Select(k => Breathing.PressureChangePa((capacity * shrinks) + Breathing.PlatedMetres(capacity * 36000, 13.0e-6), k * 1e6, area) / Mega)],
            colour);
        return new Figure(
            "Rise of the stack pressure on one charge, lithium anode, 10 mm die",
            new FigureAxis("Stiffness of the fixture", "N/µm", FigureScale.Logarithmic),
            new FigureAxis("Change of stack pressure", "MPa", FigureScale.Logarithmic),
            [
                Line("4 mAh/cm²", 4, FigureColour.Vermilion),
                Line("2 mAh/cm²", 2, FigureColour.Purple),
                Line("1 mAh/cm²", 1, FigureColour.Blue),
                new VerticalMark(1.5, "springs of the example", FigureColour.Muted),
                new VerticalMark(50, "stiff frame", FigureColour.Muted),
            ])
        { Description = "The change is proportional to the stiffness: below 0.5 MPa with springs, tens of megapascal in a bolted frame." };
    }

    private static Figure StackResistance()
    {
        Plan plan = s_plan.Value;
        PressureCurve curve = plan.Curves.Single(each => each.WindowKey == "stack" && each.Label == "cell resistance");
        PressureWindow window = plan.Windows.Single(each => each.Key == "stack");
        ImmutableArray<double> x = [.. curve.PressuresPa.Select(p => p / Mega)];
        double low = window.Low.Pressure.Megapascals, high = window.High.Pressure.Megapascals;
        return new Figure(
            "What the stack pressure does to the resistance of the lithium example",
            new FigureAxis("Stack pressure", "MPa", FigureScale.Logarithmic),
            new FigureAxis("Cell resistance", "Ω cm²", FigureScale.Logarithmic),
            [
                new ShadedRange(Math.Min(low, high), Math.Max(low, high), low <= high ? "window" : "", FigureColour.Green),
                new BandSeries("90 % band", x, [.. curve.Low90.Select(r => 1e4 * r)], [.. curve.High90.Select(r => 1e4 * r)], FigureColour.Blue),
                new LineSeries("", x, [.. curve.Median.Select(r => 1e4 * r)], FigureColour.Blue),
                new VerticalMark(window.Chosen.Value.Megapascals, "chosen", FigureColour.Green),
                new VerticalMark(74, "habit", FigureColour.Muted),
            ])
        { Description = "The median falls to less than half between 1 and 100 MPa, within a band of a factor of two to either side. The window ends near 8 MPa, where a short becomes likely." };
    }

    private static Figure StackScatter()
    {
        Plan plan = s_plan.Value;
        PressureCurve scatter = plan.Curves.Single(each => each.WindowKey == "stack" && each.Label == "scatter of the cell resistance");
        PressureCurve risk = plan.Curves.Single(each => each.WindowKey == "stack" && each.Label == "risk of a short circuit");
        LineSeries Line(string label, PressureCurve curve, FigureColour colour)
        {
            // Where a short is likely the planner never goes.
            int[] shown = [.. Enumerable.Range(0, curve.PressuresPa.Length).Where(i => curve.PressuresPa[i] <= 10.01 * Mega)];
            return new LineSeries(label, [.. shown.Select(i => curve.PressuresPa[i] / Mega)], [.. shown.Select(i => 100 * curve.Median[i])], colour);
        }

        return new Figure(
            "Scatter from cell to cell and risk of a short, lithium example",
            new FigureAxis("Stack pressure", "MPa", FigureScale.Logarithmic, new Interval(1, 10)),
            new FigureAxis("Share", "%", Range: new Interval(0, 45)),
            [
                Line("scatter", scatter, FigureColour.Blue),
                Line("risk of a short", risk, FigureColour.Vermilion),
                new HorizontalMark(10, "accepted risk", FigureColour.Muted, FigureLine.Solid),
            ])
        { Description = "Both rise with stack pressure: the risk of a short passes 10 % near 8 MPa and soon makes up most of the scatter." };
    }

    private static Figure Gauges()
    {
        Die die = Die.OfDiameter(new Length(10e-3));
        PressInstrument Dial(double tons) => new("dial", new Force(tons * Force.NewtonsPerMetricTon), new Fraction(0.016), GaugeClassBasis.FullScale, new Force(0), new Force(0), new Fraction(0.01));
        var cell = new PressInstrument("load cell", Force.FromKilonewtons(50), new Fraction(0.01), GaugeClassBasis.Reading, new Force(1), new Force(0), new Fraction(0.01));
        ImmutableArray<double> grid = MechanicsFigures.Grid(5, 500);
        LineSeries Line(string label, PressInstrument press, FigureColour colour) => new(
            label,
            grid,
            [.. grid.Select(p => 164.5 * Math.Sqrt(Math.Pow(press.Indicated(die.ForceFor(SamplePressure.FromMegapascals(p))).Si.RelativeUncertainty, 2) + Math.Pow(2 * die.Diameter.Si.RelativeUncertainty, 2)))],
            colour);
        return new Figure(
            "How well the pressure in a 10 mm die is known",
            new FigureAxis("Sample pressure", "MPa", FigureScale.Logarithmic),
            new FigureAxis("Half width of the 90 % band", "%", FigureScale.Logarithmic),
            [
                Line("15 t dial, class 1.6", Dial(15), FigureColour.Vermilion),
                Line("5 t dial, class 1.6", Dial(5), FigureColour.Purple),
                Line("load cell, class 1", cell, FigureColour.Blue),
                new VerticalMark(74, "74 MPa", FigureColour.Muted),
            ])
        { Description = "A load cell knows every pressure to about one per cent; a dial of 15 t knows 74 MPa to four tenths and 10 MPa not at all." };
    }
}
