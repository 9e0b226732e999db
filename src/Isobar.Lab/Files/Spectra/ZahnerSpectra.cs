using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// Zahner text (Thales export): a description, a line of headings with number, frequency, impedance and phase, then rows separated by blanks or tabs.
/// The instrument may start in the middle of the range, go to one end and then to the other: that is one sweep.
/// </summary>
internal sealed class ZahnerSpectra : SpectrumFormat
{
    public override string Name => "Zahner text";

    public override bool Recognises(FileContent content)
    {
        return Heading(content) >= 0 && (HeadedSpectra.Line(content, "Zahner") >= 0 || HeadedSpectra.Line(content, "Thales") >= 0 || HeadedSpectra.Line(content, "Significance") >= 0);
    }

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        int line = Heading(content);
        if (line < 0) throw content.Text.Error(0, 0, "the line of headings is missing", "a line 'Number Frequency/Hz Impedance/Ohm Phase/deg'", "export the file again with headings, or leave the format to be found");
        SpectrumDraft draft = HeadedSpectra.Read(content, line);
        draft.TurnsWithinSweep = true;
        return draft;
    }

    private static int Heading(FileContent content) => HeadedSpectra.Line(content, "Frequency", "Impedance", "Phase");
}
