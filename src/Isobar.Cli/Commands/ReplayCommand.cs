using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Cli.Commands;

/// <summary>Puts the inputs of a stored run through the executor again.</summary>
internal sealed class ReplayCommand : IsobarCommand
{
    private readonly Argument<string> _run = new("run") { Description = "Id of the run, its first characters, or 'latest'; isobar runs lists them" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public ReplayCommand()
        : base("replay", "Run a stored run through the executor again: states, events, outcome and metrics must come out the same to the last bit.")
    {
        Arguments.Add(_run);
        Options.Add(_lab);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("replay 01K", "the run whose id begins with 01K"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        string id = LabPlace.FindRun(database, parse.GetRequiredValue(_run));
        RunSummary run = database.Runs().Single(each => each.Id.Equals(id, StringComparison.Ordinal));
        ReplayResult replay = RunAudit.Replay(database, run);
        if (replay.Inputs == 0) throw new Failure($"run {id} cannot be replayed: {replay.Difference}", "a run with the inputs of its executor", $"verify it instead: isobar verify {id}", exitCode: ExitCode.LimitFailed);
        AuditFinding? metrics = run.Outcome is RunOutcome.Running ? null : RunAudit.Verify(database, id).Findings.FirstOrDefault(finding => finding.Check is "metrics");
        string? difference = replay.Difference ?? (metrics?.Passed is false ? metrics.Text : null);
        output.Answer(new ReplayAnswer(id, difference is null, replay.Inputs, replay.Samples, replay.Events, replay.Outcome, metrics?.Passed, difference), page =>
        {
            Prose.Write(page, difference is null ? $"run {id}: the same to the last bit" : $"run {id}: DIFFERS, {difference}");
            Prose.Write(page, string.Create(CultureInfo.InvariantCulture, $"  {replay.Inputs} inputs gave {replay.Samples} samples, {replay.Events} events and the outcome {RunPage.Words(replay.Outcome)}"));
            if (metrics is not null) PlanPage.Note(page, "  metrics", metrics.Text);
        });
        return Task.FromResult(difference is null ? ExitCode.Done : ExitCode.LimitFailed);
    }

    private sealed record ReplayAnswer(string Run, bool Same, long Inputs, long Samples, long Events, RunOutcome Outcome, bool? MetricsSame, string? Difference);
}
