using System.Globalization;
using Isobar.Numerics.Propagation;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>A budget to first order beside its Monte Carlo propagation, and whether the first order may be used.</summary>
/// <param name="Budget">To first order.</param>
/// <param name="Draws">By Monte Carlo.</param>
/// <param name="SecondOrder">Standard uncertainty with terms of second order; null for correlated inputs, where they are not known.</param>
/// <param name="FirstOrder">Interval of the first order, Student's t with the effective degrees of freedom.</param>
/// <param name="Tolerance">δ: half a step of the second significant digit of the uncertainty (JCGM 101, 7.9.2).</param>
internal sealed record BudgetAnswer(UncertaintyBudget Budget, MonteCarloResult Draws, double? SecondOrder, Interval FirstOrder, double Tolerance)
{
    public static BudgetAnswer Of(UncertaintyBudget budget, MonteCarloResult draws, double? secondOrder, double coverage)
    {
        double u = budget.Result.StandardUncertainty;
        double tolerance = u > 0 ? 0.5 * Math.Pow(10, Math.Floor(Math.Log10(u)) - 1) : 0;
        return new BudgetAnswer(budget, draws, secondOrder, budget.Result.IntervalAt(coverage), tolerance);
    }

    private double LargestDifference => Math.Max(Math.Abs(FirstOrder.Low - Draws.Symmetric.Low), Math.Abs(FirstOrder.High - Draws.Symmetric.High));

    private bool Validated => LargestDifference <= Tolerance;

    public void Write(IAnsiConsole page)
    {
        Estimate result = Budget.Result;
        string unit = Budget.UnitText, coverage = (100 * Draws.Coverage).ToString("0.###", CultureInfo.InvariantCulture) + " %";
        page.MarkupLineInterpolated($"[bold]{Budget.Name} {Number(result.Value)} {unit}, standard uncertainty {Quantity.Number(result.StandardUncertainty, 2)} {unit} ({Quantity.Number(100 * result.RelativeUncertainty, 2)} %)[/]");
        Prose.Write(page, $"{coverage} of what it could be: {Number(Draws.Shortest.Low)} to {Number(Draws.Shortest.High)} {unit} (shortest interval, {Draws.Trials.ToString(CultureInfo.InvariantCulture)} draws, seed {Draws.Seed.ToString(CultureInfo.InvariantCulture)})");
        if (Budget.Dominant is { } dominant) Prose.Write(page, $"most of it from {dominant.Input.Name} ({Quantity.Number(100 * dominant.VarianceShare, 2)} % of the variance)");
        page.WriteLine();
        var methods = new Listing("method", unit, "u", $"{coverage} interval", "degrees of freedom");
        double freedom = result.DegreesOfFreedom;
        methods.Add("first order (JCGM 100)", Number(result.Value), Number(result.StandardUncertainty), Band(FirstOrder), double.IsPositiveInfinity(freedom) || freedom > 1e6 ? "many" : Quantity.Number(freedom, 3));
        methods.Add("Monte Carlo, shortest (JCGM 101)", Number(Draws.Mean), Number(Draws.StandardUncertainty), Band(Draws.Shortest), "");
        methods.Add("Monte Carlo, symmetric", "", "", Band(Draws.Symmetric), "");
        methods.Write(page);
        page.WriteLine();
        var table = new Listing("input", "value", "u", "shape", $"gives {unit}", "share");
        foreach (BudgetLine line in Budget.Lines.OrderByDescending(line => line.VarianceShare))
        {
            string inputUnit = line.Input.UnitText.Length > 0 ? " " + line.Input.UnitText : "";
            table.Add(
                line.Input.Name, Quantity.Number(line.Input.Value) + inputUnit, Quantity.Number(line.Input.StandardUncertainty, 2) + inputUnit, Shape(line.Input), Quantity.Number(line.Contribution, 2),
                Quantity.Number(100 * line.VarianceShare, 2) + " %");
        }

        table.Write(page);
        Prose.Write(page, $"rule: the ends of both symmetric intervals agree within {Quantity.Number(Tolerance, 1)} {unit} (JCGM 101, 8.1): {(Validated ? "yes, the first order may be used" : $"no, they differ by {Quantity.Number(LargestDifference, 2)} {unit}; use the Monte Carlo interval")}{(SecondOrder is { } second ? $"; with terms of second order u = {Number(second)} {unit}" : "")}");
        foreach (BudgetLine line in Budget.Lines.Where(line => line.Input.StandardUncertainty == 0)) PlanPage.Note(page, "note", $"{line.Input.Name} is taken as exact; write it with ±");
    }

    public BudgetFacts Facts() => new(
        Budget.Name, Budget.UnitText, Budget.Result.Value, Budget.Result.StandardUncertainty, CheckFacts.Finite(Budget.Result.DegreesOfFreedom), SecondOrder, Draws.Coverage, [FirstOrder.Low, FirstOrder.High], Draws.Mean,
        Draws.StandardUncertainty, [Draws.Shortest.Low, Draws.Shortest.High], [Draws.Symmetric.Low, Draws.Symmetric.High], Draws.Trials, Draws.Seed, Validated,
        [.. Budget.Lines.Select(line => new InputFacts(line.Input.Name, line.Input.Symbol, line.Input.Value, line.Input.StandardUncertainty, line.Input.UnitText, Shape(line.Input), CheckFacts.Finite(line.Input.DegreesOfFreedom), line.Sensitivity, line.Contribution, line.VarianceShare))]);

    private static string Shape(UncertainInput input) => input.Shape switch
    {
        InputShape.Rectangular => "between limits",
        InputShape.Triangular => "triangular",
        InputShape.StudentT => $"Student's t, {Quantity.Number(input.DegreesOfFreedom, 3)}",
        InputShape.LogNormal => "log-normal",
        _ => "normal",
    };

    private static string Number(double value) => Quantity.Number(value);

    private static string Band(Interval interval) => $"{Number(interval.Low)} to {Number(interval.High)}";

    internal sealed record BudgetFacts(
        string Of, string Unit, double Value, double StandardUncertainty, double? DegreesOfFreedom, double? SecondOrderUncertainty, double Coverage, double[] FirstOrderInterval, double MonteCarloMean, double MonteCarloUncertainty,
        double[] ShortestInterval, double[] SymmetricInterval, int Trials, ulong Seed, bool FirstOrderValidated, InputFacts[] Inputs);

    internal sealed record InputFacts(string Name, string Symbol, double Value, double StandardUncertainty, string Unit, string Shape, double? DegreesOfFreedom, double Sensitivity, double Contribution, double VarianceShare);
}
