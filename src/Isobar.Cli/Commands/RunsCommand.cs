using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Store;

namespace Isobar.Cli.Commands;

/// <summary>Lists the runs of the laboratory.</summary>
internal sealed class RunsCommand : IsobarCommand
{
    private readonly Argument<string?> _run = new("run") { Description = "Id of a run, its first characters, or 'latest', to show that one", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _lab = LabPlace.Option();

    public RunsCommand()
        : base("runs", "List the runs in the laboratory database, newest first, or show one.")
    {
        Arguments.Add(_run);
        Options.Add(_lab);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("runs", "every run with its outcome"),
        ("runs --json", "the same for machines"),
        ("runs 01K", "one run: samples, range, events, how punctual its loop was, what was asked of it"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        if (parse.GetValue(_run) is { } one) return Task.FromResult(ShowOne(database, LabPlace.FindRun(database, one), output, surroundings));
        // The newest is the one that a person comes for.
        ImmutableArray<RunSummary> runs = [.. database.Runs().Reverse()];
        output.Answer(runs, page =>
        {
            if (runs.IsEmpty)
            {
                Prose.Write(page, $"no runs yet in {database.DatabasePath}; begin with: isobar run examples/nmc811-lpscl-li/cell.yaml");
                return;
            }

            var table = new Listing("run", "started (UTC)", "outcome", "goal", "press", "name") { Flexible = 5 };
            foreach (RunSummary run in runs)
            {
                table.Add(
                    run.Id,
                    run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                    RunPage.Words(run.Outcome),
                    run.Goal ?? "",
                    run.Press,
                    run.Name);
            }

            table.Write(page);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private static ExitCode ShowOne(LabDatabase database, string id, Output output, Surroundings surroundings)
    {
        RunOverview run = database.Overview(id);
        using var requests = new RunRequests(database, surroundings.Time);
        ImmutableArray<RunRequest> asked = requests.Of(id);
        double[] pressures = [.. run.Trace.SelectMany(stretch => (double[])[stretch.LowestPa, stretch.HighestPa]).Where(double.IsFinite)];
        var facts = new RunShown(
            run.Summary,
            run.Samples,
            run.Trace.IsEmpty ? 0 : run.Trace[^1].ToSeconds,
            pressures.Length == 0 ? null : pressures.Min() / 1e6,
            pressures.Length == 0 ? null : pressures.Max() / 1e6,
            [.. run.Events],
            run.Timing,
            [.. asked],
            TermsFacts.Of(run.Terms));
        output.Answer(facts, page =>
        {
            Prose.Write(page, $"run {id} of {run.Summary.Name} on {run.Summary.Press}: {RunPage.Words(run.Summary.Outcome)}", 2);
            string range = facts.LowestMegapascals is { } low ? $", {Quantities.Quantity.Number(low)} to {Quantities.Quantity.Number(facts.HighestMegapascals!.Value)} MPa" : "";
            Prose.Write(page, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"  {facts.Samples} samples in {new Quantities.Duration(facts.DurationSeconds)}{range}"));
            foreach (string term in TermsFacts.Words(run.Terms)) PlanPage.Note(page, "  force", term);
            if (run.Timing is { } timing) PlanPage.Note(page, "  loop", TimingPage.Words(timing));
            foreach (RunRequest request in asked) PlanPage.Note(page, "  asked", $"{(request.Verb is { } verb ? Protocols.PressStateTable.Word(verb) : "answer")}, {request.Who}, {request.Reason}: {request.Answer ?? "not answered"}");
            var table = new Listing("time", "event", "in words") { Flexible = 2 };
            foreach (Protocols.RunEvent happened in run.Events)
                table.Add(Quantities.Quantity.Format(new Quantities.Duration(happened.TimeSeconds), 4), happened.Kind.ToString(), happened.Kind == Protocols.RunEventKind.Measured ? "" : happened.Text);
            table.Write(page);
        });
        return ExitCode.Done;
    }

    private sealed record RunShown(
        RunSummary Run,
        long Samples,
        double DurationSeconds,
        double? LowestMegapascals,
        double? HighestMegapascals,
        Protocols.RunEvent[] Events,
        RunTiming? Timing,
        RunRequest[] Requests,
        TermsFacts Terms);
}
