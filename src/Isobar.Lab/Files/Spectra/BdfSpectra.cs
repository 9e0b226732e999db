using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// Battery Data Format: the columns are named by its ontology, with units (<c>frequency_hertz, real_impedance_ohm, imaginary_impedance_ohm</c>, and
/// <c>applied_pressure_pa</c> beside them); a negative imaginary part is capacitive.
/// </summary>
internal sealed class BdfSpectra : SpectrumFormat
{
    public override string Name => "Battery Data Format";

    public override bool Recognises(FileContent content) => Line(content) >= 0;

    public override SpectrumDraft Read(FileContent content, SpectrumFileOptions options)
    {
        int line = Line(content);
        if (line < 0) throw content.Text.Error(0, 0, "no line names frequency and impedance as the format does", "the columns frequency_hertz, real_impedance_ohm and imaginary_impedance_ohm", "correct the headings, or leave the format to be found");
        return HeadedSpectra.Read(content, line);
    }

    private static int Line(FileContent content)
    {
        int machine = HeadedSpectra.Line(content, "frequency_hertz", "impedance_ohm");
        return machine >= 0 ? machine : HeadedSpectra.Line(content, "Frequency / Hz", "Impedance / ohm");
    }
}
