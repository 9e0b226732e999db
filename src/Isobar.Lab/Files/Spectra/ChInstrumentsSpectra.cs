using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>CH Instruments text: a description, then "Freq/Hz, Z'/ohm, Z"/ohm, Z/ohm, Phase/deg" and rows.</summary>
internal sealed class ChInstrumentsSpectra : SpectrumFormat
{
    public override string Name => "CH Instruments text";

    public override bool Recognises(FileContent content) => IsText(content) && HeadedSpectra.Line(content, "Instrument Model:", "CHI") >= 0 && HeadedSpectra.Line(content, "Freq/Hz") >= 0;

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        int line = HeadedSpectra.Line(content, "Freq/Hz");
        if (line < 0) throw content.Text.Error(0, 0, "the line of headings is missing", "a line 'Freq/Hz, Z'/ohm, ...'", "export the file again with headings, or leave the format to be found");
        SpectrumDraft draft = HeadedSpectra.Read(content, line);
        draft.Fact("instrument", content.Text.After("Instrument Model:", line));
        draft.Fact("started", content.Text.Line(0));
        return draft;
    }

    private static bool IsText(FileContent content) => !content.Bytes.Span[..Math.Min(512, content.Bytes.Length)].Contains((byte)0);
}
