using Isobar.Electrochemistry;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads an open-circuit voltage: a formula of x alone, or formula or table with range, uncertainty and source.</summary>
internal static class OpenCircuitText
{
    // Fine enough to meet every pole that a formula of people has.
    private const int CheckedPoints = 4001;

    public static OpenCircuitData Read(FileNode node)
    {
        if (node is FileScalar alone) return Checked(node, new OpenCircuitData(ReadFormula(alone), null, new Interval(0, 1), 0, Given(node), null), narrow: true);
        FileMap map = node.AsMap("the open-circuit voltage", "formula", "table", "range", "uncertainty", "source", "doi");
        FileNode? formula = map.Find("formula"), table = map.Find("table");
        if ((formula is null) == (table is null))
        {
            throw map.Error(formula is null ? "the open-circuit voltage has neither 'formula' nor 'table'" : "the open-circuit voltage has both 'formula' and 'table'", "one of the two", "write 'formula: ...' in x, or 'table:' with pairs [x, volts]");
        }

        double uncertainty = map.Find("uncertainty") is { } given ? ReadNumber(given, "the uncertainty in volts") : 0;
        string source = map.Find("source")?.AsText("the source") ?? Given(node);
        Formula? written = formula is null ? null : ReadFormula(formula.AsScalar("the formula"));
        MonotoneCubic? points = table is null ? null : ReadTable(table);
        FileScalar? rangeNode = map.Find("range")?.AsScalar("the range");
        Interval range = rangeNode is null ? (points is null ? new Interval(0, 1) : new Interval(points.Lowest, points.Highest)) : ReadRange(rangeNode);
        if (points is not null && (range.Low < points.Lowest || range.High > points.Highest))
        {
            throw rangeNode!.Error($"the range '{rangeNode.Text}' goes beyond the table", $"a range within {Quantity.Number(points.Lowest, 6)} to {Quantity.Number(points.Highest, 6)}", "narrow the range, or add points");
        }

        return Checked(formula ?? table!, new OpenCircuitData(written, points, range, uncertainty, source, Doi(map)), narrow: rangeNode is null && written is not null);
    }

    public static string? Doi(FileMap map)
    {
        FileNode? node = map.Find("doi");
        string? doi = node?.AsText("the DOI");
        return doi is null || doi.StartsWith("10.", StringComparison.Ordinal) ? doi : throw node!.Error($"'{doi}' is not a DOI", "a DOI, which begins with '10.'", "write the DOI without 'https://doi.org/'");
    }

    private static Formula ReadFormula(FileScalar scalar)
    {
        try
        {
            return Formula.Parse(scalar.Text, "x");
        }
        catch (FormulaException fault)
        {
            throw scalar.Error($"in the formula: {fault.Found} at character {fault.Position + 1}", fault.Expected, "correct the formula; it may hold numbers, x, + - * / ^, brackets, exp, ln, log10, sqrt, tanh, sinh, cosh and atan");
        }
    }

    private static MonotoneCubic ReadTable(FileNode node)
    {
        FileList list = node.AsList("points");
        var x = new double[list.Items.Count];
        var volts = new double[list.Items.Count];
        for (int i = 0; i < x.Length; i++)
        {
            if (list.Items[i] is not FileList { Items: [FileScalar at, FileScalar value] }) throw list.Items[i].Error($"found {list.Items[i].Description} as a point", "[x, volts]", "write two numbers in brackets");
            x[i] = ReadNumber(at, "a stoichiometry");
            volts[i] = ReadNumber(value, "a voltage");
            if (x[i] is < 0 or > 1) throw at.Error($"the stoichiometry '{at.Text}' is not possible", "a share from 0 to 1", "correct the point");
            if (i > 0 && x[i] <= x[i - 1]) throw at.Error($"'{at.Text}' is not above the point before", "stoichiometries that ascend", "put the points in order and remove doubles");
        }

        return x.Length > 1 ? new MonotoneCubic(x, volts) : throw list.Error("the table has one point", "two points or more", "add points");
    }

    private static double ReadNumber(FileNode node, string what)
    {
        FileScalar scalar = node.AsScalar(what);
        return PlainNumber.TryParse(scalar.Text, out double value, out double uncertainty, out string error) && uncertainty == 0
            ? value
            : throw scalar.Error(error.Length > 0 ? error : $"'{scalar.Text}' has a ±", $"{what}, a plain number", "write for example 0.55");
    }

    private static Interval ReadRange(FileScalar scalar)
    {
        string[] ends = scalar.Text.Split(" to ", StringSplitOptions.TrimEntries);
        if (ends.Length == 2
            && PlainNumber.TryParse(ends[0], out double low, out _, out _)
            && PlainNumber.TryParse(ends[1], out double high, out _, out _)
            && low >= 0 && low < high && high <= 1)
        {
            return new Interval(low, high);
        }

        throw scalar.Error($"'{scalar.Text}' is not a range of stoichiometries", "'low to high' between 0 and 1", "write for example '0.02 to 0.98'");
    }

    // A curve that has no value somewhere in its range would stop a simulation far from here. A formula without a range may have poles at its very ends.
    private static OpenCircuitData Checked(FileNode node, OpenCircuitData data, bool narrow)
    {
        if (narrow && (!double.IsFinite(data.VoltsAt(0)) || !double.IsFinite(data.VoltsAt(1)))) data = data with { Range = new Interval(1e-6, 1 - 1e-6) };
        for (int i = 0; i < CheckedPoints; i++)
        {
            double x = data.Range.Low + ((data.Range.High - data.Range.Low) * i / (CheckedPoints - 1));
            double volts = data.VoltsAt(x, out double slope);
            if (double.IsFinite(volts) && double.IsFinite(slope)) continue;
            throw node.Error($"the open-circuit voltage has no value at x = {Quantity.Number(x)}", $"a voltage everywhere from {Quantity.Number(data.Range.Low)} to {Quantity.Number(data.Range.High)}", "give a 'range' in which it has one, or correct it");
        }

        return data;
    }

    private static string Given(FileNode node) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"given in {node.Source.Path}, line {node.Line}");
}
