using System.CommandLine;
using Isobar.Lab.Exports;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Cli.Commands;

/// <summary>Reads a run back from an export.</summary>
internal sealed class ImportCommand : IsobarCommand
{
    private readonly Argument<string> _file = new("file") { Description = "What isobar export wrote: a table with its description beside it, a Parquet file, an .eln archive" };
    private readonly Option<bool> _newId = new("--new-id") { Description = "Give the run a new id, where its own is taken by another" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public ImportCommand()
        : base("import", "Read a run back from an export, after checking that it is as it was written.")
    {
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_newId, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("import cell-01K.eln", "the run with everything that was exported with it"),
        ("import run.parquet --lab other-lab", "into another laboratory"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        ImportedRun imported = await RunImport.ReadAsync(surroundings.PathOf(parse.GetRequiredValue(_file)), cancellation);
        RunSummary summary = imported.Run.Summary;
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        string digest = RunDigest.Of(imported.Run.Record);
        bool newId = parse.GetValue(_newId);
        RunSummary? present = newId ? null : database.Runs().FirstOrDefault(run => string.Equals(run.Id, summary.Id, StringComparison.OrdinalIgnoreCase));
        bool same = present is not null && string.Equals(RunDigest.Of(database.Open(present.Id).Record), digest, StringComparison.Ordinal);
        if (present is not null && !same)
        {
            throw new Failure(
                $"{database.DatabasePath} has another run {present.Id}: {present.Name}, {RunPage.Words(present.Outcome)}", "an id that is free, or the same run",
                "import it under a new id with --new-id, or into another laboratory with --lab", surroundings.PathOf(parse.GetRequiredValue(_file)));
        }

        string id = same ? present!.Id : imported.Store(database.DatabasePath, newId ? RunId.New(surroundings.Time) : null);
        output.Answer(new Facts(id, summary.Name, imported.Run.Record.Outcome, imported.Run.Record.Samples.Length, digest, same), page =>
        {
            Prose.Write(page, $"run {id} of {summary.Name}: {imported.Run.Record.Samples.Length} samples, {RunPage.Words(imported.Run.Record.Outcome)}; {(same ? "it is there already, with the same record" : "imported, its record as it was written")}", 2);
            Prose.Write(page, $"SHA-256 {digest}", 2);
        });
        return ExitCode.Done;
    }

    private sealed record Facts(string Run, string Name, RunOutcome Outcome, int Samples, string Digest, bool ThereAlready);
}
