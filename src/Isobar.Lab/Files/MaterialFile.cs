using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads a material file: <c>isobar: material/1</c>, id, name, kind and constants, each with value ± standard uncertainty, source and,
/// when there is one, DOI and range. Strict: unknown keys, bare numbers and values outside physical limits are errors.
/// </summary>
public static class MaterialFile
{
    private const string Format = "material/1";

    internal static readonly ImmutableArray<(string Word, MaterialKind Value)> Kinds =
    [
        ("electrolyte", MaterialKind.Electrolyte),
        ("active material", MaterialKind.ActiveMaterial),
        ("soft metal", MaterialKind.SoftMetal),
        ("additive", MaterialKind.Additive),
        ("collector", MaterialKind.Collector),
        ("structural", MaterialKind.Structural),
    ];

    /// <summary>Reads a material from a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid material.</exception>
    public static Material Read(string path) => Read(TextFile.Read(path));

    /// <summary>Reads a material from a stream; <paramref name="name"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The stream is not a valid material.</exception>
    public static Material Read(Stream stream, string name) => Read(TextFile.Read(stream, name));

    /// <summary>Reads a material from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a valid material.</exception>
    public static Material Parse(string text, string pathForMessages) => Read(new SourceText(pathForMessages, text));

    /// <summary>Reads a material from a file with the calibration that <c>isobar calibrate</c> wrote into it, if it has one.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid material.</exception>
    public static CalibratedPowder ReadPowder(string path) => ReadPowder(TextFile.Read(path));

    /// <summary>Reads a material with its calibration from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a valid material.</exception>
    public static CalibratedPowder ParsePowder(string text, string pathForMessages) => ReadPowder(new SourceText(pathForMessages, text));

    /// <summary>The text of a material file that reads back to the same powder.</summary>
    /// <param name="powder">The material with its calibration.</param>
    /// <param name="comment">First line of the file.</param>
    public static string ToText(CalibratedPowder powder, string comment) => MaterialText.Write(powder, Format, comment);

    private static Material Read(SourceText source) => ReadPowder(source).Material;

    private static CalibratedPowder ReadPowder(SourceText source)
    {
        FileMap root = YamlText.ReadMap(source);
        root.RequireFormat(Format);
        root.AsMap("a material file", "isobar", "id", "name", "kind", "constants", "calibration");
        FileScalar id = root.Require("id", "the material", "my-material").AsScalar("the id");
        string name = root.Require("name", "the material", "\"my material\"").AsText("the name");
        MaterialKind kind = root.Require("kind", "the material", "electrolyte").OneOf("kind of material", Kinds);
        FileMap constants = root.Require("constants", "the material", "...").AsMap("the constants");
        Material material = new(RequireId(id), name, kind, ImmutableSortedDictionary.Create<string, Constant>(StringComparer.Ordinal));
        foreach (FileEntry entry in constants.Entries) material = material.With(ConstantText.Read(entry, shortForm: false, source.Path));
        RequireComplete(material, constants);
        if (root.Find("calibration") is not { } block) return new CalibratedPowder(material, null, []);
        (PelletCalibration calibration, ImmutableArray<PelletPoint> points) = CalibrationText.Read(block, material);
        return new CalibratedPowder(material, calibration, points);
    }

    /// <summary>An id is lower case letters, digits, points and hyphens, so that it reads the same in files, commands and addresses.</summary>
    internal static string RequireId(FileScalar id) =>
        id.Text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
            ? id.Text
            : throw id.Error($"'{id.Text}' cannot be an id", "lower case letters, digits, points and hyphens", "for example 'my-material-2'");

    /// <summary>Points at <paramref name="place"/> when a constant is missing that the kind of material needs.</summary>
    internal static void RequireComplete(Material material, FileNode place)
    {
        foreach (ConstantDefinition needed in MaterialRequirements.Of(material.Kind))
        {
            if (material.Find(needed) is not null) continue;
            string kind = Kinds.First(pair => pair.Value == material.Kind).Word;
            throw place.Error(
                $"{material.Name} has no '{needed.Key}' ({needed.Meaning})",
                $"every constant of a material of kind '{kind}'",
                $"add '{needed.Key}' in one of {needed.Dimension.UnitList()}; when nothing was measured, a wide ± and the source 'judgement: ...'");
        }
    }
}

/// <summary>A material with what its pellets have told.</summary>
/// <param name="Material">The material.</param>
/// <param name="Calibration">The calibration; null when its file has none.</param>
/// <param name="Points">The calibrated points, for figures.</param>
public sealed record CalibratedPowder(Material Material, PelletCalibration? Calibration, ImmutableArray<PelletPoint> Points)
{
    /// <summary>The calibration, or what is known of the material without pellets.</summary>
    /// <exception cref="MissingConstantException">There is no calibration and the material has no pellet law.</exception>
    public PelletCalibration CalibrationOrPrior => Calibration ?? PelletCalibration.Of(PelletPrior.Of(Material));
}

/// <summary>The materials that travel with Isobar, parsed once.</summary>
public static class BuiltInMaterials
{
    private static readonly Lazy<MaterialLibrary> Parsed = new(() => new MaterialLibrary(BuiltInData.MaterialFiles.Select(name =>
    {
        using Stream stream = BuiltInData.Open(name);
        return MaterialFile.Read(stream, name);
    })));

    /// <summary>The library.</summary>
    public static MaterialLibrary Library => Parsed.Value;
}
