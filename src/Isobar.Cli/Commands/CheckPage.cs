using System.Globalization;
using Isobar.Lab.Reports;
using Isobar.Quantities;
using Isobar.Reproducibility;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>The cell-set check for people: the answer first, then each part with its rule, n and interval.</summary>
internal static class CheckPage
{
    private const int MostCells = 12;

    public static void Write(IAnsiConsole page, CellSetAnswer answer)
    {
        bool first = true;
        foreach (string line in CellSetWords.Answer(answer))
        {
            if (first) page.MarkupLineInterpolated($"[bold]{line}[/]");
            else Prose.Write(page, line);
            first = false;
        }

        foreach (PairAnswer pair in answer.Pairs.Length <= 6 ? answer.Pairs : []) Prose.Write(page, CellSetWords.Pair(pair, answer), 2);
        WriteSpread(page, answer);
        WriteOdd(page, answer);
        WriteComponents(page, answer);
        WritePressure(page, answer);
        WritePairs(page, answer);
        if (answer.Size is not null)
        {
            Heading(page, "how many cells");
            Prose.Write(page, CellSetWords.Size(answer));
        }

        Heading(page, "for the methods section");
        Prose.Write(page, answer.MethodsText);
        if (answer.Notes.IsEmpty) return;
        page.WriteLine();
        foreach (string note in answer.Notes) PlanPage.Note(page, "note", note);
    }

    private static void WriteSpread(IAnsiConsole page, CellSetAnswer answer)
    {
        Spread spread = answer.Spread;
        if (spread.Count < 2) return;
        string unit = answer.Set.Unit.Length == 0 ? "" : " " + answer.Set.Unit, coverage = CellSetWords.Percent(spread.Coverage);
        Heading(page, "spread");
        var table = new Listing("", "value", $"{coverage} interval", "rule");
        table.Add("mean", Number(spread.Mean) + unit, Band(spread.MeanInterval) + unit, $"Student's t, n = {Count(spread.Count)}");
        table.Add("standard deviation", Number(spread.StandardDeviation) + unit, Band(spread.DeviationInterval) + unit, $"χ²: {Number(spread.DeviationFactors.Low, 2)} to {Number(spread.DeviationFactors.High, 2)} times the observed one");
        table.Add("median, range", $"{Number(spread.Median)}{unit}", $"{Number(spread.Lowest)} to {Number(spread.Highest)}{unit}", "");
        if (answer.Tolerance is { } tolerance) table.Add("tolerance", "", Band(tolerance) + unit, $"holds {CellSetWords.Percent(answer.Question.Content)} of all cells, exact for normal scatter");
        if (answer.Capability is { } capability) table.Add("Cpk", Number(capability.Cpk, 2), Band(capability.CpkInterval, 2), "Bissell's normal approximation");
        table.Write(page);
    }

    private static void WriteOdd(IAnsiConsole page, CellSetAnswer answer)
    {
        if (answer.OddCells is not { } odd) return;
        Heading(page, "odd cells");
        Prose.Write(page, "rule: " + odd.Rule, 6);
        var table = new Listing("cell", answer.Set.Unit.Length == 0 ? "value" : answer.Set.Unit, "distance in s", "limit", "p", "robust z", "verdict");
        foreach (OddCell cell in odd.Cells.Take(MostCells))
        {
            table.Add(cell.Id, Number(cell.Value), Number(cell.Statistic), Number(cell.Critical), CellSetWords.Probability(cell.Probability), Number(cell.RobustScore, 2), cell.Odd ? "odd" : "not shown to be odd");
        }

        table.Write(page);
        if (odd.Cells.Length > MostCells) Prose.Write(page, $"and {Count(odd.Cells.Length - MostCells)} more");
        string robust = odd.Robust.IsEmpty
            ? "no cell lies beyond 3.5 robust standard deviations"
            : $"beyond 3.5 robust standard deviations: {string.Join(", ", odd.Robust.Take(MostCells).Select(i => answer.Set.Ids[i]))}{(odd.Robust.Length > MostCells ? ", ..." : "")}";
        Prose.Write(page, $"{robust}; a set of {Count(answer.Spread.Count)} without odd cells has one as far out with probability {CellSetWords.Probability(odd.RobustFalseAlarm)}");
        if (odd.Without is { } without)
        {
            Prose.Write(page, $"look for a physical cause first (short, low open-circuit voltage, cracked pellet); without {(odd.Odd.Length == 1 ? "it" : "them")} the spread would be {CellSetWords.Percent(without.CoefficientOfVariation)}. Nothing was left out");
        }
    }

    private static void WriteComponents(IAnsiConsole page, CellSetAnswer answer)
    {
        if (answer.Components is not { } components) return;
        Heading(page, "from where the scatter comes");
        string coverage = CellSetWords.Percent(answer.Question.Coverage);
        bool single = components.Components.Length == 1;
        var table = new Listing("source", "groups", "standard deviation", "share", single ? $"{coverage} of the share" : $"{coverage}, over {answer.Set.ResidualName}", "F", "p");
        foreach (VarianceComponent component in components.Components)
        {
            string interval = single
                ? answer.ShareInterval is { } share ? $"{CellSetWords.Percent(share.Low)} to {CellSetWords.Percent(share.High)}" : ""
                : component.RatioInterval is { } ratio ? $"{Number(Math.Sqrt(ratio.Low), 2)} to {Number(Math.Sqrt(ratio.High), 2)}" : "none";
            table.Add(
                component.Name, Count(component.Groups), Number(component.Deviation), CellSetWords.Percent(component.Share), interval, double.IsNaN(component.F) ? "" : Number(component.F),
                CellSetWords.Probability(component.Probability));
        }

        table.Add(answer.Set.ResidualName, "", Number(Math.Sqrt(components.ResidualVariance)), CellSetWords.Percent(components.ResidualShare), "", "", "");
        table.Write(page);
        Prose.Write(page, $"restricted maximum likelihood; by analysis of variance {string.Join(", ", components.Components.Select(component => $"{component.Name} {Number(Math.Sqrt(component.AnovaVariance))}{(component.RawAnovaVariance < 0 ? " (below zero before it was cut)" : "")}"))}; intervals are exact for normal scatter");
    }

    private static void WritePressure(IAnsiConsole page, CellSetAnswer answer)
    {
        if (answer.Pressure is not { } pressure) return;
        Heading(page, $"share of {answer.Set.PressureName}");
        string coverage = CellSetWords.Percent(answer.Question.Coverage);
        Prose.Write(page, $"ln {answer.Set.MeasureName} = a + b ln p: b = {Number(pressure.Slope)} ({coverage} interval {Band(pressure.SlopeInterval)}, p {P(pressure.Probability)}, n = {Count(pressure.Count)}); the pressures scatter by {CellSetWords.Percent(pressure.RelativePressureDeviation)}, which makes {CellSetWords.Percent(pressure.Share)} of the variance ({CellSetWords.Shares(pressure.ShareInterval)})", 2);
        if (answer.PressureWithoutOdd is { } without) Prose.Write(page, $"without the odd cells: b = {Number(without.Slope)} ({Band(without.SlopeInterval)}), share {CellSetWords.Percent(without.Share)} ({CellSetWords.Shares(without.ShareInterval)}), n = {Count(without.Count)}", 2);
        if (pressure.WithPressureError is { } fit)
        {
            Prose.Write(page, $"with {CellSetWords.Percent(answer.Set.RelativePressureUncertainty)} of uncertainty in each pressure: b = {Number(fit.Slope)} ({Band(fit.SlopeInterval(answer.Question.Coverage))}); uncertain pressures make the plain slope look flatter", 2);
        }
    }

    private static void WritePairs(IAnsiConsole page, CellSetAnswer answer)
    {
        if (answer.Pairs.IsEmpty) return;
        string coverage = CellSetWords.Percent(answer.Question.Coverage), unit = answer.Set.Unit.Length == 0 ? "" : ", " + answer.Set.Unit;
        Heading(page, $"comparison of {answer.Set.Groupings[0].Name}");
        Prose.Write(page, "rule: " + CellSetWords.ComparisonRule(answer), 6);
        bool relative = answer.Question.AbsoluteMargin is null;
        var table = new Listing("pair", "n", $"difference{unit}", coverage, "p", relative ? "ratio less 1, 90 %" : $"90 %{unit}", "p equivalent");
        foreach (PairAnswer pair in answer.Pairs)
        {
            Interval difference = pair.Comparison.DifferenceInterval(answer.Question.Coverage);
            string inside = pair.Equivalence is not { } equivalence ? "" : relative ? $"{CellSetWords.Percent(equivalence.Interval.Low)} to {CellSetWords.Percent(equivalence.Interval.High)}" : Band(equivalence.Interval);
            table.Add(
                $"{pair.First} - {pair.Second}", $"{Count(pair.Comparison.FirstCount)}, {Count(pair.Comparison.SecondCount)}", Number(pair.Comparison.Difference), Band(difference),
                CellSetWords.Probability(pair.HolmProbability), inside, pair.Equivalence is { } shown ? CellSetWords.Probability(shown.Probability) : "");
        }

        table.Write(page);
        if (answer.Adjusted is not { } adjusted) return;
        page.WriteLine();
        Prose.Write(page, $"at equal {answer.Set.PressureName} (analysis of covariance of the logarithms, n = {Count(adjusted.Fit.Count)}): {answer.Set.Groupings[0].Name} F {Number(adjusted.GroupF)}, p {P(adjusted.GroupProbability)}; pressure F {Number(adjusted.PressureF)}, p {P(adjusted.PressureProbability)}", 2);
        var beside = new Listing("ratio less 1", "as measured", coverage, "p", "at equal pressure", coverage, "p");
        foreach (AdjustedComparison pair in adjusted.Comparisons)
        {
            beside.Add(
                $"{pair.First}/{pair.Second}", CellSetWords.WithSign(pair.Raw), $"{CellSetWords.Percent(pair.RawInterval.Low)} to {CellSetWords.Percent(pair.RawInterval.High)}", CellSetWords.Probability(pair.RawProbability),
                CellSetWords.WithSign(pair.Adjusted), $"{CellSetWords.Percent(pair.AdjustedInterval.Low)} to {CellSetWords.Percent(pair.AdjustedInterval.High)}", CellSetWords.Probability(pair.AdjustedProbability));
        }

        beside.Write(page);
        foreach (AdjustedComparison pair in adjusted.Comparisons) Prose.Write(page, CellSetWords.Why(pair, adjusted), 2);
    }

    private static string P(double p) => p < 1e-4 ? CellSetWords.Probability(p) : "= " + CellSetWords.Probability(p);

    private static void Heading(IAnsiConsole page, string text)
    {
        page.WriteLine();
        page.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    private static string Number(double value, int digits = 3) => Quantity.Number(value, digits);

    private static string Band(Interval interval, int digits = 3) => $"{Number(interval.Low, digits)} to {Number(interval.High, digits)}";

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
