using Isobar.Lab.Files.BioLogic;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>BioLogic .mpr, the binary file of EC-Lab.</summary>
internal sealed class BioLogicBinarySpectra : SpectrumFormat
{
    public override string Name => "BioLogic mpr";

    public override bool Recognises(FileContent content) => MprFile.Recognises(content);

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        var file = MprFile.Open(content);
        var draft = new SpectrumDraft();
        draft.Fact("started", file.Date);
        draft.Notes.AddRange(file.Notes);
        ImpedanceColumn[] columns = [.. file.Table.Headings.Select(ImpedanceColumn.Of)];
        if (!columns.Any(column => column.Role == ImpedanceRole.Frequency))
        {
            throw content.Error(
                "the table has no column of frequencies; its columns are " + string.Join(", ", file.Table.Headings.Select(heading => FileText.Quote(heading.Text))), "an impedance measurement (PEIS or GEIS)",
                "cycling data are read by: isobar cycles FILE");
        }

        draft.Tables.Add(new SpectrumTable(file.Table, columns) { UnitsAreKnown = true });
        return draft;
    }
}
