using System.CommandLine;
using System.Globalization;
using Isobar.Cells;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Hand;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Presses.Serial;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Logs the load cell of a press or fixture for days.</summary>
internal sealed class MonitorCommand : IsobarCommand
{
    private readonly Argument<string> _press = new("press") { Description = "Press or fixture: a name that isobar presses lists, or a press file" };
    private readonly Option<Length?> _diameter = QuantityOption<Length>("--diameter", "Diameter of the cell, by which a force is a pressure", "10mm");
    private readonly Option<Duration?> _for = QuantityOption<Duration>("--for", "How long (default: one day)", "3d");
    private readonly Option<Duration?> _every = QuantityOption<Duration>("--every", "Time between two readings (default: 10 s)", "10s");
    private readonly Option<SamplePressure?> _lowest = QuantityOption<SamplePressure>("--lowest", "Note when the pressure falls below this", "60MPa");
    private readonly Option<SamplePressure?> _highest = QuantityOption<SamplePressure>("--highest", "Note when the pressure rises above this", "80MPa");
    private readonly Option<SamplePressure?> _at = QuantityOption<SamplePressure>("--at", "Pressure at which a simulated fixture was closed (default: 74 MPa)", "74MPa");
    private readonly Option<string?> _name = new("--name") { Description = "Name of the log, usually the cell's (default: the press)", HelpName = "text" };
    private readonly Option<ulong> _seed = CellArguments.Seed();
    private readonly Option<string?> _lab = LabPlace.Option();

    public MonitorCommand()
        : base("monitor", "Log the load cell of a press or fixture, for days if need be. No command is sent; every reading is kept.")
    {
        _diameter.Required = true;
        Arguments.Add(_press);
        foreach (Option option in (Option[])[_diameter, _for, _every, _lowest, _highest, _at, _name, _seed, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("monitor cell-07.yaml --diameter 10mm --for 3d --every 10s", "the load cell of this file, for three days; Ctrl-C ends it"),
        ("monitor spring-fixture --diameter 10mm --for 3d", "a simulated fixture over a cell that breathes, in a moment"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string word = parse.GetRequiredValue(_press);
        Length diameter = parse.GetValue(_diameter)!.Value;
        Duration every = parse.GetValue(_every) ?? new Duration(10), span = parse.GetValue(_for) ?? new Duration(86_400);
        if (diameter.Metres <= 0) throw new Failure($"a cell of {diameter}", "a diameter above zero", "correct --diameter", "option --diameter");
        if (every.Seconds < 0.01 || span < every) throw new Failure($"{span} every {every}", "a reading every 10 ms at most, and a time of at least one of them", "correct --for and --every", "option --every");
        await using ILoadCell cell = Cell(word, diameter, parse, surroundings);
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        var request = new MonitorRequest(parse.GetValue(_name) ?? word, diameter, span, every) { Lowest = parse.GetValue(_lowest), Highest = parse.GetValue(_highest) };
        MonitorResult result;
        using (var progress = new LiveProgress(surroundings, span.Seconds))
        {
            Action<string>? begun = cell.IsSimulated ? null : id => surroundings.Error.WriteLine($"run {id} logs {cell.Name}; Ctrl-C ends it");
            result = await ForceMonitor.RunAsync(request, cell, database, surroundings.Time, begun, cell.IsSimulated ? null : progress.Reading, cancellation);
        }

        output.Answer(
            new MonitorAnswer(
                result.Id, cell.Name, result.Outcome, result.Readings, result.Missed, result.Mean.Megapascals, result.LowestSeen.Megapascals, result.HighestSeen.Megapascals, result.First.Megapascals, result.Last.Megapascals),
            page =>
            {
                Prose.Write(page, string.Create(CultureInfo.InvariantCulture, $"{cell.Name}: {result.Readings} readings, {result.Missed} missed, {RunPage.Words(result.Outcome)}"));
                if (result.Readings > 0) Prose.Write(page, $"  mean {result.Mean}, from {result.LowestSeen} to {result.HighestSeen}; first {result.First}, last {result.Last}");
                Prose.Write(page, $"run {result.Id}, stored in {database.DatabasePath}", 2);
            });
        return result.Readings == 0 ? ExitCode.OutsideFailed : ExitCode.Done;
    }

    private ILoadCell Cell(string word, Length diameter, ParseResult parse, Surroundings surroundings)
    {
        SamplePressure at = parse.GetValue(_at) ?? SamplePressure.FromMegapascals(74);
        if (PressPlace.Fixture(word) is { } fixture) return new BreathingFixture(fixture, at.Pascals * Die.AreaOf(diameter).SquareMetres, parse.GetValue(_seed));
        if (PressPlace.Preset(word) is not null)
            throw new Failure($"'{word}' is a simulated press, and nothing is in it", "a fixture such as " + string.Join(", ", PressRegister.Fixtures.Select(each => each.Id)) + ", or a press file", "isobar presses lists them", "argument press");
        PressDescription described = PressPlace.Described(word, parse.GetValue(_lab), "argument press", surroundings);
        return described switch
        {
            PressProfile profile => new WatchedPress(new ModbusPress(profile)),
            HandPressDescription { Indicator: { } indicator } sensed => new WatchedPress(new SensedHandPress(sensed, () => AsciiIndicator.Open(indicator, surroundings.Time), new ConsolePerson(described.Instrument, Die.AreaOf(diameter), surroundings))),
            _ => throw new Failure($"{described.Instrument.Name} has no load cell that can be read", "a press file with 'registers' or 'indicator'", "describe its load cell, or run a protocol by hand: isobar press --press", "argument press"),
        };
    }

    private sealed record MonitorAnswer(
        string Run,
        string Press,
        RunOutcome Outcome,
        long Readings,
        long Missed,
        double MeanMegapascals,
        double LowestMegapascals,
        double HighestMegapascals,
        double FirstMegapascals,
        double LastMegapascals);
}
