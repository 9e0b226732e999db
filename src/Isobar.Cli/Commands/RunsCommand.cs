using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Store;

namespace Isobar.Cli.Commands;

/// <summary>Lists the runs of the laboratory.</summary>
internal sealed class RunsCommand : IsobarCommand
{
    private readonly Option<string?> _lab = LabPlace.Option();

    public RunsCommand()
        : base("runs", "List the runs in the laboratory database, newest first.") => Options.Add(_lab);

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("runs", "every run with its outcome"),
        ("runs --json", "the same for machines"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
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
}
