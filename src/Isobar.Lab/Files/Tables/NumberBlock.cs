namespace Isobar.Lab.Files.Tables;

/// <summary>Lines of a text that are rows of numbers of one width, with blank lines among them.</summary>
/// <param name="First">First row, from 0.</param>
/// <param name="End">The line after the last row.</param>
/// <param name="Fields">How many fields a row has, without those that are empty in every row at its end.</param>
internal sealed record NumberBlock(int First, int End, int Fields)
{
    // Fewer rows than this, or than a tenth of the longest block, are parameters of a description.
    private const int LeastRows = 3;
    private const int Share = 10;

    /// <summary>The blocks of a file, in its order. Short ones beside long ones are left out, and counted in <paramref name="leftOut"/>.</summary>
    public static IReadOnlyList<NumberBlock> Find(FileText text, TableShape shape, Func<string, bool> isKnown, out int leftOut)
    {
        List<NumberBlock> blocks = [];
        List<FieldRange> fields = [];
        int first = -1, width = 0, filled = 0, end = 0;
        for (int line = 0; line < text.Count; line++)
        {
            if (text.IsBlank(line) || (CommentLine.Is(text[line]) && !NamesColumns(text[line], shape, isKnown, fields))) continue;
            (int here, int full) = Width(text[line], shape, fields);
            // A point that the instrument could not measure leaves cells empty.
            if (first >= 0 && here == 0 && fields.Count == width && IsHollow(text[line], shape, fields)) (here, full) = (width, filled);
            // A row that is a little too long or too short stays in its block: reading the rows says what is wrong with it.
            if (first >= 0 && here > 0 && (here == width || (end - first >= LeastRows && Math.Abs(here - width) <= 2)))
            {
                end = line + 1;
                if (here == width) filled = Math.Max(filled, full);
                continue;
            }

            Close();
            if (here > 0) (first, width, filled, end) = (line, here, full, line + 1);
        }

        Close();
        int longest = blocks.Count == 0 ? 0 : blocks.Max(block => block.End - block.First);
        List<NumberBlock> kept = blocks.FindAll(block => block.End - block.First >= Math.Min(LeastRows, longest) && (block.End - block.First) * Share >= longest);
        leftOut = kept.Count == 0 ? 0 : blocks.Where(block => block.First > kept[0].First && !kept.Contains(block)).Sum(block => block.End - block.First);
        return kept;

        void Close()
        {
            if (first >= 0) blocks.Add(new NumberBlock(first, end, filled));
            first = -1;
        }
    }

    // A comment that names columns begins another table.
    private static bool NamesColumns(ReadOnlySpan<char> line, TableShape shape, Func<string, bool> isKnown, List<FieldRange> fields)
    {
        ReadOnlySpan<char> names = line[CommentLine.Marks(line)..];
        shape.Split(names, fields);
        int known = 0;
        foreach (FieldRange field in fields) known += isKnown(field.Of(names).ToString()) ? 1 : 0;
        return known >= 2;
    }

    private static bool IsHollow(ReadOnlySpan<char> line, TableShape shape, List<FieldRange> fields)
    {
        int numbers = 0;
        foreach (FieldRange field in fields)
        {
            ReadOnlySpan<char> cell = field.Of(line);
            if (NumberText.TryParse(cell, shape.DecimalComma, out _)) numbers++;
            else if (!MissingText.Is(cell)) return false;
        }

        return numbers > 0;
    }

    // Fields of a line that is a row: at least two numbers, and a number in half of what is filled.
    private static (int All, int Filled) Width(ReadOnlySpan<char> line, TableShape shape, List<FieldRange> fields)
    {
        (int numbers, int count, _) = shape.NumbersIn(line, fields);
        int full = fields.Count(field => field.Length > 0);
        if (numbers < 2 || numbers * 2 < full) return (0, 0);
        int last = count;
        while (last > 1 && fields[last - 1].Length == 0) last--;
        return (count, last);
    }
}
