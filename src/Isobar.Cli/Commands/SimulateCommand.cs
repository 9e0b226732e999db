using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Computes the half cell of a parameter file: discharges and impedance, without any cell file or press.</summary>
internal sealed class SimulateCommand : IsobarCommand
{
    private readonly Argument<string> _parameters = new("parameters") { Description = "Parameter file with the symbols of the model in SI units, or a built-in set: reference, nmc811-lpscl-li, nmc83-argyrodite-inli" };
    private readonly Option<string?> _rates = ModelArguments.Rates("--rate", "C-rates to discharge with, from x0 to Vmin; 1C = F c_max eps_AM L_cat (0.95 - x0) per hour");
    private readonly Option<string?> _protocol = new("--protocol") { Description = "Cycler file: charges, holds, rests, pulses, repeats", HelpName = "cycler.yaml" };
    private readonly Option<string?> _impedance = ModelArguments.Impedance();
    private readonly Option<int> _points = ModelArguments.PointsPerDecade();
    private readonly Option<string?> _csv = ModelArguments.Csv();
    private readonly Option<string?> _plot = ModelArguments.Plot();

    public SimulateCommand()
        : base("simulate", "Compute the half cell of a parameter file: discharges at C-rates, impedance, where the voltage goes.")
    {
        Arguments.Add(_parameters);
        foreach (Option option in (Option[])[_rates, _protocol, _impedance, _points, _csv, _plot]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("simulate examples/cell-model/parameters.yaml --rate 0.1,1,3", "three discharges with their losses"),
        ("simulate reference --impedance 1mHz..7MHz", "the impedance of the built-in reference set"),
        ("simulate nmc811-lpscl-li --protocol examples/cell-model/titration.yaml", "a titration, step by step"),
        ("simulate nmc811-lpscl-li --rate 1 --plot discharge.svg --csv discharge.csv", "figures and every point"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        ImmutableArray<double> rates = ModelArguments.ParseRates(parse.GetValue(_rates), "--rate");
        ImmutableArray<double> hertz = ModelArguments.ParseFrequencies(parse.GetValue(_impedance), parse.GetValue(_points));
        string? protocol = parse.GetValue(_protocol);
        if (rates.IsEmpty && hertz.IsEmpty && protocol is null) throw new Failure("nothing is asked of the cell", "--rate, --protocol, --impedance or several", "write for example --rate 0.1,1,3");
        string? figure = parse.GetValue(_plot) is { } plot ? FigureFile.PathOf(plot, surroundings) : null;
        string? table = parse.GetValue(_csv) is { } csv ? surroundings.PathOf(csv) : null;
        ParameterSet set = ModelArguments.Set(parse.GetRequiredValue(_parameters), surroundings);

        var solver = new HalfCellSolver();
        (double Rate, HalfCellRun Run)[] runs = [.. rates.Select(rate => (rate, solver.Discharge(set.Best, rate)))];
        ImmutableArray<DischargeFacts> discharges = [.. runs.Select(each => DischargeFacts.Of(each.Rate, set.Best.AmperesPerSquareMetre(each.Rate), each.Run))];
        HalfCellRun? cycled = protocol is null ? null : solver.Run(set.Best, ScheduleFile.Read(surroundings.PathOf(protocol), set.Best));
        CyclingFacts? cycling = cycled is null ? null : CyclingFacts.Of(cycled);
        ImpedanceFacts? impedance = hertz.IsEmpty ? null : ImpedanceFacts.Of(hertz, HalfCellImpedance.AtEquilibrium(set.Best, hertz.AsSpan()), set.Best.InitialStoichiometry);
        var written = ImmutableArray.CreateBuilder<string>();
        if (table is not null) written.AddRange(HalfCellTable.Write(table, discharges, impedance));
        if (figure is not null) written.AddRange(Draw(figure, set, runs, cycled, impedance));

        var symbols = HalfCellSymbols.All.Where(symbol => set.Find(symbol.Symbol) is not null).ToDictionary(symbol => symbol.Symbol, symbol => symbol.Get(set.Best), StringComparer.Ordinal);
        output.Answer(new Answer(set.Name, symbols, set.Best.AmperesPerSquareMetre(1), discharges, cycling, impedance, written.Count == 0 ? null : [.. written]), page =>
        {
            page.MarkupLineInterpolated($"[bold]{set.Name}[/]");
            if (runs.Length > 0)
            {
                Prose.Write(page, $"1C is {Quantity.Format(new CurrentDensity(set.Best.AmperesPerSquareMetre(1)))}; from x = {Quantity.Number(set.Best.InitialStoichiometry, 3)} to {Quantity.Format(new Voltage(set.Best.LowerVolts), 3)} at {Quantity.Format(new Temperature(set.Best.Kelvins), 3)}");
                page.WriteLine();
                HalfCellPage.WriteRates(page, discharges);
                HalfCellPage.WriteLosses(page, runs);
            }

            if (cycling is not null)
            {
                page.WriteLine();
                cycling.Write(page);
            }

            if (impedance is not null) HalfCellPage.WriteImpedance(page, impedance);
            HalfCellPage.WriteEnds(page, discharges);
            if (written.Count > 0) PlanPage.Wrote(page, surroundings, [.. written]);
        });
        return Task.FromResult(HalfCellPage.CodeOf(discharges));
    }

    private static IEnumerable<string> Draw(string path, ParameterSet set, (double Rate, HalfCellRun Run)[] runs, HalfCellRun? cycled, ImpedanceFacts? impedance)
    {
        if (runs.Length > 0)
        {
            yield return ModelArguments.Draw(HalfCellFigure.Voltages(set.Name, [.. runs.Select(each => new DischargeCurve(HalfCellPage.Rate(each.Rate), each.Run, null))]), path);
            (double rate, HalfCellRun run) = HalfCellFigure.NearestToOneC(runs);
            yield return ModelArguments.Draw(HalfCellFigure.Losses($"{set.Name}: where the voltage goes at {HalfCellPage.Rate(rate)}", run), path, "-losses");
        }

        if (cycled is not null) yield return ModelArguments.Draw(HalfCellFigure.Cycling(set.Name, cycled), path, runs.Length > 0 ? "-cycling" : "");
        if (impedance is not null) yield return ModelArguments.Draw(HalfCellFigure.Nyquist($"{set.Name}: impedance", impedance.Real, impedance.Imaginary, impedance.Frequency), path, runs.Length > 0 || cycled is not null ? "-impedance" : "");
    }

    private sealed record Answer(
        string Name, IReadOnlyDictionary<string, double> Parameters, double CurrentAtOneC, ImmutableArray<DischargeFacts> Runs, CyclingFacts? Cycling, ImpedanceFacts? Impedance, string[]? Files);
}
