using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>Formats that are one line of headings with rows below.</summary>
internal static class HeadedCycling
{
    /// <summary>The first line, among the first sixty, that holds all of the words; -1 when there is none.</summary>
    public static int Line(FileContent content, params ReadOnlySpan<string> words)
    {
        FileText text = content.Text;
        for (int line = 0; line < Math.Min(60, text.Count); line++)
        {
            bool all = true;
            foreach (string word in words) all &= text[line].Contains(word, StringComparison.OrdinalIgnoreCase);
            if (all) return line;
        }

        return -1;
    }

    public static CyclerDraft Read(FileContent content, int line, Func<CyclerColumn, CyclerColumn>? adapt = null, string? currentSign = null, bool clockOfStep = false)
    {
        FileText text = content.Text;
        if (line < 0) throw text.Error(0, 0, "the line of headings of this format is missing", "a line of names with time, voltage and current", "export the file again, or leave the format to be found");
        TableShape shape = ShapeOf(text, line);
        return CyclerDraft.OfText(content, TableReader.Headings(text, line, shape), line + 1, text.Count, shape, adapt, currentSign, clockOfStep);
    }

    // Rows may hold dates and states; the separator is the one that stands most often in the headings.
    private static TableShape ShapeOf(FileText text, int line)
    {
        char separator = ',';
        int most = 0;
        foreach (char each in (ReadOnlySpan<char>)['\t', ';', ','])
        {
            int count = text[line].Count(each);
            if (count > most) (separator, most) = (each, count);
        }

        bool comma = separator != ',' && TableShape.Guess(text, line + 1, text.Count) is { DecimalComma: true };
        return new TableShape(separator, comma);
    }
}
