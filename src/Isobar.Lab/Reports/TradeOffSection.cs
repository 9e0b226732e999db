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
                ["scatter of cells that do not short (%)", .. goals.Select(goal => (ReportCell)Banded(ReportText.Band(AnswerSection.Percent, goal.SurvivingScatter.Si)))],
                ["cells expected to short (%)", .. goals.Select(goal => (ReportCell)ReportText.Number(goal.ShortRisk.Percent, 2))],
                ["scatter, shorted cells counted (%)", .. goals.Select(goal => (ReportCell)Banded(ReportText.Band(AnswerSection.Percent, goal.Scatter.Si)))],
                ["rate at which the resistance takes 200 mV (C)", .. goals.Select(goal => (ReportCell)Banded(ReportText.Band(AnswerSection.CRate, goal.RateCapability)))],
            ]);
        using MarkupWriter.Scope pairs = html.Open("div", ("class", "pairs"));
        int number = 0;
        foreach (PressureCurve whole in plan.Curves)
        {
            PressureCurve curve = Finite(whole);
            int left = whole.PressuresPa.Length - curve.PressuresPa.Length;
            if (curve.PressuresPa.Length > 1) ReportTable.Figure(html, FigureOf(plan, curve, left), "curve" + ReportText.Count(number++));
            else html.Element("p", $"{ReportText.Capital(whole.Label)} has no prediction along {whole.WindowKey}.", ("class", "note"));
        }
    }

    private static Unit AreaUnit => ArealResistance.Dimension.Find("ohm cm2")!;

    private static string Pressure(GoalOutcome goal, string key) =>
        goal.Pressures.TryGetValue(key, out SamplePressure pressure) ? ReportText.Megapascals(pressure) : "not stated";

    private static string Banded(BandText band) => $"{band.Value} ({band.Low} to {band.High})";

    // Where a model has no answer the curve has no number; such points are left out, and the caption counts them.
    private static PressureCurve Finite(PressureCurve curve)
    {
        int[] kept = [.. Enumerable.Range(0, curve.PressuresPa.Length)
            .Where(i => double.IsFinite(curve.Median[i]) && double.IsFinite(curve.Low90[i]) && double.IsFinite(curve.High90[i]))];
        return kept.Length == curve.PressuresPa.Length ? curve : curve with
        {
            PressuresPa = [.. kept.Select(i => curve.PressuresPa[i])],
            Median = [.. kept.Select(i => curve.Median[i])],
            Low90 = [.. kept.Select(i => curve.Low90[i])],
            High90 = [.. kept.Select(i => curve.High90[i])],
        };
    }

    private static string Caption(PressureCurve curve, int left)
    {
        string what = curve.Low90.SequenceEqual(curve.High90) ? "Best value, no band was calculated" : "Median and 90 % band";
        string missing = left == 0 ? "" : left == 1 ? " One pressure without a prediction is left out." : $" {ReportText.Count(left)} pressures without a prediction are left out.";
        return $"{what}; the other pressures stay where the plan puts them.{missing}";
    }

    private static Figure FigureOf(Plan plan, PressureCurve curve, int left)
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
            $"{ReportText.Capital(curve.Label)} · {window?.Label ?? curve.WindowKey}",
            new FigureAxis("Sample pressure", "MPa", wide ? FigureScale.Logarithmic : FigureScale.Linear, new Interval(pressures[0], pressures[^1])),
            new FigureAxis(ReportText.Capital(curve.Label), Quantity.Pretty(unit.Symbol), tall ? FigureScale.Logarithmic : FigureScale.Linear),
            elements.ToImmutable())
        {
            Width = 460,
            Height = 290,
            Description = Caption(curve, left),
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
}
