using System.Collections.Immutable;
using System.Text;
using Isobar.Lab.Cards;
using Isobar.Lab.Files;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;

namespace Isobar.Lab.Exports;

/// <summary>A run that is to leave the laboratory.</summary>
/// <param name="Run">The run.</param>
/// <param name="Verification">Whether its record is as it was written.</param>
/// <param name="Format">In what form.</param>
/// <param name="Version">Version of the software.</param>
public sealed record RunExportRequest(StoredRun Run, RunVerification Verification, ExportFormat Format, string Version)
{
    /// <summary>Name of the files without an ending; made from the cell and the run when null.</summary>
    public string? Name { get; init; }

    /// <summary>What a person wrote down besides the cell file.</summary>
    public CardRecord Record { get; init; } = CardRecord.Empty;

    /// <summary>What else is kept with the run, for the archive.</summary>
    public ImmutableArray<ExportFile> Artefacts { get; init; } = [];

    /// <summary>Cycling of the cell, for the Battery Data Format.</summary>
    public RunCycling? Cycling { get; init; }

    /// <summary>Institution: maker of the cell, and in the names of the Battery Data Format.</summary>
    public string Institution { get; init; } = "lab";
}

/// <summary>Runs in the forms that others read. The same run gives the same bytes.</summary>
public static class RunExport
{
    /// <summary>The files of an export.</summary>
    /// <exception cref="InvalidOperationException">The run is still being made, or the form needs cycling data that are not given; the message says what to do.</exception>
    public static async Task<ImmutableArray<ExportFile>> FilesAsync(RunExportRequest request, CancellationToken cancellation = default)
    {
        StoredRun run = request.Run;
        if (run.Record.Outcome == Protocols.RunOutcome.Running) throw new InvalidOperationException($"run {run.Summary.Id} is being made; export it when it has ended");
        string name = request.Name ?? DefaultName(run);
        return request.Format switch
        {
            ExportFormat.Csv => CsvTables.Write(run, name),
            ExportFormat.Parquet => [new ExportFile(name + ".parquet", await ParquetTrace.WriteAsync(run, cancellation))],
            ExportFormat.Bdf => BdfTable.Write(run, request.Cycling ?? throw new InvalidOperationException($"run {run.Summary.Id} has no voltage and no current, which the Battery Data Format needs; zeros would be invented"), request.Name ?? BdfTable.Name(run, request.Institution)),
            ExportFormat.BattInfo => await BattInfoAsync(request, name, cancellation),
            _ => [await ElnAsync(request, name, cancellation)],
        };
    }

    /// <summary>Name of an export where none is given: the cell and the run.</summary>
    public static string DefaultName(StoredRun run) => $"{FileName.Of(run.Summary.Name)}-{run.Summary.Id}";

    private static async Task<ImmutableArray<ExportFile>> BattInfoAsync(RunExportRequest request, string name, CancellationToken cancellation)
    {
        RunEvidence evidence = RunEvidence.Of(request.Run);
        var data = new ExportFile(name + ".parquet", await ParquetTrace.WriteAsync(request.Run, cancellation));
        return [.. BattInfoRecords.Write(request.Run, evidence, RecordOf(request, evidence), data, request.Institution, request.Version, name), data];
    }

    private static async Task<ExportFile> ElnAsync(RunExportRequest request, string name, CancellationToken cancellation)
    {
        StoredRun run = request.Run;
        RunEvidence evidence = RunEvidence.Of(run);
        ReportCard card = CardBuilder.OfRun(run, request.Verification, request.Record, request.Version);
        var trace = new ExportFile(ElnArchive.TraceName, await ParquetTrace.WriteAsync(run, cancellation));
        List<ExportFile> files =
        [
            trace,
            .. CsvTables.Write(run, "trace"),
            new("protocol.yaml", Encoding.UTF8.GetBytes(run.ProtocolText)),
            new("card.json", CardDocument.Json(card)),
            new("card.html", Encoding.UTF8.GetBytes(CardDocument.Html(card, request.Version))),
            .. BattInfoRecords.Write(run, evidence, RecordOf(request, evidence), trace, request.Institution, request.Version, "battinfo"),
        ];
        if (run.CellText is { } cell) files.Add(new ExportFile("cell.yaml", Encoding.UTF8.GetBytes(cell)));
        if (run.PlanJson is { } plan) files.Add(new ExportFile("plan.json", Encoding.UTF8.GetBytes(plan)));
        if (request.Cycling is { } cycling) files.AddRange(BdfTable.Write(run, cycling, BdfTable.Name(run, request.Institution)));
        files.AddRange(request.Artefacts.OrderBy(artefact => artefact.Name, StringComparer.Ordinal).Select(artefact => artefact with { Name = ElnArchive.Artefact(artefact.Name) }));
        return ElnArchive.Write(run, card, name, [.. files]);
    }

    private static CardRecord RecordOf(RunExportRequest request, RunEvidence evidence) => evidence.Cell is null
        ? request.Record
        : CardRecord.OfCell(YamlText.ReadMap(new SourceText("cell file", request.Run.CellText!))).With(request.Record);
}
