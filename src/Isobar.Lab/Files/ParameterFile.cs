using System.Collections.Immutable;
using System.Globalization;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads the numbers of a half cell: one line per symbol of <see cref="HalfCellSymbols.All"/> in SI units, for example <c>L_cat: 6e-05</c>, with ± and
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
        root.AsMap("a parameter file", ["isobar", "name", "for", "like", "ocp", "D_factor", "j0_factor", "classes", "spreading", .. HalfCellSymbols.All.Select(symbol => symbol.Symbol)]);
        if (root.Find("isobar") is not null) root.RequireFormat(Format);
        ParameterSet? like = root.Find("like")?.AsScalar("the built-in set") is { } known ? FindLike(known) : null;
        (StoichiometryCurve openCircuit, Constant openCircuitConstant) = root.Find("ocp") is { } ocp
            ? OpenCircuitText.Read(ocp)
            : like is not null ? (like.Best.OpenCircuit, like.OpenCircuit) : (BuiltInParameterSets.Reference.Best.OpenCircuit, BuiltInParameterSets.Reference.OpenCircuit);
        HalfCellParameters cell = like?.Best ?? Empty(openCircuit);
        var constants = ImmutableArray.CreateBuilder<Constant>();
        foreach (HalfCellSymbol symbol in HalfCellSymbols.All)
        {
            FileNode? node = root.Find(symbol.Symbol);
            if (node is null && like is null && symbol.Required) throw Missing(root, symbol);
            Constant? constant = node is null ? like?.Find(symbol.Symbol) : ReadConstant(node, symbol);
            if (constant is null) continue;
            constants.Add(constant);
            cell = symbol.With(cell, constant.Estimate.Value);
        }

        cell = cell with
        {
            OpenCircuit = openCircuit,
            DiffusionFactor = root.Find("D_factor") is { } diffusion ? OpenCircuitText.ReadFactor(diffusion, "the factor on D_s") : cell.DiffusionFactor,
            ExchangeFactor = root.Find("j0_factor") is { } exchange ? OpenCircuitText.ReadFactor(exchange, "the factor on j0c") : cell.ExchangeFactor,
            Classes = root.Find("classes") is { } classes ? ParticleClassText.Read(classes) : cell.Classes,
            SpreadingInParticles = root.Find("spreading") is { } spreading ? spreading.OneOf("yes or no", [("yes", true), ("no", false)]) : cell.SpreadingInParticles,
        };
        RequireConsistent(root, cell);
        return new ParameterSet(
            root.Find("name")?.AsText("the name") ?? like?.Name ?? Path.GetFileNameWithoutExtension(source.Path),
            root.Find("for")?.AsList("materials").Items.Select(item => item.AsText("a material")).ToImmutableArray() ?? [],
            cell,
            constants.ToImmutable(),
            openCircuitConstant);
    }

    // Every required number is read after this; the reader throws where one is missing.
    private static HalfCellParameters Empty(StoichiometryCurve openCircuit) => new()
    {
        CathodeThicknessMetres = double.NaN,
        SeparatorThicknessMetres = double.NaN,
        ActiveFraction = double.NaN,
        ParticleRadiusMetres = double.NaN,
        MaximumMolesPerCubicMetre = double.NaN,
        InitialStoichiometry = double.NaN,
        SeparatorSiemensPerMetre = double.NaN,
        CathodeIonicSiemensPerMetre = double.NaN,
        CathodeElectronicSiemensPerMetre = double.NaN,
        DiffusionSquareMetresPerSecond = double.NaN,
        CathodeExchangeAmperesPerSquareMetre = double.NaN,
        AnodeExchangeAmperesPerSquareMetre = double.NaN,
        LowerVolts = double.NaN,
        UpperVolts = double.NaN,
        OpenCircuit = openCircuit,
    };

    private static ParameterSet FindLike(FileScalar node) => BuiltInParameterSets.Find(node.Text) ?? throw node.Error(
        $"there is no built-in set '{node.Text}'",
        Spelling.DidYouMean(node.Text, BuiltInParameterSets.Ids) + "one of " + string.Join(", ", BuiltInParameterSets.Ids),
        "correct the name, or remove the line and give every symbol");

    private static IsobarFileException Missing(FileMap root, HalfCellSymbol symbol) => root.Error(
        $"'{symbol.Symbol}' is missing", $"{symbol.Meaning}{InUnit(symbol)}", $"add a line such as '{symbol.Symbol}: {Example(symbol)}', or 'like: reference' for all that is not given");

    private static Constant ReadConstant(FileNode node, HalfCellSymbol symbol)
    {
        ConstantDefinition definition = ParameterSet.DefinitionOf(symbol);
        if (node is FileScalar scalar) return new Constant(definition, ReadEstimate(scalar, symbol, definition), null, string.Create(CultureInfo.InvariantCulture, $"given in {node.Source.Path}, line {node.Line}"), null);
        FileMap map = node.AsMap(symbol.Symbol, "value", "source", "doi");
        return new Constant(
            definition,
            ReadEstimate(map.Require("value", symbol.Symbol, Example(symbol)).AsScalar("the value"), symbol, definition),
            null,
            map.Require("source", symbol.Symbol, "\"judgement: ...\"").AsText("the source"),
            OpenCircuitText.Doi(map));
    }

    private static Estimate ReadEstimate(FileScalar scalar, HalfCellSymbol symbol, ConstantDefinition definition)
    {
        if (!PlainNumber.TryParse(scalar.Text, out double value, out double uncertainty, out string error))
        {
            throw scalar.Error(error, $"{symbol.Meaning}{InUnit(symbol)}, a plain number", $"write for example '{symbol.Symbol}: {Example(symbol)}'");
        }

        if (value < symbol.Lowest || value > symbol.Highest)
        {
            throw scalar.Error(
                $"{symbol.Symbol} is {scalar.Text}{InUnit(symbol)}",
                $"{symbol.Meaning} from {symbol.Lowest.ToString("G3", CultureInfo.InvariantCulture)} to {symbol.Highest.ToString("G3", CultureInfo.InvariantCulture)}{InUnit(symbol)}",
                "check the number; all values are in SI units");
        }

        return new Estimate(value, uncertainty, Scale: definition.Scale);
    }

    private static void RequireConsistent(FileMap root, HalfCellParameters cell)
    {
        FileNode At(string symbol) => root.Find(symbol) ?? root;
        if (cell.InitialStoichiometry < cell.OpenCircuit.Lowest || cell.InitialStoichiometry > cell.OpenCircuit.Highest)
        {
            throw At("x0").Error(
                $"x0 is {Quantity.Number(cell.InitialStoichiometry)}, outside the open-circuit curve",
                $"a stoichiometry from {Quantity.Number(cell.OpenCircuit.Lowest)} to {Quantity.Number(cell.OpenCircuit.Highest)}",
                "start inside the range, or give an 'ocp' that holds there");
        }

        double solid = cell.ActiveFraction + cell.ElectrolyteFraction;
        if (solid > 1) throw At("eps_AM").Error($"eps_AM and eps_SE make {Quantity.Number(solid)} of the volume", "a sum of at most 1", "check the two shares");
        if (cell.LowerVolts >= cell.UpperVolts) throw At("Vmin").Error($"Vmin is {Quantity.Number(cell.LowerVolts)} V and Vmax {Quantity.Number(cell.UpperVolts)} V", "Vmin below Vmax", "check the two voltages");
    }

    private static string InUnit(HalfCellSymbol symbol) => symbol.Unit is "1" ? "" : " " + symbol.Unit;

    private static string Example(HalfCellSymbol symbol) => BuiltInParameterSets.ReferenceValue(symbol.Symbol);
}
