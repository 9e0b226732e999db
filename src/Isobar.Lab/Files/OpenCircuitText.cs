using System.Globalization;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Materials;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads curves over stoichiometry: a formula of x alone, or formula or table with range, uncertainty and source.</summary>
internal static class OpenCircuitText
{
    // Fine enough to meet every pole that a formula of people has.
    private const int CheckedPoints = 4001;

    // Nearer to an empty or a full host than this a logarithm of a formula has its pole.
    private const double PoleMargin = 1e-6;

    public static (StoichiometryCurve Curve, Constant Constant) Read(FileNode node)
    {
        const string what = "the open-circuit voltage";
        if (node is FileScalar alone) return (OfFormula(ReadFormula(alone), null, alone, what), ParameterSet.OpenCircuitConstant(0, Given(node), null));
        FileMap map = node.AsMap(what, "formula", "table", "range", "uncertainty", "source", "doi");
        double uncertainty = map.Find("uncertainty") is { } given ? ReadNumber(given, "the uncertainty in volts") : 0;
        if (uncertainty < 0) throw map.Find("uncertainty")!.Error($"the uncertainty is {Quantity.Number(uncertainty)} V", "one standard uncertainty, not negative", "correct it");
        return (ReadCurve(map, what), ParameterSet.OpenCircuitConstant(uncertainty, map.Find("source")?.AsText("the source") ?? Given(node), Doi(map)));
    }

    /// <summary>A factor over stoichiometry, positive throughout.</summary>
    public static StoichiometryCurve ReadFactor(FileNode node, string what)
    {
        StoichiometryCurve curve = node is FileScalar alone ? OfFormula(ReadFormula(alone), null, alone, what) : ReadCurve(node.AsMap(what, "formula", "table", "range", "source", "doi"), what);
        for (int i = 0; i < CheckedPoints; i++)
        {
            double x = curve.Lowest + ((curve.Highest - curve.Lowest) * i / (CheckedPoints - 1));
            if (curve.At(x) <= 0) throw node.Error($"{what} is {Quantity.Number(curve.At(x))} at x = {Quantity.Number(x)}", "a factor above zero everywhere in its range", "correct it, or narrow its range");
        }

        return curve;
    }

    public static string? Doi(FileMap map)
    {
        FileNode? node = map.Find("doi");
        string? doi = node?.AsText("the DOI");
        return doi is null || doi.StartsWith("10.", StringComparison.Ordinal) ? doi : throw node!.Error($"'{doi}' is not a DOI", "a DOI, which begins with '10.'", "write the DOI without 'https://doi.org/'");
    }

    public static double ReadNumber(FileNode node, string what)
    {
        FileScalar scalar = node.AsScalar(what);
        return PlainNumber.TryParse(scalar.Text, out double value, out double uncertainty, out string error) && uncertainty == 0
            ? value
            : throw scalar.Error(error.Length > 0 ? error : $"'{scalar.Text}' has a ±", $"{what}, a plain number", "write for example 0.55");
    }

    private static StoichiometryCurve ReadCurve(FileMap map, string what)
    {
        FileNode? formula = map.Find("formula"), table = map.Find("table");
        if ((formula is null) == (table is null))
        {
            throw map.Error(formula is null ? $"{what} has neither 'formula' nor 'table'" : $"{what} has both 'formula' and 'table'", "one of the two", "write 'formula: ...' in x, or 'table:' with pairs [x, value]");
        }

        FileScalar? rangeNode = map.Find("range")?.AsScalar("the range");
        Interval? range = rangeNode is null ? null : ReadRange(rangeNode);
        if (formula is not null) return OfFormula(ReadFormula(formula.AsScalar("the formula")), range, formula, what);
        MonotoneCubic points = ReadTable(table!);
        Interval held = range ?? new Interval(points.Lowest, points.Highest);
        return held.Low >= points.Lowest && held.High <= points.Highest
            ? new PointCurve(points, held.Low, held.High)
            : throw rangeNode!.Error($"the range '{rangeNode.Text}' goes beyond the table", $"a range within {Quantity.Number(points.Lowest, 6)} to {Quantity.Number(points.Highest, 6)}", "narrow the range, or add points");
    }

    // A curve that has no value somewhere in its range would stop a simulation far from here. A formula without a range may have poles at its very ends.
    private static FormulaCurve OfFormula(Formula formula, Interval? given, FileNode node, string what)
    {
        bool poles = !double.IsFinite(formula.At(0, out double first) + first) || !double.IsFinite(formula.At(1, out double last) + last);
        Interval range = given ?? (poles ? new Interval(PoleMargin, 1 - PoleMargin) : new Interval(0, 1));
        for (int i = 0; i < CheckedPoints; i++)
        {
            double x = range.Low + ((range.High - range.Low) * i / (CheckedPoints - 1));
            double value = formula.At(x, out double slope);
            if (double.IsFinite(value) && double.IsFinite(slope)) continue;
            throw node.Error($"{what} has no value at x = {Quantity.Number(x)}", $"a value everywhere from {Quantity.Number(range.Low)} to {Quantity.Number(range.High)}", "give a 'range' in which it has one, or correct it");
        }

        return new FormulaCurve(formula, range.Low, range.High);
    }

    private static Formula ReadFormula(FileScalar scalar)
    {
        try
        {
            return Formula.Parse(scalar.Text, "x");
        }
        catch (FormulaException fault)
        {
            throw scalar.Source.Error(
                scalar.Line, scalar.Column, string.Create(CultureInfo.InvariantCulture, $"in the formula: {fault.Found} at character {fault.Position + 1}"), fault.Expected,
                "correct the formula; it may hold numbers, x, + - * / ^, brackets, exp, ln, log10, sqrt, tanh, sinh, cosh and atan", fault);
        }
    }

    private static MonotoneCubic ReadTable(FileNode node)
    {
        FileList list = node.AsList("points");
        var x = new double[list.Items.Count];
        var values = new double[list.Items.Count];
        for (int i = 0; i < x.Length; i++)
        {
            if (list.Items[i] is not FileList { Items: [FileScalar at, FileScalar value] }) throw list.Items[i].Error($"found {list.Items[i].Description} as a point", "[x, value]", "write two numbers in brackets");
            x[i] = ReadNumber(at, "a stoichiometry");
            values[i] = ReadNumber(value, "a value");
            if (x[i] is < 0 or > 1) throw at.Error($"the stoichiometry '{at.Text}' is not possible", "a share from 0 to 1", "correct the point");
            if (i > 0 && x[i] <= x[i - 1]) throw at.Error($"'{at.Text}' is not above the point before", "stoichiometries that ascend", "put the points in order and remove doubles");
        }

        return x.Length > 1 ? new MonotoneCubic(x, values) : throw list.Error("the table has one point", "two points or more", "add points");
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

    private static string Given(FileNode node) => string.Create(CultureInfo.InvariantCulture, $"given in {node.Source.Path}, line {node.Line}");
}
