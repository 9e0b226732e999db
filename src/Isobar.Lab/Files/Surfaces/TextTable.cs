using System.Buffers;
using System.Globalization;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>A rectangular table of numbers with its comments; every row knows its line.</summary>
internal sealed class TextTable
{
    private readonly Dictionary<string, string> _comments = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<int> _lines = [];
    private static readonly SearchValues<char> s_separators = SearchValues.Create(",;\t ");

    private TextTable()
    {
    }

    public int Rows => _lines.Count;

    public int Columns { get; private set; }

    /// <summary>The numbers, row by row; NaN where a field is empty or says so.</summary>
    public double[] Numbers { get; private set; } = [];

    /// <summary>The first line when it is no row of numbers.</summary>
    public string? Heading { get; private set; }

    public int HeadingLine { get; private set; }

    public int LineOf(int row) => _lines[row];

    /// <summary>A length of the comments, metres: "# Width: 10 µm".</summary>
    public double? Length(string name)
    {
        if (!_comments.TryGetValue(name, out string? text)) return null;
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && double.TryParse(text.AsSpan(0, blank), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && SurfaceUnits.Find(text[blank..].Trim()) is { } unit ? number * unit : null;
    }

    /// <summary>A unit of the comments in metres: "# Value units: m".</summary>
    public double? Unit(string name) => _comments.TryGetValue(name, out string? text) ? SurfaceUnits.Find(text) : null;

    public static TextTable Read(SurfaceBytes source, NumberedLines lines)
    {
        var table = new TextTable();
        var numbers = new List<double>();
        var row = new List<double>();
        while (lines.Next() is { } line)
        {
            ReadOnlySpan<char> text = line.AsSpan().Trim().TrimStart('\uFEFF');
            if (text.IsEmpty) continue;
            if (text[0] is '#' or '%')
            {
                table.AddComment(text[1..].Trim().ToString());
                continue;
            }

            row.Clear();
            if (!TryRow(line, row, out int column, out string word))
            {
                if (table.Rows > 0 || table.Heading is not null) throw source.ErrorInLine(lines.Number, column, line, $"'{word}' is not a number", "numbers with a decimal point; NaN or BAD where nothing was measured", "correct the field; a decimal comma splits a number in two");
                (table.Heading, table.HeadingLine) = (line.Trim(), lines.Number);
                continue;
            }

            if (table.Rows == 0) table.Columns = row.Count;
            if (row.Count != table.Columns) throw source.ErrorInLine(lines.Number, 1, line, $"the line has {row.Count} numbers and the first has {table.Columns}", "as many numbers in every line", "check the separators; a decimal comma splits a number in two");
            numbers.AddRange(row);
            table._lines.Add(lines.Number);
            if (numbers.Count > 3 * SurfaceFile.MostPoints) throw source.ErrorInLine(lines.Number, 1, line, "the table is too long", $"at most {SurfaceFile.MostPoints >> 20} million points", "crop the map");
        }

        table.Numbers = [.. numbers];
        return table.Rows > 0 ? table : throw source.Error("the file has no numbers", "a matrix of heights, or lines of x, y and z", "check the file");
    }

    private void AddComment(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && _comments.Count < 100) _comments[text[..colon].Trim()] = text[(colon + 1)..].Trim();
    }

    // Commas, semicolons and tabs separate fields, which may be empty; blanks separate words.
    private static bool TryRow(string line, List<double> row, out int column, out string word)
    {
        bool strict = line.AsSpan().ContainsAny(",;\t");
        int at = 0;
        while (at <= line.Length)
        {
            int length = strict ? line.AsSpan(at).IndexOfAny(',', ';', '\t') : line.AsSpan(at).IndexOfAny(s_separators);
            int end = length < 0 ? line.Length : at + length;
            ReadOnlySpan<char> field = line.AsSpan(at, end - at).Trim();
            // A separator at the end of a line closes the last field.
            bool last = end == line.Length;
            if (!field.IsEmpty || (strict && !(last && row.Count > 0)))
            {
                if (!TryNumber(field, out double number))
                {
                    (column, word) = (at + 1, field.Length > 40 ? field[..40].ToString() : field.ToString());
                    return false;
                }

                row.Add(number);
            }

            at = end + 1;
        }

        (column, word) = (0, "");
        return row.Count > 0;
    }

    private static bool TryNumber(ReadOnlySpan<char> field, out double number)
    {
        number = double.NaN;
        if (field.IsEmpty || field.Equals("nan", StringComparison.OrdinalIgnoreCase) || field is "BAD" or "---") return true;
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
