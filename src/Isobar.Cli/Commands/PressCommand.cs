using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Runs a protocol on a press.</summary>
internal sealed class PressCommand : IsobarCommand
{
    private const string Simulated = "simulated";

    private readonly Argument<string> _protocol = CellArguments.Protocol();
    private readonly Option<string?> _cell = CellArguments.CellOption();
    private readonly Option<ulong> _seed = CellArguments.Seed();
    private readonly Option<string?> _out = CellArguments.Folder();
    private readonly Option<string?> _lab = LabPlace.Option();

    private readonly Option<string> _press = new("--press")
    {
        Description = "Press to run on; 'simulated' is the only one so far",
        HelpName = "name",
        DefaultValueFactory = _ => Simulated,
    };

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
        foreach (Option option in (Option[])[_cell, _press, _speed, _seed, _out, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("press protocol.yaml --cell cell.yaml", "press the layers of a cell on the simulated press"),
        ("press protocol.yaml --speed 50x", "watch it, fifty times faster than life"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string press = parse.GetRequiredValue(_press);
        if (!press.Equals(Simulated, StringComparison.OrdinalIgnoreCase))
        {
            throw new Failure($"there is no press '{press}'", $"'{Simulated}'", "leave --press out; with a press that Isobar does not drive, print a sheet: isobar sheet protocol.yaml", "option --press");
        }

        string path = surroundings.PathOf(parse.GetRequiredValue(_protocol));
        Protocol protocol = ProtocolFile.Read(path);
        string? cellPath = parse.GetValue(_cell);
        (Cell? cell, string? cellText) = cellPath is null ? (null, null) : CellArguments.Read(cellPath, surroundings);
        PressBench bench = cell?.Bench ?? StandIn.Bench(protocol);
        if (cell is null) RefuseSweepWithoutCell(protocol);
        ImmutableArray<ProtocolFinding> findings = ProtocolCheck.Validate(protocol, bench.Die, bench.Press);
        Refuse(findings);

        string folder = CellArguments.FolderFor(parse.GetValue(_out), surroundings);
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        ProtocolRunResult result;
        using (var progress = new LiveProgress(surroundings, ProtocolDryRun.Run(protocol, bench.Die).Duration.Seconds))
        {
            var request = new ProtocolRunRequest(protocol, cell ?? StandIn.Cell(protocol), cellText, parse.GetValue(_seed), new RunClock(surroundings.Time, parse.GetValue(_speed) ?? double.PositiveInfinity));
            result = await ProtocolRun.RunAsync(request, database, progress.Run, cancellation);
        }

        string assumption = StandIn.Assumption(protocol);
        string report = ProtocolRun.Report(result, cell, parse.GetValue(_seed), ProgramVersion.Text, cell is null ? [assumption] : []);
        database.SaveArtefact(result.Id, CellRun.ReportArtefact, Encoding.UTF8.GetBytes(report));
        string reportPath = Path.Combine(folder, "report.html");
        WholeFile.Write(reportPath, report);
        output.Answer(new PressAnswer(RunFacts.Of(result.Id, result.Run, result.Digest, result.Steps, result.Overall), reportPath), page =>
        {
            RunPage.Write(page, result.Run, result.Steps, result.Overall);
            if (cell is null) PlanPage.Note(page, "assumed", assumption);
            foreach (string text in findings.Select(finding => finding.Text).Distinct(StringComparer.Ordinal)) PlanPage.Note(page, "note", text);
            page.WriteLine();
            Prose.Write(page, $"run {result.Id}, stored in {database.DatabasePath}", 2);
            PlanPage.Wrote(page, surroundings, reportPath);
        });
        return CodeOf(result.Run, result.Overall);
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

    private sealed record PressAnswer(RunFacts Run, string Report);
}
