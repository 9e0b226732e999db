using System.Globalization;

namespace Isobar.Lab.Files.Tables;

/// <summary>Finds the names above a block of numbers.</summary>
internal static class BlockHeadings
{
    private static readonly string[] s_comments = ["#", "%", "//", "!", "*"];

    /// <summary>The headings directly above a block, with the units of a row below them; null when the line above is not a line of names.</summary>
    public static List<TableHeading>? Above(FileText text, NumberBlock block, TableShape shape, Func<string, bool> isKnown, Func<string, bool> isUnit)
    {
        int line = Filled(text, block.First - 1);
        if (line < 0) return null;
        List<TableHeading>? headings = Names(text, line, block, shape, isKnown);
        int above = Filled(text, line - 1);
        if (headings is not null && above >= 0 && Names(text, above, block, shape, static _ => false) is { } named && headings.TrueForAll(heading => heading.Text.Length == 0 || IsUnitLike(heading.Text, isUnit)) && !named.TrueForAll(heading => IsUnitLike(heading.Text, isUnit)))
        {
            return TableReader.WithUnits(named, text, line, shape);
        }

        return headings;
    }

    private static List<TableHeading>? Names(FileText text, int line, NumberBlock block, TableShape shape, Func<string, bool> isKnown)
    {
        ReadOnlySpan<char> row = text[line];
        int skip = 0;
        while (skip < row.Length && char.IsWhiteSpace(row[skip])) skip++;
        foreach (string comment in s_comments)
        {
            if (row[skip..].StartsWith(comment, StringComparison.Ordinal)) skip += comment.Length;
        }

        List<FieldRange> fields = [];
        shape.Split(row[skip..], fields);
        while (fields.Count > 1 && fields[^1].Length == 0) fields.RemoveAt(fields.Count - 1);
        List<TableHeading> headings = [];
        foreach (FieldRange field in fields) headings.Add(new TableHeading(field.Of(row[skip..]).ToString(), line, skip + field.Start));
        if (shape.Separator == TableShape.Blanks && headings.Count > block.Fields) headings = Joined(headings);
        bool letters = headings.Exists(heading => heading.Text.Any(char.IsLetter));
        if (!letters) return null;
        if (headings.Count == block.Fields) return headings;
        // A sentence is no line of names; a line with a name that is known is one, and does not fit.
        if (headings.Count < 2 || !headings.Exists(heading => isKnown(heading.Text))) return null;
        throw text.Error(
            line, 0, string.Create(CultureInfo.InvariantCulture, $"{headings.Count} names stand above {block.Fields} columns of numbers (line {block.First + 1})"), "a name for each column",
            "correct the line of names: a name that is missing shifts all that follow");
    }

    // Between blanks, "Frequency (Hz)" is one name.
    private static List<TableHeading> Joined(List<TableHeading> headings)
    {
        List<TableHeading> joined = [];
        foreach (TableHeading heading in headings)
        {
            if (joined.Count > 0 && heading.Text.Length > 0 && heading.Text[0] is '(' or '[' or '/') joined[^1] = joined[^1] with { Text = joined[^1].Text + " " + heading.Text };
            else joined.Add(heading);
        }

        return joined;
    }

    private static bool IsUnitLike(string text, Func<string, bool> isUnit) => text.Length is > 0 and <= 10 && !text.Contains('/', StringComparison.Ordinal) && isUnit(text.Trim('(', ')', '[', ']'));

    private static int Filled(FileText text, int line)
    {
        while (line >= 0 && text.IsBlank(line)) line--;
        return line;
    }
}
