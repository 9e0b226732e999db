using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Predicts discharges and impedance of a cell after planned, given or achieved pressures, with bands.</summary>
internal sealed class PredictCommand : IsobarCommand
{
    private const string DefaultRange = "1mHz..7MHz";

    private readonly Argument<string> _cell = CellArguments.Cell();
    private readonly Option<string?> _after = new("--after") { Description = "After the pressures that a run achieved: its id or first characters", HelpName = "run" };
    private readonly Option<string?> _pressures = new("--pressures") { Description = "After four pressures in order: separator press, cathode press, attach, stack (default: as planned for the lowest resistance)", HelpName = "400,375,25,8MPa" };
    private readonly Option<string?> _rates = ModelArguments.Rates("--rates", "C-rates to discharge with (default 0.1,0.5,1,3); 1C empties the nominal capacity of the cell file in an hour");
    private readonly Option<string?> _impedance = new("--impedance") { Description = $"Impedance at half charge (default {DefaultRange})", HelpName = "range", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int> _points = ModelArguments.PointsPerDecade();
    private readonly Option<string?> _chemistry = new("--chemistry") { Description = "Parameter file or built-in set for what pressing does not decide: U(x), D, voltages (default: by the active material)", HelpName = "set" };
    private readonly Option<Voltage?> _cutOff = QuantityOption<Voltage>("--cut-off", "Voltage of the cell at which a discharge ends (default: that of the chemistry)", "2.5V");
    private readonly Option<bool> _breathing = new("--breathing") { Description = "Let the stack pressure follow the breathing of the cell in its fixture; the pressure given is that of the discharged cell" };
    private readonly Option<int> _draws = new("--draws") { Description = "Possible cells behind the bands", HelpName = "number", DefaultValueFactory = _ => 200 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the possible cells; the same seed gives the same bytes", HelpName = "number", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _csv = ModelArguments.Csv();
    private readonly Option<string?> _plot = ModelArguments.Plot();
    private readonly Option<string?> _lab = LabPlace.Option();

    public PredictCommand()
        : base("predict", "Predict discharges and impedance of a cell after its pressures, with 90 % bands.")
    {
        Arguments.Add(_cell);
        foreach (Option option in (Option[])[_after, _pressures, _rates, _impedance, _points, _chemistry, _cutOff, _breathing, _draws, _seed, _csv, _plot, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("predict examples/nmc811-lpscl-li/cell.yaml", "at the pressures planned for the lowest resistance"),
        ("predict examples/nmc811-lpscl-li/cell.yaml --pressures 400,375,25,5MPa --rates 0.1,1 --impedance", "at given pressures, with the impedance"),
        ("predict examples/nmc811-lpscl-li/cell.yaml --after 01K --plot after.svg", "after what a run achieved, with figures"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        ImmutableArray<double> rates = ModelArguments.ParseRates(parse.GetValue(_rates) ?? "0.1,0.5,1,3", "--rates");
        ImmutableArray<double> hertz = parse.GetResult(_impedance) is null ? [] : ModelArguments.ParseFrequencies(parse.GetValue(_impedance) ?? DefaultRange, parse.GetValue(_points));
        string? figure = parse.GetValue(_plot) is { } plot ? FigureFile.PathOf(plot, surroundings) : null;
        string? table = parse.GetValue(_csv) is { } csv ? surroundings.PathOf(csv) : null;
        int draws = parse.GetValue(_draws);
        if (draws is < 20 or > 100_000) throw new Failure($"{draws} possible cells", "20 to 100000; a 90 % band needs twenty or more", "correct --draws", "option --draws");
        (Cell cell, _) = CellArguments.Read(parse.GetRequiredValue(_cell), surroundings);
        ParameterSet chemistry = Chemistry(parse.GetValue(_chemistry), cell, surroundings);
        (CellHistory history, string after, PressureFacts? pressures) = History(parse, cell, surroundings, cancellation);
        var question = new ForecastQuestion(rates, hertz) { Draws = draws, Seed = parse.GetValue(_seed), LowerVolts = parse.GetValue(_cutOff)?.Volts, Breathing = parse.GetValue(_breathing) };
        CellForecast forecast;
        using (var progress = new LiveProgress(surroundings))
        {
            progress.Words.Report($"discharging {draws} possible cells");
            forecast = CellForecaster.Forecast(cell, history, chemistry, question, cancellation);
        }

        ImmutableArray<DischargeFacts> runs = [.. forecast.Rates.Select(PredictPage.FactsOf)];
        ImpedanceFacts? impedance = forecast.Impedance is { } spectrum ? PredictPage.FactsOf(spectrum) : null;
        var written = ImmutableArray.CreateBuilder<string>();
        if (table is not null) written.AddRange(HalfCellTable.Write(table, runs, impedance));
        if (figure is not null) written.AddRange(PredictPage.Draw(figure, forecast));
        output.Answer(new Answer(cell.Name, after, pressures, forecast.Chemistry.Name, PredictPage.ContactOf(forecast), runs, impedance, forecast.Warnings, written.Count == 0 ? null : [.. written]), page =>
        {
            PredictPage.Write(page, forecast, after, runs, impedance);
            if (written.Count > 0) PlanPage.Wrote(page, surroundings, [.. written]);
        });
        return Task.FromResult(HalfCellPage.CodeOf(runs));
    }

    private static ParameterSet Chemistry(string? name, Cell cell, Surroundings surroundings)
    {
        if (name is not null) return ModelArguments.Set(name, surroundings);
        Materials.Material main = BuiltInParameterSets.MainActiveMaterial(cell) ?? throw new UnsupportedCellException($"the cathode '{cell.Cathode.Name}' has no active material");
        return BuiltInParameterSets.ForMaterial(main.Id) ?? throw new Failure(
            $"no open-circuit curve is known for '{main.Id}'",
            "a cathode of " + string.Join(", ", BuiltInParameterSets.Ids.SelectMany(id => BuiltInParameterSets.Find(id)!.Materials)),
            $"name a set with --chemistry: one of {string.Join(", ", BuiltInParameterSets.Ids)}, or your own file with 'ocp', D_s, Vmin and Vmax");
    }

    private (CellHistory History, string After, PressureFacts? Pressures) History(ParseResult parse, Cell cell, Surroundings surroundings, CancellationToken cancellation)
    {
        string? after = parse.GetValue(_after), given = parse.GetValue(_pressures);
        if (after is not null && given is not null) throw new Failure("--after and --pressures", "one of the two", "remove one: a run has its own pressures");
        if (after is not null)
        {
            using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
            StoredRun run = database.Open(LabPlace.FindRun(database, after));
            return (RunHistory.At(cell, run.Record, EndOfStack(run)), $"after run {run.Summary.Id}", null);
        }

        if (given is not null)
        {
            ImmutableArray<SamplePressure> four = PelletArguments.Pressures(given, "--pressures");
            if (four.Length != 4) throw new Failure($"'{given}' has {four.Length} pressures", "four: separator press, cathode press, attach, stack", "write for example --pressures 400,375,25,8MPa", "option --pressures");
            var pressures = new CellPressures(four[0].Pascals, four[1].Pascals, four[2].Pascals, four[3].Pascals);
            return (CellHistory.Of(cell, pressures), "after the given pressures", PressureFacts.Of(pressures));
        }

        using var progress = new LiveProgress(surroundings);
        Plan plan = Planner.Plan(cell, Goal.Rate, progress: progress.Words, cancellation: cancellation);
        ImmutableSortedDictionary<string, SamplePressure> chosen = plan.Chosen.Pressures;
        var planned = new CellPressures(chosen["separator_press"].Pascals, chosen["cathode_press"].Pascals, chosen["attach"].Pascals, chosen["stack"].Pascals);
        return (CellHistory.Of(cell, planned), "as planned for the lowest resistance", PressureFacts.Of(planned));
    }

    // The fixture keeps the stack pressure; what the press does afterwards is not the cell's.
    private static double EndOfStack(StoredRun run)
    {
        int hold = -1;
        for (int i = 0; i < run.Record.Protocol.Steps.Length; i++)
        {
            if (run.Record.Protocol.Steps[i] is HoldStep { Kind: PressureKind.Stack }) hold = i;
        }

        double end = double.NaN;
        foreach (TraceSample sample in run.Record.Samples)
        {
            if (sample.StepIndex == hold) end = sample.TimeSeconds;
        }

        return double.IsNaN(end)
            ? throw new Failure($"run {run.Summary.Id} never held a stack pressure", "a run whose last hold was at stack pressure", "choose another run, or give --pressures", run.Summary.Id)
            : end;
    }

    private sealed record PressureFacts(double SeparatorPress, double CathodePress, double Attach, double Stack)
    {
        public static PressureFacts Of(CellPressures pressures) => new(pressures.SeparatorPressPa / 1e6, pressures.CathodePressPa / 1e6, pressures.AttachPa / 1e6, pressures.StackPa / 1e6);
    }

    private sealed record Answer(
        string Cell, string After, PressureFacts? PressuresMegapascals, string Chemistry, IReadOnlyDictionary<string, double> Parameters,
        ImmutableArray<DischargeFacts> Runs, ImpedanceFacts? Impedance, ImmutableArray<string> Warnings, string[]? Files);
}
