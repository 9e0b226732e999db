using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Lets a run go on: one that is at rest in another process, or one whose process, power or link was lost.</summary>
internal sealed class ResumeCommand : IsobarCommand
{
    private readonly Argument<string?> _run = new("run") { Description = "Beginning of the run's id, or the name of its press (default: the only run in progress)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _reason = new("--reason") { Description = "Why it may go on; it stays in the record with your name", HelpName = "text", Required = true };
    private readonly Option<string?> _press = new("--press") { Description = "Press of an interrupted run, where its name is not enough", HelpName = "name or file" };
    private readonly Option<string?> _die = new("--die") { Description = "Die of an interrupted run, where it was named when the run began", HelpName = "name" };
    private readonly Option<ulong> _seed = CellArguments.Seed();
    private readonly Option<string?> _out = CellArguments.Folder();
    private readonly Option<string?> _lab = LabPlace.Option();

    public ResumeCommand()
        : base("resume", "Let a run go on that is held, suspended or interrupted, from the pressure the press has now. Nothing else resumes it.")
    {
        Arguments.Add(_run);
        foreach (Option option in (Option[])[_reason, _press, _die, _seed, _out, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("resume --reason 'die looked at, all well'", "the only run in progress"),
        ("resume 01K --reason 'power is back, press looked at'", "the interrupted run whose id begins with 01K, in this terminal"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string? lab = parse.GetValue(_lab), word = parse.GetValue(_run);
        string reason = parse.GetRequiredValue(_reason);
        if (string.IsNullOrWhiteSpace(reason)) throw new Failure("the reason is empty", "who resumes and why it is safe", "write it behind --reason", "option --reason");
        using LabDatabase database = LabPlace.Open(lab, surroundings);
        RunSummary? lost = word is null ? null : Lost(database, word);
        return lost is null
            ? await VerbCommand.AskAsync(database, RunPlace.Running(database, word), PressVerb.Unhold, Name, reason, output, surroundings, cancellation)
            : await TakeUpAsync(database, lost, reason, parse, output, surroundings, cancellation);
    }

    // A word may name a press as well, on which another run is in progress now.
    private static RunSummary? Lost(LabDatabase database, string word)
    {
        if (word is LabPlace.Latest) return database.Runs() is [.., { Outcome: RunOutcome.Interrupted } latest] ? latest : null;
        RunSummary[] found = [.. database.Runs().Where(run => run.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
        return found is [{ Outcome: RunOutcome.Interrupted } one] ? one : null;
    }

    private async Task<ExitCode> TakeUpAsync(LabDatabase database, RunSummary lost, string reason, ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string? lab = parse.GetValue(_lab);
        StoredRun stored = database.Open(lost.Id);
        Protocol protocol = stored.Record.Protocol;
        string name = parse.GetValue(_press) ?? lost.Press;
        (SimulatedPreset? preset, PressDescription? described) = Press(name, lab, surroundings);
        if (described is HandPressDescription { Indicator: null })
            throw new Failure($"run {lost.Id} was typed at {lost.Press}", "a press that can be read", "a run by hand is not taken up: press anew, and write down what was done before", exitCode: ExitCode.LimitFailed);
        if (described is PressProfile { MonitorOnly: { } only }) throw new Failure($"{described.Instrument.Name} is only watched: {only}", "a press that may be commanded", "isobar presses says why", "option --press", ExitCode.LimitFailed);
        Cell cell = stored.CellText is { } text ? CellFile.Parse(text, $"the cell of run {lost.Id}", BuiltInMaterials.Library) : StandIn.Cell(protocol);
        PressStation station = PressStation.Of(cell, preset, described, parse.GetValue(_die), false, lab, database, surroundings);
        // The force is read as it was when the run began, whatever was tared or calibrated since.
        RunTerms terms = database.TermsOf(lost.Id);
        string who = Environment.UserName;
        string folder = CellArguments.FolderFor(parse.GetValue(_out), surroundings);
        var clock = described is null ? new RunClock(surroundings.Time, double.PositiveInfinity) : new RunClock(surroundings.Time, 1) { RealTimeRights = true };
        ProtocolRunResult result;
        using (var progress = new LiveProgress(surroundings))
        {
            var request = new ProtocolRunRequest(protocol, station.Bench, stored.CellText, parse.GetValue(_seed), clock)
            {
                Goal = lost.Goal,
                PlanJson = stored.PlanJson,
                Plant = preset?.Plant,
                Terms = terms,
                TakeUp = new RunTakeUp(lost.Id, who, reason),
                Real = described is null ? null : PressCommand.Real(described, station.Bench, null, clock.PeriodSeconds, surroundings),
                Begun = id => surroundings.Error.WriteLine($"run {id} is taken up on {station.Bench.Press.Name}; from elsewhere: isobar watch, isobar stop"),
            };
            result = await ProtocolRun.RunAsync(request, database, progress.Run, cancellation);
        }

        string assumed = described is null ? "the press of this run lived in the process that was lost, with its force and its powder: it went on with an empty press and fresh powder" : "";
        ImmutableArray<string> remarks = [.. assumed.Length > 0 ? (string[])[assumed] : [], .. station.Notes];
        string report = ProtocolRun.Report(result, stored.CellText is null ? null : station.Bench, described is null ? parse.GetValue(_seed) : null, ProgramVersion.Text, remarks, described is null ? null : lost.Started);
        database.SaveArtefact(result.Id, CellRun.ReportArtefact, Encoding.UTF8.GetBytes(report));
        string path = Path.Combine(folder, "report.html");
        WholeFile.Write(path, report);
        output.Answer(new ResumeAnswer(RunFacts.Of(result.Id, result.Run, result.Digest, result.Steps, result.Overall), path, result.PressName, [.. result.Metrics], result.Timing, [.. remarks]), page =>
        {
            RunPage.Write(page, result.Run, result.Steps, result.Overall);
            foreach (string remark in remarks) PlanPage.Note(page, "note", remark);
            page.WriteLine();
            Prose.Write(page, $"run {result.Id}, stored in {database.DatabasePath}", 2);
            PlanPage.Wrote(page, surroundings, path);
        });
        return PressCommand.CodeOf(result.Run, result.Overall);
    }

    private static (SimulatedPreset? Preset, PressDescription? Described) Press(string name, string? lab, Surroundings surroundings)
    {
        if (name.Equals(PressPlace.Simulated, StringComparison.OrdinalIgnoreCase)) return (null, null);
        return PressPlace.Preset(name) is { } preset ? (preset, null) : (null, PressPlace.Described(name, lab, "option --press", surroundings));
    }

    private sealed record ResumeAnswer(RunFacts Run, string Report, string Press, StepMetricFacts[] Metrics, RunTiming? Timing, string[] Notes);
}
