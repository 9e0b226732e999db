using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>ZPlot .z with its block of comments: the headings are its last line, before "End Comments"; impedances in Ω.</summary>
internal sealed class ZPlotSpectra : SpectrumFormat
{
    public override string Name => "ZPlot z";

    public override bool Recognises(FileContent content) => content.StartsWith("ZPLOT2 ASCII"u8);

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        FileText text = content.Text;
        int end = text.FindStart("End Comments");
        if (end < 0) throw text.Error(0, 0, "the comments of the file do not end", "a line 'End Comments' before the data", "the file is cut off: copy it again");
        int line = end - 1;
        while (line > 0 && text.IsBlank(line)) line--;
        var draft = new SpectrumDraft();
        draft.Fact("program", "ZPlot " + text.After("Measured Data, ZPlot:", end));
        draft.Fact("started", $"{text.After("Date:", end)} {text.After("Time:", end)}");
        draft.Fact("experiment", text.After("Experiment Type:", end));
        if (NumberText.TryParse(text.After("Surface Area:", end) ?? "", false, out double area)) StatedArea.Take(draft, area, preset: 1);
        TableShape shape = TableShape.Guess(text, end + 1, text.Count) ?? throw text.Error(Math.Min(end + 1, text.Count - 1), 0, "no rows of numbers follow the comments", "one row per frequency", "check that the measurement ran");
        List<TableHeading> headings = TableReader.Headings(text, line, text[line].Contains('\t') ? shape with { Separator = '\t' } : shape);
        NumberTable table = TableReader.Read(content, headings, end + 1, text.Count, shape);
        if (NumberText.TryParse(text.After("Data Points:", end) ?? "", false, out double points) && points > table.Count)
        {
            draft.Notes.Add($"the file announces {points:G6} points and holds {table.Count}: the run was stopped or the file is cut off");
        }

        draft.Tables.Add(new SpectrumTable(table, [.. headings.Select(ImpedanceColumn.Of)]) { UnitsAreKnown = true });
        return draft;
    }
}
