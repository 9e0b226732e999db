using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Hand;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Presses.Serial;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Runs a protocol on a press.</summary>
internal sealed class PressCommand : IsobarCommand
{
    private readonly Argument<string> _protocol = CellArguments.Protocol();
    private readonly Option<string?> _cell = CellArguments.CellOption();
    private readonly Option<ulong> _seed = CellArguments.Seed();
    private readonly Option<string?> _out = CellArguments.Folder();
    private readonly Option<string?> _lab = LabPlace.Option();

    private readonly Option<string> _press = PressPlace.Option();

    private readonly Option<string?> _die = new("--die") { Description = "Die of the laboratory's register instead of the one of the cell file; isobar dies lists them", HelpName = "name" };

    private readonly Option<string?> _readings = new("--readings")
    {
        Description = "Readings of a hand press that were written down: a table with time_s and force_kN or oil_bar",
        HelpName = "readings.csv",
    };

    private readonly Option<bool> _verified = new("--verified")
    {
        Description = "Refuse what the force sensor cannot prove, and a press without a valid calibration",
    };

    private readonly Option<bool> _tare = new("--tare") { Description = "Tare the press before the run: what it indicates without load counts as zero; refused under load" };

    private readonly Option<Frequency?> _rate = QuantityOption<Frequency>("--rate", "Rate of the control loop, 5 to 100 Hz (default: 20 Hz)", "20Hz");

    private readonly Option<double?> _speed = new("--speed")
    {
        Description = "How many times faster than life the simulated press runs (default: as fast as the machine can)",
        HelpName = "50x",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value.TrimEnd('x', 'X');
            if (double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double speed) && speed > 0) return speed;
            result.AddError($"'{result.Tokens[0].Value}' is not a speed; write a number above zero, for example 50x");
            return null;
        },
    };

    public PressCommand()
        : base("press", "Run a protocol on a press: live progress, verdict per step, report, stored in the laboratory database.")
    {
        Arguments.Add(_protocol);
        foreach (Option option in (Option[])[_cell, _press, _die, _readings, _speed, _rate, _tare, _verified, _seed, _out, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("press protocol.yaml --cell cell.yaml", "press the layers of a cell on the simulated press"),
        ("press protocol.yaml --speed 50x", "watch it, fifty times faster than life"),
        ("press protocol.yaml --press lab-24t.yaml", "on the press that this file describes, or by hand with its gauge"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        Protocol protocol = ProtocolFile.Read(surroundings.PathOf(parse.GetRequiredValue(_protocol)));
        string? cellPath = parse.GetValue(_cell), lab = parse.GetValue(_lab);
        (Cell? cell, string? cellText) = cellPath is null ? (null, null) : CellArguments.Read(cellPath, surroundings);
        string pressName = parse.GetRequiredValue(_press);
        bool simulated = pressName.Equals(PressPlace.Simulated, StringComparison.OrdinalIgnoreCase);
        SimulatedPreset? preset = simulated ? null : PressPlace.Preset(pressName);
        PressDescription? described = simulated || preset is not null ? null : PressPlace.Described(pressName, lab, "option --press", surroundings);
        if (described is PressProfile { MonitorOnly: { } reason } watched)
            throw new Failure($"{watched.Instrument.Name} is only watched: {reason}", "a press that releases by itself when this computer fails", $"log it instead: isobar monitor {pressName}", "option --press", ExitCode.LimitFailed);
        using LabDatabase database = LabPlace.Open(lab, surroundings);
        bool verified = parse.GetValue(_verified);
        if (parse.GetValue(_tare)) await TareAsync(preset, described, database, surroundings, cancellation);
        PressStation station = PressStation.Of(cell ?? StandIn.Cell(protocol), preset, described, parse.GetValue(_die), verified, lab, database, surroundings);
        Cell bench = station.Bench;
        ImmutableArray<string> notes = [.. station.Notes, .. station.Uncalibrated(protocol, verified)];
        if (cell is null && described is null) RefuseSweepWithoutCell(protocol);
        ImmutableArray<ProtocolFinding> findings = ProtocolCheck.Validate(protocol, bench.Die, bench.Press, verified ? Verification.Required : Verification.Wanted);
        Refuse(findings);

        string folder = CellArguments.FolderFor(parse.GetValue(_out), surroundings);
        DateTimeOffset? started = described is null ? null : surroundings.Time.GetUtcNow();
        ProtocolRunResult result;
        using (var progress = new LiveProgress(surroundings, ProtocolDryRun.Run(protocol, bench.Die).Duration.Seconds))
        {
            RunClock clock = Clock(parse, described, surroundings);
            var request = new ProtocolRunRequest(protocol, bench, cellText, parse.GetValue(_seed), clock)
            {
                Plant = preset?.Plant,
                Terms = station.Terms,
                Real = described is null ? null : Real(described, bench, parse.GetValue(_readings), clock.PeriodSeconds, surroundings),
                Begun = described is null && parse.GetValue(_speed) is null ? null : id => surroundings.Error.WriteLine($"run {id} on {bench.Press.Name}; from elsewhere: isobar watch, isobar stop"),
            };
            result = await ProtocolRun.RunAsync(request, database, progress.Run, cancellation);
        }

        string assumption = StandIn.Assumption(protocol, preset is null && described is null ? null : bench.Press, described is null);
        ImmutableArray<string> remarks = [.. cell is null ? (string[])[assumption] : [], .. notes];
        string report = ProtocolRun.Report(result, cell is null ? null : bench, described is null ? parse.GetValue(_seed) : null, ProgramVersion.Text, remarks, started);
        database.SaveArtefact(result.Id, CellRun.ReportArtefact, Encoding.UTF8.GetBytes(report));
        string reportPath = Path.Combine(folder, "report.html");
        WholeFile.Write(reportPath, report);
        output.Answer(new PressAnswer(RunFacts.Of(result.Id, result.Run, result.Digest, result.Steps, result.Overall), reportPath, result.PressName, [.. result.Metrics], result.Timing, [.. remarks]), page =>
        {
            RunPage.Write(page, result.Run, result.Steps, result.Overall);
            foreach (RunEvent fault in result.Run.Events.Where(happened => happened.Kind is RunEventKind.Fault or RunEventKind.LimitTripped or RunEventKind.Suspended or RunEventKind.GuardTripped))
                PlanPage.Note(page, $"at {Quantity.Format(new Duration(fault.TimeSeconds), 3)}", fault.Text);
            if (cell is null) PlanPage.Note(page, "assumed", assumption);
            foreach (string text in notes.Concat(findings.Select(finding => finding.Text)).Distinct(StringComparer.Ordinal)) PlanPage.Note(page, "note", text);
            if (result.Timing is { } timing) PlanPage.Note(page, "loop", TimingPage.Words(timing));
            page.WriteLine();
            Prose.Write(page, $"run {result.Id}, stored in {database.DatabasePath}", 2);
            PlanPage.Wrote(page, surroundings, reportPath);
        });
        return CodeOf(result.Run, result.Overall);
    }

    private static async Task TareAsync(SimulatedPreset? preset, PressDescription? described, LabDatabase database, Surroundings surroundings, CancellationToken cancellation)
    {
        if (PressStation.Identity(preset, described) is null) throw new Failure("the press that is as large as the cell file says has no zero", "a press that is named", "name it with --press, or leave --tare out", "option --tare");
        TareResult result = await TareCommand.TakeAsync(preset, described, "before a run", database, surroundings, cancellation);
        if (result.Refusal is { } refusal) throw TareCommand.Refused(refusal, "option --tare");
    }

    private RunClock Clock(ParseResult parse, PressDescription? real, Surroundings surroundings)
    {
        double? speed = parse.GetValue(_speed);
        if (real is not null && speed is not null) throw new Failure($"{real.Instrument.Name} is a real press", "life's own time", "leave --speed out", "option --speed");
        double hertz = parse.GetValue(_rate)?.Hertz ?? 1 / RunEngine.TickSeconds;
        if (hertz is < RunClock.LeastHertz or > RunClock.MostHertz) throw new Failure($"a loop of {new Frequency(hertz)}", "5 Hz to 100 Hz", "correct --rate", "option --rate");
        return new RunClock(surroundings.Time, real is not null ? 1 : speed ?? double.PositiveInfinity) { PeriodSeconds = 1 / hertz, RealTimeRights = real is not null };
    }

    internal static RealPress Real(PressDescription described, Cell bench, string? written, double periodSeconds, Surroundings surroundings)
    {
        var person = new ConsolePerson(bench.Press, bench.Die.Area, surroundings);
        if (written is not null && described is not HandPressDescription { Indicator: null })
            throw new Failure($"{described.Instrument.Name} gives its own readings", "a hand press with a gauge", "leave --readings out", "option --readings");
        string who = Environment.UserName;
        switch (described)
        {
            case PressProfile profile:
                return new RealPress(described, new ModbusPress(profile, surroundings.Time, periodSeconds), null, person, person, who);
            case HandPressDescription { Indicator: { } indicator } sensed:
                return new RealPress(described, new SensedHandPress(sensed, () => AsciiIndicator.Open(indicator, surroundings.Time), person), null, person, person, who);
            default:
                if (written is null) return new RealPress(described, null, person, person, person, who);
                var script = new ScriptedPerson(WrittenReadingFile.Read(surroundings.PathOf(written), bench.Press));
                return new RealPress(described, null, script, script, person, who) { Time = script };
        }
    }

    // The stand-in is powder in a die; an impedance would be invented.
    private static void RefuseSweepWithoutCell(Protocol protocol)
    {
        for (int i = 0; i < protocol.Steps.Length; i++)
        {
            if (protocol.Steps[i] is not MeasureStep measure || !measure.Quantities.HasFlag(MeasuredQuantities.Impedance)) continue;
            throw new Failure(
                $"step {i + 1}, '{measure.Name}', measures the impedance of a cell that is not described",
                "the cell file, from which the simulated press knows the layers",
                "add --cell cell.yaml, or take the impedance out of the step",
                "option --cell");
        }
    }

    /// <summary>A protocol with an error must not move a press.</summary>
    internal static void Refuse(ImmutableArray<ProtocolFinding> findings)
    {
        if (!ProtocolCheck.Forbids(findings)) return;
        ProtocolFinding first = findings.First(finding => finding.Severity == FindingSeverity.Error);
        throw new Failure(
            first.Text,
            "a protocol within the limits of die, press and cell",
            "change the protocol or the cell file and try again",
            first.StepIndex >= 0 ? $"step {first.StepIndex + 1}" : null,
            ExitCode.LimitFailed,
            [.. findings.Where(finding => finding != first).Select(finding => KeyValuePair.Create(finding.StepIndex >= 0 ? $"step {finding.StepIndex + 1}" : "also", finding.Text))]);
    }

    /// <summary>The exit code of a run: done, or a verdict failed.</summary>
    internal static ExitCode CodeOf(RunRecord run, StepJudgement overall) =>
        run.Outcome == RunOutcome.Completed && overall is StepJudgement.Passed or StepJudgement.NotVerifiable ? ExitCode.Done : ExitCode.LimitFailed;

    private sealed record PressAnswer(RunFacts Run, string Report, string Press, StepMetricFacts[] Metrics, RunTiming? Timing, string[] Notes);
}
