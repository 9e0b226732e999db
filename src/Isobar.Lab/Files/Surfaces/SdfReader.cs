using System.Globalization;
using System.Text;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>
/// Surface data files (ISO 25178-71), text and binary: header, heights profile by profile, trailer. Scales are in metres. Points without data are the word BAD in a text file, the smallest
/// signed or the largest unsigned number of 16 and 32 bits, or a number that is none in a binary one.
/// </summary>
internal static class SdfReader
{
    private const int BinaryHeaderBytes = 81;
    private static readonly int[] s_sizes = [1, 2, 4, 4, 1, 2, 4, 8];

    // "aISO-1.0", "bBCR-1.0", "aNPL-V1.0": a for text, b for binary, then the issuer.
    public static bool Recognises(SurfaceBytes source) =>
        source.Length > 8 && source.All[0] is (byte)'a' or (byte)'b' && source.All[4] == (byte)'-' && (source.All[1..].StartsWith("ISO"u8) || source.All[1..].StartsWith("BCR"u8) || source.All[1..].StartsWith("NPL"u8));

    public static RawSurface Read(SurfaceBytes source) => source.All[0] == (byte)'a' ? ReadText(source) : ReadBinary(source);

    private static RawSurface ReadBinary(SurfaceBytes source)
    {
        if (source.Length < BinaryHeaderBytes) throw source.ErrorAt(source.Length, $"the file has {source.Length} bytes", $"a header of {BinaryHeaderBytes}", "copy or export the file again");
        source.Position = 8;
        source.Skip(34, "maker and dates");
        int columns = source.U16("the points of a profile"), rows = source.U16("the number of profiles");
        double x = source.F64("the scale of x"), y = source.F64("the scale of y"), z = source.F64("the scale of z");
        source.F64("the resolution of z");
        int compression = source.U8("the compression"), type = source.U8("the type of data");
        source.Skip(1, "the type of check sum");
        Require(compression, type, fault => source.ErrorAt(78, fault.Found, fault.Expected, fault.Next));
        int count = source.RequirePoints(rows, columns, s_sizes[type]);
        double[] heights = new double[count];
        for (int i = 0; i < count; i++) heights[i] = Height(source, type);
        return new RawSurface(rows, columns, heights, z, x, y);
    }

    private static double Height(SurfaceBytes source, int type)
    {
        const string what = "a height";
        switch (type)
        {
            case 0: return source.U8(what);
            case 1: return source.U16(what) is var a && a == ushort.MaxValue ? double.NaN : a;
            case 2: return source.U32(what) is var b && b == uint.MaxValue ? double.NaN : b;
            case 3: return source.F32(what);
            case 4: return (sbyte)source.U8(what);
            case 5: return source.I16(what) is var c && c == short.MinValue ? double.NaN : c;
            case 6: return source.I32(what) is var d && d == int.MinValue ? double.NaN : d;
            default: return source.F64(what);
        }
    }

    private static RawSurface ReadText(SurfaceBytes source)
    {
        using var reader = new StreamReader(new MemoryStream(source.Array, writable: false), Encoding.Latin1);
        var lines = new NumberedLines(reader);
        lines.Next();
        var header = new Dictionary<string, (string Value, int Line)>(StringComparer.OrdinalIgnoreCase);
        while (lines.Next() is { } line && line.Trim() is not "*")
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.Trim().Length == 0) continue;
            if (equals <= 0 || header.Count > 64) throw source.ErrorInLine(lines.Number, 1, line, "this is no line of the header", "'name = value', and a line '*' behind the last", "export the file again");
            header[line[..equals].Trim()] = (line[(equals + 1)..].Trim(), lines.Number);
        }

        long columns = Whole("NumPoints"), rows = Whole("NumProfiles");
        double x = Number("Xscale"), y = Number("Yscale"), z = Number("Zscale");
        long compression = header.ContainsKey("Compression") ? Whole("Compression") : 0, type = header.ContainsKey("DataType") ? Whole("DataType") : 7;
        Require(compression, type, fault => source.Error(fault.Found, fault.Expected, fault.Next));
        // A height takes a digit and a blank at least.
        int count = source.RequirePoints(rows, columns, 1);
        return new RawSurface((int)rows, (int)columns, Heights(source, lines, count), z, x, y);

        long Whole(string name) => long.TryParse(Value(name).Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Wrong(name, "a whole number");

        double Number(string name) => double.TryParse(Value(name).Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : throw Wrong(name, "a number in metres");

        (string Value, int Line) Value(string name) => header.TryGetValue(name, out (string Value, int Line) found) ? found : throw source.ErrorInLine(lines.Number, 1, "*", $"the header has no '{name}'", "NumPoints, NumProfiles, Xscale, Yscale and Zscale", "export the file again");

        IsobarFileException Wrong(string name, string expected) => source.ErrorInLine(header[name].Line, 1, $"{name} = {header[name].Value}", $"'{name}' is '{header[name].Value}'", expected, "correct the line");
    }

    private static double[] Heights(SurfaceBytes source, NumberedLines lines, int count)
    {
        double[] heights = new double[count];
        int filled = 0;
        while (lines.Next() is { } line)
        {
            foreach (Range range in line.AsSpan().SplitAny([' ', '\t', ',', ';']))
            {
                ReadOnlySpan<char> word = line.AsSpan(range);
                if (word.IsEmpty) continue;
                if (word is "*") return filled == count ? heights : throw source.ErrorInLine(lines.Number, 1, line, $"the heights end after {filled}", $"{count} heights", "copy or export the file again");
                if (filled == count) throw source.ErrorInLine(lines.Number, range.Start.Value + 1, line, $"a height stands behind the last of {count}", "a line '*'", "check NumPoints and NumProfiles");
                if (word is "BAD") heights[filled++] = double.NaN;
                else if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double height)) heights[filled++] = height;
                else throw source.ErrorInLine(lines.Number, range.Start.Value + 1, line, $"'{(word.Length > 40 ? word[..40] : word)}' is not a height", "a number, or BAD where nothing was measured", "write a decimal point");
            }
        }

        return filled == count ? heights : throw source.ErrorInLine(lines.Number, 1, "", $"the file ends after {filled} heights", $"{count} heights", "copy or export the file again");
    }

    private static void Require(long compression, long type, Func<(string Found, string Expected, string Next), IsobarFileException> error)
    {
        if (compression != 0) throw error(($"the data are compressed in a way of their maker's (compression {compression})", "data that are not compressed, compression 0; the standard describes no other", "export the file again without compression"));
        if (type is < 0 or > 7) throw error(($"the data are of type {type}", "a type from 0 to 7", "export the file again with type 7"));
    }
}
