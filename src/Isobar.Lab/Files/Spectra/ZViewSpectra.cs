using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// The older text of ZView: quoted lines, "Z60W Data File" (as Autolab writes it) or "ZPlotW Data File", the number of points, one quoted line of headings,
/// then rows; impedances in Ω.
/// </summary>
internal sealed class ZViewSpectra : SpectrumFormat
{
    public override string Name => "ZView text";

    public override bool Recognises(FileContent content)
    {
        ReadOnlySpan<byte> start = content.Bytes.Span[..Math.Min(80, content.Bytes.Length)];
        return start.IndexOf("Z60W Data File"u8) >= 0 || start.IndexOf("ZPlotW Data File"u8) >= 0;
    }

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        FileText text = content.Text;
        int line = 1;
        while (line < text.Count && !IsHeading(text[line])) line++;
        if (line >= text.Count) throw text.Error(0, 0, "the line of headings is missing", "a quoted line that begins with Freq(Hz)", "export the file again");
        var draft = new SpectrumDraft();
        draft.Fact("program", text.Line(0).Trim('"', ' '));
        draft.Fact("started", text.After("Date:", line));
        TableShape shape = TableShape.Guess(text, line + 1, text.Count) ?? throw text.Error(line, 0, "no rows of numbers follow the headings", "one row per frequency", "check that the measurement ran");
        List<TableHeading> headings = Headings(text, line);
        NumberTable table = TableReader.Read(content, headings, line + 1, text.Count, shape);
        if (NumberText.TryParse(text[line - 1].Trim(), false, out double points) && points > table.Count)
        {
            draft.Notes.Add($"the file announces {points:G6} points and holds {table.Count}: the run was stopped or the file is cut off");
        }

        draft.Tables.Add(new SpectrumTable(table, [.. headings.Select(ImpedanceColumn.Of)]) { UnitsAreKnown = true });
        return draft;
    }

    private static bool IsHeading(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.Trim().Trim('"').Trim();
        return text.StartsWith("Freq", StringComparison.OrdinalIgnoreCase) && text.Contains("Z'", StringComparison.OrdinalIgnoreCase);
    }

    // Names may hold one blank ("Freq (Hz)"); two or more part them.
    private static List<TableHeading> Headings(FileText text, int line)
    {
        ReadOnlySpan<char> row = text[line];
        List<TableHeading> headings = [];
        int at = 0;
        while (at < row.Length)
        {
            while (at < row.Length && row[at] is ' ' or '"' or '\t' or ',') at++;
            int start = at;
            while (at < row.Length && row[at] is not ('"' or '\t') && !(row[at] == ' ' && (at + 1 == row.Length || row[at + 1] == ' '))) at++;
            if (at > start) headings.Add(new TableHeading(row[start..at].ToString(), line, start));
        }

        return headings;
    }
}
