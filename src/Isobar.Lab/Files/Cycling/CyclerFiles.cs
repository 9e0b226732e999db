using System.Collections.Immutable;
using System.Text;
using Isobar.Lab.Files.Tables;
using Isobar.Quantities;

namespace Isobar.Lab.Files.Cycling;

/// <summary>
/// Reads the data of battery cyclers. Time, voltage and current are needed; cycle numbers, counters of charge, temperature and pressure are taken
/// where they are. A time that goes back is refused with its line; signs and units are shown in <see cref="CyclerFile.Dialect"/>.
/// </summary>
public static class CyclerFiles
{
    private static readonly ImmutableArray<CyclerFormat> s_formats =
    [
        new BioLogicBinaryCycling(),
        new BioLogicTextCycling(),
        new BdfCycling(),
        new NewareCycling(),
        new ArbinCycling(),
        new MaccorCycling(),
        new DelimitedCycling(),
    ];

    /// <summary>Names of the formats, as <see cref="CyclerFileOptions.Format"/> takes them.</summary>
    public static ImmutableArray<string> FormatNames => [.. s_formats.Select(format => format.Name)];

    /// <summary>Reads a file of cycling data.</summary>
    /// <exception cref="IsobarFileException">The file holds no cycling data, or it does not say enough to be sure of them.</exception>
    public static CyclerFile Read(string path, CyclerFileOptions? options = null) => Read(FileContent.Read(path), options ?? CyclerFileOptions.None);

    /// <summary>Reads cycling data from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">As of <see cref="Read(string, CyclerFileOptions?)"/>.</exception>
    public static CyclerFile Parse(string text, string pathForMessages, CyclerFileOptions? options = null) => Parse(Encoding.UTF8.GetBytes(text), pathForMessages, options);

    /// <summary>Reads cycling data from the bytes of a file; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">As of <see cref="Read(string, CyclerFileOptions?)"/>.</exception>
    public static CyclerFile Parse(ReadOnlyMemory<byte> bytes, string pathForMessages, CyclerFileOptions? options = null) =>
        Read(new FileContent(pathForMessages, bytes), options ?? CyclerFileOptions.None);

    private static CyclerFile Read(FileContent content, CyclerFileOptions options)
    {
        CyclerFormat format;
        if (options.Format is { } name)
        {
            format = s_formats.FirstOrDefault(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw content.Error($"'{name}' is not a format of cycling data", Spelling.DidYouMean(name, FormatNames) + "one of " + string.Join(", ", FormatNames), "name one of them, or none to let it be found");
        }
        else
        {
            content.RefuseKnownOthers("a file of cycling data");
            format = s_formats.First(each => each.Recognises(content));
        }

        return CyclerAssembly.Assemble(content, format, format.Read(content), options);
    }
}
