using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Lab.Reports;

/// <summary>The cell-set check as one self-contained HTML page: answer, figures, every part with its rule, n and interval.</summary>
public static class CellSetReport
{
    private const int MostCells = 40;

    /// <summary>Writes the page.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="source">From where the cells are, for example the name of the table.</param>
    /// <param name="version">Version of the software.</param>
    public static string Html(CellSetAnswer answer, string source, string version)
    {
        var output = new StringWriter { NewLine = "\n" };
        var html = new MarkupWriter(output);
        html.Doctype();
        using (html.Open("html", ("lang", "en")))
        {
            using (html.Open("head"))
            {
                html.Empty("meta", ("charset", "utf-8"));
                html.Empty("meta", ("name", "viewport"), ("content", "width=device-width,initial-scale=1"));
                html.Element("title", $"Cells of {source}: {answer.Set.MeasureName}");
                html.Style(ReportStyle.Sheet);
            }

            using MarkupWriter.Scope body = html.Open("body");
            using MarkupWriter.Scope main = html.Open("main");
            html.Element("p", $"Cell-set check of {source}", ("class", "kicker"));
            html.Element("h1", "Are the cells the same?");
            foreach (string line in CellSetWords.Answer(answer)) html.Element("p", line, ("class", "answer"));
            foreach (PairAnswer pair in answer.Pairs) html.Element("p", CellSetWords.Pair(pair, answer));
            ReportTable.Figure(html, CellSetFigures.Strip(answer), "strip");
            Spread(html, answer);
            Odd(html, answer);
            Components(html, answer);
            Pressure(html, answer);
            Pairs(html, answer);
            Close(html, answer);
            html.Element("footer", $"Isobar {version}");
        }

        return output.ToString() + "\n";
    }

    private static void Spread(MarkupWriter html, CellSetAnswer answer)
    {
        Spread spread = answer.Spread;
        if (spread.Count < 2) return;
        using MarkupWriter.Scope section = ReportTable.Section(html, "spread", "Spread");
        string unit = answer.Set.Unit.Length == 0 ? "" : $" ({answer.Set.Unit})";
        List<ReportCell[]> rows =
        [
            ["mean", Number(spread.Mean), Band(spread.MeanInterval), $"Student's t, n = {ReportText.Count(spread.Count)}"],
            ["standard deviation", Number(spread.StandardDeviation), Band(spread.DeviationInterval), "χ²"],
        ];
        if (answer.Tolerance is { } tolerance) rows.Add(["tolerance", "", Band(tolerance), $"holds {CellSetWords.Percent(answer.Question.Content)} of all cells"]);
        if (answer.Capability is { } capability) rows.Add(["Cpk", Number(capability.Cpk), Band(capability.CpkInterval), "Bissell's normal approximation"]);
        ReportTable.Write(html, "", [new("quantity"), new("value" + unit, true), new($"{CellSetWords.Percent(spread.Coverage)} interval", true), new("rule")], rows);
    }

    private static void Odd(MarkupWriter html, CellSetAnswer answer)
    {
        if (answer.OddCells is not { } odd) return;
        using MarkupWriter.Scope section = ReportTable.Section(html, "odd", "Odd cells");
        html.Element("p", "Rule: " + odd.Rule + ".");
        ReportTable.Write(
            html, "", [new("cell"), new("value", true), new("distance in s", true), new("limit", true), new("p", true), new("robust z", true), new("verdict")],
            odd.Cells.Take(MostCells).Select(cell => (ReportCell[])[cell.Id, Number(cell.Value), Number(cell.Statistic), Number(cell.Critical), CellSetWords.Probability(cell.Probability), Number(cell.RobustScore), cell.Odd ? "odd" : "not shown to be odd"]));
        if (odd.Without is { } without) html.Element("p", $"Look for a physical cause first. Without the odd cells the spread would be {CellSetWords.Percent(without.CoefficientOfVariation)}; nothing was left out.");
    }

    private static void Components(MarkupWriter html, CellSetAnswer answer)
    {
        if (answer.Components is not { } components) return;
        using MarkupWriter.Scope section = ReportTable.Section(html, "components", "From where the scatter comes");
        ReportTable.Figure(html, CellSetFigures.Components(answer)!, "comp");
        IEnumerable<ReportCell[]> rows = components.Components.Select(component => (ReportCell[])
        [
            component.Name, ReportText.Count(component.Groups), Number(component.Deviation), CellSetWords.Percent(component.Share), double.IsNaN(component.F) ? "" : Number(component.F), CellSetWords.Probability(component.Probability),
        ]);
        ReportTable.Write(
            html, "Restricted maximum likelihood; F with the other groupings held.", [new("source"), new("groups", true), new("standard deviation", true), new("share", true), new("F", true), new("p", true)],
            rows.Append([answer.Set.ResidualName, "", Number(Math.Sqrt(components.ResidualVariance)), CellSetWords.Percent(components.ResidualShare), "", ""]));
    }

    private static void Pressure(MarkupWriter html, CellSetAnswer answer)
    {
        if (answer.Pressure is not { } pressure) return;
        using MarkupWriter.Scope section = ReportTable.Section(html, "pressure", "Share of pressure");
        ReportTable.Figure(html, CellSetFigures.AgainstPressure(answer)!, "press");
        html.Element("p", $"Slope of the logarithms {Number(pressure.Slope)} ({CellSetWords.Percent(answer.Question.Coverage)} interval {Band(pressure.SlopeInterval)}, n = {ReportText.Count(pressure.Count)}).");
        if (answer.PressureWithoutOdd is { } without) html.Element("p", $"Without the odd cells: {Number(without.Slope)} ({Band(without.SlopeInterval)}), share {CellSetWords.Percent(without.Share)}, n = {ReportText.Count(without.Count)}.");
        if (pressure.WithPressureError is { } fit) html.Element("p", $"With {CellSetWords.Percent(answer.Set.RelativePressureUncertainty)} of uncertainty in each pressure: {Number(fit.Slope)} ({Band(fit.SlopeInterval(answer.Question.Coverage))}).");
    }

    private static void Pairs(MarkupWriter html, CellSetAnswer answer)
    {
        if (answer.Pairs.IsEmpty) return;
        using MarkupWriter.Scope section = ReportTable.Section(html, "comparison", $"Comparison of {answer.Set.Groupings[0].Name}");
        html.Element("p", "Rule: " + CellSetWords.ComparisonRule(answer) + ".");
        ReportTable.Write(
            html, "", [new("pair"), new("n", true), new("difference", true), new(CellSetWords.Percent(answer.Question.Coverage) + " interval", true), new("p", true), new("p equivalent", true), new("verdict")],
            answer.Pairs.Select(pair => (ReportCell[])
            [
                $"{pair.First} − {pair.Second}", $"{ReportText.Count(pair.Comparison.FirstCount)}, {ReportText.Count(pair.Comparison.SecondCount)}", Number(pair.Comparison.Difference),
                Band(pair.Comparison.DifferenceInterval(answer.Question.Coverage)), CellSetWords.Probability(pair.HolmProbability), pair.Equivalence is { } shown ? CellSetWords.Probability(shown.Probability) : "",
                CellSetWords.Verdict(pair.Verdict, answer),
            ]));
        if (answer.Adjusted is not { } adjusted) return;
        ReportTable.Write(
            html, $"As measured, and at equal {answer.Set.PressureName} (analysis of covariance of the logarithms).", [new("ratio less one"), new("as measured", true), new("interval", true), new("at equal pressure", true), new("interval", true), new("why")],
            adjusted.Comparisons.Select(pair => (ReportCell[])
            [
                $"{pair.First}/{pair.Second}", Signed(pair.Raw), Shares(pair.RawInterval), Signed(pair.Adjusted), Shares(pair.AdjustedInterval), new ReportCell(CellSetWords.Why(pair, adjusted), "why"),
            ]));
    }

    private static void Close(MarkupWriter html, CellSetAnswer answer)
    {
        using (ReportTable.Section(html, "size", "How many cells"))
        {
            if (answer.Size is not null) html.Element("p", CellSetWords.Size(answer) + ".");
        }

        using (ReportTable.Section(html, "methods", "For the methods section")) html.Element("p", answer.MethodsText);
        if (answer.Notes.IsEmpty) return;
        using MarkupWriter.Scope section = ReportTable.Section(html, "notes", "Notes");
        using MarkupWriter.Scope list = html.Open("ul");
        foreach (string note in answer.Notes) html.Element("li", note);
    }

    private static string Shares(Interval interval) => $"{CellSetWords.Percent(interval.Low)} to {CellSetWords.Percent(interval.High)}".Replace('-', '−');

    private static string Signed(double share) => CellSetWords.WithSign(share).Replace('-', '−');

    private static string Number(double value) => ReportText.Number(value);

    private static string Band(Interval interval) => $"{Number(interval.Low)} to {Number(interval.High)}";
}
