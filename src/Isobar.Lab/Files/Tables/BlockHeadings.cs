using System.Globalization;

namespace Isobar.Lab.Files.Tables;

/// <summary>Finds the names above a block of numbers.</summary>
internal static class BlockHeadings
{
    // Names, units and a line of comments stand above the numbers of an export.
    private const int MostLines = 4;
    private const int LeastKnown = 2;

    /// <summary>The headings above a block, with the units of a row below them; null when no line above it is a line of names.</summary>
    public static List<TableHeading>? Above(FileText text, NumberBlock block, TableShape shape, Func<string, bool> isKnown, Func<string, bool> isUnit)
    {
        int nearest = Filled(text, block.First - 1);
        if (nearest < 0) return null;
        List<TableHeading>? headings = Names(text, nearest, block, shape, isKnown);
        int line = nearest, units = -1;
        for (int looked = 0; looked < MostLines && line >= 0; looked++, line = Filled(text, line - 1))
        {
            List<TableHeading>? names = looked == 0 ? headings : Names(text, line, block, shape, static _ => false);
            if (names is null)
            {
                if (IsRow(text[line], shape)) break;
                continue;
            }

            bool areUnits = names.TrueForAll(name => name.Text.Length == 0 || IsUnitLike(name.Text, isUnit));
            if (names.Count(name => isKnown(name.Text)) >= LeastKnown) return units >= 0 ? TableReader.WithUnits(names, text, units, shape) : names;
            // Names that are not known stand right above their units, or right above the numbers.
            if (units >= 0 && line == Filled(text, units - 1) && !areUnits) return TableReader.WithUnits(names, text, units, shape);
            if (areUnits && units < 0) units = line;
        }

        return headings;
    }

    private static bool IsRow(ReadOnlySpan<char> line, TableShape shape)
    {
        (int numbers, _, bool all) = shape.NumbersIn(line, []);
        return all && numbers > 1;
    }

    private static List<TableHeading>? Names(FileText text, int line, NumberBlock block, TableShape shape, Func<string, bool> isKnown)
    {
        ReadOnlySpan<char> row = text[line];
        int skip = CommentLine.Marks(row);
        List<FieldRange> fields = [];
        shape.Split(row[skip..], fields);
        while (fields.Count > 1 && fields[^1].Length == 0) fields.RemoveAt(fields.Count - 1);
        List<TableHeading> headings = [];
        foreach (FieldRange field in fields) headings.Add(new TableHeading(field.Of(row[skip..]).ToString(), line, skip + field.Start));
        if (shape.Separator == TableShape.Blanks && headings.Count > block.Fields) headings = Joined(headings);
        bool letters = headings.Exists(heading => heading.Text.Any(char.IsLetter) && !MissingText.Is(heading.Text) && !NumberText.TryParse(heading.Text, shape.DecimalComma, out _));
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
