using System.Collections.Immutable;
using Isobar.Electrochemistry;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>How resistance, scatter and risk move with one pressure while the others stay where the plan puts them.</summary>
internal static class PlanCurves
{
    private const int Points = 25;

    public static ImmutableArray<PressureCurve> Of(
        CellEnsemble ensemble, SearchBounds bounds, GoalOptimiser optimiser, Goal goal, CellPressures chosen, CancellationToken cancellation)
    {
        var curves = ImmutableArray.CreateBuilder<PressureCurve>();
        double cathodeHigh = Math.Min(bounds.Highest, 600e6);
        double[] cathode = Grid(Math.Max(bounds.Lowest, 25e6), cathodeHigh);
        double[] stack = Grid(Math.Max(bounds.Lowest, 1e6), Math.Min(bounds.Highest, FailureRisk.HighestStackPa));
        double[] attach = Grid(Math.Max(chosen.StackPa, 5e6), Math.Min(chosen.CathodePressPa, FailureRisk.HighestAttachPa));

        curves.Add(Density(ensemble, cathode));
        curves.AddRange(Moved(ensemble, "cathode_press", cathode, p => chosen with { CathodePressPa = p, AttachPa = Math.Min(chosen.AttachPa, p) }, cracked: true, cancellation));
        curves.AddRange(Moved(ensemble, "attach", attach, p => chosen with { AttachPa = p }, cracked: false, cancellation));
        curves.AddRange(Moved(ensemble, "stack", stack, p => chosen with { StackPa = p, AttachPa = Math.Max(chosen.AttachPa, p) }, cracked: false, cancellation));

        FailureRisk risk = optimiser.RiskNear(chosen, goal);
        curves.Add(Single("stack", "scatter of the cell resistance", stack, p => optimiser.Scatter(chosen with { StackPa = p, AttachPa = Math.Max(chosen.AttachPa, p) }, risk.Short(chosen.AttachPa, p))));
        if (risk.Known) curves.Add(Single("stack", "risk of a short circuit", stack, p => risk.Short(chosen.AttachPa, p)));
        return curves.ToImmutable();
    }

    private static IEnumerable<PressureCurve> Moved(
        CellEnsemble ensemble, string key, double[] grid, Func<double, CellPressures> at, bool cracked, CancellationToken cancellation)
    {
        var resistance = new List<double[]>();
        var damage = new List<double[]>();
        foreach (double pressurePa in grid)
        {
            cancellation.ThrowIfCancellationRequested();
            CellState[] states = ensemble.StatesAfter(at(pressurePa));
            resistance.Add(Sorted(states, static state => state.TotalOhmSquareMetres));
            if (cracked) damage.Add(Sorted(states, static state => state.CrackedLower));
        }

        yield return Curve(key, "cell resistance", ArealResistance.Dimension, grid, resistance);
        if (cracked) yield return Curve(key, "cracked particles, lower estimate", Fraction.Dimension, grid, damage);
    }

    private static PressureCurve Density(CellEnsemble ensemble, double[] grid) => Curve(
        "separator_press",
        "relative density of the separator under pressure",
        Fraction.Dimension,
        grid,
        [.. grid.Select(pressurePa => ensemble.Draws.Select(draw => Predictions.PressedSeparatorDensity(draw, pressurePa)).Order().ToArray())]);

    // Pressures at which more than one cell in twenty is an open circuit have no band to draw and are left out.
    private static PressureCurve Curve(string key, string label, Dimension dimension, double[] grid, List<double[]> sorted)
    {
        int[] drawn = [.. Enumerable.Range(0, grid.Length).Where(i => double.IsFinite(CellEnsemble.Quantile(sorted[i], 0.95)))];
        return new PressureCurve(
            key,
            label,
            dimension,
            [.. drawn.Select(i => grid[i])],
            [.. drawn.Select(i => CellEnsemble.Quantile(sorted[i], 0.5))],
            [.. drawn.Select(i => CellEnsemble.Quantile(sorted[i], 0.05))],
            [.. drawn.Select(i => CellEnsemble.Quantile(sorted[i], 0.95))]);
    }

    private static PressureCurve Single(string key, string label, double[] grid, Func<double, double> of)
    {
        ImmutableArray<double> values = [.. grid.Select(of)];
        return new PressureCurve(key, label, Fraction.Dimension, [.. grid], values, values, values);
    }

    private static double[] Sorted(CellState[] states, Func<CellState, double> of)
    {
        double[] values = [.. states.Select(of)];
        Array.Sort(values);
        return values;
    }

    private static double[] Grid(double low, double high) =>
        [.. Enumerable.Range(0, Points).Select(i => low * Math.Pow(Math.Max(high, low * 1.01) / low, (double)i / (Points - 1)))];
}
