using Isobar.Protocols;
using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Store;

/// <summary>
/// Writes one run. What it took is durable half a second later at the latest, as long as anything comes in: one transaction per
/// half second of wall time or 4096 samples. While it lives it holds the lock of the run.
/// </summary>
public sealed class RunWriter : IRunSink, IDisposable
{
    private const int LargestChunk = 4096;
    private const int ConstraintViolated = 19;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(0.5);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly RunLock _lock;
    private readonly SqliteConnection _connection;
    private readonly RunDigest _digest;
    private readonly List<TraceSample> _samples = new(LargestChunk);
    private readonly List<RunEvent> _events = [];
    private readonly List<RunInput> _inputs = new(LargestChunk);
    private RunTiming? _timing;
    private byte[] _hash;
    private long _sequence;
    private long _flushed;
    private bool _finished;
    // Whether an executor is behind the record: then it is cut between ticks only, so that what is kept can be replayed and taken up.
    private bool _executed;

    /// <summary>Goes on with a run whose process died: the chain after its last record, the digest over all of it.</summary>
    internal RunWriter(LabDatabase lab, TimeProvider time, string id)
    {
        _path = lab.DatabasePath;
        _time = time;
        Id = id;
        RunOverview kept = lab.Overview(id);
        _digest = new RunDigest(kept.Protocol);
        _lock = RunLock.Take(_path, id);
        _executed = true;
        try
        {
            foreach (TraceSample sample in lab.Samples(id)) _digest.Add(sample);
            foreach (RunEvent happened in kept.Events) _digest.Add(happened);
            Acknowledged = kept.Samples;
            _connection = Schema.Connect(_path);
            (_sequence, _hash) = Tail();
        }
        catch (Exception exception) when (exception is SqliteException or LabException)
        {
            Close();
            throw exception is SqliteException sqlite ? LabException.From(sqlite, _path) : exception;
        }

        _flushed = _time.GetTimestamp();
    }

    internal RunWriter(string path, TimeProvider time, string id, RunDescription description)
    {
        _path = path;
        _time = time;
        Id = id;
        _hash = RecordChain.Root(id);
        _digest = new RunDigest(description.Protocol);
        _lock = RunLock.Take(path, id);
        try
        {
            _connection = Schema.Connect(path);
            WriteHead(description);
        }
        catch (Exception exception) when (exception is SqliteException or LabException)
        {
            Close();
            if (exception is not SqliteException sqlite) throw;
            throw sqlite.SqliteErrorCode == ConstraintViolated
                ? new LabException($"laboratory database {path} has a run {id} already; a run is made once", exception)
                : LabException.From(sqlite, path);
        }

        _flushed = _time.GetTimestamp();
    }

    /// <summary>Id of the run.</summary>
    public string Id { get; }

    /// <summary>The connection that everything is written through.</summary>
    internal SqliteConnection Connection => _connection;

    /// <summary>How many samples are durable.</summary>
    public long Acknowledged { get; private set; }

    /// <inheritdoc/>
    public void Append(in TraceSample sample)
    {
        if (_executed) FlushWhenDue();
        _digest.Add(sample);
        _samples.Add(sample);
        if (!_executed) FlushWhenDue();
    }

    /// <inheritdoc/>
    public void Append(in RunInput input)
    {
        _executed = true;
        if (!input.IsSample) FlushWhenDue();
        _inputs.Add(input);
    }

    /// <inheritdoc/>
    public void Append(RunTiming timing) => _timing = timing;

    /// <inheritdoc/>
    public void Append(RunEvent runEvent)
    {
        _digest.Add(runEvent);
        _events.Add(runEvent);
        if (!_executed) FlushWhenDue();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        InTransaction(WritePending);
    }

    /// <summary>Makes durable what is pending, when there is anything and the run is not finished.</summary>
    internal void FlushPending()
    {
        if (!_finished && (_samples.Count > 0 || _events.Count > 0 || _inputs.Count > 0)) Flush();
    }

    /// <inheritdoc/>
    public void Finish(RunOutcome outcome)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (outcome is RunOutcome.Running or RunOutcome.Interrupted) throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "a run is finished as completed, stopped or aborted");
        string digest = _digest.Of(outcome);
        InTransaction(transaction =>
        {
            WritePending(transaction);
            if (_timing is not null) WriteRecord(transaction, RecordKind.Timing, _timing.ToJson());
            WriteRecord(transaction, RecordKind.End, RecordChain.End(outcome.ToString(), digest));
            Schema.Execute(_connection, transaction, "UPDATE run SET outcome = $outcome, digest = $digest WHERE id = $id", ("$outcome", outcome.ToString()), ("$digest", digest), ("$id", Id));
        });
        _finished = true;
    }

    /// <summary>Lets the run go. Without <see cref="Finish"/> it reads interrupted from now on.</summary>
    public void Dispose()
    {
        try
        {
            FlushPending();
        }
        finally
        {
            _finished = true;
            Close();
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _digest.Dispose();
        _lock.Dispose();
    }

    private void FlushWhenDue()
    {
        if (_samples.Count >= LargestChunk || _inputs.Count >= LargestChunk || _time.GetElapsedTime(_flushed) >= FlushInterval) Flush();
    }

    private (long Next, byte[] Hash) Tail()
    {
        using SqliteCommand command = Schema.Command(_connection, null, "SELECT seq, hash FROM record WHERE run_id = $id ORDER BY seq DESC LIMIT 1", ("$id", Id));
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0) + 1, reader.GetFieldValue<byte[]>(1)) : throw new LabException($"run {Id} in {_path} has no record; it cannot be taken up");
    }

    private void WriteHead(RunDescription description)
    {
        long started = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        InTransaction(transaction =>
        {
            Schema.Execute(
                _connection,
                transaction,
                """
                INSERT INTO run (id, name, goal, press, started_utc_us, protocol_text, cell_text, plan_json)
                VALUES ($id, $name, $goal, $press, $started, $protocol, $cell, $plan)
                """,
                ("$id", Id),
                ("$name", description.Name),
                ("$goal", description.Goal),
                ("$press", description.Press),
                ("$started", started),
                ("$protocol", description.ProtocolText),
                ("$cell", description.CellText),
                ("$plan", description.PlanJson));
            WriteRecord(transaction, RecordKind.Header, RecordChain.Header(description, started));
        });
    }

    private void WritePending(SqliteTransaction transaction)
    {
        if (_samples.Count > 0) WriteSamples(transaction);
        if (_inputs.Count > 0) WriteRecord(transaction, RecordKind.Inputs, InputEncoding.Pack(_inputs));
        if (_events.Count > 0) WriteRecord(transaction, RecordKind.Events, RunEncoding.Pack(_events));
    }

    // Beside the record a line that tells what it holds, so that a run of any length opens without unpacking it.
    private void WriteSamples(SqliteTransaction transaction)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (TraceSample sample in _samples)
        {
            if (!double.IsFinite(sample.PressurePa)) continue;
            low = Math.Min(low, sample.PressurePa);
            high = Math.Max(high, sample.PressurePa);
        }

        Schema.Execute(
            _connection,
            transaction,
            "INSERT INTO chunk (run_id, seq, samples, first_s, last_s, step, low_pa, high_pa) VALUES ($run, $seq, $samples, $first, $last, $step, $low, $high)",
            ("$run", Id),
            ("$seq", _sequence),
            ("$samples", _samples.Count),
            ("$first", _samples[0].TimeSeconds),
            ("$last", _samples[^1].TimeSeconds),
            ("$step", _samples[^1].StepIndex),
            ("$low", double.IsFinite(low) ? low : null),
            ("$high", double.IsFinite(high) ? high : null));
        WriteRecord(transaction, RecordKind.Samples, RunEncoding.Pack(_samples));
    }

    private void WriteRecord(SqliteTransaction transaction, RecordKind kind, byte[] payload)
    {
        byte[] hash = RecordChain.Next(_hash, _sequence, kind, payload);
        Schema.Execute(
            _connection,
            transaction,
            "INSERT INTO record (run_id, seq, kind, payload, hash, crc) VALUES ($run, $seq, $kind, $payload, $hash, $crc)",
            ("$run", Id),
            ("$seq", _sequence),
            ("$kind", (int)kind),
            ("$payload", payload),
            ("$hash", hash),
            ("$crc", (long)Crc32.Of(payload)));
        _hash = hash;
        _sequence++;
    }

    // What is pending leaves memory only when the transaction is through; after a failure it can be tried again.
    private void InTransaction(Action<SqliteTransaction> write)
    {
        (byte[] hash, long sequence) = (_hash, _sequence);
        try
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            write(transaction);
            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            (_hash, _sequence) = (hash, sequence);
            if (exception.SqliteErrorCode == ConstraintViolated) throw;
            throw LabException.From(exception, _path);
        }

        Acknowledged += _samples.Count;
        _samples.Clear();
        _inputs.Clear();
        _events.Clear();
        _flushed = _time.GetTimestamp();
    }
}
