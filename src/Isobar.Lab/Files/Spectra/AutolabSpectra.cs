using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>Autolab Nova export: "Frequency (Hz), Z' (Ω), -Z'' (Ω), Z (Ω), -Phase (°), Time (s)", with any separator.</summary>
internal sealed class AutolabSpectra : SpectrumFormat
{
    private static readonly string[] s_words = ["Frequency (Hz)", "-Z''"];

    public override string Name => "Autolab text";

    public override bool Recognises(FileContent content) => HeadedSpectra.Line(content, s_words) >= 0;

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        int line = HeadedSpectra.Line(content, s_words);
        if (line < 0) throw content.Text.Error(0, 0, "the line of headings is missing", "a line with " + string.Join(", ", s_words), "export the file again with headings, or leave the format to be found");
        return HeadedSpectra.Read(content, line);
    }
}
