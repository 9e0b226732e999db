using System.Collections.Immutable;
using System.Text.Json;
using Isobar.Protocols;
using Microsoft.Data.Sqlite;

namespace Isobar.Lab.Store;

/// <content>Reading the records of a run one after the other, so that its length does not matter.</content>
public sealed partial class LabDatabase
{
    private const string Every = "TRUE";

    /// <summary>Opens a run without its samples.</summary>
    /// <exception cref="LabException">No run or several runs have this prefix, or a record cannot be read.</exception>
    public RunOverview Overview(string idOrPrefix) => Guard(() =>
    {
        RunSummary summary = Resolve(idOrPrefix);
        Protocol? protocol = null;
        RunTiming? timing = null;
        RunTerms terms = RunTerms.Plain;
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        foreach (StoredRecord record in Records(summary.Id, "kind IN (0, 2, 5)"))
        {
            Read(summary.Id, record, () =>
            {
                if (record.Kind == RecordKind.Header) (protocol, terms) = (HeaderProtocol(record), HeaderTerms(record));
                else if (record.Kind == RecordKind.Timing) timing = RunTiming.Parse(record.Payload);
                else events.AddRange(RunEncoding.UnpackEvents(record.Payload));
            });
        }

        ImmutableArray<TraceStretch> trace = Stretches(summary.Id);
        return new RunOverview(summary, protocol ?? throw WithoutProtocol(summary.Id), events.ToImmutable(), trace.Sum(stretch => stretch.Samples), trace, timing) { Terms = terms };
    });

    /// <summary>The samples of a run, one chunk in memory at a time.</summary>
    /// <exception cref="LabException">A record cannot be read.</exception>
    public IEnumerable<TraceSample> Samples(string runId)
    {
        foreach (StoredRecord record in Records(runId, "kind = 1"))
        {
            TraceSample[] samples = [];
            Read(runId, record, () => samples = RunEncoding.Unpack(record.Payload));
            foreach (TraceSample sample in samples) yield return sample;
        }
    }

    /// <summary>What the executor was told, in order; empty for a run that was kept without it.</summary>
    /// <exception cref="LabException">A record cannot be read.</exception>
    public IEnumerable<RunInput> Inputs(string runId)
    {
        var samples = new Queue<TraceSample>();
        foreach (StoredRecord record in Records(runId, "kind IN (1, 4)"))
        {
            foreach (RunInput input in InputsOf(runId, record, samples, null)) yield return input;
        }
    }

    /// <summary>The inputs of the records after a number, which moves on; samples whose tick is not there yet stay in the queue.</summary>
    internal List<RunInput> Follow(string runId, ref long sequence, Queue<TraceSample> samples, Action<TraceSample> seen)
    {
        List<RunInput> inputs = [];
        foreach (StoredRecord record in Records(runId, "kind IN (1, 4)", sequence))
        {
            inputs.AddRange(InputsOf(runId, record, samples, seen));
            sequence = record.Sequence;
        }

        return inputs;
    }

    private List<RunInput> InputsOf(string runId, StoredRecord record, Queue<TraceSample> samples, Action<TraceSample>? seen)
    {
        List<RunInput> inputs = [];
        Read(runId, record, () =>
        {
            if (record.Kind == RecordKind.Inputs)
            {
                inputs.AddRange(InputEncoding.Unpack(record.Payload, samples));
                return;
            }

            foreach (TraceSample sample in RunEncoding.Unpack(record.Payload))
            {
                samples.Enqueue(sample);
                seen?.Invoke(sample);
            }
        });
        return inputs;
    }

    /// <summary>What is to be done in a run.</summary>
    /// <exception cref="LabException">The record of it cannot be read.</exception>
    public Protocol ProtocolOf(string runId) => Guard(() =>
    {
        Protocol? protocol = null;
        foreach (StoredRecord record in Records(runId, "seq = 0")) Read(runId, record, () => protocol = HeaderProtocol(record));
        return protocol ?? throw WithoutProtocol(runId);
    });

    /// <summary>What stood between the press and the numbers of a run.</summary>
    /// <exception cref="LabException">The record of it cannot be read.</exception>
    public RunTerms TermsOf(string runId) => Guard(() =>
    {
        RunTerms terms = RunTerms.Plain;
        foreach (StoredRecord record in Records(runId, "seq = 0")) Read(runId, record, () => terms = HeaderTerms(record));
        return terms;
    });

    private static RunTerms HeaderTerms(StoredRecord record)
    {
        using JsonDocument header = JsonDocument.Parse(record.Payload);
        return RunTerms.Read(header.RootElement);
    }

    private static Protocol HeaderProtocol(StoredRecord record)
    {
        using JsonDocument header = JsonDocument.Parse(record.Payload);
        return ProtocolJson.Read(header.RootElement.GetProperty("protocol"));
    }

    private LabException WithoutProtocol(string id) => new($"run {id} in {DatabasePath}: the record of its protocol is missing; verify the run, and take it from a backup");

    private void Read(string id, StoredRecord record, Action read)
    {
        if (!record.IsSound) throw Damaged(id, record.Sequence, "its checksum does not fit");
        try
        {
            read();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or JsonException or KeyNotFoundException or ArgumentException or InvalidOperationException)
        {
            throw Damaged(id, record.Sequence, exception.Message, exception);
        }
    }

    private IEnumerable<StoredRecord> Records(string id, string which = Every, long after = -1)
    {
        // Who reads every record finds the first wrong one, and names it.
        if (after < 0 && which is not Every) RefuseGap(id);
        using SqliteCommand command = Schema.Command(_connection, null, $"SELECT seq, kind, payload, hash, crc FROM record WHERE run_id = $id AND seq > $after AND {which} ORDER BY seq", ("$id", id), ("$after", after));
        using SqliteDataReader reader = Guard(command.ExecuteReader);
        while (Guard(() => Next(reader)) is { } record) yield return record;
    }

    // Whole and in order, or not at all: numbers that are taken from a run are those that were written.
    private IEnumerable<StoredRecord> Chained(string id)
    {
        byte[] hash = RecordChain.Root(id);
        long next = 0;
        foreach (StoredRecord record in Records(id))
        {
            if (record.Sequence != next) throw Damaged(id, next, "it is missing");
            hash = RecordChain.Next(hash, record.Sequence, record.Kind, record.Payload);
            if (!hash.AsSpan().SequenceEqual(record.Hash)) throw Damaged(id, next, "it is not as it was written");
            next++;
            yield return record;
        }
    }

    // A record that is gone, or whose kind is none, would be left out in silence, and what is behind it would read as if it came before.
    private void RefuseGap(string id) => Guard(() =>
    {
        using SqliteCommand command = Schema.Command(
            _connection, null, "SELECT count(*), coalesce(max(seq), -1), coalesce(min(CASE WHEN typeof(kind) <> 'integer' OR kind NOT BETWEEN 0 AND 5 THEN seq END), -1) FROM record WHERE run_id = $id", ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        (long count, long last, long unknown) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        if (unknown >= 0) throw Damaged(id, unknown, "it is of no known kind");
        if (count != last + 1) throw Damaged(id, count, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the run has {count} records, and the last one is number {last}"));
        return count;
    });

    private static StoredRecord? Next(SqliteDataReader reader) => reader.Read()
        ? new StoredRecord(
            reader.GetInt64(0), (RecordKind)reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3), reader.IsDBNull(4) ? null : (uint)reader.GetInt64(4))
        : null;

    // A run of the first format has no lines beside its chunks; they are made from the chunks themselves.
    private ImmutableArray<TraceStretch> Stretches(string id)
    {
        using SqliteCommand command = Schema.Command(_connection, null, "SELECT first_s, last_s, step, samples, low_pa, high_pa FROM chunk WHERE run_id = $id ORDER BY seq", ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        var stretches = ImmutableArray.CreateBuilder<TraceStretch>();
        while (reader.Read())
        {
            stretches.Add(new TraceStretch(
                reader.GetDouble(0), reader.GetDouble(1), reader.GetInt32(2), reader.GetInt64(3), reader.IsDBNull(4) ? double.NaN : reader.GetDouble(4), reader.IsDBNull(5) ? double.NaN : reader.GetDouble(5)));
        }

        if (stretches.Count > 0) return stretches.ToImmutable();
        foreach (TraceSample[] chunk in Samples(id).Chunk(4096))
            stretches.Add(new TraceStretch(chunk[0].TimeSeconds, chunk[^1].TimeSeconds, chunk[^1].StepIndex, chunk.Length, chunk.Min(sample => sample.PressurePa), chunk.Max(sample => sample.PressurePa)));
        return stretches.ToImmutable();
    }
}
