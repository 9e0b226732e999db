using System.Collections.Immutable;
using System.Text;
using Isobar.Lab.Files.Tables;
using Isobar.Quantities;

namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// Reads impedance spectra of any instrument whose format is in the table below. What the file means is found from what it says, and shown
/// in <see cref="SpectrumFile.Dialect"/>; what cannot be known is refused with line, column and what to do. |Z| and phase columns are held
/// against Re and Im, so that no column is ever taken for its neighbour.
/// </summary>
public static class SpectrumFiles
{
    // The first that recognises a file reads it; the delimited table recognises what is left.
    private static readonly ImmutableArray<SpectrumFormat> s_formats =
    [
        new BioLogicBinarySpectra(),
        new BioLogicTextSpectra(),
        new GamrySpectra(),
        new ZPlotSpectra(),
        new ZViewSpectra(),
        new VersaStudioSpectra(),
        new ChInstrumentsSpectra(),
        new RelaxIsSpectra(),
        new ZahnerSpectra(),
        new AutolabSpectra(),
        new ParstatSpectra(),
        new PowerSuiteSpectra(),
        new BdfSpectra(),
        new DelimitedSpectra(),
    ];

    /// <summary>Names of the formats, as <see cref="SpectrumFileOptions.Format"/> takes them.</summary>
    public static ImmutableArray<string> FormatNames => [.. s_formats.Select(format => format.Name)];

    /// <summary>Reads the spectra of a file.</summary>
    /// <exception cref="IsobarFileException">The file holds no spectra, or it does not say enough to be sure of them.</exception>
    public static SpectrumFile Read(string path, SpectrumFileOptions? options = null) => Read(FileContent.Read(path), options ?? SpectrumFileOptions.None);

    /// <summary>Reads spectra from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">As of <see cref="Read(string, SpectrumFileOptions?)"/>.</exception>
    public static SpectrumFile Parse(string text, string pathForMessages, SpectrumFileOptions? options = null) =>
        Parse(Encoding.UTF8.GetBytes(text), pathForMessages, options);

    /// <summary>Reads spectra from the bytes of a file; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">As of <see cref="Read(string, SpectrumFileOptions?)"/>.</exception>
    public static SpectrumFile Parse(ReadOnlyMemory<byte> bytes, string pathForMessages, SpectrumFileOptions? options = null) =>
        Read(new FileContent(pathForMessages, bytes), options ?? SpectrumFileOptions.None);

    private static SpectrumFile Read(FileContent content, SpectrumFileOptions options)
    {
        SpectrumFormat format = FormatOf(content, options);
        SpectrumDraft draft = format.Read(content, options);
        return SweepAssembly.Assemble(content, format, draft, options);
    }

    private static SpectrumFormat FormatOf(FileContent content, SpectrumFileOptions options)
    {
        if (options.Format is { } name)
        {
            return s_formats.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw content.Error($"'{name}' is not a format of spectra", Spelling.DidYouMean(name, FormatNames) + "one of " + string.Join(", ", FormatNames), "name one of them, or none to let it be found");
        }

        content.RefuseKnownOthers("a file of impedance spectra");
        return s_formats.First(format => format.Recognises(content));
    }
}
