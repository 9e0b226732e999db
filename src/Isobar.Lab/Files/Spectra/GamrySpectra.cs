using System.Globalization;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>Gamry .DTA: named sections of tab-separated values; every ZCURVE is a sweep. An aborted run says so in EXPERIMENTABORTED.</summary>
internal sealed class GamrySpectra : SpectrumFormat
{
    private static readonly TableShape s_points = new('\t', false), s_commas = new('\t', true);

    public override string Name => "Gamry DTA";

    public override bool Recognises(FileContent content) => content.StartsWith("EXPLAIN"u8) && content.Text.FindStart("TAG\t", 0, 10) >= 0;

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        FileText text = content.Text;
        var draft = new SpectrumDraft();
        draft.Fact("experiment", Field(text, "TITLE", 2));
        draft.Fact("started", $"{Field(text, "DATE", 2)} {Field(text, "TIME", 2)}");
        draft.Fact("instrument", Field(text, "PSTAT", 2));
        ReadArea(text, draft);
        for (int line = text.FindStart("ZCURVE"); line >= 0; line = text.FindStart("ZCURVE", line + 1)) AddCurve(content, line, draft);
        if (text.FindStart("EXPERIMENTABORTED\tTOGGLE\tT") >= 0) TellAborted(text, draft);
        return draft;
    }

    private static void AddCurve(FileContent content, int line, SpectrumDraft draft)
    {
        FileText text = content.Text;
        int first = line + 3, end = first;
        if (line + 2 >= text.Count) throw text.Error(line, 0, "the file ends before the headings of the impedance table", "headings, units and rows", "the file is cut off: copy it again");
        while (end < text.Count && text[end].StartsWith("\t", StringComparison.Ordinal) && !text.IsBlank(end)) end++;
        TableShape shape = TableShape.Guess(text, first, end) is { DecimalComma: true } ? s_commas : s_points;
        List<TableHeading> headings = TableReader.WithUnits(TableReader.Headings(text, line + 1, shape), text, line + 2, shape);
        NumberTable table = TableReader.Read(content, headings, first, end, shape);
        if (headings.Exists(heading => heading.Text.Contains("DrCor", StringComparison.Ordinal))) draft.Notes.Add("the file has drift-corrected columns too; they are not used");
        if (shape.DecimalComma) draft.Dialect.Add("decimal comma");
        draft.Tables.Add(new SpectrumTable(table, [.. headings.Select(ImpedanceColumn.Of)]) { UnitsAreKnown = true });
    }

    // A sweep that the abort cut short is left out beside complete ones; alone it is given as far as it went.
    private static void TellAborted(FileText text, SpectrumDraft draft)
    {
        if (draft.Tables.Count == 0) throw text.Error(text.FindStart("EXPERIMENTABORTED"), 0, "the run was aborted before it measured an impedance", "at least one sweep", "measure again");
        NumberTable last = draft.Tables[^1].Table;
        string ends = "";
        int frequency = draft.Tables[^1].Columns.ToList().FindIndex(column => column.Role == ImpedanceRole.Frequency);
        if (frequency >= 0 && last.Count > 0)
        {
            string reached = last.Column(frequency)[^1].ToString("G4", CultureInfo.InvariantCulture);
            string planned = NumberText.TryParse(Field(text, "FREQFINAL", 2) ?? "", false, out double final) ? $" of {final.ToString("G4", CultureInfo.InvariantCulture)} Hz planned" : "";
            ends = $" at {reached} Hz{planned}";
        }

        if (draft.Tables.Count == 1)
        {
            draft.Notes.Add($"the run was aborted{ends}; the {Plural.Of(last.Count, "point")} up to there are given");
            return;
        }

        draft.Tables.RemoveAt(draft.Tables.Count - 1);
        draft.Notes.Add($"the run was aborted in sweep {draft.Tables.Count + 1}{ends}; its {Plural.Of(last.Count, "point")} are left out, the {Plural.Of(draft.Tables.Count, "complete sweep")} given");
    }

    private static void ReadArea(FileText text, SpectrumDraft draft)
    {
        if (!NumberText.TryParse(Field(text, "AREA", 2) ?? "", false, out double squareCentimetres) || !(squareCentimetres > 0)) return;
        StatedArea.Take(draft, squareCentimetres, preset: 1);
    }

    private static string? Field(FileText text, string key, int place)
    {
        int line = text.FindStart(key + "\t");
        if (line < 0) return null;
        string[] fields = text.Line(line).Split('\t');
        return place < fields.Length ? fields[place] : null;
    }
}
