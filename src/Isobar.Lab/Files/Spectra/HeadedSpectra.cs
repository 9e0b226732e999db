using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>Formats that are one line of headings with rows below: they differ in how the line is known and in what it leaves unsaid.</summary>
internal static class HeadedSpectra
{
    /// <summary>The first line, among the first sixty, that holds all of the words.</summary>
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

    public static SpectrumDraft Read(FileContent content, int line)
    {
        FileText text = content.Text;
        var draft = new SpectrumDraft();
        TableShape shape = TableShape.Guess(text, line + 1, text.Count) ?? throw text.Error(line, 0, "no rows of numbers follow the headings", "one row per frequency", "check that the measurement ran");
        draft.Dialect.Add(shape.Words);
        List<TableHeading> headings = TableReader.Headings(text, line, shape);
        NumberTable table = TableReader.Read(content, headings, line + 1, text.Count, shape);
        draft.Tables.Add(new SpectrumTable(table, [.. headings.Select(ImpedanceColumn.Of)]) { UnitsAreKnown = true });
        return draft;
    }
}
