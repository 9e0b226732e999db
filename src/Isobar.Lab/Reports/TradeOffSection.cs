using System.Collections.Immutable;
using Isobar.Planning;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>How results move with each pressure, what the two goals would choose, and what this goal costs.</summary>
internal static class TradeOffSection
{
    public static void Write(Plan plan, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "trade-off", "What the pressures do, and what the goal costs");
        html.Element("p", plan.Cost);
        GoalOutcome[] goals = [plan.Chosen, plan.Alternative];
        ReportTable.Write(
            html,
            "The two goals side by side; predictions with their 90 % bands.",
            [new("result (unit)"), new($"for {AnswerSection.Name(plan.Chosen.Goal)} (this plan)", true), new($"for {AnswerSection.Name(plan.Alternative.Goal)}", true)],
            [
                .. plan.Windows.Select(window => (ReportCell[])[window.Label + " (MPa)", .. goals.Select(goal => (ReportCell)Pressure(goal, window.Key))]),
                ["cell resistance (Ω cm²)", .. goals.Select(goal => (ReportCell)Banded(ReportText.Band(AreaUnit, goal.Resistance.Si)))],
                ["scatter from cell to cell (%)", .. goals.Select(goal => (ReportCell)Banded(ReportText.Band(AnswerSection.Percent, goal.Scatter.Si)))],
                ["rate at which the resistance takes 200 mV (C)", .. goals.Select(goal => (ReportCell)Banded(ReportText.Band(AnswerSection.CRate, goal.RateCapability)))],
            ]);
        using MarkupWriter.Scope pairs = html.Open("div", ("class", "pairs"));
        int number = 0;
        foreach (PressureCurve curve in plan.Curves.Where(curve => curve.PressuresPa.Length > 1))
        {
            ReportTable.Figure(html, FigureOf(plan, curve), "curve" + ReportText.Count(number++));
        }
    }

    private static Unit AreaUnit => ArealResistance.Dimension.Find("ohm cm2")!;

    private static string Pressure(GoalOutcome goal, string key) =>
        goal.Pressures.TryGetValue(key, out SamplePressure pressure) ? ReportText.Megapascals(pressure) : "not stated";

    private static string Banded(BandText band) => $"{band.Value} ({band.Low} to {band.High})";

    private static Figure FigureOf(Plan plan, PressureCurve curve)
    {
        PressureWindow? window = plan.Windows.FirstOrDefault(w => string.Equals(w.Key, curve.WindowKey, StringComparison.Ordinal));
        Unit unit = curve.Dimension == Fraction.Dimension ? AnswerSection.Percent : curve.Dimension.PrintUnit(curve.Median.Max());
        ImmutableArray<double> pressures = [.. curve.PressuresPa.Select(p => p / 1e6)];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        if (window is not null) AddWindow(elements, window, pressures[0], pressures[^1]);
        elements.Add(new BandSeries("", pressures, In(unit, curve.Low90), In(unit, curve.High90), FigureColour.Blue));
        elements.Add(new LineSeries("", pressures, In(unit, curve.Median), FigureColour.Blue));
        bool wide = pressures[0] > 0 && pressures[^1] / pressures[0] > 15;
        bool tall = curve.Low90.Min() > 0 && curve.High90.Max() / curve.Low90.Min() > 30;
        return new Figure(
            $"{Capital(curve.Label)} · {window?.Label ?? curve.WindowKey}",
            new FigureAxis("Sample pressure", "MPa", wide ? FigureScale.Logarithmic : FigureScale.Linear, new Interval(pressures[0], pressures[^1])),
            new FigureAxis(Capital(curve.Label), Quantity.Pretty(unit.Symbol), tall ? FigureScale.Logarithmic : FigureScale.Linear),
            elements.ToImmutable())
        {
            Width = 460,
            Height = 290,
            Description = "Median and 90 % band; the other pressures stay where the plan puts them.",
        };
    }

    private static void AddWindow(ImmutableArray<FigureElement>.Builder elements, PressureWindow window, double first, double last)
    {
        double low = Math.Max(window.Low.Pressure.Megapascals, first), high = Math.Min(window.High.Pressure.Megapascals, last);
        if (low < high) elements.Add(new ShadedRange(low, high, "window", FigureColour.Green));
        double chosen = window.Chosen.Value.Megapascals;
        if (chosen >= first && chosen <= last)
        {
            elements.Add(new VerticalMark(chosen, $"chosen {ReportText.Megapascals(window.Chosen.Value)}", FigureColour.Vermilion));
        }
    }

    private static ImmutableArray<double> In(Unit unit, ImmutableArray<double> si) => [.. si.Select(unit.FromSiValue)];

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
