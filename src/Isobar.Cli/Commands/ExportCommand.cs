using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Exports;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Writes a run in a form that others read.</summary>
internal sealed class ExportCommand : IsobarCommand
{
    private static readonly (string Word, ExportFormat Format)[] s_formats =
        [("csv", ExportFormat.Csv), ("parquet", ExportFormat.Parquet), ("bdf", ExportFormat.Bdf), ("eln", ExportFormat.Eln), ("battinfo", ExportFormat.BattInfo)];

    private static readonly string[] s_endings = [".bdf.csv", ".csv", ".parquet", ".eln", ".json"];

    private readonly Argument<string> _run = RunChoice.Argument();
    private readonly Option<string> _as = new("--as", "--to") { Description = "csv, parquet, bdf (Battery Data Format), eln (notebook archive with everything) or battinfo", HelpName = "eln", Required = true };
    private readonly Option<string?> _out = new("--out") { Description = "File to write; further files of the export are named like it (default: cell and run, here)", HelpName = "file" };
    private readonly Option<string?> _record = CardCommand.RecordOption();
    private readonly Option<string?> _cycling = new("--cycling") { Description = "File of the cycler, for its voltage and current", HelpName = "cycling.csv" };
    private readonly Option<Duration?> _starts = QuantityOption<Duration>("--cycling-starts", "Time from the start of the run to the first row of the cycler (default: 0 s)", "2h");
    private readonly Option<string?> _institution = new("--institution") { Description = "Institution that made the cell, for BattINFO and the file names of the Battery Data Format (default: lab)", HelpName = "name" };
    private readonly Option<string?> _lab = LabPlace.Option();

    public ExportCommand()
        : base("export", "Write a run as tables, Parquet, Battery Data Format, notebook archive (.eln) or BattINFO records.")
    {
        Arguments.Add(_run);
        _as.CompletionSources.Add([.. s_formats.Select(format => format.Word)]);
        foreach (Option option in (Option[])[_as, _out, _record, _cycling, _starts, _institution, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("export 01K --as eln", "everything of the run, for a notebook"),
        ("export 01K --as parquet --out run.parquet", "the whole record in one file; isobar import reads it back"),
        ("export 01K --as bdf --cycling cell-07.csv --cycling-starts 2h", "pressure, voltage and current on one clock"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string word = parse.GetRequiredValue(_as);
        int chosen = Array.FindIndex(s_formats, format => format.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        string[] words = [.. s_formats.Select(format => format.Word)];
        if (chosen < 0) throw new Failure($"'{word}' is not a form of export", Spelling.DidYouMean(word, words) + "one of " + string.Join(", ", words), "choose one", "option --as");
        using LabDatabase database = LabPlace.Open(parse.GetValue(_lab), surroundings);
        (StoredRun run, RunVerification verification) = RunChoice.Open(database, parse.GetRequiredValue(_run), "the export would not be what was done");
        ExportFormat format = s_formats[chosen].Format;
        RunCycling? cycling = Cycling(parse, surroundings);
        Refuse(run, format, cycling);
        string? file = parse.GetValue(_out);
        string folder = file is null ? surroundings.Folder : Path.GetDirectoryName(surroundings.PathOf(file))!;
        if (!Directory.Exists(folder)) throw new Failure($"there is no folder '{folder}'", "a folder that exists", "make it, or name another", "option --out");
        ImmutableArray<ExportFile> files = await RunExport.FilesAsync(
            new RunExportRequest(run, verification, format, ProgramVersion.Text)
            {
                Name = file is null ? null : NameOf(file),
                Record = CardCommand.Record(parse.GetValue(_record), surroundings),
                Artefacts = format == ExportFormat.Eln ? [.. run.Artefacts.Select(name => new ExportFile(name, database.ReadArtefact(run.Summary.Id, name) ?? []))] : [],
                Cycling = cycling,
                Institution = parse.GetValue(_institution) ?? "lab",
            },
            cancellation);
        (string Path, byte[] Bytes)[] outputs = [.. files.Select(each => (Path.Combine(folder, each.Name), each.Bytes))];
        WholeFile.Write(outputs);
        string[] paths = [.. outputs.Select(each => each.Path)];
        output.Answer(new Facts(run.Summary.Id, s_formats[chosen].Word, paths), page =>
        {
            Prose.Write(page, $"run {run.Summary.Id} of {run.Summary.Name}: {run.Record.Samples.Length} samples, {RunPage.Words(run.Record.Outcome)}", 2);
            if (cycling is not null) Prose.Write(page, $"cycling: {cycling.File.Series.Count} rows from {Path.GetFileName(cycling.File.Path)}, the first {new Duration(cycling.StartsAt)} after the start of the run", 2);
            PlanPage.Wrote(page, surroundings, paths);
        });
        return ExitCode.Done;
    }

    private RunCycling? Cycling(ParseResult parse, Surroundings surroundings)
    {
        Duration? starts = parse.GetValue(_starts);
        if (parse.GetValue(_cycling) is not { } file)
            return starts is null ? null : throw new Failure("a start of the cycling without the cycling", "the file of the cycler", "add --cycling cycling.csv", "option --cycling-starts");
        return new RunCycling(CyclerFiles.Read(surroundings.PathOf(file)), starts?.Seconds ?? 0);
    }

    private static void Refuse(StoredRun run, ExportFormat format, RunCycling? cycling)
    {
        if (run.Record.Outcome == RunOutcome.Running) throw new Failure($"run {run.Summary.Id} is being made", "a run that has ended", "wait for its end", run.Summary.Id);
        if (format == ExportFormat.Bdf && cycling is null)
        {
            throw new Failure(
                $"run {run.Summary.Id} has no voltage and no current, which the Battery Data Format needs", "the cycling of the cell, or another form",
                "add --cycling with the cycler's file, or use --as csv or --as eln; zeros would be invented", "option --as");
        }

        if (cycling is not null && format is not (ExportFormat.Bdf or ExportFormat.Eln)) throw new Failure("this form holds no cycling", "--as bdf or --as eln with --cycling", "choose one of the two, or leave --cycling out", "option --cycling");
    }

    private static string NameOf(string file)
    {
        string name = Path.GetFileName(file);
        string? ending = Array.Find(s_endings, each => name.EndsWith(each, StringComparison.OrdinalIgnoreCase) && name.Length > each.Length);
        if (name.Length == 0) throw new Failure($"'{file}' is a folder", "the name of a file", "name the file in it", "option --out");
        return ending is null ? name : name[..^ending.Length];
    }

    private sealed record Facts(string Run, string As, string[] Files);
}
