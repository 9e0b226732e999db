using System.Globalization;
using Isobar.Mechanics.Conversion;
using Isobar.Numerics.Propagation;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>The answer of <c>isobar convert</c> for people.</summary>
internal static class ConvertPage
{
    public static void Write(IAnsiConsole page, PressureAnswer answer)
    {
        string die = $"{answer.Die.Diameter.Value.Millimetres.ToString("0.####", CultureInfo.InvariantCulture)} mm die";
        Interval band = answer.OnSample.Si.Band90;
        string onSample = $"{Megapascals(answer.OnSample.Value.Pascals)} MPa, 90 % band {Megapascals(band.Low)} to {Megapascals(band.High)}";
        string force = string.Join(" = ", ConvertCommand.InAllUnits(answer.Force.Value));
        page.MarkupLineInterpolated($"[bold]{Headline(answer, die)}[/]");
        Row(page, "force", force);
        if (answer.Oil is { } oil) Row(page, "oil pressure", $"{Quantity.Number(oil.Pascals / 1e5)} bar on the gauge");
        Row(page, "nominal", $"{Megapascals(answer.Nominal.Pascals)} MPa, force over area");
        Row(page, "on the sample", onSample + " (mean over the pellet)");
        if (answer.OtherTons.Count > 0)
        {
            string others = string.Join(", ", answer.OtherTons.Select(other => $"{other.Unit} {Megapascals(other.Nominal.Pascals)} MPa"));
            Row(page, "other tons", others);
        }

        if (answer.Habit is { } habit) Row(page, "habit", Habit(habit));
        WriteBudget(page, answer.Budget);
        foreach (string assumption in answer.Assumptions) PlanPage.Note(page, "assumed", assumption);
        foreach (string note in answer.Notes) PlanPage.Note(page, "note", note);
    }

    private static string Headline(PressureAnswer answer, string die) => answer.Kind == ReadingKind.SamplePressure
        ? $"{answer.Reading} on a {die} takes {Quantity.Format(answer.Force.Value, Force.Dimension.Find("kN")!)} ({Quantity.Number(answer.Force.Value.MetricTons)} t)"
        : $"{answer.Reading} on a {die} is {Megapascals(answer.Nominal.Pascals)} MPa nominal";

    private static string Habit(TonHabit habit) => habit.IsWhole
        ? $"this is the usual {Quantity.Number(habit.Printed.Megapascals, Digits(habit))} MPa: {habit}"
        : $"a half-ton load, printed as {Quantity.Number(habit.Printed.Megapascals, Digits(habit))} MPa: {habit}";

    private static int Digits(TonHabit habit) => Math.Max(1, (int)Math.Floor(Math.Log10(habit.Printed.Megapascals)) + 1);

    private static void WriteBudget(IAnsiConsole page, UncertaintyBudget budget)
    {
        if (budget.Dominant is not { } dominant) return;
        page.WriteLine();
        Prose.Write(page, $"uncertainty: u = {Quantity.Number(budget.Result.StandardUncertainty, 2)} MPa, most of it from {dominant.Input.Name} ({Percent(dominant.VarianceShare)} of the variance)");
        var table = new Listing("input", "value", "u", "gives MPa", "share");
        foreach (BudgetLine line in budget.Lines.Where(line => line.Contribution > 0).OrderByDescending(line => line.VarianceShare))
        {
            string unit = line.Input.UnitText.Length > 0 ? " " + line.Input.UnitText : "";
            table.Add(
                line.Input.Name,
                Quantity.Number(line.Input.Value) + unit,
                Quantity.Number(line.Input.StandardUncertainty, 2) + unit,
                Quantity.Number(line.Contribution, 2),
                Percent(line.VarianceShare));
        }

        table.Write(page);
        page.WriteLine();
    }

    private static void Row(IAnsiConsole page, string name, string text) => Prose.Write(page, $"{name,-13}   {text}", 16);

    private static string Percent(double share) => share > 0.995 && share < 1 ? "> 99 %" : Quantity.Number(100 * share, share < 0.01 ? 1 : 2) + " %";

    private static string Megapascals(double pascals) => Quantity.Number(pascals / 1e6, pascals >= 1e8 ? 4 : 3);
}
