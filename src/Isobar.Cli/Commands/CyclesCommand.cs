using System.CommandLine;
using Isobar.Electrochemistry.Cycling;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Reports;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Capacity, efficiency and rate of each cycle of a cycler file, with the pressure on the same clock.</summary>
internal sealed class CyclesCommand : IsobarCommand
{
    private readonly Argument<string> _file = new("file") { Description = "File of a cycler: Battery Data Format, Neware, Arbin, BioLogic, Maccor, or any table with time, voltage and current" };
    private readonly Option<string?> _capacity = new("--capacity") { Description = "Capacity that rates refer to (default: the largest discharge of the file)", HelpName = "2.5mAh" };
    private readonly Option<bool> _dischargePositive = new("--discharge-positive") { Description = "Positive currents of the file discharge the cell" };
    private readonly Option<string?> _format = new("--format") { Description = "Format of the file (default: found from what it holds)", HelpName = "NAME" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draw capacity per cycle into this file, and dV/dQ beside it", HelpName = "out.svg or out.png" };

    public CyclesCommand()
        : base("cycles", "Capacity, efficiency, rate and pressure of each cycle of a cycler file.")
    {
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_capacity, _dischargePositive, _format, _plot]) Options.Add(option);
        _format.CompletionSources.Add([.. CyclerFiles.FormatNames]);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("cycles cell-07.csv", "one line per cycle"),
        ("cycles cell-07.mpr --capacity 2.5mAh --plot cycles.svg", "rates of a given capacity, and figures"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string name = parse.GetRequiredValue(_file);
        string? format = parse.GetValue(_format);
        if (format is not null && !CyclerFiles.FormatNames.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            throw new Failure($"'{format}' is not a format of cycling data", Spelling.DidYouMean(format, CyclerFiles.FormatNames) + "one of " + string.Join(", ", CyclerFiles.FormatNames), "name one of them, or none to let it be found", "option --format");
        }

        double? capacity = parse.GetValue(_capacity) is { } text ? CapacityOf(text) : null;
        CyclerFile file = CyclerFiles.Read(surroundings.PathOf(name), new CyclerFileOptions { Format = format, DischargeIsPositive = parse.GetValue(_dischargePositive) });
        CyclingResult result = CyclingAnalysis.Of(file.Series, capacity);
        string[] figures = Draw(parse.GetValue(_plot), file, result, surroundings);
        output.Answer(CyclesFacts.Of(name, file, result, figures), page =>
        {
            CyclesPage.Write(page, name, file, result);
            if (figures.Length > 0) PlanPage.Wrote(page, surroundings, figures);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private static string[] Draw(string? plot, CyclerFile file, CyclingResult result, Surroundings surroundings)
    {
        if (plot is null) return [];
        if (result.Cycles.IsEmpty) throw new Failure("there is no cycle to draw", "current in at least two rows", "leave --plot out to see what the file holds", "option --plot");
        string path = FigureFile.PathOf(plot, surroundings), beside = FigureFile.Beside(path, "-dvdq");
        FigureFile.Write(path, CycleFigure.Capacity(result));
        Figure slopes = CycleFigure.DifferentialVoltage(file.Series, result);
        if (slopes.Elements.IsEmpty) return [path];
        FigureFile.Write(beside, slopes);
        return [path, beside];
    }

    private static double CapacityOf(string text)
    {
        foreach ((string unit, double coulombs) in (ReadOnlySpan<(string, double)>)[("mAh", 3.6), ("Ah", 3600)])
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal) || !double.TryParse(text[..^unit.Length], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double number)) continue;
            if (number > 0 && double.IsFinite(number)) return number * coulombs;
        }

        throw new Failure($"'{text}' is not a capacity", "a number above zero with mAh or Ah, such as 2.5mAh", "correct --capacity", "option --capacity");
    }
}
