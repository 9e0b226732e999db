using System.Collections.Immutable;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>Heights as they stand in a file, row by row; NaN where nothing was measured. Units that the file does not say are null.</summary>
internal sealed record RawSurface(int Rows, int Columns, double[] Heights, double? HeightUnitM, double? PitchXM, double? PitchYM, params ImmutableArray<string> Notes);

/// <summary>A format: what it is called, how it is recognised and how it is read.</summary>
internal sealed record SurfaceFormat(string Name, Func<SurfaceBytes, bool> Recognises, Func<SurfaceBytes, RawSurface> Read)
{
    /// <summary>Every format; the first that recognises a file reads it, and text is what nothing else recognises.</summary>
    public static ImmutableArray<SurfaceFormat> All { get; } =
    [
        new("npy", NpyReader.Recognises, NpyReader.Read),
        new("Gwyddion", GwyReader.Recognises, GwyReader.Read),
        new("Digital Surf", SurReader.Recognises, SurReader.Read),
        new("Wyko OPD", OpdReader.Recognises, OpdReader.Read),
        new("X3P", X3pReader.Recognises, X3pReader.Read),
        new("SDF", SdfReader.Recognises, SdfReader.Read),
        new("text", TextSurfaceReader.Recognises, TextSurfaceReader.Read),
    ];

    public static SurfaceFormat Of(SurfaceBytes source) =>
        source.Length == 0
            ? throw source.Error("the file is empty", "a height map", "check the file")
            : All.FirstOrDefault(format => format.Recognises(source))
                ?? throw source.Error("the file is of no known format", "one of " + string.Join(", ", All.Select(format => format.Name)), "export the map as SDF, X3P or a table of numbers");
}
