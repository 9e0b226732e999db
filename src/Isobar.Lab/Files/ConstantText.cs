using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads one constant of a material: in full (value, range, source, doi), or in a cell file also as 'key: value ± u' alone.</summary>
internal static class ConstantText
{
    public static Constant Read(FileEntry entry, bool shortForm, string pathForSource)
    {
        ConstantDefinition definition = MaterialConstants.Find(entry.Key.Text) ?? throw Unknown(entry.Key);
        if (shortForm && entry.Value is FileScalar scalar)
        {
            return new Constant(definition, ReadEstimate(scalar, definition), null, $"given in {pathForSource}, line {scalar.Line}", null);
        }

        FileMap map = entry.Value.AsMap(definition.Key, "value", "range", "source", "doi");
        Estimate estimate = ReadEstimate(map.Require("value", definition.Key, Example(definition)).AsScalar("the value"), definition);
        Interval? range = map.Find("range") is { } node ? ReadRange(node.AsScalar("the range"), definition, estimate.Value) : null;
        string source = map.Require("source", definition.Key, "\"judgement: ...\"").AsText("the source");
        string? doi = map.Find("doi")?.AsText("the DOI");
        if (doi is not null && !doi.StartsWith("10.", StringComparison.Ordinal))
        {
            throw map.Find("doi")!.Error($"'{doi}' is not a DOI", "a DOI, which begins with '10.'", "write the DOI without 'https://doi.org/'");
        }

        return new Constant(definition, estimate, range, source, doi);
    }

    private static Estimate ReadEstimate(FileScalar scalar, ConstantDefinition definition)
    {
        if (!Measured.TryParse(scalar.Text, definition.Dimension, out double value, out double? uncertainty, out string error))
        {
            throw scalar.Error(error, $"{definition.Meaning}, in one of {definition.Dimension.UnitList()}", $"write for example '{Example(definition)}'");
        }

        if (uncertainty is not > 0)
        {
            throw scalar.Error(
                $"'{scalar.Text}' has no uncertainty", $"a value with ± one standard uncertainty above zero, for example '{Example(definition)}'",
                "add ± and what you know; when nothing was measured, give a wide ± and say 'judgement: ...' as the source");
        }

        if (value < definition.Lowest || value > definition.Highest)
        {
            Unit si = definition.Dimension.SiUnit;
            string limits = $"{Quantity.Number(definition.Lowest)} to {Quantity.Number(definition.Highest)} {si.Symbol}".TrimEnd();
            throw scalar.Error($"'{scalar.Text}' is outside what is possible for {definition.Key}", limits, "check the number and the unit");
        }

        return new Estimate(value, uncertainty.Value, Scale: definition.Scale);
    }

    private static Interval ReadRange(FileScalar scalar, ConstantDefinition definition, double value)
    {
        string[] ends = scalar.Text.Split(" to ");
        if (ends.Length != 2) throw scalar.Error($"'{scalar.Text}' is not a range", "'low to high', each with its unit", $"write for example '{Example(definition).Split(" ±")[0]} to ...'");
        double low = ReadEnd(ends[0], scalar, definition), high = ReadEnd(ends[1], scalar, definition);
        if (low >= high) throw scalar.Error($"'{scalar.Text}' ends below where it begins", "the low end first", "exchange the two");
        if (value < low || value > high) throw scalar.Error($"the value lies outside its range '{scalar.Text}'", "a range that holds the value", "correct the value or the range");
        return new Interval(low, high);
    }

    private static double ReadEnd(string text, FileScalar scalar, ConstantDefinition definition)
    {
        if (Measured.TryParse(text, definition.Dimension, out double si, out double? uncertainty, out string error) && uncertainty is null) return si;
        throw scalar.Error(error.Length > 0 ? error : $"'{text}' has a ±", "'low to high', each a number with its unit", "an end of a range has no uncertainty");
    }

    private static string Example(ConstantDefinition definition)
    {
        Unit unit = definition.Dimension.Units.FirstOrDefault(candidate => candidate.Printed) ?? definition.Dimension.SiUnit;
        return unit.Symbol is "" or "%" ? "0.5 ± 0.1" : $"10 {unit.Symbol} ± 20 %";
    }

    private static IsobarFileException Unknown(FileScalar key)
    {
        string[] keys = [.. MaterialConstants.All.Select(definition => definition.Key)];
        return key.Error($"'{key.Text}' is not a material constant", Spelling.DidYouMean(key.Text, keys) + "the constants are " + string.Join(", ", keys), "correct the key or remove it");
    }
}
