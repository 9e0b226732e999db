using System.Globalization;
using System.Text.Json;
using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>A record as it lies in the database.</summary>
internal sealed record StoredRecord(long Sequence, RecordKind Kind, byte[] Payload, byte[] Hash, uint? Crc)
{
    /// <summary>Whether the payload is the one that was written, as far as its own checksum can tell.</summary>
    public bool IsSound => Crc is not { } crc || crc == Crc32.Of(Payload);
}

/// <summary>Walks the chain of a run and holds the run's row against its first and last record.</summary>
internal static class RunVerifier
{
    public static RunVerification Verify(RunSummary run, string protocolText, string? cellText, string? planJson, IEnumerable<StoredRecord> records)
    {
        byte[] hash = RecordChain.Root(run.Id);
        long next = 0;
        StoredRecord? header = null;
        StoredRecord? last = null;
        foreach (StoredRecord record in records)
        {
            if (record.Sequence != next) return Bad(next, "is missing");
            if (!record.IsSound) return Bad(next, "is damaged: its checksum does not fit");
            hash = RecordChain.Next(hash, record.Sequence, record.Kind, record.Payload);
            if (!hash.AsSpan().SequenceEqual(record.Hash)) return Bad(next, "is not as it was written");
            header ??= record;
            last = record;
            next++;
        }

        if (header is not { Kind: RecordKind.Header }) return Bad(0, "is missing");
        using JsonDocument head = JsonDocument.Parse(header.Payload);
        if (Difference(head.RootElement, run, protocolText, cellText, planJson) is { } column)
            return new RunVerification(false, 0, $"the {column} of run {run.Id} is not what its first record says");
        bool closed = last is { Kind: RecordKind.End };
        bool claims = run.Outcome is not (RunOutcome.Running or RunOutcome.Interrupted);
        if (claims && !closed) return Bad(next, "is missing: the run claims to have ended, but its last record does not say so");
        if (closed)
        {
            using JsonDocument end = JsonDocument.Parse(last!.Payload);
            if (!Same(end.RootElement, "outcome", run.Outcome.ToString()) || !Same(end.RootElement, "digest", run.Digest))
                return new RunVerification(false, last.Sequence, $"the outcome or the digest of run {run.Id} is not what its last record says");
        }

        string text = string.Create(CultureInfo.InvariantCulture, $"{next} records, unbroken{(closed ? "" : ", not closed")}");
        return new RunVerification(true, null, text);
    }

    private static string? Difference(JsonElement head, RunSummary run, string protocolText, string? cellText, string? planJson)
    {
        if (!Same(head, "name", run.Name)) return "name";
        if (!Same(head, "goal", run.Goal)) return "goal";
        if (!Same(head, "press", run.Press)) return "press";
        if (head.GetProperty("started_utc_us").GetInt64() != (run.Started - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond) return "start";
        if (!Same(head, "protocol_text_sha256", RecordChain.TextHash(protocolText))) return "protocol";
        if (!Same(head, "cell_text_sha256", RecordChain.TextHash(cellText))) return "cell";
        return Same(head, "plan_json_sha256", RecordChain.TextHash(planJson)) ? null : "plan";
    }

    private static bool Same(JsonElement json, string name, string? value) =>
        json.TryGetProperty(name, out JsonElement found) ? string.Equals(found.GetString(), value, StringComparison.Ordinal) : value is null;

    private static RunVerification Bad(long sequence, string what) =>
        new(false, sequence, string.Create(CultureInfo.InvariantCulture, $"record {sequence} {what}"));
}
