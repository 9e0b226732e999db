using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>Are my cells the same? Every part of the answer for one set of cells; nothing is left out of the set in silence.</summary>
public static class CellSetCheck
{
    // From here on the generalised ESD test holds its level; at 15 cells it calls 7 sets in a hundred odd instead of 5.
    private const int FewestForEsd = 25;
    private const int MostOdd = 100;
    private const int MostLevelsForPairs = 6;

    /// <summary>Answers.</summary>
    /// <exception cref="ArgumentException">The set is empty.</exception>
    public static CellSetAnswer Of(CellSet set, CellSetQuestion? question = null)
    {
        CellSetQuestion asked = question ?? new CellSetQuestion();
        if (set.Measure.Count == 0) throw new ArgumentException("the set has no cells", nameof(set));
        List<string> notes = [];
        Spread spread = Spread.Of(set.Measure, asked.Coverage);
        if (spread.Count < 3) notes.Add(spread.Count == 1 ? "one cell has no scatter; press at least three" : "two cells say next to nothing of the scatter, and no cell can be called odd; press at least three");
        else if (spread.Count < 6) notes.Add($"with {spread.Count} cells the true standard deviation lies between {Quantity.Number(spread.DeviationFactors.Low, 2)} and {Quantity.Number(spread.DeviationFactors.High, 2)} times the observed one; an odd cell is seen only when it is very far out");
        (VarianceComponents? components, Interval? share) = Components(set, asked, spread, notes);
        PressureShare? pressure = Pressure(set, asked, notes);
        bool scatters = spread.Count > 1 && spread.StandardDeviation > 0;
        OddCellsAnswer? odd = spread.Count >= 3 && scatters ? OddCells(set, asked) : null;
        Interval? tolerance = scatters ? ToleranceFactor.IntervalOf(spread, asked.Content, asked.Coverage) : null;
        Capability? capability = scatters && asked.Limits is { } limits && spread.Count >= Capability.FewestCells
            ? Capability.Of(spread.Count, spread.Mean, spread.StandardDeviation, limits, asked.Coverage)
            : null;
        return new CellSetAnswer
        {
            Set = set,
            Question = asked,
            Spread = spread,
            OddCells = odd,
            Components = components,
            ShareInterval = share,
            Pressure = pressure,
            PressureWithoutOdd = pressure is null || odd is not { Odd.IsEmpty: false } ? null : PressureWithout(set, asked, [.. odd.Odd.Select(cell => cell.Index)]),
            Pairs = Pairs(set, asked, notes),
            Adjusted = pressure is null ? null : Adjusted(set, asked, notes),
            Size = scatters && spread.Mean != 0 ? Size(spread, asked) : null,
            Tolerance = tolerance,
            Capability = capability,
            LimitsKept = asked.Limits is { } kept && tolerance is { } inside ? kept.Contains(inside.Low) && kept.Contains(inside.High) : null,
            Notes = [.. notes],
        };
    }

    private static OddCellsAnswer OddCells(CellSet set, CellSetQuestion asked)
    {
        ReadOnlySpan<double> values = set.Measure.Deviations;
        int n = values.Length;
        RobustScreen robust = RobustScreen.Of(values);
        double[] scores = [.. robust.Scores];
        var cells = ImmutableArray.CreateBuilder<OddCell>();
        string rule;
        string level = (100 * asked.Alpha).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
        if (n < FewestForEsd)
        {
            GrubbsTest test = GrubbsTest.Of(values, OutlierSide.Both, asked.Alpha);
            rule = $"Grubbs' test for one odd cell on either side, level {level} %, n = {n}";
            cells.Add(new OddCell(test.Index, set.Ids[test.Index], set.Measure[test.Index], test.Statistic, test.Critical, test.Probability, scores[test.Index], test.Found));
        }
        else
        {
            int most = Math.Min(MostOdd, n / 5);
            GeneralisedEsd test = GeneralisedEsd.Of(values, most, asked.Alpha);
            rule = $"generalised ESD test for up to {most} odd cells, level {level} %, n = {n}; the last step beyond its limit decides";
            int shown = Math.Max(1, test.Found);
            for (int i = 0; i < shown; i++)
            {
                EsdStep step = test.Steps[i];
                cells.Add(new OddCell(step.Index, set.Ids[step.Index], set.Measure[step.Index], step.Statistic, step.Critical, step.Probability, scores[step.Index], i < test.Found));
            }
        }

        int[] kept = [.. Enumerable.Range(0, n).Except(cells.Where(cell => cell.Odd).Select(cell => cell.Index))];
        double farthest = scores.Max(Math.Abs);
        return new OddCellsAnswer(
            rule, cells.ToImmutable(), robust.Found, double.IsFinite(farthest) ? RobustScreen.FalseAlarm(n, farthest) : double.NaN, kept.Length < n ? Spread.Of(set.Measure.At(kept), asked.Coverage) : null);
    }

    private static (VarianceComponents? Components, Interval? Share) Components(CellSet set, CellSetQuestion asked, Spread spread, List<string> notes)
    {
        if (set.Groupings.IsEmpty || spread.Count < 3) return (null, null);
        List<Grouping> used = [];
        foreach (Grouping grouping in set.Groupings)
        {
            if (grouping.Levels.Length < 2) notes.Add($"{grouping.Name} is {grouping.Levels[0]} for all cells; what it adds cannot be told");
            else if (grouping.Levels.Length == spread.Count) notes.Add($"every cell has a {grouping.Name} of its own; what it adds cannot be told from the scatter of cells");
            else used.Add(grouping);
        }

        if (used.Count == 0) return (null, null);
        try
        {
            VarianceComponents components = VarianceComponents.Of(set.Measure, used, asked.Coverage);
            foreach (VarianceComponent component in components.Components.Where(component => component.Groups < 5))
            {
                notes.Add($"{component.Groups} levels of {component.Name} say little of what others would add; press with five or more");
            }

            if (components.ResidualShare < 0.8) notes.Add($"{set.RowName}s of one group are alike; the intervals of spread and tolerance and the number of cells count all {set.RowName}s as independent and promise too much");
            Interval? share = null;
            if (used.Count == 1 && components.Components[0].RatioInterval is { } ratio)
            {
                share = new Interval(ratio.Low / (1 + ratio.Low), double.IsPositiveInfinity(ratio.High) ? 1 : ratio.High / (1 + ratio.High));
            }

            return (components, share);
        }
        catch (ArgumentException refused)
        {
            notes.Add("no components: " + Sentence(refused));
            return (null, null);
        }
    }

    private static PressureShare? Pressure(CellSet set, CellSetQuestion asked, List<string> notes)
    {
        if (set.PressuresMegapascals.IsEmpty) return null;
        (double[] measure, double[] pressure, _) = WithPressure(set);
        int missing = set.Measure.Count - measure.Length;
        if (missing > 0) notes.Add($"{missing} of {set.Measure.Count} cells have no {set.PressureName}; the share of pressure is that of the other {measure.Length}");
        try
        {
            PressureShare share = PressureShare.Of(measure, pressure, set.RelativePressureUncertainty, asked.Coverage);
            if (set.RelativePressureUncertainty > 0 && share.WithPressureError is null) notes.Add("the pressures differ hardly more than they are uncertain; their effect cannot be told from these cells");
            return share;
        }
        catch (ArgumentException refused)
        {
            notes.Add("no share of pressure: " + Sentence(refused));
            return null;
        }
    }

    // What one short circuit can do to a slope is worth a line; where the rest does not allow a slope there is none.
    private static PressureShare? PressureWithout(CellSet set, CellSetQuestion asked, int[] odd)
    {
        int[] kept = [.. Enumerable.Range(0, set.Measure.Count).Except(odd).Where(i => !double.IsNaN(set.PressuresMegapascals[i]))];
        double[] pressure = [.. kept.Select(i => set.PressuresMegapascals[i])];
        return kept.Length < 4 || pressure.Max() <= pressure.Min()
            ? null
            : PressureShare.Of(kept.Select(i => set.Measure[i]).ToArray(), pressure, set.RelativePressureUncertainty, asked.Coverage);
    }

    private static ImmutableArray<PairAnswer> Pairs(CellSet set, CellSetQuestion asked, List<string> notes)
    {
        if (set.Groupings.IsEmpty) return [];
        Grouping grouping = set.Groupings[0];
        int[] levels = [.. Enumerable.Range(0, grouping.Levels.Length).Where(level => grouping.Counts[level] >= 2)];
        if (levels.Length < 2) return [];
        if (levels.Length > MostLevelsForPairs)
        {
            notes.Add($"{levels.Length} levels of {grouping.Name} are not compared pair by pair; at most {MostLevelsForPairs} are");
            return [];
        }

        if (levels.Length < grouping.Levels.Length) notes.Add($"a {grouping.Name} with a single cell is not compared");
        MeasurementSeries[] series = [.. levels.Select(level => set.Measure.At(grouping.CellsOf(level)))];
        List<(string First, string Second, GroupComparison Comparison)> pairs = [];
        for (int i = 0; i < levels.Length; i++)
        {
            for (int j = i + 1; j < levels.Length; j++) pairs.Add((grouping.Levels[levels[i]], grouping.Levels[levels[j]], GroupComparison.Of(series[i], series[j])));
        }

        double[] holm = Holm.Correct(pairs.Select(pair => pair.Comparison.Probability).ToArray());
        return [.. pairs.Select((pair, i) =>
        {
            Equivalence? equivalence = pair.Comparison.StandardError == 0
                ? null
                : asked.AbsoluteMargin is { } margin ? pair.Comparison.EquivalentWithin(margin, asked.Alpha) : pair.Comparison.EquivalentWithinShare(asked.RelativeMargin, asked.Alpha);
            return new PairAnswer(pair.First, pair.Second, pair.Comparison, holm[i], equivalence, VerdictOf(holm[i] < asked.Alpha, equivalence?.Shown ?? false));
        })];
    }

    private static CovarianceAnalysis? Adjusted(CellSet set, CellSetQuestion asked, List<string> notes)
    {
        if (set.Groupings.IsEmpty) return null;
        (double[] measure, double[] pressure, int[] cells) = WithPressure(set);
        Grouping grouping = set.Groupings[0].At(cells);
        if (grouping.Levels.Length is < 2 or > MostLevelsForPairs) return null;
        try
        {
            return CovarianceAnalysis.Of(measure, pressure, grouping, asked.Coverage);
        }
        catch (ArgumentException refused)
        {
            notes.Add("no comparison at equal pressure: " + Sentence(refused));
            return null;
        }
    }

    private static SizeAnswer Size(Spread spread, CellSetQuestion asked)
    {
        double CellsAt(double deviation) => Math.Ceiling(SampleSize.ForTwoGroups(asked.Effect * Math.Abs(spread.Mean) / deviation, asked.Power, asked.Alpha));
        double half = spread.Count / 2.0, smallest = double.NaN;
        if (spread.Count >= 4)
        {
            smallest = spread.CoefficientOfVariation * Numerics.RootFinder.Bracketed(effect => SampleSize.PowerOfTwoGroups(half, effect, asked.Alpha) - asked.Power, 1e-3, 60, 1e-9);
        }

        return new SizeAnswer(
            asked.Effect, asked.Power, CellsAt(spread.StandardDeviation), new Interval(CellsAt(spread.DeviationInterval.Low), CellsAt(spread.DeviationInterval.High)), smallest);
    }

    private static (double[] Measure, double[] Pressure, int[] Cells) WithPressure(CellSet set)
    {
        int[] cells = [.. Enumerable.Range(0, set.Measure.Count).Where(i => !double.IsNaN(set.PressuresMegapascals[i]))];
        return ([.. cells.Select(i => set.Measure[i])], [.. cells.Select(i => set.PressuresMegapascals[i])], cells);
    }

    private static ComparisonVerdict VerdictOf(bool differ, bool equivalent) => (differ, equivalent) switch
    {
        (true, true) => ComparisonVerdict.DifferWithinMargin,
        (true, false) => ComparisonVerdict.ShownToDiffer,
        (false, true) => ComparisonVerdict.ShownEquivalent,
        _ => ComparisonVerdict.NothingShown,
    };

    private static string Sentence(ArgumentException exception)
    {
        int end = exception.Message.LastIndexOf(" (Parameter ", StringComparison.Ordinal);
        return end > 0 ? exception.Message[..end] : exception.Message;
    }
}
