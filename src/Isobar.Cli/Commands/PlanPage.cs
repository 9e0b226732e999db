using Isobar.Electrochemistry;
using Isobar.Mechanics.Pellets;
using Isobar.Planning;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>A plan for people: the answer first, then why.</summary>
internal static class PlanPage
{
    // C/m² in 1 mAh/cm².
    private const double MilliampereHour = 36000;

    public static void Write(IAnsiConsole page, Plan plan)
    {
        Interval rate = plan.Chosen.RateCapability.Band90;
        page.MarkupLineInterpolated($"[bold]{plan.Cell.Name}, for {GoalName(plan.Goal)}[/]");
        Prose.Write(page, $"cell resistance {plan.Chosen.Resistance}, {Shorts(plan)}scatter {plan.Chosen.SurvivingScatter} {(plan.Chosen.ShortRisk.Value > 0 ? "among the others" : "from cell to cell")}, {Quantity.Number(plan.Chosen.RateCapability.Value, 2)} C ({Quantity.Number(rate.Low, 2)} to {Quantity.Number(rate.High, 2)}) at 200 mV; bands hold 90 %");
        Prose.Write(page, plan.Cost);
        page.WriteLine();

        var windows = new Listing("step", "window", "pressure (90 %)", "force on this die", "hold");
        foreach (PressureWindow window in plan.Windows)
        {
            windows.Add(
                window.Label,
                Ends(window),
                window.Chosen.ToString(),
                $"{Quantity.Number(window.Force.Kilonewtons, 3)} kN, {Quantity.Number(window.Force.MetricTons, 3)} t",
                window.Hold.ToString());
        }

        windows.Write(page);
        page.WriteLine();
        foreach (PressureWindow window in plan.Windows)
        {
            page.MarkupLineInterpolated($"[bold]{window.Label}[/]");
            Prose.Write(page, $"  chosen: {window.Reason}", 4);
            Prose.Write(page, $"  at least {Megapascals(window.Low.Pressure)} MPa: {window.Low.Reason}", 4);
            Prose.Write(page, $"  at most {Megapascals(window.High.Pressure)} MPa: {window.High.Reason}", 4);
            Prose.Write(page, $"  {window.Habit}", 4);
        }

        page.WriteLine();
        var predictions = new Listing("what to expect", "value", "90 % band");
        foreach (Prediction prediction in plan.Predictions) predictions.Add(prediction.Label, Value(prediction.Dimension, prediction.Estimate), Band(prediction.Dimension, prediction.Estimate));
        predictions.Write(page);
        if (plan.Rates is { } rates) WriteRates(page, rates);
        foreach (string warning in plan.Warnings) Note(page, "note", warning);
    }

    private static void WriteRates(IAnsiConsole page, RateOutlook outlook)
    {
        page.WriteLine();
        if (outlook.Missing is { } missing)
        {
            Note(page, "note", missing);
            return;
        }

        var table = new Listing("discharge", "capacity mAh/cm² (90 %)", "after habit", "gain on habit %");
        foreach (RateComparison rate in outlook.Rates) table.Add(HalfCellPage.Rate(rate.CRate), Banded(rate.Chosen, MilliampereHour), Banded(rate.Habit, MilliampereHour), Gain(rate.Gain));
        table.Write(page);
        CellPressures habit = outlook.Habit;
        string shorts = outlook.HabitShortRisk.Value > 0 ? $"; {Quantity.Number(outlook.HabitShortRisk.Percent, 2)} % of the cells short there, and then deliver nothing" : "";
        Prose.Write(page, $"habit is {Megapascals(new(habit.CathodePressPa))} MPa on the cathode and {Megapascals(new(habit.StackPa))} MPa to attach and to stack{shorts}");
        foreach (string note in outlook.Notes) Note(page, "note", note);
    }

    private static string Banded(BandedValue value, double unit) =>
        $"{Quantity.Number(value.Value / unit, 3)} ({Quantity.Number(value.Low90 / unit, 3)} to {Quantity.Number(value.High90 / unit, 3)}){(value.Extrapolated ? " *" : "")}";

    // A tenth of a per cent is less than anybody measures.
    private static string Gain(BandedValue gain) =>
        $"{Tenths(gain.Value)} ({Tenths(gain.Low90)} to {Tenths(gain.High90)}){(gain.Extrapolated ? " *" : "")}";

    private static string Tenths(double share) => Quantity.Number(Math.Round(100 * share, 1), 3);

    private static string Shorts(Plan plan) =>
        plan.Chosen.ShortRisk.Value > 0 ? $"{Quantity.Number(plan.Chosen.ShortRisk.Percent, 2)} % of the cells short within {plan.Cell.Duty.Life}, " : "";

    // An empty window is no window; the table says so instead of printing its ends the wrong way round.
    private static string Ends(PressureWindow window) => window.Low.Pressure > window.High.Pressure
        ? $"none: needs {Megapascals(window.Low.Pressure)}, safe to {Megapascals(window.High.Pressure)} MPa"
        : $"{Megapascals(window.Low.Pressure)} to {Megapascals(window.High.Pressure)} MPa";

    public static string GoalName(Goal goal) => goal == Goal.Rate ? "rate" : "reliability";

    public static string Value(Dimension dimension, Estimate estimate)
    {
        Unit unit = dimension.PrintUnit(estimate.Value);
        return $"{Quantity.Number(unit.FromSiValue(estimate.Value), 3)} {Quantity.Pretty(unit.Symbol)}{(estimate.Extrapolated ? " (extrapolated)" : "")}";
    }

    public static string Band(Dimension dimension, Estimate estimate, bool withUnit = true)
    {
        Unit unit = dimension.PrintUnit(estimate.Value);
        Interval band = estimate.Band90;
        return $"{Quantity.Number(unit.FromSiValue(band.Low), 3)} to {Quantity.Number(unit.FromSiValue(band.High), 3)}{(withUnit ? " " + Quantity.Pretty(unit.Symbol) : "")}";
    }

    public static void Note(IAnsiConsole page, string kind, string text) => Prose.Write(page, $"{kind}: {text}", kind.Length + 2);

    public static void Wrote(IAnsiConsole page, Surroundings surroundings, params ReadOnlySpan<string> paths)
    {
        page.WriteLine();
        foreach (string path in paths) Prose.Write(page, $"wrote {Path.GetRelativePath(surroundings.Folder, path)}", 6);
    }

    private static string Megapascals(SamplePressure pressure) => Quantity.Number(pressure.Megapascals, 3);
}
