using System.Collections.Immutable;
using System.Globalization;
using Isobar.Electrochemistry;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads the numbers of a cell model: one line per symbol of <see cref="ModelSymbol.All"/> in SI units, for example <c>L_cat: 6e-05</c>, with ± and
/// source where they are known, and the open-circuit voltage as formula or points. Strict: unknown symbols, impossible values and stoichiometries outside the
/// open-circuit curve are errors with their place. <c>like: reference</c> takes everything else from a built-in set.
/// </summary>
public static class ParameterFile
{
    private const string Format = "parameters/1";

    /// <summary>Reads a set from a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid set.</exception>
    public static ParameterSet Read(string path) => Read(TextFile.Read(path));

    /// <summary>Reads a set from a stream; <paramref name="name"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The stream is not a valid set.</exception>
    public static ParameterSet Read(Stream stream, string name) => Read(TextFile.Read(stream, name));

    /// <summary>Reads a set from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a valid set.</exception>
    public static ParameterSet Parse(string text, string pathForMessages) => Read(new SourceText(pathForMessages, text));

    private static ParameterSet Read(SourceText source)
    {
        FileMap root = YamlText.ReadMap(source);
        root.AsMap("a parameter file", ["isobar", "name", "like", "ocp", .. ModelSymbol.All.Select(symbol => symbol.Key)]);
        if (root.Find("isobar") is not null) root.RequireFormat(Format);
        ParameterSet? like = root.Find("like")?.AsScalar("the built-in set") is { } known ? FindLike(known) : null;
        ImmutableArray<Constant> constants = [.. ModelSymbol.All.Select(symbol => ReadConstant(root, symbol, like))];
        OpenCircuitData openCircuit = root.Find("ocp") is { } ocp ? OpenCircuitText.Read(ocp) : like?.OpenCircuit ?? BuiltInParameterSets.Reference.OpenCircuit;
        var set = new ParameterSet(
            root.Find("name")?.AsText("the name") ?? like?.Name ?? Path.GetFileNameWithoutExtension(source.Path),
            constants,
            openCircuit);
        RequireConsistent(root, set);
        return set;
    }

    private static ParameterSet FindLike(FileScalar node) => BuiltInParameterSets.Find(node.Text) ?? throw node.Error(
        $"there is no built-in set '{node.Text}'",
        Spelling.DidYouMean(node.Text, BuiltInParameterSets.Ids) + "one of " + string.Join(", ", BuiltInParameterSets.Ids),
        "correct the name, or remove the line and give every symbol");

    private static Constant ReadConstant(FileMap root, ModelSymbol symbol, ParameterSet? like)
    {
        FileNode? node = root.Find(symbol.Key);
        if (node is null)
        {
            if (like is not null) return like[symbol];
            if (symbol.Default is { } otherwise) return new Constant(symbol.Definition, Estimate.Exact(otherwise), null, "not given; the default", null);
            throw root.Error($"'{symbol.Key}' is missing", $"{symbol.Definition.Meaning}{InUnit(symbol)}", $"add a line such as '{symbol.Key}: {Example(symbol)}', or 'like: reference' for all that is not given");
        }

        if (node is FileScalar scalar) return new Constant(symbol.Definition, ReadEstimate(scalar, symbol), null, string.Create(CultureInfo.InvariantCulture, $"given in {node.Source.Path}, line {node.Line}"), null);
        FileMap map = node.AsMap(symbol.Key, "value", "source", "doi");
        return new Constant(
            symbol.Definition,
            ReadEstimate(map.Require("value", symbol.Key, Example(symbol)).AsScalar("the value"), symbol),
            null,
            map.Require("source", symbol.Key, "\"judgement: ...\"").AsText("the source"),
            OpenCircuitText.Doi(map));
    }

    private static Estimate ReadEstimate(FileScalar scalar, ModelSymbol symbol)
    {
        if (!PlainNumber.TryParse(scalar.Text, out double value, out double uncertainty, out string error))
        {
            throw scalar.Error(error, $"{symbol.Definition.Meaning}{InUnit(symbol)}, a plain number", $"write for example '{symbol.Key}: {Example(symbol)}'");
        }

        if (value < symbol.Definition.Lowest || value > symbol.Definition.Highest)
        {
            throw scalar.Error(
                $"{symbol.Key} is {scalar.Text}{InUnit(symbol)}",
                $"{symbol.Definition.Meaning} from {Quantity.Number(symbol.Definition.Lowest)} to {Quantity.Number(symbol.Definition.Highest)}{InUnit(symbol)}",
                "check the number; all values are in SI units");
        }

        return new Estimate(value, uncertainty, Scale: symbol.Definition.Scale);
    }

    private static void RequireConsistent(FileMap root, ParameterSet set)
    {
        FileNode At(ModelSymbol symbol) => root.Find(symbol.Key) ?? root;
        double x0 = set.Best(ModelSymbol.InitialStoichiometry);
        Interval range = set.OpenCircuit.Range;
        if (!range.Contains(x0))
        {
            throw At(ModelSymbol.InitialStoichiometry).Error(
                $"x0 is {Quantity.Number(x0)}, outside the open-circuit curve",
                $"a stoichiometry from {Quantity.Number(range.Low)} to {Quantity.Number(range.High)}",
                "start inside the range, or give an 'ocp' that holds there");
        }

        double solid = set.Best(ModelSymbol.ActiveFraction) + set.Best(ModelSymbol.ElectrolyteFraction);
        if (solid > 1) throw At(ModelSymbol.ActiveFraction).Error($"eps_AM and eps_SE make {Quantity.Number(solid)} of the volume", "a sum of at most 1", "check the two shares");
        double low = set.Best(ModelSymbol.LowestVoltage), high = set.Best(ModelSymbol.HighestVoltage);
        if (low >= high) throw At(ModelSymbol.LowestVoltage).Error($"Vmin is {Quantity.Number(low)} V and Vmax {Quantity.Number(high)} V", "Vmin below Vmax", "check the two voltages");
    }

    private static string InUnit(ModelSymbol symbol) => symbol.Unit.Length == 0 ? "" : " " + symbol.Unit;

    private static string Example(ModelSymbol symbol) => BuiltInParameterSets.ReferenceValue(symbol.Key);
}
