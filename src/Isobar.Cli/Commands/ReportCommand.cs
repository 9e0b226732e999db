using System.CommandLine;
using System.Text;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Cli.Commands;

/// <summary>Writes the stored report of a run again, or what is known of a run that left none.</summary>
internal sealed class ReportCommand : IsobarCommand
{
    private readonly Argument<string> _run = RunChoice.Argument();
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
        (StoredRun run, _) = RunChoice.Open(database, parse.GetRequiredValue(_run), "the report would not show what was done");
        byte[]? kept = database.ReadArtefact(run.Summary.Id, CellRun.ReportArtefact);
        string report = kept is not null ? Encoding.UTF8.GetString(kept) : OfRecord(run);
        string path = Path.Combine(CellArguments.FolderFor(parse.GetValue(_out), surroundings), "report.html");
        WholeFile.Write(path, report);
        output.Answer(new ReportAnswer(run.Summary.Id, run.Summary.Outcome, path), page =>
        {
            Prose.Write(page, $"run {run.Summary.Id} of {run.Summary.Name}: {RunPage.Words(run.Summary.Outcome)}", 2);
            if (kept is null) PlanPage.Note(page, "note", "the run left no report; this one is made from its trace and events and holds no verdicts");
            if (database.Overview(run.Summary.Id).Timing is { } timing) PlanPage.Note(page, "loop", TimingPage.Words(timing));
            PlanPage.Wrote(page, surroundings, path);
        });
        return Task.FromResult(ExitCode.Done);
    }

    // A run whose program died before its report: what was acknowledged of it is shown, and nothing is judged.
    private static string OfRecord(StoredRun run) => ReportAssembly.Html(ReportAssembly.Of(
        run.Record,
        run.CellText is null ? null : CellFile.Parse(run.CellText, $"cell file of run {run.Summary.Id}", BuiltInMaterials.Library),
        run.Summary.Press,
        ProgramVersion.Text) with
    {
        Simulated = run.Summary.IsSimulated,
        Started = run.Summary.IsSimulated ? null : run.Summary.Started,
        RunId = run.Summary.Id,
        Digest = run.Summary.Digest,
    });

    private sealed record ReportAnswer(string Run, RunOutcome Outcome, string Report);
}
