using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>RelaxIS spectrum export: a line of headings that begins with "Data: Frequency", a line of metadata for each spectrum, then its rows; Hz, Ω, degrees.</summary>
internal sealed class RelaxIsSpectra : SpectrumFormat
{
    public override string Name => "RelaxIS text";

    public override bool Recognises(FileContent content) => content.StartsWith("RelaxIS"u8);

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        FileText text = content.Text;
        int line = text.FindStart("Data:");
        if (line < 0) throw text.Error(0, 0, "the line of headings is missing", "a line that begins with 'Data: Frequency'", "export the spectrum again with its headings");
        var draft = new SpectrumDraft();
        draft.Fact("program", text.Line(0).Replace("Spectrum export", "", StringComparison.OrdinalIgnoreCase));
        TableShape shape = TableShape.Guess(text, line + 1, text.Count) ?? throw text.Error(line, 0, "no rows of numbers follow the headings", "one row per frequency", "export the spectrum again");
        if (shape.DecimalComma) draft.Dialect.Add("decimal comma");
        List<TableHeading> headings = TableReader.Headings(text, line, shape);
        List<FieldRange> fields = [];
        int at = line + 1;
        while (at < text.Count)
        {
            int described = at;
            while (at < text.Count && !IsRow(text, at, shape, fields)) at++;
            int first = at;
            while (at < text.Count && (text.IsBlank(at) || IsRow(text, at, shape, fields))) at++;
            if (at == first) break;
            if (first > described && !text.IsBlank(described)) draft.Fact("spectrum", text.Line(described).Replace("\t", "  ", StringComparison.Ordinal));
            draft.Tables.Add(new SpectrumTable(TableReader.Read(content, headings, first, at, shape), [.. headings.Select(ImpedanceColumn.Of)]) { UnitsAreKnown = true });
        }

        return draft;
    }

    private static bool IsRow(FileText text, int line, TableShape shape, List<FieldRange> fields)
    {
        shape.Split(text[line], fields);
        return fields.Count >= 2 && NumberText.TryParse(fields[0].Of(text[line]), shape.DecimalComma, out _) && NumberText.TryParse(fields[1].Of(text[line]), shape.DecimalComma, out _);
    }
}
