namespace Isobar.Lab.Files.Tables;

/// <summary>How the rows of a text table are written.</summary>
/// <param name="Separator">The character between fields; a blank stands for any run of blanks and tabs.</param>
/// <param name="DecimalComma">Whether numbers have a decimal comma.</param>
internal sealed record TableShape(char Separator, bool DecimalComma)
{
    public const char Blanks = ' ';

    private const int Sampled = 64;

    // Where several fit, the first is meant: a tab is never part of a number, a comma may be.
    private static readonly char[] s_separators = ['\t', ';', ',', Blanks];

    public string SeparatorName => Separator switch { '\t' => "tab", ';' => "semicolon", ',' => "comma", _ => "blanks" };

    /// <summary>For the dialect that is shown: "comma-separated", "tab-separated, decimal comma".</summary>
    public string Words => (Separator == Blanks ? "separated by blanks" : SeparatorName + "-separated") + (DecimalComma ? ", decimal comma" : "");

    /// <summary>Finds how the rows from a line on are written; null when they are not rows of at least two numbers.</summary>
    public static TableShape? Guess(FileText text, int first, int end)
    {
        TableShape? best = null;
        int most = 0;
        foreach (char separator in s_separators)
        {
            (int numbers, bool comma) = Numbers(text, first, end, separator);
            // A row that another separator splits into more numbers is not a row of this one.
            if (numbers > most) (best, most) = (new TableShape(separator, comma), numbers);
        }

        return best;
    }

    /// <summary>How many of the fields of a line are numbers, and whether every field that is not empty is one.</summary>
    public (int Numbers, int Fields, bool All) NumbersIn(ReadOnlySpan<char> line, List<FieldRange> fields)
    {
        Split(line, fields);
        int numbers = 0, filled = 0;
        foreach (FieldRange field in fields)
        {
            ReadOnlySpan<char> text = field.Of(line);
            if (text.Length == 0) continue;
            filled++;
            if (NumberText.TryParse(text, DecimalComma, out _)) numbers++;
        }

        return (numbers, fields.Count, numbers == filled && numbers > 0);
    }

    /// <summary>Splits a line; quotes around a field and blanks beside it do not belong to it.</summary>
    public void Split(ReadOnlySpan<char> line, List<FieldRange> fields)
    {
        fields.Clear();
        int at = 0;
        if (Separator == Blanks)
        {
            while (true)
            {
                while (at < line.Length && char.IsWhiteSpace(line[at])) at++;
                if (at >= line.Length) return;
                int start = at;
                if (line[at] == '"')
                {
                    int close = line[(at + 1)..].IndexOf('"');
                    at = close < 0 ? line.Length : at + close + 2;
                }

                while (at < line.Length && !char.IsWhiteSpace(line[at])) at++;
                fields.Add(Trimmed(line, start, at));
            }
        }

        while (true)
        {
            int start = at;
            int inner = at;
            while (inner < line.Length && line[inner] == ' ') inner++;
            if (inner < line.Length && line[inner] == '"')
            {
                int close = line[(inner + 1)..].IndexOf('"');
                at = close < 0 ? line.Length : inner + close + 2;
            }

            int next = line[at..].IndexOf(Separator);
            at = next < 0 ? line.Length : at + next;
            fields.Add(Trimmed(line, start, at));
            if (next < 0) return;
            at++;
        }
    }

    private static FieldRange Trimmed(ReadOnlySpan<char> line, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(line[start])) start++;
        while (end > start && char.IsWhiteSpace(line[end - 1])) end--;
        if (end - start >= 2 && line[start] == '"' && line[end - 1] == '"')
        {
            start++;
            end--;
            while (start < end && char.IsWhiteSpace(line[start])) start++;
            while (end > start && char.IsWhiteSpace(line[end - 1])) end--;
        }

        return new FieldRange(start, end - start);
    }

    // Numbers in rows of at least two, and whether they have decimal commas.
    private static (int Numbers, bool Comma) Numbers(FileText text, int first, int end, char separator)
    {
        List<FieldRange> fields = [];
        var plain = new TableShape(separator, false);
        int numbers = 0, commas = 0, points = 0, sampled = 0;
        for (int line = first; line < Math.Min(end, text.Count) && sampled < Sampled; line++)
        {
            if (text.IsBlank(line)) continue;
            sampled++;
            plain.Split(text[line], fields);
            int here = 0;
            foreach (FieldRange field in fields)
            {
                ReadOnlySpan<char> cell = field.Of(text[line]);
                if (NumberText.TryParse(cell, false, out _))
                {
                    here++;
                    if (cell.Contains('.')) points++;
                }
                else if (separator != ',' && NumberText.HasDecimalComma(cell))
                {
                    here++;
                    commas++;
                }
            }

            if (here >= 2) numbers += here;
        }

        return (numbers, commas > 0 && points == 0);
    }
}

/// <summary>Where a field stands in its line.</summary>
/// <param name="Start">Place of its first character, from 0.</param>
/// <param name="Length">How many characters it has.</param>
internal readonly record struct FieldRange(int Start, int Length)
{
    public ReadOnlySpan<char> Of(ReadOnlySpan<char> line) => line.Slice(Start, Length);
}
