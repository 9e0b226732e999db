using System.Globalization;
using System.IO.Compression;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>
/// Digital Surf surfaces (.sur), plain and compressed: a header of 512 bytes with units per axis, comment, private zone, then 16- or 32-bit heights. Non-measured points hold
/// the smallest height less two, when the header says that there are any. The offset in z is left out: a constant height
/// changes no contact. Compressed data are zlib streams behind a list of their lengths.
/// </summary>
internal static class SurReader
{
    private const int HeaderBytes = 512;

    private static readonly Dictionary<int, string> s_kinds = new()
    {
        [1] = "a profile",
        [3] = "a binary image",
        [4] = "a series of profiles",
        [5] = "a series of surfaces",
        [6] = "meridian discs",
        [7] = "a profile in layers",
        [8] = "a surface in layers",
        [9] = "parallel discs",
        [10] = "an intensity image",
        [11] = "a surface with an intensity image",
        [12] = "a colour image",
        [13] = "a surface with a colour image",
        [14] = "a force curve",
        [15] = "a series of force curves",
        [17] = "a contour",
        [18] = "a series of colour images",
        [20] = "a spectrum",
        [21] = "a map of spectra",
    };

    public static bool Recognises(SurfaceBytes source) => source.StartsWith("DIGITAL SURF"u8) || source.StartsWith("DSCOMPRESSED"u8);

    public static RawSurface Read(SurfaceBytes source)
    {
        if (source.Length < HeaderBytes) throw source.ErrorAt(source.Length, $"the file has {source.Length} bytes", $"a header of {HeaderBytes}", "copy or export the file again");
        bool compressed = source.StartsWith("DSCOMPRESSED"u8);
        RequireSurface(source);
        bool special = At(source, 86).I16("the mark of non-measured points") == 1;
        int bits = At(source, 98).I16("the size of a point");
        if (bits is not (16 or 32)) throw source.ErrorAt(98, $"a point has {bits} bits", "16 or 32", "export the surface again");
        int lowest = source.I32("the smallest height");
        source.I32("the largest height");
        int columns = source.I32("the points of a line"), rows = source.I32("the number of lines");
        double stepX = At(source, 120).F32("the step in x"), stepY = source.F32("the step in y"), stepZ = source.F32("the step in z");
        double? unitX = Unit(source, 180), unitY = Unit(source, 196), unitZ = Unit(source, 212);
        int comment = At(source, 334).I16("the length of the comment"), own = source.I16("the length of the private zone");
        At(source, HeaderBytes).Skip(comment, "the comment");
        source.Skip(own, "the private zone");
        byte[] data = compressed ? Inflate(source, rows, columns, bits / 8) : source.Take(source.RequirePoints(rows, columns, bits / 8) * (long)(bits / 8), "the heights").ToArray();
        return Heights(new SurfaceBytes(source.Path, data), rows, columns, bits, special ? lowest - 2L : null, stepZ) with
        {
            HeightUnitM = unitZ,
            PitchXM = unitX is { } x ? Math.Abs(stepX) * x : null,
            PitchYM = unitY is { } y ? Math.Abs(stepY) * y : null,
        };
    }

    private static RawSurface Heights(SurfaceBytes data, int rows, int columns, int bits, long? missing, double step)
    {
        double[] heights = new double[rows * columns];
        for (int i = 0; i < heights.Length; i++)
        {
            int value = bits == 16 ? data.I16("a height") : data.I32("a height");
            heights[i] = value == missing ? double.NaN : step * value;
        }

        return new RawSurface(rows, columns, heights, null, null, null);
    }

    private static void RequireSurface(SurfaceBytes source)
    {
        int type = At(source, 18).I16("the kind of object");
        // Some programs write 1, profile, for surfaces; the number of lines tells.
        if (type is 2 or 16 || (type == 1 && At(source, 112).I32("the number of lines") > 1)) return;
        string kind = s_kinds.TryGetValue(type, out string? name) ? $"{name} (kind {type})" : $"an object of kind {type}";
        throw source.ErrorAt(18, $"the file holds {kind}", "one surface (kind 2)", type is 5 or 8 or 11 ? "export one surface of it" : "export the surface that it was taken from");
    }

    // One list entry per stream: its length unpacked and packed.
    private static byte[] Inflate(SurfaceBytes source, int rows, int columns, int bytesPerPoint)
    {
        // Zlib packs at most by about a thousand, which bounds the claim before anything is allocated.
        if (rows < 2 || columns < 2 || rows > SurfaceFile.MostPoints / columns || (long)rows * columns * bytesPerPoint > 1100 * (source.Length - source.Position))
        {
            throw source.ErrorAt(108, string.Create(CultureInfo.InvariantCulture, $"the file claims {rows} × {columns} points in {source.Length - source.Position} packed bytes"), "a surface that fits", "export the surface again");
        }

        int start = source.Position;
        uint streams = source.U32("the number of streams");
        if (streams is 0 or > 4096) throw source.ErrorAt(start, $"the data claim {streams} streams", "one, or a few", "export the surface again, uncompressed");
        var lengths = new (uint Raw, uint Packed)[streams];
        for (int i = 0; i < streams; i++) lengths[i] = (source.U32("a length"), source.U32("a length"));
        var data = new byte[(long)rows * columns * bytesPerPoint];
        int filled = 0;
        foreach ((uint raw, uint packed) in lengths)
        {
            int at = source.Position;
            if (raw > data.Length - filled) throw source.ErrorAt(at, $"a stream claims {raw} bytes", $"{data.Length - filled} bytes of heights", "export the surface again, uncompressed");
            using var stream = new ZLibStream(new MemoryStream(source.Take(packed, "a packed stream").ToArray()), CompressionMode.Decompress);
            try
            {
                stream.ReadExactly(data, filled, (int)raw);
            }
            catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
            {
                throw source.ErrorAt(at, "a packed stream cannot be unpacked", "zlib data of the stated length", "copy or export the file again", fault);
            }

            filled += (int)raw;
        }

        return filled == data.Length ? data : throw source.ErrorAt(start, $"the streams hold {filled} bytes", $"{data.Length} bytes, a height for each point", "copy or export the file again");
    }

    private static double? Unit(SurfaceBytes source, int offset)
    {
        string text = At(source, offset).Text(16, "a unit");
        return SurfaceUnits.Metres(text, source, offset);
    }

    private static SurfaceBytes At(SurfaceBytes source, int offset)
    {
        source.Position = offset;
        return source;
    }
}
