using System.Collections.Immutable;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Lab.Reports;

/// <summary>Figures of a set of cells: every cell in its group, the measure against pressure, from where the scatter comes; and control charts.</summary>
public static class CellSetFigures
{
    private const int MostGroups = 12;
    private const int MostPoints = 2000;
    private static readonly FigureColour[] s_colours = [FigureColour.Blue, FigureColour.Vermilion, FigureColour.Green, FigureColour.Purple, FigureColour.Ink, FigureColour.Muted];

    /// <summary>Every cell, with the mean of each group and its interval, and the tolerance interval of all. Odd cells are rings.</summary>
    public static Figure Strip(CellSetAnswer answer)
    {
        CellSet set = answer.Set;
        Grouping? grouping = set.Groupings.FirstOrDefault(each => each.Levels.Length is >= 2 and <= MostGroups);
        ImmutableArray<string> names = grouping?.Levels ?? ["all cells"];
        int[] odd = [.. answer.OddCells?.Odd.Select(cell => cell.Index) ?? []];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        if (answer.Tolerance is { } tolerance) elements.Add(new ShadedRange(tolerance.Low, tolerance.High, $"holds {Percent(answer.Question.Content)} of all cells", FigureColour.Green));
        elements.Add(new VerticalMark(answer.Spread.Mean, "mean", FigureColour.Muted));
        for (int level = 0; level < names.Length; level++)
        {
            int[] cells = [.. Enumerable.Range(0, set.Measure.Count).Where(i => grouping is null || grouping.OfCell[i] == level)];
            double at = names.Length - level;
            FigureColour colour = s_colours[level % s_colours.Length];
            AddCells(elements, set, [.. cells.Except(odd)], at, colour, open: false);
            AddCells(elements, set, [.. cells.Intersect(odd)], at, colour, open: true, string.Join(", ", cells.Intersect(odd).Take(3).Select(i => set.Ids[i])));
            if (cells.Length < 2) continue;
            Spread spread = Spread.Of(set.Measure.At(cells), answer.Question.Coverage);
            elements.Add(new PointSeries("", [spread.Mean], [at - 0.3], colour, XBars: [spread.MeanInterval]));
        }

        return new Figure($"Every cell: {set.MeasureName}", new FigureAxis(Capital(set.MeasureName), set.Unit, Range: Around(answer)), new FigureAxis(grouping?.Name ?? "", "") { Names = [.. names.Reverse()] }, elements.ToImmutable())
        {
            Height = Math.Clamp(120 + (60 * names.Length), 200, 760),
            Description = $"Each point is a cell; below each group its mean with the {Percent(answer.Question.Coverage)} interval. {(odd.Length == 0 ? "No cell is shown to be odd." : "Rings are odd cells: " + string.Join(", ", answer.OddCells!.Odd.Select(cell => cell.Id)) + ".")}",
        };
    }

    /// <summary>The measure against pressure with the line of the log-log fit; null when there is no pressure.</summary>
    public static Figure? AgainstPressure(CellSetAnswer answer)
    {
        if (answer.Pressure is not { } share) return null;
        CellSet set = answer.Set;
        int[] cells = [.. Enumerable.Range(0, set.Measure.Count).Where(i => !double.IsNaN(set.PressuresMegapascals[i])).Take(MostPoints)];
        Grouping? grouping = set.Groupings.FirstOrDefault(each => each.Levels.Length is >= 2 and <= 6);
        int[] odd = [.. answer.OddCells?.Odd.Select(cell => cell.Index) ?? []];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        double low = cells.Min(i => set.PressuresMegapascals[i]), high = cells.Max(i => set.PressuresMegapascals[i]);
        ImmutableArray<double> grid = [.. Enumerable.Range(0, 40).Select(i => low * Math.Pow(high / low, i / 39.0))];
        elements.Add(new LineSeries($"slope {Quantity.Number(share.Slope, 2)}", grid, [.. grid.Select(p => Math.Exp(share.Intercept + (share.Slope * Math.Log(p))))], FigureColour.Muted));
        for (int level = 0; level < (grouping?.Levels.Length ?? 1); level++)
        {
            int[] own = [.. cells.Where(i => grouping is null || grouping.OfCell[i] == level).Except(odd)];
            if (own.Length == 0) continue;
            elements.Add(new PointSeries(
                grouping is null ? "" : grouping.Levels[level], [.. own.Select(i => set.PressuresMegapascals[i])], [.. own.Select(i => set.Measure[i])], s_colours[level % s_colours.Length],
                Open: level % 2 == 1));
        }

        foreach (int i in odd.Intersect(cells).Take(8)) elements.Add(new PointSeries(set.Ids[i] + " (odd)", [set.PressuresMegapascals[i]], [set.Measure[i]], FigureColour.Ink, Open: true));
        double margin = Math.Pow(high / low, 0.04);
        return new Figure(
            $"{Capital(set.MeasureName)} against {set.PressureName}", new FigureAxis(Capital(set.PressureName), "MPa", FigureScale.Logarithmic, new Interval(low / margin, high * margin)), new FigureAxis(Capital(set.MeasureName), set.Unit, FigureScale.Logarithmic),
            elements.ToImmutable())
        {
            Description = $"{Percent(share.Share)} of the variance of the logarithm goes with pressure ({Percent(answer.Question.Coverage)} interval {CellSetWords.Shares(share.ShareInterval)}).",
        };
    }

    /// <summary>Shares of the variance by grouping; null when there are no components.</summary>
    public static Figure? Components(CellSetAnswer answer)
    {
        if (answer.Components is not { } components) return null;
        List<(string Name, double Share, Interval? Interval)> bars = [.. components.Components.Select(component => (component.Name, component.Share, components.Components.Length == 1 ? answer.ShareInterval : null))];
        bars.Add((answer.Set.ResidualName, components.ResidualShare, null));
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        for (int i = 0; i < bars.Count; i++)
        {
            (_, double share, Interval? interval) = bars[i];
            double at = bars.Count - i;
            FigureColour colour = i == bars.Count - 1 ? FigureColour.Muted : s_colours[i % (s_colours.Length - 1)];
            // A bar of some pixels, as lines beside each other.
            for (int line = -4; line <= 4; line++) elements.Add(new LineSeries("", [0, Math.Max(0.2, 100 * share)], [at + (0.03 * line), at + (0.03 * line)], colour));
            if (interval is { } known) elements.Add(new PointSeries("", [100 * share], [at + 0.25], FigureColour.Ink, XBars: [new Interval(100 * known.Low, 100 * known.High)]));
        }

        return new Figure("From where the scatter comes", new FigureAxis("Share of the variance", "%", Range: new Interval(0, 100)), new FigureAxis("", "") { Names = [.. bars.Select(bar => bar.Name).Reverse()] }, elements.ToImmutable())
        {
            Height = Math.Clamp(110 + (50 * bars.Count), 180, 600),
            Description = string.Join(", ", bars.Select(bar => $"{bar.Name} {Percent(bar.Share)}")) + ", by restricted maximum likelihood.",
        };
    }

    /// <summary>A control chart with its limits; signals are rings.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="title">What the figure shows.</param>
    /// <param name="measure">What is followed.</param>
    /// <param name="unit">Its unit.</param>
    public static Figure Chart(ControlChart chart, string title, string measure, string unit)
    {
        ImmutableArray<double> x = [.. Enumerable.Range(1, chart.Points.Length).Select(i => (double)i)];
        int[] fired = [.. chart.Signals.Select(signal => signal.Index).Distinct().Order()];
        var elements = ImmutableArray.CreateBuilder<FigureElement>();
        elements.Add(new LineSeries("", x, [.. chart.Limits.Select(limit => limit.High)], FigureColour.Vermilion));
        elements.Add(new LineSeries("", x, [.. chart.Limits.Select(limit => limit.Low)], FigureColour.Vermilion));
        elements.Add(new HorizontalMark(chart.Centre, "centre", FigureColour.Muted, FigureLine.Solid));
        elements.Add(new LineSeries("", x, chart.Points, FigureColour.Blue));
        elements.Add(new PointSeries("", x, chart.Points, FigureColour.Blue));
        if (fired.Length > 0) elements.Add(new PointSeries("signal", [.. fired.Select(i => x[i])], [.. fired.Select(i => chart.Points[i])], FigureColour.Vermilion, Open: true));
        return new Figure(Capital(title), new FigureAxis("Cell in order", "", Range: Order(chart.Points.Length)), new FigureAxis(Capital(measure), unit), elements.ToImmutable())
        {
            Height = 280,
            Description = fired.Length == 0 ? "No point signals." : $"Signals at {string.Join(", ", fired.Take(10).Select(i => ReportText.Count(i + 1)))}.",
        };
    }

    private static void AddCells(ImmutableArray<FigureElement>.Builder elements, CellSet set, int[] cells, double at, FigureColour colour, bool open, string label = "")
    {
        if (cells.Length == 0) return;
        int[] shown = [.. cells.Take(MostPoints)];
        // Neighbours in the table stand at different heights, so that equal values stay apart.
        elements.Add(new PointSeries(label, [.. shown.Select(i => set.Measure[i])], [.. shown.Select(i => at + (0.06 * ((i * 3 % 5) - 2)))], colour, Open: open));
    }

    // Room for points at the ends.
    private static Interval Around(CellSetAnswer answer)
    {
        double low = Math.Min(answer.Spread.Lowest, answer.Tolerance?.Low ?? answer.Spread.Lowest), high = Math.Max(answer.Spread.Highest, answer.Tolerance?.High ?? answer.Spread.Highest);
        double room = high > low ? 0.04 * (high - low) : 0.1 * Math.Max(1e-12, Math.Abs(high));
        return new Interval(low - room, high + room);
    }

    // Two dozen points would be ticked in steps of two and a half cells.
    private static Interval Order(int count) => new(0.5 - (0.02 * count), count is > 19 and < 26 ? 26.5 : count + 0.5 + (0.02 * count));

    private static string Percent(double share) => CellSetWords.Percent(share);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
