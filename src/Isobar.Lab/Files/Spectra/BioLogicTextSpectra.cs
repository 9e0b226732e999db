using Isobar.Lab.Files.BioLogic;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>BioLogic .mpt (EC-Lab and BT-Lab text): the count of header lines, the headings in the last of them, tab-separated rows.</summary>
internal sealed class BioLogicTextSpectra : SpectrumFormat
{
    public override string Name => "BioLogic mpt";

    public override bool Recognises(FileContent content) => BioLogicText.Recognises(content);

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        var file = BioLogicText.Open(content);
        var draft = new SpectrumDraft();
        foreach (FileFact fact in file.Facts) draft.Facts.Add(fact);
        if (file.AreaSquareCentimetres is { } area) StatedArea.Take(draft, area, preset: 0.001);
        if (file.Shape.DecimalComma) draft.Dialect.Add("decimal comma");
        ImpedanceColumn[] columns = [.. file.Headings.Select(ImpedanceColumn.Of)];
        // The reason that matters most comes first: without a frequency no other fault of the heading is worth telling.
        if (!columns.Any(column => column.Role == ImpedanceRole.Frequency))
        {
            throw content.Text.Error(
                file.HeadingLine, 0, "the table has no column of frequencies; its columns are " + string.Join(", ", file.Headings.Take(24).Select(heading => FileText.Quote(heading.Text))), "a column 'freq/Hz'",
                "export the data from EC-Lab again with freq/Hz among the variables; without it the impedances cannot be used. Cycling data are read by: isobar cycles FILE");
        }

        draft.Tables.Add(new SpectrumTable(file.Rows(), columns) { UnitsAreKnown = true });
        return draft;
    }
}
