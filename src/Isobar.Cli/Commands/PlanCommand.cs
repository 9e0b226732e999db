using System.CommandLine;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Planning;
using Isobar.Protocols;

namespace Isobar.Cli.Commands;

/// <summary>Plans the pressures of a cell and writes protocol and report.</summary>
internal sealed class PlanCommand : IsobarCommand
{
    private readonly Argument<string> _cell = CellArguments.Cell();
    private readonly Option<Goal> _goal = CellArguments.Goal();
    private readonly Option<string?> _out = CellArguments.Folder();
    private readonly Option<bool> _force = new("--force") { Description = "Replace a protocol.yaml that was edited by hand" };

    public PlanCommand()
        : base("plan", "Plan the pressures of a cell: windows with reasons, a protocol, what to expect.")
    {
        Arguments.Add(_cell);
        foreach (Option option in (Option[])[_goal, _out, _force]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("plan examples/nmc811-lpscl-li/cell.yaml", "for the lowest resistance"),
        ("plan examples/nmc811-lpscl-li/cell.yaml --goal reliability --out plans", "for comparable cells, into the folder plans"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        (Cell cell, _) = CellArguments.Read(parse.GetRequiredValue(_cell), surroundings);
        string folder = CellArguments.FolderFor(parse.GetValue(_out), surroundings);
        string protocolPath = Path.Combine(folder, "protocol.yaml");
        using var progress = new LiveProgress(surroundings);
        Plan plan = Planner.Plan(cell, parse.GetValue(_goal), progress: progress.Words, cancellation: cancellation);
        progress.Done();

        string protocol = ProtocolFile.ToText(plan.Protocol);
        KeepEdits(protocolPath, protocol, parse.GetValue(_force));
        string reportPath = Path.Combine(folder, "report.html");
        WholeFile.Write(protocolPath, protocol);
        WholeFile.Write(reportPath, ReportAssembly.Html(ReportAssembly.Of(plan, ProgramVersion.Text)));

        var findings = ProtocolCheck.Validate(plan.Protocol, cell.Die, cell.Press);
        output.Answer(new PlanAnswer(PlanFacts.Of(plan), [.. findings.Select(finding => finding.Text)], protocolPath, reportPath), page =>
        {
            PlanPage.Write(page, plan);
            foreach (ProtocolFinding finding in findings) PlanPage.Note(page, finding.Severity == FindingSeverity.Error ? "refused" : "note", finding.Text);
            PlanPage.Wrote(page, surroundings, protocolPath, reportPath);
        });
        return Task.FromResult(ProtocolCheck.Forbids(findings) ? ExitCode.LimitFailed : ExitCode.Done);
    }

    // A protocol is meant to be edited; planning again must not undo that without being asked.
    private static void KeepEdits(string path, string text, bool force)
    {
        if (force || !File.Exists(path) || string.Equals(File.ReadAllText(path), text, StringComparison.Ordinal)) return;
        throw new Failure($"{path} exists and differs from the new protocol", "a folder without an edited protocol", "name another folder with --out, or add --force to replace it", path);
    }

    private sealed record PlanAnswer(PlanFacts Plan, string[] Findings, string Protocol, string Report);
}
