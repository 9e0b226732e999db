using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>VersaStudio .par: sections in angle brackets; each Segment that has frequencies is a table under its "Definition=" line.</summary>
internal sealed class VersaStudioSpectra : SpectrumFormat
{
    private static readonly TableShape s_commas = new(',', false);

    public override string Name => "VersaStudio par";

    public override bool Recognises(FileContent content) => content.StartsWith("<Application>"u8) && content.Text.FindStart("Name=VersaStudio", 0, 10) >= 0;

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        FileText text = content.Text;
        var draft = new SpectrumDraft();
        draft.Fact("program", "VersaStudio " + text.After("Version=", 12));
        draft.Fact("started", $"{text.After("DateAcquired=")} {text.After("TimeAcquired=")}");
        for (int line = text.FindStart("<Segment"); line >= 0; line = text.FindStart("<Segment", line + 1)) AddSegment(content, line, draft);
        return draft;
    }

    private static void AddSegment(FileContent content, int start, SpectrumDraft draft)
    {
        FileText text = content.Text;
        int end = text.FindStart("</Segment", start);
        if (end < 0)
        {
            end = text.Count;
            draft.Notes.Add($"the segment of line {start + 1} does not end: the file is cut off");
        }

        int definition = text.FindStart("Definition=", start, end);
        if (definition < 0) return;
        int first = definition + 1;
        while (first < end && !IsRow(text[first])) first++;
        List<TableHeading> headings = TableReader.Headings(text, definition, s_commas);
        headings[0] = new TableHeading(headings[0].Text["Definition=".Length..], definition, "Definition=".Length);
        // The list of names ends with a zero that is no name.
        if (headings[^1].Text == "0") headings.RemoveAt(headings.Count - 1);
        NumberTable table = TableReader.Read(content, headings, first, end, s_commas);
        ImpedanceColumn[] columns = [.. headings.Select(ImpedanceColumn.Of)];
        int frequency = Array.FindIndex(columns, column => column.Role == ImpedanceRole.Frequency);
        if (frequency < 0 || !HasFrequencies(table.Column(frequency))) return;
        draft.Tables.Add(new SpectrumTable(table, columns) { UnitsAreKnown = true });
    }

    private static bool HasFrequencies(ReadOnlySpan<double> frequencies)
    {
        foreach (double f in frequencies)
        {
            if (f > 0) return true;
        }

        return false;
    }

    private static bool IsRow(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.TrimStart();
        return text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+');
    }
}
