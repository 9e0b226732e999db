using System.CommandLine;
using Isobar.Lab.Store;
using Spectre.Console;

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
        var runs = database.Runs();
        output.Answer(runs, page =>
        {
            if (runs.IsEmpty)
            {
                page.WriteLine($"no runs yet in {database.DatabasePath}; begin with: isobar run examples/nmc811-lpscl-li/cell.yaml");
                return;
            }

            Table table = Output.Table("run", "started (UTC)", "name", "goal", "press", "outcome");
            foreach (RunSummary run in runs)
            {
                table.AddRow(
                    run.Id,
                    run.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
                    Markup.Escape(run.Name),
                    run.Goal ?? "",
                    Markup.Escape(run.Press),
                    run.Outcome.ToString().ToLowerInvariant());
            }

            page.Write(table);
        });
        return Task.FromResult(ExitCode.Done);
    }
}
