using System.Collections.Immutable;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Exports;

/// <summary>A run that was read back from an export, every digest checked.</summary>
/// <param name="Run">The run as it was.</param>
/// <param name="Artefacts">What else was kept with it and exported: the report.</param>
public sealed record ImportedRun(StoredRun Run, ImmutableArray<ExportFile> Artefacts)
{
    /// <summary>Puts it into a laboratory under the id and the start that it had.</summary>
    /// <param name="databasePath">The laboratory database.</param>
    /// <param name="id">Another id; null for its own.</param>
    /// <exception cref="LabException">The laboratory has a run of this id, or cannot be written.</exception>
    public string Store(string databasePath, string? id = null)
    {
        using var database = LabDatabase.OpenOrCreate(databasePath, new StartClock(Run.Summary.Started));
        var description = new RunDescription(Run.Summary.Name, Run.Record.Protocol, Run.Summary.Press, Run.ProtocolText, Run.Summary.Goal, Run.CellText, Run.PlanJson);
        using RunWriter writer = database.Begin(description, id ?? Run.Summary.Id);
        foreach (TraceSample sample in Run.Record.Samples) writer.Append(sample);
        foreach (RunEvent happened in Run.Record.Events) writer.Append(happened);
        if (Run.Record.Outcome != RunOutcome.Interrupted) writer.Finish(Run.Record.Outcome);
        foreach (ExportFile artefact in Artefacts) database.SaveArtefact(writer.Id, artefact.Name, artefact.Bytes);
        return writer.Id;
    }

    // The run keeps the time at which it was made; the monotonic clock is the usual one.
    private sealed class StartClock(DateTimeOffset started) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => started;
    }
}

/// <summary>Reads back what <see cref="RunExport"/> wrote, after checking every digest.</summary>
public static class RunImport
{
    /// <summary>Reads a table with its description beside it, a Parquet file or an archive, told apart by what is in it.</summary>
    /// <exception cref="IsobarFileException">The file is not an export of a run, is not whole, or is not as it was written.</exception>
    public static async Task<ImportedRun> ReadAsync(string path, CancellationToken cancellation = default)
    {
        byte[] bytes = ImportBytes.Read(path);
        return bytes.AsSpan() switch
        {
            [(byte)'P', (byte)'K', ..] => await ElnArchive.ReadAsync(bytes, path, cancellation),
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => await ParquetTrace.ReadAsync(bytes, path, cancellation),
            _ => CsvTables.Read(bytes, path),
        };
    }
}
