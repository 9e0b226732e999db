using System.CommandLine;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;

namespace Isobar.Cli.Commands;

/// <summary>Writes the stored report of a run again.</summary>
internal sealed class ReportCommand : IsobarCommand
{
    private readonly Argument<string> _run = new("run") { Description = "Id of the run, or its first characters; isobar runs lists them" };
    private readonly Option<string?> _out = CellArguments.Folder();
    private readonly Option<string?> _lab = LabPlace.Option();

    public ReportCommand()
        : base("report", "Write the report of a stored run, after checking that its record is intact.")
    {
        Arguments.Add(_run);
        foreach (Option option in (Option[])[_out, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("report 01K", "the run whose id begins with 01K"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        StoredRun run = database.Open(parse.GetRequiredValue(_run));
        RunVerification verification = database.Verify(run.Summary.Id);
        if (!verification.Intact) throw new Failure(verification.Text, "a record as it was written", "restore the database from a copy; the report would not show what was done", run.Summary.Id, ExitCode.LimitFailed);
        byte[] report = database.ReadArtefact(run.Summary.Id, CellRun.ReportArtefact)
            ?? throw new Failure(
                $"run {run.Summary.Id} ({run.Summary.Outcome.ToString().ToLowerInvariant()}) has no report",
                "a run of 'isobar run' that came to its end",
                "its trace and events are kept; isobar runs --json lists it",
                run.Summary.Id);
        string path = Path.Combine(CellArguments.FolderFor(parse.GetValue(_out), surroundings), "report.html");
        WholeFile.Write(path, System.Text.Encoding.UTF8.GetString(report));
        output.Answer(new ReportAnswer(run.Summary.Id, path), page => PlanPage.Wrote(page, surroundings, path));
        return Task.FromResult(ExitCode.Done);
    }

    private sealed record ReportAnswer(string Run, string Report);
}
