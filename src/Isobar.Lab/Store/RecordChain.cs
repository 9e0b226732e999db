using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Lab.Store;

/// <summary>
/// Chains the records of a run: hash = SHA-256(hash before ‖ number ‖ kind ‖ payload), the first one on the id of the run.
/// A changed, missing or reordered record breaks the chain at its place.
/// </summary>
internal static class RecordChain
{
    public static byte[] Root(string runId) => SHA256.HashData(Encoding.UTF8.GetBytes("isobar run " + runId));

    public static byte[] Next(byte[] before, long sequence, RecordKind kind, byte[] payload)
    {
        var link = new byte[before.Length + sizeof(long) + 1 + payload.Length];
        before.CopyTo(link, 0);
        BinaryPrimitives.WriteInt64LittleEndian(link.AsSpan(before.Length), sequence);
        link[before.Length + sizeof(long)] = (byte)kind;
        payload.CopyTo(link, before.Length + sizeof(long) + 1);
        return SHA256.HashData(link);
    }

    /// <summary>The first record: what the run is. The columns of the run's row are held against it.</summary>
    public static byte[] Header(RunDescription description, long startedMicroseconds) => RunEncoding.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", description.Name);
        if (description.Goal is not null) json.WriteString("goal", description.Goal);
        json.WriteString("press", description.Press);
        json.WriteNumber("started_utc_us", startedMicroseconds);
        json.WriteString("protocol_text_sha256", TextHash(description.ProtocolText));
        json.WriteString("cell_text_sha256", TextHash(description.CellText));
        json.WriteString("plan_json_sha256", TextHash(description.PlanJson));
        if (!description.Terms.IsPlain) description.Terms.Write(json);
        json.WritePropertyName("protocol");
        json.WriteRawValue(ProtocolJson.Write(description.Protocol));
        json.WriteEndObject();
    });

    /// <summary>The last record: how the run ended.</summary>
    public static byte[] End(string outcome, string digest) => RunEncoding.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("outcome", outcome);
        json.WriteString("digest", digest);
        json.WriteEndObject();
    });

    public static string TextHash(string? text) => text is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
