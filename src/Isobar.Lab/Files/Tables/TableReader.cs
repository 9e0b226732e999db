using System.Globalization;

namespace Isobar.Lab.Files.Tables;

/// <summary>Reads one cell; false when it is not what the column holds.</summary>
internal delegate bool CellParser(ReadOnlySpan<char> text, bool decimalComma, out double value);

/// <summary>
/// Reads rows of a text table. A row has a field for each heading; a row with more fields is refused, since the columns may be shifted, and so is
/// a row with fewer, but for the last one, which is what an interrupted export leaves.
/// </summary>
internal static class TableReader
{
    /// <summary>Headings from a line of names.</summary>
    public static List<TableHeading> Headings(FileText text, int line, TableShape shape)
    {
        List<FieldRange> fields = [];
        shape.Split(text[line], fields);
        List<TableHeading> headings = [.. fields.Select(field => new TableHeading(field.Of(text[line]).ToString(), line, field.Start))];
        // A separator behind the last name does not make another column.
        while (headings.Count > 1 && headings[^1].Text.Length == 0) headings.RemoveAt(headings.Count - 1);
        return headings;
    }

    /// <summary>Adds the units of a row below the headings.</summary>
    public static List<TableHeading> WithUnits(List<TableHeading> headings, FileText text, int line, TableShape shape)
    {
        List<FieldRange> fields = [];
        shape.Split(text[line], fields);
        return [.. headings.Select((heading, i) => i < fields.Count ? heading with { Unit = fields[i].Of(text[line]).Trim("()[]{}<> ").ToString() } : heading)];
    }

    /// <summary>Reads the rows of the lines from <paramref name="first"/> up to <paramref name="end"/>; blank lines do not count.</summary>
    public static NumberTable Read(
        FileContent content, IReadOnlyList<TableHeading> headings, int first, int end, TableShape shape, IReadOnlyList<CellParser?>? parsers = null)
    {
        FileText text = content.Text;
        var table = new NumberTable(content, headings);
        List<FieldRange> fields = [];
        int last = Math.Min(end, text.Count) - 1;
        while (last >= first && (text.IsBlank(last) || CommentLine.Is(text[last]))) last--;
        for (int line = first; line <= last; line++)
        {
            ReadOnlySpan<char> row = text[line];
            if (row.IsWhiteSpace() || CommentLine.Is(row)) continue;
            shape.Split(row, fields);
            if (fields.TrueForAll(field => field.Length == 0)) continue;
            CheckWidth(text, line, row, fields, headings);
            if (fields.Count < headings.Count)
            {
                if (line == last && table.Count > 0 && line == text.Count - 1)
                {
                    table.Notes.Add($"line {line + 1}, the last one, has {fields.Count} of {headings.Count} fields: the export was cut off there, and the line is left out");
                    break;
                }

                throw text.Error(
                    line, Math.Max(0, row.Length - 1), $"the row has {Plural.Of(fields.Count, "field")} and the table {headings.Count} columns", "a field for each column",
                    "check whether the row is damaged; remove it if it is");
            }

            AddRow(table, line, row, fields, shape, parsers);
        }

        return table;
    }

    private static void AddRow(NumberTable table, int line, ReadOnlySpan<char> row, List<FieldRange> fields, TableShape shape, IReadOnlyList<CellParser?>? parsers)
    {
        table.BeginRow(line);
        for (int column = 0; column < table.Headings.Count; column++)
        {
            ReadOnlySpan<char> cell = column < fields.Count ? fields[column].Of(row) : [];
            CellParser parser = parsers?[column] ?? NumberText.TryParse;
            if (parser(cell, shape.DecimalComma, out double value)) table.Add(column, value);
            else if (MissingText.Is(cell)) table.Add(column, double.NaN);
            else table.AddOdd(column, new OddCell(table.Count - 1, line, fields[column].Start, FileText.Quote(cell)));
        }
    }

    private static void CheckWidth(FileText text, int line, ReadOnlySpan<char> row, List<FieldRange> fields, IReadOnlyList<TableHeading> headings)
    {
        for (int extra = headings.Count; extra < fields.Count; extra++)
        {
            if (fields[extra].Length == 0) continue;
            throw text.Error(
                line, fields[extra].Start,
                string.Create(CultureInfo.InvariantCulture, $"the row has {fields.Count} fields and the heading {headings.Count} names: {FileText.Quote(fields[extra].Of(row))} belongs to no column, so all columns may be shifted"),
                "a name for each column", "add the missing name where it belongs in the heading (line " + (headings[0].Line + 1).ToString(CultureInfo.InvariantCulture) + "), or export the file again");
        }
    }
}
