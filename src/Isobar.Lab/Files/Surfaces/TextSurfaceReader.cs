using System.Text;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>
/// Tables of numbers: a matrix of heights, a row per line, or a list of x, y, z, in any order, on a regular grid. Fields are separated by commas, semicolons, tabs or blanks; the decimal sign is a
/// point. A heading "x_um,y_um,z_nm" names the units of a list; lines "# Width: 10 µm", "# Height: 10 µm" and "# Value units: m" those of a matrix. An empty field of a matrix, NaN and BAD mark missing points.
/// </summary>
internal static class TextSurfaceReader
{
    private const long LargestBytes = 256L << 20;

    // A text has no control characters but tab, line feed, carriage return and form feed.
    public static bool Recognises(SurfaceBytes source) => !source.All[..(int)Math.Min(source.Length, 4096)].ContainsAnyExcept(s_textBytes);

    private static readonly System.Buffers.SearchValues<byte> s_textBytes = System.Buffers.SearchValues.Create([.. Enumerable.Range(32, 224).Concat([9, 10, 12, 13]).Select(value => (byte)value)]);

    public static RawSurface Read(SurfaceBytes source)
    {
        if (source.Length > LargestBytes) throw source.Error($"the text has {source.Length >> 20} MB", $"at most {LargestBytes >> 20} MB", "export the map as SDF (binary) or X3P");
        using var reader = new StreamReader(new MemoryStream(source.Array, writable: false), Encoding.UTF8);
        TextTable table = TextTable.Read(source, new NumberedLines(reader));
        return table.Columns == 3 ? PointList.ToSurface(source, table) : Matrix(source, table);
    }

    private static RawSurface Matrix(SurfaceBytes source, TextTable table)
    {
        if (table.Rows < 2 || table.Columns < 2) throw source.Error($"the table has {table.Rows} rows of {table.Columns} numbers", "a matrix of heights, or lines of x, y and z", "export the map again");
        if (table.Heading is not null) throw source.ErrorInLine(table.HeadingLine, 1, table.Heading, "the first line is neither numbers nor a comment", "a matrix of numbers; comments begin with '#'", "remove the line, or put '#' before it");
        double? width = table.Length("width"), height = table.Length("height"), unit = table.Unit("value units");
        return new RawSurface(table.Rows, table.Columns, table.Numbers, unit, width / table.Columns, height / table.Rows);
    }
}
