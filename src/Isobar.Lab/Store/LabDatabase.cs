using System.Collections.Immutable;
using System.Globalization;
using Isobar.Protocols;
using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Store;

/// <summary>
/// The laboratory database: every run with its achieved trace, its events and what was made from them, in one SQLite file.
/// Records are append-only and hash-chained; a run whose process died opens and reads interrupted. One object per thread.
/// </summary>
public sealed partial class LabDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;

    private LabDatabase(string path, SqliteConnection connection, TimeProvider time)
    {
        DatabasePath = path;
        _connection = connection;
        _time = time;
    }

    /// <summary>The file.</summary>
    public string DatabasePath { get; }

    /// <summary>Opens the database, and makes it when it is not there yet; its folder is made too.</summary>
    /// <exception cref="LabException">The file cannot be opened, is damaged, or is of a newer format.</exception>
    public static LabDatabase OpenOrCreate(string path, TimeProvider? time = null)
    {
        string full = System.IO.Path.GetFullPath(path);
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            connection = Schema.Connect(full);
            Schema.Migrate(connection, full);
            return new LabDatabase(full, connection, time ?? TimeProvider.System);
        }
        catch (SqliteException exception)
        {
            connection?.Dispose();
            throw LabException.From(exception, full);
        }
        catch (Exception exception) when (exception is LabException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw exception as LabException ?? new LabException($"laboratory database {full}: its folder cannot be made or used ({exception.Message})", exception);
        }
    }

    /// <summary>Begins a run; from here on it is in the list, and reads running until the writer finishes or its process ends.</summary>
    /// <param name="description">What the run is.</param>
    /// <param name="id">Its id; a new one when left out.</param>
    /// <exception cref="LabException">A run with this id exists, or the database cannot be written.</exception>
    public RunWriter Begin(RunDescription description, string? id = null) => new(DatabasePath, _time, id ?? RunId.New(_time), description);

    /// <summary>
    /// Goes on with the record of a run whose process died, in the same chain. It is for whoever takes the run up with a person's reason; what was
    /// recorded stays as it is.
    /// </summary>
    /// <exception cref="LabException">The run has ended, another process makes it, or its record is damaged.</exception>
    public RunWriter Continue(string runId)
    {
        RunVerification found = Verify(runId);
        if (!found.Intact) throw new LabException($"run {runId} in {DatabasePath} cannot be taken up: {found.Text}; take it from a backup");
        RunSummary run = Resolve(runId);
        if (run.Outcome is not RunOutcome.Interrupted) throw new LabException($"run {run.Id} in {DatabasePath} reads {run.Outcome}; only an interrupted one is taken up");
        return new RunWriter(this, _time, run.Id);
    }

    /// <summary>All runs, the oldest first.</summary>
    public ImmutableArray<RunSummary> Runs() => Guard(() =>
    {
        using SqliteCommand command = Schema.Command(_connection, null, "SELECT id, name, goal, press, started_utc_us, outcome, digest FROM run ORDER BY id");
        using SqliteDataReader reader = command.ExecuteReader();
        var runs = ImmutableArray.CreateBuilder<RunSummary>();
        while (reader.Read())
        {
            string id = reader.GetString(0);
            runs.Add(new RunSummary(
                id,
                reader.GetString(1),
                Text(reader, 2),
                reader.GetString(3),
                DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(4) * TimeSpan.TicksPerMicrosecond),
                OutcomeOf(id, Text(reader, 5)),
                Text(reader, 6)));
        }

        return runs.ToImmutable();
    });

    /// <summary>Opens a run by its id or a prefix that only one run has.</summary>
    /// <exception cref="LabException">No run or several runs have this prefix, or a record cannot be read.</exception>
    public StoredRun Open(string idOrPrefix) => Guard(() =>
    {
        RunSummary summary = Resolve(idOrPrefix);
        (string protocolText, string? cellText, string? planJson) = Texts(summary.Id);
        Protocol? protocol = null;
        var samples = ImmutableArray.CreateBuilder<TraceSample>();
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        foreach (StoredRecord record in Chained(summary.Id))
        {
            if (record.Kind is not (RecordKind.Header or RecordKind.Samples or RecordKind.Events)) continue;
            Read(summary.Id, record, () =>
            {
                if (record.Kind == RecordKind.Header) protocol = HeaderProtocol(record);
                else if (record.Kind == RecordKind.Samples) samples.AddRange(RunEncoding.Unpack(record.Payload));
                else events.AddRange(RunEncoding.UnpackEvents(record.Payload));
            });
        }

        if (protocol is null) throw WithoutProtocol(summary.Id);
        return new StoredRun(summary, new RunRecord(protocol, summary.Outcome, samples.ToImmutable(), events.ToImmutable()), protocolText, cellText, planJson, ArtefactNames(summary.Id));
    });

    /// <summary>Checks that every record of a run is there and unchanged, and that the run's row says what the records say.</summary>
    /// <exception cref="LabException">No run or several runs have this prefix.</exception>
    public RunVerification Verify(string idOrPrefix) => Guard(() =>
    {
        RunSummary summary = Resolve(idOrPrefix);
        (string protocolText, string? cellText, string? planJson) = Texts(summary.Id);
        return RunVerifier.Verify(summary, protocolText, cellText, planJson, Records(summary.Id));
    });

    /// <summary>Keeps something with a run, for example a spectrum or the report; the same name again replaces it.</summary>
    public void SaveArtefact(string runId, string name, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        Guard(() => Schema.Execute(
            _connection,
            null,
            "INSERT INTO artefact (run_id, name, content) VALUES ($run, $name, $content) ON CONFLICT (run_id, name) DO UPDATE SET content = excluded.content",
            ("$run", runId),
            ("$name", name),
            ("$content", bytes)));
    }

    /// <summary>Reads something kept with a run; null when there is nothing of this name.</summary>
    public byte[]? ReadArtefact(string runId, string name) => Guard(() =>
    {
        using SqliteCommand command = Schema.Command(_connection, null, "SELECT content FROM artefact WHERE run_id = $run AND name = $name", ("$run", runId), ("$name", name));
        return command.ExecuteScalar() as byte[];
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private RunSummary Resolve(string idOrPrefix)
    {
        ImmutableArray<RunSummary> runs = Runs();
        ImmutableArray<RunSummary> found = idOrPrefix.Length == 0 ? [] : [.. runs.Where(run => run.Id.StartsWith(idOrPrefix, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1) return found[0];
        ImmutableArray<RunSummary> shown = found.Length > 1 ? found : runs;
        string list = shown.Length == 0 ? "it has no runs yet" : "there are " + string.Join(", ", shown.TakeLast(8).Select(run => $"{run.Id} ({run.Name})")) + (shown.Length > 8 ? string.Create(CultureInfo.InvariantCulture, $" and {shown.Length - 8} older ones") : "");
        throw new LabException(found.Length > 1
            ? $"'{idOrPrefix}' is the beginning of more than one run in {DatabasePath}; {list}"
            : $"no run in {DatabasePath} begins with '{idOrPrefix}'; {list}");
    }

    private RunOutcome OutcomeOf(string id, string? written) => written is not null
        ? Enum.TryParse(written, out RunOutcome outcome) ? outcome : throw new LabException($"run {id} in {DatabasePath} has the outcome '{written}', which this version does not know; use a newer Isobar")
        : RunLock.IsHeld(DatabasePath, id) ? RunOutcome.Running : RunOutcome.Interrupted;

    private (string ProtocolText, string? CellText, string? PlanJson) Texts(string id)
    {
        using SqliteCommand command = Schema.Command(_connection, null, "SELECT protocol_text, cell_text, plan_json FROM run WHERE id = $id", ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetString(0), Text(reader, 1), Text(reader, 2));
    }

    private ImmutableArray<string> ArtefactNames(string id)
    {
        using SqliteCommand command = Schema.Command(_connection, null, "SELECT name FROM artefact WHERE run_id = $id ORDER BY name", ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        var names = ImmutableArray.CreateBuilder<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names.ToImmutable();
    }

    private LabException Damaged(string id, long sequence, string why, Exception? cause = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"run {id} in {DatabasePath}: record {sequence} is damaged ({why}); verify the run, and take the record from a backup"), cause);

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception)
        {
            throw LabException.From(exception, DatabasePath);
        }
        catch (Exception exception) when (exception is InvalidCastException or ArgumentOutOfRangeException or OverflowException or InvalidOperationException and not ObjectDisposedException)
        {
            // A damaged file may hold what no program wrote there: nothing instead of text, or a moment that no calendar has.
            throw new LabException($"laboratory database {DatabasePath} holds a value that cannot be one ({exception.Message}); take it from a backup", exception);
        }
    }
}
