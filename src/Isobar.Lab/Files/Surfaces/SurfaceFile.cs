using System.Collections.Immutable;
using System.Globalization;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Quantities;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>What becomes of pixels that were not measured.</summary>
public enum MissingChoice
{
    /// <summary>A map with one is refused.</summary>
    Refuse,

    /// <summary>They are filled with the smoothest surface through their neighbours.</summary>
    Fill,

    /// <summary>They stay missing and never touch.</summary>
    Mask,
}

/// <summary>What a height map file need not say itself.</summary>
public sealed record SurfaceFileContext
{
    /// <summary>Unit of the heights where the file has none.</summary>
    public Length? HeightUnit { get; init; }

    /// <summary>Distance between neighbouring points where the file has none.</summary>
    public Length? Pitch { get; init; }

    /// <summary>Length of a row where the file has no distances; excludes <see cref="Pitch"/>.</summary>
    public Length? Width { get; init; }

    /// <summary>What becomes of missing pixels.</summary>
    public MissingChoice Missing { get; init; }
}

/// <summary>A height map with what is worth knowing of its file.</summary>
/// <param name="Map">The map, metres, as it stands in the file: not levelled.</param>
/// <param name="Format">Name of the format.</param>
/// <param name="Missing">Pixels that the file has no height for.</param>
/// <param name="Notes">What was chosen or assumed.</param>
public sealed record SurfaceReading(HeightMap Map, string Format, int Missing, ImmutableArray<string> Notes);

/// <summary>
/// Reads a height map of any known format; the first bytes tell which. A file is read as a whole, and no size that its header claims is believed before
/// the bytes for it are there. Errors of binary files name the byte, those of text files the line.
/// </summary>
public static class SurfaceFile
{
    /// <summary>Most points of a map.</summary>
    internal const long MostPoints = 1L << 26;

    /// <summary>Largest file.</summary>
    internal const long LargestBytes = 1L << 30;

    /// <summary>Names of the formats, for help pages.</summary>
    public static ImmutableArray<string> Formats { get; } = [.. SurfaceFormat.All.Select(format => format.Name)];

    /// <summary>Reads a height map from a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a height map that can be used; the message says why.</exception>
    public static SurfaceReading Read(string path, SurfaceFileContext context, CancellationToken cancellation = default) => Read(Bytes(path), path, context, cancellation);

    /// <summary>Reads a height map from bytes; <paramref name="pathForMessages"/> stands for the path in messages, its ending tells text formats apart.</summary>
    /// <exception cref="IsobarFileException">The bytes are not a height map that can be used.</exception>
    public static SurfaceReading Read(byte[] bytes, string pathForMessages, SurfaceFileContext context, CancellationToken cancellation = default)
    {
        var source = new SurfaceBytes(pathForMessages, bytes);
        SurfaceFormat format = SurfaceFormat.Of(source);
        RawSurface raw = format.Read(source);
        double heightUnit = HeightUnit(raw, format, context, source);
        (double pitchX, double pitchY) = Pitches(raw, format, context, source);
        return Finish(raw, format, context, source, heightUnit, pitchX, pitchY, cancellation);
    }

    private static SurfaceReading Finish(
        RawSurface raw, SurfaceFormat format, SurfaceFileContext context, SurfaceBytes source, double heightUnit, double pitchX, double pitchY, CancellationToken cancellation)
    {
        bool[] missing = new bool[raw.Heights.Length];
        int count = 0, first = -1;
        for (int i = 0; i < raw.Heights.Length; i++)
        {
            raw.Heights[i] *= heightUnit;
            // A height beyond a kilometre is a mark of an instrument or a broken file, not a rough surface.
            missing[i] = !double.IsFinite(raw.Heights[i]);
            if (!missing[i] && context.HeightUnit is null && Math.Abs(raw.Heights[i]) > 1e3) throw source.Error($"the height of row {i / raw.Columns + 1}, column {i % raw.Columns + 1} is {Quantity.Number(raw.Heights[i])} m", "heights of a rough surface", "check the units in the file");
            if (!missing[i]) continue;
            count++;
            if (first < 0) first = i;
        }

        if (count == missing.Length) throw source.Error("no pixel has a height", "a measured surface", "check the file");
        if (count > 0 && context.Missing == MissingChoice.Refuse)
        {
            string share = Quantity.Number(100.0 * count / missing.Length, 3);
            throw source.Error(
                string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? "1 pixel" : count + " pixels")} ({share} %) without a height, the first in row {(first / raw.Columns) + 1}, column {(first % raw.Columns) + 1}"), "a height for every pixel",
                "fill them with the smoothest surface through their neighbours, --missing fill, or leave them out of any contact, --missing mask");
        }

        HeightMap map = new(raw.Rows, raw.Columns, raw.Columns * pitchX, raw.Rows * pitchY, raw.Heights, missing);
        ImmutableArray<string> notes = [.. raw.Notes];
        if (count > 0)
        {
            notes = notes.Add(string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? "1 pixel" : count + " pixels")} without a height, {(context.Missing == MissingChoice.Fill ? "filled smoothly" : "left out of any contact")}"));
            if (context.Missing == MissingChoice.Fill) map = FilledMap(map, source, cancellation);
        }

        return new SurfaceReading(map, format.Name, count, notes);
    }

    private static HeightMap FilledMap(HeightMap map, SurfaceBytes source, CancellationToken cancellation)
    {
        try
        {
            return MissingPixels.Fill(map, cancellation);
        }
        catch (ArgumentException fault)
        {
            throw source.Error(fault.Message, "holes that can be filled", "leave them out of any contact with --missing mask", fault);
        }
    }

    private static double HeightUnit(RawSurface raw, SurfaceFormat format, SurfaceFileContext context, SurfaceBytes source)
    {
        if (raw.HeightUnitM is { } stated)
        {
            if (context.HeightUnit is not null) throw source.Error($"the file says the unit of its heights itself ({Quantity.Format(new Length(stated))})", "one statement", "leave --height-unit out");
            return stated > 0 && double.IsFinite(stated) ? stated : throw source.Error($"the unit of the heights is {Quantity.Number(stated)} m", "a unit above zero", "check the scale of z in the file");
        }

        return context.HeightUnit?.Metres ?? throw source.Error($"the heights of this {format.Name} file have no unit", "the unit of the heights", "add for example --height-unit um");
    }

    private static (double X, double Y) Pitches(RawSurface raw, SurfaceFormat format, SurfaceFileContext context, SurfaceBytes source)
    {
        if (raw.PitchXM is { } x && raw.PitchYM is { } y)
        {
            if (context.Pitch is not null || context.Width is not null) throw source.Error($"the file says the distance of its points itself ({Quantity.Format(new Length(x))})", "one statement", "leave --pixel and --size out");
            bool good = x > 0 && y > 0 && double.IsFinite(x * raw.Columns) && double.IsFinite(y * raw.Rows);
            return good ? (x, y) : throw source.Error($"the distances of the points are {Quantity.Number(x)} and {Quantity.Number(y)} m", "distances above zero", "check the scales of x and y in the file");
        }

        double? pitch = context.Pitch?.Metres ?? context.Width?.Metres / raw.Columns;
        return pitch is { } same ? (same, same) : throw source.Error($"the points of this {format.Name} file have no distance", "the distance of neighbouring points, or the length of a row", "add for example --pixel 0.5um or --size 100um");
    }

    private static byte[] Bytes(string path)
    {
        if (Directory.Exists(path)) throw new IsobarFileException(path, 1, 1, "", $"'{path}' is a folder", "a height map", "name the file in it");
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestBytes } large)
            {
                throw new IsobarFileException(path, 1, 1, "", $"the file has {large.Length >> 20} MB", $"a height map of at most {LargestBytes >> 20} MB", "crop the map, or take every second point");
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IsobarFileException(path, 1, 1, "", $"the file cannot be read: {fault.Message}", "a readable height map", "check the path and the permissions", fault);
        }
    }
}
