using System.Collections.Immutable;
using Isobar.Cells;

namespace Isobar.Lab.Files;

/// <summary>A die of the register of a laboratory.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Die">Diameter, limit, wall friction.</param>
/// <param name="Measured">Day on which its diameter was measured last; null when the file does not say.</param>
/// <param name="File">File that describes it.</param>
public sealed record RegisteredDie(string Name, Die Die, DateOnly? Measured, string File);

/// <summary>Reads the dies of a laboratory: <c>isobar: die/1</c>, one file each, the die as in a cell file.</summary>
public static class DieFile
{
    internal const string Format = "die/1";

    /// <summary>Reads a die.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid die.</exception>
    public static RegisteredDie Read(string path)
    {
        FileMap root = YamlText.ReadMap(TextFile.Read(path));
        root.RequireFormat(Format);
        root.AsMap("a die file", "isobar", "name", "measured", "die");
        return new RegisteredDie(
            root.Require("name", "the file", "die 3").AsText("the name"),
            BenchText.ReadDie(root.Require("die", "the file", "{diameter: 10 mm ± 0.01 mm, material: peek, limit: 500 MPa}")),
            root.Find("measured")?.AsDay("the day of the measurement"),
            path);
    }

    /// <summary>The dies of a folder, by name.</summary>
    /// <exception cref="IsobarFileException">A file of the folder is not a valid die.</exception>
    public static ImmutableArray<RegisteredDie> All(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(Read).OrderBy(die => die.Name, StringComparer.Ordinal)] : [];
}
