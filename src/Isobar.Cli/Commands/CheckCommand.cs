using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Files;
using Isobar.Lab.Reports;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Cli.Commands;

/// <summary>Are my cells the same? From a table, or from the laboratory's own runs.</summary>
internal sealed class CheckCommand : IsobarCommand
{
    private readonly Argument<string?> _table = new("table") { Description = "Table of cells (CSV) with units in the heading; without it the runs of the laboratory are checked", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _measure = CheckArguments.Measure();
    private readonly Option<string?> _by = CheckArguments.Column("--by", "Columns that group the cells, an inner one as batch/cask (default: those of batch, operator, press, lab); the first one is compared", "batch,operator");
    private readonly Option<string?> _pressure = CheckArguments.Column("--pressure", "Column of the pressure (default: the only one in a unit of pressure)", "stack_MPa");
    private readonly Option<Fraction?> _pressureUncertainty = QuantityOption<Fraction>("--pressure-uncertainty", "Standard uncertainty of a pressure from cell to cell; gives the slope without its flattening", "2%");
    private readonly Option<Length?> _die = QuantityOption<Length>("--die", "Inner diameter of the die, when pressures are loads in t or kN", "10mm");
    private readonly Option<string?> _margin = new("--margin") { Description = "Difference within which groups count as the same: a share, or a number in the unit of the measure (default: 10%)", HelpName = "10% or 2ohm" };
    private readonly Option<Fraction?> _effect = QuantityOption<Fraction>("--effect", "Difference that the next experiment shall find (default: 10%)", "10%");
    private readonly Option<Fraction?> _power = QuantityOption<Fraction>("--power", "Probability to find it (default: 80%)", "80%");
    private readonly Option<string?> _limits = new("--limits") { Description = "Limits that 90 % of all cells must keep, with 95 % confidence; exit code 2 when that is not shown", HelpName = "25..35" };
    private readonly Option<string?> _decimal = CheckArguments.Decimal();
    private readonly Option<string?> _plot = CheckArguments.Plot("Draw every cell into this file; pressure and components beside it");
    private readonly Option<string?> _report = new("--report") { Description = "Write everything with its figures as one HTML page", HelpName = "check.html" };
    private readonly Option<string?> _runs = new("--runs") { Description = "Only runs whose name begins with this", HelpName = "name" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public CheckCommand()
        : base("check", "Are my cells the same? Spread, odd cells, share due to pressure, comparison, how many cells.")
    {
        Arguments.Add(_table);
        foreach (Option option in (Option[])[_measure, _by, _pressure, _pressureUncertainty, _die, _margin, _effect, _power, _limits, _decimal, _plot, _report, _runs, _lab]) Options.Add(option);
        foreach (IsobarCommand below in (IsobarCommand[])[new CheckInterlabCommand(), new CheckGaugeCommand(), new CheckForceCommand(), new CheckChartCommand()]) Subcommands.Add(below);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("check examples/cells/cells.csv", "everything, with the columns found by their names"),
        ("check cells.csv --measure resistance_ohm --by operator,batch --pressure stack_MPa", "columns by name; operators are compared"),
        ("check cells.csv --by batch/cell --margin 5%", "repeated readings of cells within batches, a tighter margin"),
        ("check cells.csv --limits 25..35 --report check.html", "against limits, with a page to keep"),
        ("check", "the laboratory's own runs"),
        ("check interlab rounds.csv --measure value_ohm --by lab", "between laboratories: ISO 5725-2, ASTM E691"),
        ("check gauge study.csv --measure force_kN --part puck --by operator", "gauge repeatability and reproducibility"),
        ("check force calibration.csv --capacity 5t", "class of a press by ISO 7500-1"),
        ("check chart runs.csv --measure resistance_ohm", "did the process drift: control charts"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        (CellTable table, string source) = TableOf(parse, surroundings);
        CellSetQuestion question = QuestionOf(parse, table.Unit);
        CellSetAnswer answer = CheckArguments.Refusing(source, () => CellSetCheck.Of(table.ToSet(parse.GetValue(_pressureUncertainty)?.Value ?? 0), question));
        answer = answer with { Notes = [.. table.Notes, .. answer.Notes] };
        ImmutableArray<string> written = CheckArguments.Draw(
            parse.GetValue(_plot), surroundings, ("", CellSetFigures.Strip(answer)), ("pressure", CellSetFigures.AgainstPressure(answer)), ("components", CellSetFigures.Components(answer)));
        if (parse.GetValue(_report) is { } report)
        {
            string path = surroundings.PathOf(report);
            WholeFile.Write(path, CellSetReport.Html(answer, source, ProgramVersion.Text));
            written = written.Add(path);
        }

        output.Answer(CheckFacts.Of(answer, source, written), page =>
        {
            CheckPage.Write(page, answer);
            if (!written.IsEmpty) PlanPage.Wrote(page, surroundings, [.. written]);
        });
        return Task.FromResult(answer.LimitsKept == false ? ExitCode.LimitFailed : ExitCode.Done);
    }

    private (CellTable Table, string Source) TableOf(ParseResult parse, Surroundings surroundings)
    {
        if (parse.GetValue(_table) is { } file)
        {
            return (
                CellTableFile.Read(
                    surroundings.PathOf(file),
                    new CellTableRequest
                    {
                        Measure = parse.GetValue(_measure),
                        By = CheckArguments.Columns(parse.GetValue(_by)),
                        Pressure = parse.GetValue(_pressure),
                        Die = parse.GetValue(_die),
                        DecimalComma = CheckArguments.IsComma(parse.GetValue(_decimal)),
                    }),
                Path.GetFileName(file));
        }

        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        CellTable table = RunCells.Read(database, parse.GetValue(_runs));
        return table.Values.Count > 0
            ? (table, "the laboratory's runs")
            : throw new Failure(
                $"no completed run in {database.DatabasePath} has a spectrum{(parse.GetValue(_runs) is { } name ? $" and a name that begins with '{name}'" : "")}", "cells that were pressed and measured, or a table of cells",
                "name a table, for example isobar check cells.csv, or press cells first: isobar run examples/nmc811-lpscl-li/cell.yaml");
    }

    private CellSetQuestion QuestionOf(ParseResult parse, string unit)
    {
        var usual = new CellSetQuestion();
        string? margin = parse.GetValue(_margin);
        bool share = margin?.TrimEnd().EndsWith('%') ?? true;
        double relative = usual.RelativeMargin;
        if (share && margin is not null) relative = CheckArguments.Number(margin.TrimEnd().TrimEnd('%'), "%", "--margin") / 100;
        double? absolute = share ? null : CheckArguments.Number(margin!, unit, "--margin");
        if (relative is not (> 0 and < 1) || absolute <= 0) throw new Failure($"'{margin}' is not a margin", "a share between 0 and 100 %, or a number above zero", "correct --margin", "option --margin");
        return usual with
        {
            RelativeMargin = relative,
            AbsoluteMargin = absolute,
            Effect = ShareOf(parse.GetValue(_effect), usual.Effect, "--effect"),
            Power = ShareOf(parse.GetValue(_power), usual.Power, "--power"),
            Limits = parse.GetValue(_limits) is { } limits ? CheckArguments.Range(limits, unit, "--limits") : null,
        };
    }

    private static double ShareOf(Fraction? share, double usual, string option) => share?.Value is not { } value
        ? usual
        : value is > 0 and < 1 ? value : throw new Failure($"{share} is not possible", "a share between 0 and 100 %", $"correct {option}", $"option {option}");
}
