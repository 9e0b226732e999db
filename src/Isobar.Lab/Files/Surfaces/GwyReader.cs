using System.Globalization;
using System.Text;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>
/// Gwyddion files (.gwy): nested objects of named, typed components. The heights are the first data field "/n/data" whose values are lengths; its units are SI units, its extents stand
/// beside the data. A mask is a selection of a person and not taken as missing pixels; numbers that are none are.
/// </summary>
internal static class GwyReader
{
    private const int DeepestNesting = 16;

    public static bool Recognises(SurfaceBytes source) => source.StartsWith("GWYP"u8);

    public static RawSurface Read(SurfaceBytes source)
    {
        source.Position = 4;
        var fields = new SortedDictionary<int, Field>();
        var titles = new Dictionary<int, string>();
        (string type, long end) = ObjectHead(source);
        if (!string.Equals(type, "GwyContainer", StringComparison.Ordinal)) throw source.ErrorAt(4, $"the file begins with a '{type}'", "a GwyContainer", "save the file again with Gwyddion");
        while (source.Position < end)
        {
            string name = Word(source);
            char kind = (char)source.U8("the type of a component");
            if (kind == 'o' && Channel(name, "/data") is { } number) fields[number] = ReadField(source);
            else if (kind == 's' && Channel(name, "/data/title") is { } titled) titles[titled] = Word(source);
            else Skip(source, kind, 0);
        }

        if (fields.Count == 0) throw source.Error("the file has no height map", "a data field such as '/0/data'", "open it in Gwyddion and save the channel of the heights");
        // Lengths first; a field without unit can still be heights, and is asked for by name.
        KeyValuePair<int, Field> chosen = fields.FirstOrDefault(pair => pair.Value.UnitZ is "m");
        if (chosen.Value is null) chosen = fields.FirstOrDefault(pair => pair.Value.UnitZ.Length == 0);
        if (chosen.Value is null) throw source.Error($"no channel holds heights; the first is in '{fields.First().Value.UnitZ}'", "a channel in metres", "save the channel of the heights");
        string title = titles.TryGetValue(chosen.Key, out string? text) ? $" '{text}'" : "";
        Field field = chosen.Value;
        return new RawSurface(field.Rows, field.Columns, field.Data, field.UnitZ is "m" ? 1 : null, field.PitchX, field.PitchY)
        {
            Notes = fields.Count > 1 ? [string.Create(CultureInfo.InvariantCulture, $"the file has {fields.Count} channels; number {chosen.Key}{title} is read")] : [],
        };
    }

    private sealed record Field(int Rows, int Columns, double[] Data, double? PitchX, double? PitchY, string UnitZ);

    private static Field ReadField(SurfaceBytes source)
    {
        int start = source.Position;
        (string type, long end) = ObjectHead(source);
        if (!string.Equals(type, "GwyDataField", StringComparison.Ordinal)) throw source.ErrorAt(start, $"the data are a '{type}'", "a GwyDataField", "save the file again with Gwyddion");
        int columns = 0, rows = 0;
        double realX = 0, realY = 0;
        string unitXY = "", unitZ = "";
        double[] data = [];
        while (source.Position < end)
        {
            string name = Word(source);
            char kind = (char)source.U8("the type of a component");
            switch (name, kind)
            {
                case ("xres", 'i'): columns = source.I32(name); break;
                case ("yres", 'i'): rows = source.I32(name); break;
                case ("xreal", 'd'): realX = source.F64(name); break;
                case ("yreal", 'd'): realY = source.F64(name); break;
                case ("si_unit_xy", 'o'): unitXY = ReadUnit(source); break;
                case ("si_unit_z", 'o'): unitZ = ReadUnit(source); break;
                case ("data", 'D'): data = Doubles(source); break;
                default: Skip(source, kind, 0); break;
            }
        }

        if (rows < 2 || columns < 2 || (long)rows * columns != data.Length)
        {
            throw source.ErrorAt(start, string.Create(CultureInfo.InvariantCulture, $"the data field of {rows} × {columns} points has {data.Length} heights"), "a height for each point, and 2 × 2 points at least", "save the file again with Gwyddion");
        }

        bool metres = unitXY is "m";
        if (!metres && unitXY.Length > 0) throw source.ErrorAt(start, $"the points lie in '{unitXY}'", "metres", "save a map of heights over lengths");
        return new Field(rows, columns, data, metres ? realX / columns : null, metres ? realY / rows : null, unitZ);
    }

    private static string ReadUnit(SurfaceBytes source)
    {
        (_, long end) = ObjectHead(source);
        string unit = "";
        while (source.Position < end)
        {
            string name = Word(source);
            char kind = (char)source.U8("the type of a component");
            if (name is "unitstr" && kind == 's') unit = Word(source);
            else Skip(source, kind, 0);
        }

        return unit.Trim();
    }

    private static (string Type, long End) ObjectHead(SurfaceBytes source)
    {
        string type = Word(source);
        int start = source.Position;
        long size = source.U32("the size of an object");
        return size <= source.Length - source.Position ? (type, source.Position + size) : throw source.ErrorAt(start, $"the object '{type}' claims {size} bytes", $"at most the {source.Length - source.Position} that are left", "copy or save the file again");
    }

    private static double[] Doubles(SurfaceBytes source)
    {
        int start = source.Position;
        long count = source.U32("the number of heights");
        if (count * 8 > source.Length - source.Position || count > SurfaceFile.MostPoints) throw source.ErrorAt(start, $"the data claim {count} heights", "no more than there are bytes for", "copy or save the file again");
        double[] data = new double[count];
        for (int i = 0; i < data.Length; i++) data[i] = source.F64("a height");
        return data;
    }

    private static void Skip(SurfaceBytes source, char kind, int depth)
    {
        int at = source.Position;
        switch (kind)
        {
            case 'b' or 'c': source.Skip(1, "a component"); break;
            case 'i': source.Skip(4, "a component"); break;
            case 'q' or 'd': source.Skip(8, "a component"); break;
            case 's': Word(source); break;
            case 'o':
                (_, long end) = ObjectHead(source);
                source.Position = (int)end;
                break;
            case 'C': source.Skip(source.U32("a length"), "a component"); break;
            case 'I': source.Skip(4L * source.U32("a length"), "a component"); break;
            case 'Q' or 'D': source.Skip(8L * source.U32("a length"), "a component"); break;
            case 'S' or 'O':
                if (depth > DeepestNesting) throw source.ErrorAt(at, "the objects nest too deeply", $"at most {DeepestNesting} levels", "save the file again with Gwyddion");
                uint count = source.U32("a length");
                for (uint i = 0; i < count; i++) Skip(source, char.ToLowerInvariant(kind), depth + 1);
                break;
            default: throw source.ErrorAt(at - 1, $"a component has the type '{(char.IsAsciiLetterOrDigit(kind) ? kind : '?')}'", "one of b, c, i, q, d, s, o and the arrays C, I, Q, D, S, O", "copy or save the file again");
        }
    }

    private static string Word(SurfaceBytes source)
    {
        int length = source.All[Math.Min(source.Position, source.All.Length)..].IndexOf((byte)0);
        if (length < 0) throw source.ErrorAt(source.Position, "a name does not end", "a zero byte behind it", "copy or save the file again");
        string word = Encoding.UTF8.GetString(source.Take(length, "a name"));
        source.Skip(1, "a name");
        return word;
    }

    // "/12/data" is channel 12.
    private static int? Channel(string name, string tail) =>
        name.Length > tail.Length + 1 && name[0] == '/' && name.EndsWith(tail, StringComparison.Ordinal) && int.TryParse(name.AsSpan(1, name.Length - tail.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
