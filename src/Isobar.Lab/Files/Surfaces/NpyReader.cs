using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>
/// NumPy arrays of two dimensions (format versions 1 to 3): a magic word, a heading that names type, order and shape, then the numbers. The file has no units.
/// <para>Format: NumPy enhancement proposal 1, numpy.lib.format.</para>
/// </summary>
internal static partial class NpyReader
{
    private const int LongestHeading = 65536;

    public static bool Recognises(SurfaceBytes source) => source.Length > 6 && source.All[0] == 0x93 && source.All[1..].StartsWith("NUMPY"u8);

    public static RawSurface Read(SurfaceBytes source)
    {
        source.Position = 6;
        int major = source.U8("the version");
        source.U8("the version");
        if (major is < 1 or > 3) throw source.ErrorAt(6, $"the format version is {major}", "version 1, 2 or 3", "save the array again with numpy.save");
        long length = major == 1 ? source.U16("the length of the heading") : source.U32("the length of the heading");
        if (length > LongestHeading) throw source.ErrorAt(8, $"the heading claims {length} bytes", $"at most {LongestHeading}", "save the array again with numpy.save");
        int start = source.Position;
        string heading = Encoding.Latin1.GetString(source.Take(length, "the heading"));
        (char order, char kind, int size) = TypeOf(heading, source, start);
        bool byColumns = Field(Order(), heading, "fortran_order", source, start) == "True";
        string[] shape = [.. Field(Shape(), heading, "shape", source, start).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (shape.Length != 2) throw source.ErrorAt(start, $"the array has {shape.Length} dimensions", "two, rows and columns", "save one height map");
        if (!long.TryParse(shape[0], NumberStyles.None, CultureInfo.InvariantCulture, out long rows) || !long.TryParse(shape[1], NumberStyles.None, CultureInfo.InvariantCulture, out long columns))
        {
            throw source.ErrorAt(start, $"the shape is ({string.Join(", ", shape)})", "two whole numbers", "save the array again with numpy.save");
        }

        int count = source.RequirePoints(rows, columns, size);
        ReadOnlySpan<byte> data = source.Take((long)count * size, "the heights");
        double[] heights = new double[count];
        for (int i = 0; i < count; i++)
        {
            int place = byColumns ? (int)(((i % rows) * columns) + (i / rows)) : i;
            heights[place] = Value(data.Slice(i * size, size), kind, order == '>');
        }

        return new RawSurface((int)rows, (int)columns, heights, null, null, null);
    }

    private static (char Order, char Kind, int Size) TypeOf(string heading, SurfaceBytes source, int start)
    {
        string type = Field(Type(), heading, "descr", source, start);
        bool known = type.Length == 3 && type[0] is '<' or '>' or '|' or '=' && type[1..] is "f8" or "f4" or "f2" or "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4";
        return known ? (type[0], type[1], type[2] - '0') : throw source.ErrorAt(start, $"the numbers are of type '{type}'", "real numbers: f2, f4, f8, i1 to i8, u1 to u4", "convert the array with astype('f8') and save it again");
    }

    private static string Field(Regex pattern, string heading, string name, SurfaceBytes source, int start)
    {
        Match match = pattern.Match(heading);
        return match.Success ? match.Groups["value"].Value : throw source.ErrorAt(start, $"the heading does not say '{name}'", "descr, fortran_order and shape", "save the array again with numpy.save");
    }

    private static double Value(ReadOnlySpan<byte> bytes, char kind, bool big)
    {
        Span<byte> little = stackalloc byte[bytes.Length];
        bytes.CopyTo(little);
        if (big) little.Reverse();
        return (kind, bytes.Length) switch
        {
            ('f', 8) => BinaryPrimitives.ReadDoubleLittleEndian(little),
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(little),
            ('f', _) => (double)BinaryPrimitives.ReadHalfLittleEndian(little),
            ('i', 8) => BinaryPrimitives.ReadInt64LittleEndian(little),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(little),
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(little),
            ('i', _) => (sbyte)little[0],
            ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(little),
            ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(little),
            _ => little[0],
        };
    }

    [GeneratedRegex(@"'descr'\s*:\s*'(?<value>[^']{1,16})'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Type();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(?<value>True|False)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape'\s*:\s*\((?<value>[0-9, ]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
