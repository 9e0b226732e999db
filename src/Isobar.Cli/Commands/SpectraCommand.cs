using System.CommandLine;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Spectra;
using Isobar.Lab.Reports;

namespace Isobar.Cli.Commands;

/// <summary>Says what files of impedance spectra hold and how they are read.</summary>
internal sealed class SpectraCommand : IsobarCommand
{
    private readonly SpectrumArguments _spectra = new();
    private readonly Option<string?> _plot = new("--plot") { Description = "Draw all sweeps in the impedance plane", HelpName = "out.svg or out.png" };

    public SpectraCommand()
        : base("spectra", "Show what is in files of impedance spectra: format, sweeps, range, units, sign, and what looks wrong.")
    {
        Arguments.Add(_spectra.Files);
        foreach (Option option in _spectra.Options) Options.Add(option);
        Options.Add(_plot);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("spectra pellet.mpr", "format, sweeps, points, range, sign of the imaginary part"),
        ("spectra *.z --plot all.svg", "many files, and a figure of all sweeps"),
        ("spectra export.csv --unit kohm --imaginary negative", "a table whose headings do not say enough"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        SpectrumFileOptions options = _spectra.OptionsOf(parse);
        string[] names = parse.GetRequiredValue(_spectra.Files);
        List<ReadSpectra> read = [];
        foreach (string name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                read.Add(new ReadSpectra(name, SpectrumFiles.Read(surroundings.PathOf(name), options), null));
            }
            catch (IsobarFileException fault) when (names.Length > 1)
            {
                // One bad file among many does not hide the others; it is told, and the exit code says so.
                read.Add(new ReadSpectra(name, null, Failures.Of(fault)));
            }
        }

        string? figure = Draw(parse.GetValue(_plot), read, surroundings);
        output.Answer(SpectraFacts.Of(read, figure), page =>
        {
            SpectraPage.Write(page, read);
            if (figure is not null) PlanPage.Wrote(page, surroundings, [figure]);
        });
        foreach (ReadSpectra bad in read.Where(each => each.Failure is not null && !output.IsJson)) output.Fail(bad.Failure!);
        return Task.FromResult(read.Exists(each => each.Failure is not null) ? ExitCode.BadInput : ExitCode.Done);
    }

    private static string? Draw(string? plot, List<ReadSpectra> read, Surroundings surroundings)
    {
        if (plot is null) return null;
        string path = FigureFile.PathOf(plot, surroundings);
        Isobar.Impedance.Spectrum[] spectra = [.. read.Where(each => each.File is not null).SelectMany(each => each.File!.Spectra)];
        if (spectra.Length == 0) throw new Failure("no file could be read, so there is nothing to draw", "at least one file of spectra", "leave --plot out to see what is wrong with them", "option --plot");
        FigureFile.Write(path, SweepFigure.Plane([.. spectra]));
        return path;
    }
}

/// <summary>A file that was read, or why it could not be.</summary>
internal sealed record ReadSpectra(string Name, SpectrumFile? File, Failure? Failure);
