namespace Isobar.Lab.Files.Surfaces;

/// <summary>
/// Veeco and Wyko interferometer maps (.opd): a directory of named blocks of 24 bytes each (name, type, length, flags), then the blocks one after the other. The raw data count
/// heights in parts of a wavelength: h = raw·λ/Mult, λ in nm; the pixel is in mm; columns are stored one after the other, from the bottom up.
/// Points without data hold 255 (one byte), ±32767 or −32768 (two bytes), 10³⁸ (four bytes).
/// </summary>
internal static class OpdReader
{
    private const int EntryBytes = 24;
    private static readonly string[] s_names = ["RAW_DATA", "RAW DATA", "Raw", "OPD"];

    public static bool Recognises(SurfaceBytes source) => source.Length > 11 && source.All[2..].StartsWith("Directory"u8);

    public static RawSurface Read(SurfaceBytes source)
    {
        Dictionary<string, (long Offset, long Length)> blocks = Directory(source);
        string name = s_names.FirstOrDefault(blocks.ContainsKey) ?? throw source.ErrorAt(2, "the directory has no raw data", "a block named RAW_DATA", "export the map with its raw data");
        (long offset, long length) = blocks[name];
        source.Position = (int)offset;
        int columns = source.U16("the points along x"), rows = source.U16("the points along y"), size = source.U16("the size of a point");
        if (size is not (1 or 2 or 4)) throw source.ErrorAt(offset + 4, $"a point has {size} bytes", "1, 2 or 4", "export the map again");
        int count = source.RequirePoints(rows, columns, size);
        if (((long)count * size) + 6 > length) throw source.ErrorAt(offset, $"the block '{name}' has {length} bytes", $"{((long)count * size) + 6} for its {rows} × {columns} points", "copy or export the file again");
        double[] heights = new double[count];
        for (int x = 0; x < columns; x++)
        {
            for (int y = 0; y < rows; y++) heights[((rows - 1 - y) * columns) + x] = Height(source, size);
        }

        double? wavelength = Number(source, blocks, "Wavelength"), pixel = Number(source, blocks, "Pixel_size"), aspect = Number(source, blocks, "Aspect"), mult = Number(source, blocks, "Mult");
        if (mult is 0) throw source.ErrorAt(blocks["Mult"].Offset, "the multiplier of the heights is zero", "a number above zero", "export the map again");
        return new RawSurface(rows, columns, heights, 1e-9 * wavelength / (mult ?? 1), 1e-3 * pixel, 1e-3 * pixel * (aspect ?? 1));
    }

    private static Dictionary<string, (long Offset, long Length)> Directory(SurfaceBytes source)
    {
        source.Position = 2;
        source.Skip(18, "the directory");
        int length = source.I32("the length of the directory");
        source.U16("the flags of the directory");
        if (length % EntryBytes != 0 || length < EntryBytes || length > source.Length) throw source.ErrorAt(20, $"the directory claims {length} bytes", $"a multiple of {EntryBytes} within the file", "copy or export the file again");
        var blocks = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        long offset = 2 + (long)length;
        for (int i = 1; i < length / EntryBytes; i++)
        {
            int at = source.Position;
            string name = source.Text(16, "a name");
            source.I16("a type");
            int size = source.I32("a length");
            source.U16("flags");
            if (size < 0) throw source.ErrorAt(at, $"the block '{name}' claims {size} bytes", "a length from zero on", "copy or export the file again");
            if (name.Length > 0 && offset + size <= source.Length) blocks.TryAdd(name, (offset, size));
            else if (s_names.Contains(name, StringComparer.Ordinal)) throw source.ErrorAt(at, $"the block '{name}' ends at byte {offset + size} and the file at {source.Length}", "the whole file", "copy or export the file again");
            offset += size;
        }

        return blocks;
    }

    private static double Height(SurfaceBytes source, int size)
    {
        switch (size)
        {
            case 1:
                byte one = source.U8("a height");
                return one == byte.MaxValue ? double.NaN : one;
            case 2:
                short two = source.I16("a height");
                return two is short.MaxValue or short.MinValue or -short.MaxValue ? double.NaN : two;
            default:
                float four = source.F32("a height");
                return Math.Abs(four) > 1e10f ? double.NaN : four;
        }
    }

    private static double? Number(SurfaceBytes source, Dictionary<string, (long Offset, long Length)> blocks, string name)
    {
        if (!blocks.TryGetValue(name, out (long Offset, long Length) block)) return null;
        source.Position = (int)block.Offset;
        return block.Length switch
        {
            2 => source.U16(name),
            4 => source.F32(name),
            8 => source.F64(name),
            _ => throw source.ErrorAt(block.Offset, $"the block '{name}' has {block.Length} bytes", "a number of 2, 4 or 8 bytes", "copy or export the file again"),
        };
    }
}
