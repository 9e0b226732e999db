using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Planning;
using Isobar.Protocols;

namespace Isobar.Cli.Commands;

/// <summary>Plans the pressures of a cell and writes protocol and report.</summary>
internal sealed class PlanCommand : IsobarCommand
{
    private const string DigestMark = "# as planned: ";

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
        RefuseToUndoEdits(protocolPath, parse.GetValue(_force));
        using var progress = new LiveProgress(surroundings);
        Plan plan = Planner.Plan(cell, parse.GetValue(_goal), progress: progress.Words, cancellation: cancellation);
        progress.Words.Report("discharging what the cell could be");
        plan = plan with { Rates = RateForecaster.Outlook(plan, BuiltInParameterSets.ForCell(cell), cancellation: cancellation) };
        progress.Done();

        // Everything is made before anything is written: a plan leaves both files or none.
        string reportPath = Path.Combine(folder, "report.html");
        string report = ReportAssembly.Html(ReportAssembly.Of(plan, ProgramVersion.Text));
        WholeFile.Write(protocolPath, Sealed(ProtocolFile.ToText(plan.Protocol)));
        WholeFile.Write(reportPath, report);

        // Ramp and hold of one pressing say the same; once is enough.
        ProtocolFinding[] findings = [.. ProtocolCheck.Validate(plan.Protocol, cell.Die, cell.Press).DistinctBy(finding => finding.Text, StringComparer.Ordinal)];
        output.Answer(new PlanAnswer(PlanFacts.Of(plan), [.. findings.Select(finding => finding.Text)], protocolPath, reportPath), page =>
        {
            PlanPage.Write(page, plan);
            foreach (ProtocolFinding finding in findings) PlanPage.Note(page, finding.Severity == FindingSeverity.Error ? "refused" : "note", finding.Text);
            PlanPage.Wrote(page, surroundings, protocolPath, reportPath);
        });
        return Task.FromResult(ProtocolCheck.Forbids([.. findings]) ? ExitCode.LimitFailed : ExitCode.Done);
    }

    // A protocol is meant to be edited; planning again must not undo that without being asked. The last line is a digest of the lines above it, so
    // that an untouched plan is known from an edited one.
    private static void RefuseToUndoEdits(string path, bool force)
    {
        if (force || !File.Exists(path)) return;
        string text = File.ReadAllText(path);
        int end = text.LastIndexOf(DigestMark, StringComparison.Ordinal);
        if (end >= 0 && string.Equals(Sealed(text[..end]), text, StringComparison.Ordinal)) return;
        throw new Failure($"{path} was edited by hand, or was not written by isobar plan", "a folder without an edited protocol", "name another folder with --out, or add --force to replace it", path);
    }

    private static string Sealed(string protocol) =>
        protocol + DigestMark + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(protocol)))[..16] + "\n";

    private sealed record PlanAnswer(PlanFacts Plan, string[] Findings, string Protocol, string Report);
}
