using System.CommandLine;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Planning;
using Isobar.Protocols;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>The whole way of a cell: plan, press on the simulated press, measure, judge, store, report.</summary>
internal sealed class RunCommand : IsobarCommand
{
    private readonly Argument<string> _cell = CellArguments.Cell();
    private readonly Option<Goal> _goal = CellArguments.Goal();
    private readonly Option<ulong> _seed = CellArguments.Seed();
    private readonly Option<string?> _out = CellArguments.Folder();
    private readonly Option<string?> _lab = LabPlace.Option();

    public RunCommand()
        : base("run", "Take a cell all the way: plan, press on the simulated press, measure, judge, store, report.")
    {
        Arguments.Add(_cell);
        foreach (Option option in (Option[])[_goal, _seed, _out, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("run examples/nmc811-lpscl-li/cell.yaml --goal rate", "one simulated cell, lowest resistance"),
        ("run examples/nmc811-lpscl-li/cell.yaml --goal reliability --seed 7", "another simulated cell, lowest scatter"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        (Cell cell, string text) = CellArguments.Read(parse.GetRequiredValue(_cell), surroundings);
        string folder = CellArguments.FolderFor(parse.GetValue(_out), surroundings);
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        Plan plan;
        using (var planning = new LiveProgress(surroundings))
        {
            plan = Planner.Plan(cell, parse.GetValue(_goal), progress: planning.Words, cancellation: cancellation);
            plan = plan with { Rates = RateForecaster.Outlook(plan, BuiltInParameterSets.ForCell(cell), cancellation: cancellation) };
        }

        PressCommand.Refuse(ProtocolCheck.Validate(plan.Protocol, cell.Die, cell.Press));

        CellRunResult result;
        using (var pressing = new LiveProgress(surroundings, ProtocolDryRun.Run(plan.Protocol, cell.Die).Duration.Seconds))
        {
            var request = new CellRunRequest(plan, plan.Protocol, text, parse.GetValue(_seed), ProgramVersion.Text, new RunClock(surroundings.Time, double.PositiveInfinity));
            result = await CellRun.RunAsync(request, database, pressing.Run, cancellation);
        }

        string reportPath = Path.Combine(folder, "report.html");
        WholeFile.Write(reportPath, result.ReportHtml);
        output.Answer(new RunAnswer(RunFacts.Of(result.Id, result.Run, result.Digest, result.Proof.Steps, result.Overall), PlanFacts.Of(plan), ProofFacts.Of(result.Proof), reportPath), page =>
        {
            PlanPage.Write(page, plan);
            page.WriteLine();
            RunPage.Write(page, result.Run, result.Proof.Steps, result.Overall);
            page.WriteLine();
            RunPage.WriteProof(page, result.Proof);
            page.WriteLine();
            Prose.Write(page, $"run {result.Id}, stored in {database.DatabasePath}", 2);
            PlanPage.Wrote(page, surroundings, reportPath);
        });
        return PressCommand.CodeOf(result.Run, result.Overall);
    }

    private sealed record RunAnswer(RunFacts Run, PlanFacts Plan, ProofFacts Proof, string Report);
}
