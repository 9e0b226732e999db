using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Lab.Reports;

/// <summary>
/// The words of the cell-set check, the same on the command line and in the report. "Not shown to differ" is never "the same": only a test against a margin shows that.
/// </summary>
public static class CellSetWords
{
    /// <summary>The answer in two or three lines.</summary>
    public static IEnumerable<string> Answer(CellSetAnswer answer)
    {
        Spread spread = answer.Spread;
        string unit = Unit(answer.Set);
        yield return spread.Count > 1
            ? $"{spread.Count} {answer.Set.RowName}s, {answer.Set.MeasureName} {Number(spread.Mean)}{unit}: they scatter by {Percent(spread.CoefficientOfVariation)} ({Percent(spread.Coverage)} interval {Percent(spread.DeviationInterval.Low / Math.Abs(spread.Mean))} to {Percent(spread.DeviationInterval.High / Math.Abs(spread.Mean))})"
            : $"one {answer.Set.RowName}, {answer.Set.MeasureName} {Number(spread.Mean)}{unit}";
        if (answer.OddCells is { } odd)
        {
            yield return odd.Odd.IsEmpty ? $"no {answer.Set.RowName} is shown to be odd" : $"{(odd.Odd.Length == 1 ? $"one {answer.Set.RowName} is" : $"{odd.Odd.Length} {answer.Set.RowName}s are")} odd: {string.Join(", ", odd.Odd.Take(10).Select(cell => cell.Id))}{(odd.Odd.Length > 10 ? ", ..." : "")}";
        }

        if (answer.Pressure is { } pressure)
        {
            yield return $"{Percent(pressure.Share)} of the scatter goes with {answer.Set.PressureName} ({Percent(spread.Coverage)} interval {Shares(pressure.ShareInterval)}, n = {pressure.Count})";
        }

        if (answer.LimitsKept is { } kept && answer.Question.Limits is { } limits && answer.Tolerance is { } tolerance)
        {
            string holds = $"{Percent(answer.Question.Content)} of all cells lie between {Number(tolerance.Low)} and {Number(tolerance.High)}{unit} ({Percent(spread.Coverage)} confidence, n = {spread.Count})";
            yield return kept ? $"the limits are kept: {holds}" : $"the limits {Number(limits.Low)} to {Number(limits.High)}{unit} are not shown to be kept: {holds}";
        }
    }

    /// <summary>What is shown of two groups.</summary>
    public static string Verdict(ComparisonVerdict verdict, CellSetAnswer answer)
    {
        string margin = Margin(answer);
        return verdict switch
        {
            ComparisonVerdict.ShownToDiffer => "shown to differ",
            ComparisonVerdict.ShownEquivalent => $"shown to be equivalent within {margin}",
            ComparisonVerdict.DifferWithinMargin => $"shown to differ, by less than {margin[1..]}",
            _ => $"not shown to differ, not shown to be equivalent within {margin}",
        };
    }

    /// <summary>What is shown of a pair, and whether it stands when the pressure is held.</summary>
    public static string Pair(PairAnswer pair, CellSetAnswer answer)
    {
        string raw = $"{pair.First} and {pair.Second}: {Verdict(pair.Verdict, answer)}";
        if (answer.Adjusted is not { } analysis || analysis.Comparisons.FirstOrDefault(each => each.First == pair.First && each.Second == pair.Second) is not { } beside) return raw;
        bool before = pair.Verdict is ComparisonVerdict.ShownToDiffer or ComparisonVerdict.DifferWithinMargin, held = beside.AdjustedProbability < answer.Question.Alpha;
        if (before == held) return raw;
        string ratio = $"{WithSign(beside.Adjusted)}, {Percent(answer.Question.Coverage)} interval {Percent(beside.AdjustedInterval.Low)} to {Percent(beside.AdjustedInterval.High)}";
        return held
            ? $"{raw}; but at equal pressure they differ ({ratio})"
            : $"{raw}; but at equal pressure a difference is not shown ({ratio}): {Why(beside, analysis)}";
    }

    /// <summary>"±10 %" or "±2 Ω".</summary>
    public static string Margin(CellSetAnswer answer) => answer.Question.AbsoluteMargin is { } absolute ? $"±{Number(absolute)}{Unit(answer.Set)}" : $"±{Percent(answer.Question.RelativeMargin)}";

    /// <summary>The rule of the comparisons.</summary>
    public static string ComparisonRule(CellSetAnswer answer) =>
        $"differ: Welch's t test, {Percent(answer.Question.Alpha)}, p corrected for {answer.Pairs.Length} {(answer.Pairs.Length == 1 ? "pair" : "pairs")} (Holm); equivalent: two one-sided tests, the {Percent(1 - (2 * answer.Question.Alpha))} interval within {Margin(answer)}";

    /// <summary>Why a comparison changes when pressure is held.</summary>
    public static string Why(AdjustedComparison pair, CovarianceAnalysis analysis)
    {
        double slope = analysis.Fit.Coefficients[1], byPressure = Math.Pow(pair.FirstPressure / pair.SecondPressure, slope) - 1;
        double harder = (pair.FirstPressure / pair.SecondPressure) - 1;
        string first = harder >= 0 ? pair.First : pair.Second, second = harder >= 0 ? pair.Second : pair.First;
        double by = harder >= 0 ? harder : (1 / (1 + harder)) - 1;
        return by < 0.002
            ? $"{pair.First} and {pair.Second} were under the same mean pressure"
            : $"{first} was pressed {Percent(by)} harder than {second}; with slope {Number(slope, 2)} that alone makes {WithSign(byPressure)} in {pair.First}/{pair.Second}";
    }

    /// <summary>How many cells are needed.</summary>
    public static string Size(CellSetAnswer answer)
    {
        SizeAnswer size = answer.Size!;
        string smallest = double.IsNaN(size.SmallestEffect) ? "" : $"; these {answer.Spread.Count} cells in two halves would find {Percent(size.SmallestEffect)}";
        return $"to find a difference of {Percent(size.Effect)} between two groups with probability {Number(size.Power, 2)}: {Count(size.CellsPerGroup)} cells per group, {Count(size.CellsInterval.Low)} to {Count(size.CellsInterval.High)} within the {Percent(answer.Spread.Coverage)} interval of the scatter (t test, {Percent(answer.Question.Alpha)}){smallest}";
    }

    /// <summary>"+2.7 %".</summary>
    public static string WithSign(double share) => (share > 0 ? "+" : "") + Percent(share);

    /// <summary>An interval of shares; three cells have none.</summary>
    public static string Shares(Interval interval) => double.IsNaN(interval.Low) ? "unknown below four cells" : $"{Percent(interval.Low)} to {Percent(interval.High)}";

    /// <summary>A share in per cent with two digits.</summary>
    public static string Percent(double share)
    {
        if (double.IsInfinity(share)) return share > 0 ? "∞" : "-∞";
        string number = Quantity.Number(100 * share, Math.Abs(share) >= 0.9995 ? 3 : 2);
        return (number.EndsWith(".0", StringComparison.Ordinal) ? number[..^2] : number) + " %";
    }

    /// <summary>A p value.</summary>
    public static string Probability(double p) => double.IsNaN(p) ? "" : p < 1e-4 ? "< 0.0001" : Quantity.Number(p, 2);

    private static string Number(double value, int digits = 3) => Quantity.Number(value, digits);

    private static string Count(double cells) => double.IsInfinity(cells) ? "more than ten million" : Quantity.Number(cells, Math.Max(1, (int)Math.Floor(Math.Log10(Math.Max(1, cells))) + 1));

    private static string Unit(CellSet set) => set.Unit.Length == 0 ? "" : " " + set.Unit;
}
