using Isobar.Planning;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>A plan for people: the answer first, then why.</summary>
internal static class PlanPage
{
    public static void Write(IAnsiConsole page, Plan plan)
    {
        Interval rate = plan.Chosen.RateCapability.Band90;
        page.MarkupLineInterpolated($"[bold]{plan.Cell.Name}, for {GoalName(plan.Goal)}[/]");
        Prose.Write(page, $"cell resistance {plan.Chosen.Resistance}, scatter {plan.Chosen.Scatter} from cell to cell, {Quantity.Number(plan.Chosen.RateCapability.Value, 2)} C ({Quantity.Number(rate.Low, 2)} to {Quantity.Number(rate.High, 2)}) at 200 mV; bands hold 90 %");
        Prose.Write(page, plan.Cost);
        page.WriteLine();

        var windows = new Listing("step", "window", "pressure (90 %)", "force on this die", "hold");
        foreach (PressureWindow window in plan.Windows)
        {
            windows.Add(
                window.Label,
                $"{Megapascals(window.Low.Pressure)} to {Megapascals(window.High.Pressure)} MPa",
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
        foreach (string warning in plan.Warnings) Note(page, "note", warning);
    }

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
