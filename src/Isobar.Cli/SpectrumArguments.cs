using System.CommandLine;
using Isobar.Lab.Files.Spectra;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>What the commands about spectra share: the files, and what a person knows better than they do.</summary>
internal sealed class SpectrumArguments
{
    private readonly Option<string?> _format = new("--format") { Description = "Format of the files (default: found from what they hold)", HelpName = "NAME" };
    private readonly Option<string?> _unit = new("--unit") { Description = "Unit of the impedances, where the files do not state it", HelpName = "ohm, kohm, 'ohm cm2'" };
    private readonly Option<bool> _angular = new("--rad-per-s") { Description = "The frequencies are angular, in rad/s" };
    private readonly Option<string?> _imaginary = new("--imaginary") { Description = "Whether the column of imaginary parts holds Im or -Im (default: read from its name, else from the numbers)", HelpName = "positive or negative" };
    private readonly Option<string?> _area = new("--area") { Description = "Electrode area; it stands above that of the files", HelpName = "0.785cm2 or '0.785cm2 ± 0.002cm2'" };

    private readonly Option<string?> _pressureColumn = new("--pressure-column") { Description = "Heading of the column of pressures, where its name does not say so", HelpName = "HEADING" };

    public SpectrumArguments()
    {
        _imaginary.CompletionSources.Add("positive", "negative");
        _format.CompletionSources.Add([.. SpectrumFiles.FormatNames]);
    }

    public Argument<string[]> Files { get; } = new("files") { Description = "Files of impedance spectra of any instrument", Arity = ArgumentArity.OneOrMore };

    public IEnumerable<Option> Options => [_format, _unit, _angular, _imaginary, _area, _pressureColumn];

    /// <summary>What the command line says of the files.</summary>
    public SpectrumFileOptions OptionsOf(ParseResult parse) => new()
    {
        Format = Format(parse.GetValue(_format)),
        Unit = parse.GetValue(_unit),
        Angular = parse.GetValue(_angular) ? true : null,
        NegativeImaginary = parse.GetValue(_imaginary) switch
        {
            null => null,
            "positive" => false,
            "negative" => true,
            var other => throw new Failure($"'{other}' does not say what the column holds", "positive (it holds Im) or negative (it holds -Im)", "write --imaginary positive or --imaginary negative", "option --imaginary"),
        },
        PressureColumn = parse.GetValue(_pressureColumn),
        // An area without ± is known to one per cent: a tenth of a millimetre on a die of ten gives two.
        Area = parse.GetValue(_area) is { } area ? AreaOf(area) : null,
    };

    private static string? Format(string? name)
    {
        if (name is null || SpectrumFiles.FormatNames.Contains(name, StringComparer.OrdinalIgnoreCase)) return name;
        throw new Failure($"'{name}' is not a format of spectra", Spelling.DidYouMean(name, SpectrumFiles.FormatNames) + "one of " + string.Join(", ", SpectrumFiles.FormatNames), "name one of them, or none to let it be found", "option --format");
    }

    private static Estimate<Area> AreaOf(string text)
    {
        if (!Measured.TryParse(text, out Measured<Area> measured, out string error)) throw new Failure(error, "an area with its unit, such as 0.785cm2", "correct --area", "option --area");
        return measured.Value.SquareMetres > 0
            ? measured.OrUnstated(new Area(0.01 * measured.Value.SquareMetres))
            : throw new Failure($"'{text}' is not possible", "an area above zero", "correct --area", "option --area");
    }
}
