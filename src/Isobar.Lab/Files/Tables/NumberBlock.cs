namespace Isobar.Lab.Files.Tables;

/// <summary>Lines of a text that are rows of numbers of one width, with blank lines among them.</summary>
/// <param name="First">First row, from 0.</param>
/// <param name="End">The line after the last row.</param>
/// <param name="Fields">How many fields a row has.</param>
internal sealed record NumberBlock(int First, int End, int Fields)
{
    // Fewer rows than this, among longer blocks, are parameters of a description.
    private const int LeastRows = 3;

    /// <summary>The blocks of a file, in its order; those that are short beside the longest are left out.</summary>
    public static IReadOnlyList<NumberBlock> Find(FileText text, TableShape shape)
    {
        List<NumberBlock> blocks = [];
        List<FieldRange> fields = [];
        int first = -1, width = 0, end = 0;
        for (int line = 0; line < text.Count; line++)
        {
            if (text.IsBlank(line)) continue;
            int here = Width(text[line], shape, fields);
            if (here > 0 && first >= 0 && here == width)
            {
                end = line + 1;
                continue;
            }

            // The last line of a file may be cut off, and a row may be too long or too short: reading the rows says so.
            if (first >= 0 && end - first >= LeastRows && here != 0 && Math.Abs(here - width) <= 2)
            {
                end = line + 1;
                continue;
            }

            Close();
            if (here > 0) (first, width, end) = (line, here, line + 1);
        }

        Close();
        int longest = blocks.Count == 0 ? 0 : blocks.Max(block => block.End - block.First);
        return blocks.FindAll(block => block.End - block.First >= Math.Min(LeastRows, longest) && (block.End - block.First) * 10 >= longest);

        void Close()
        {
            if (first >= 0) blocks.Add(new NumberBlock(first, end, width));
            first = -1;
        }
    }

    // Fields of a line that is a row: at least two numbers, and a number in half of what is filled. An empty last field is what a separator at the end leaves.
    private static int Width(ReadOnlySpan<char> line, TableShape shape, List<FieldRange> fields)
    {
        (int numbers, int count, _) = shape.NumbersIn(line, fields);
        int filled = fields.Count(field => field.Length > 0);
        if (numbers < 2 || numbers * 2 < filled) return 0;
        while (count > 1 && fields[count - 1].Length == 0) count--;
        return count;
    }
}
