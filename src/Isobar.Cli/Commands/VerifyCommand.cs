using System.CommandLine;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;

namespace Isobar.Cli.Commands;

/// <summary>Checks the record of a run against itself.</summary>
internal sealed class VerifyCommand : IsobarCommand
{
    private readonly Argument<string> _run = new("run") { Description = "Id of the run, its first characters, or 'latest'; isobar runs lists them" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public VerifyCommand()
        : base("verify", "Check that the record of a run is as it was written: chain, checksums, digest, metrics computed again.")
    {
        Arguments.Add(_run);
        Options.Add(_lab);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("verify 01K", "the run whose id begins with 01K; the first wrong record is named"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        string id = LabPlace.FindRun(database, parse.GetRequiredValue(_run));
        (RunVerification chain, AuditFinding[] findings) = RunAudit.Verify(database, id);
        bool intact = findings.All(finding => finding.Passed is not false);
        output.Answer(new VerifyAnswer(id, intact, chain.FirstBadRecord, findings), page =>
        {
            Prose.Write(page, $"run {id}: {(intact ? "intact" : "NOT as it was written")}");
            foreach (AuditFinding finding in findings) Prose.Write(page, $"  {finding.Check,-8} {finding.Passed switch { true => "ok  ", false => "BAD ", null => "-   " }}{finding.Text}", 15);
        });
        return Task.FromResult(intact ? ExitCode.Done : ExitCode.LimitFailed);
    }

    private sealed record VerifyAnswer(string Run, bool Intact, long? FirstBadRecord, AuditFinding[] Checks);
}
