using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>What a record of the chain holds.</summary>
internal enum RecordKind
{
    /// <summary>What the run is: names and protocol, JSON.</summary>
    Header = 0,

    /// <summary>Samples, little-endian column by column, deflated.</summary>
    Samples = 1,

    /// <summary>Events, JSON.</summary>
    Events = 2,

    /// <summary>Outcome and digest, JSON.</summary>
    End = 3,

    /// <summary>What the executor was told, deflated.</summary>
    Inputs = 4,

    /// <summary>How punctual the loop was, JSON.</summary>
    Timing = 5,
}

/// <summary>Samples and events as bytes.</summary>
internal static class RunEncoding
{
    /// <summary>Bytes of one sample: five doubles and the step.</summary>
    public const int SampleBytes = (5 * sizeof(double)) + sizeof(int);

    /// <summary>One sample as it enters the digest.</summary>
    public static void Write(in TraceSample sample, Span<byte> bytes)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, sample.TimeSeconds);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], sample.SetpointPa);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], sample.ForceNewtons);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], sample.PressurePa);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[32..], sample.DisplacementMetres);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], sample.StepIndex);
    }

    public static byte[] Pack(IReadOnlyList<TraceSample> samples)
    {
        // Byte planes: equal bytes of neighbouring samples lie side by side and compress.
        var planes = new byte[sizeof(int) + (samples.Count * SampleBytes)];
        BinaryPrimitives.WriteInt32LittleEndian(planes, samples.Count);
        Span<byte> one = stackalloc byte[SampleBytes];
        for (int i = 0; i < samples.Count; i++)
        {
            Write(samples[i], one);
            for (int b = 0; b < SampleBytes; b++) planes[sizeof(int) + (b * samples.Count) + i] = one[b];
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest)) deflate.Write(planes);
        return packed.ToArray();
    }

    public static TraceSample[] Unpack(byte[] payload)
    {
        using var plain = new MemoryStream();
        using (var inflate = new DeflateStream(new MemoryStream(payload), CompressionMode.Decompress)) inflate.CopyTo(plain);
        ReadOnlySpan<byte> planes = plain.GetBuffer().AsSpan(0, (int)plain.Length);
        int count = planes.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(planes);
        if (count < 0 || planes.Length != sizeof(int) + ((long)count * SampleBytes)) throw new InvalidDataException($"a chunk of {planes.Length} bytes is not one of {count} samples");
        var samples = new TraceSample[count];
        Span<byte> one = stackalloc byte[SampleBytes];
        for (int i = 0; i < count; i++)
        {
            for (int b = 0; b < SampleBytes; b++) one[b] = planes[sizeof(int) + (b * count) + i];
            samples[i] = new TraceSample(
                BinaryPrimitives.ReadDoubleLittleEndian(one),
                BinaryPrimitives.ReadInt32LittleEndian(one[40..]),
                BinaryPrimitives.ReadDoubleLittleEndian(one[8..]),
                BinaryPrimitives.ReadDoubleLittleEndian(one[16..]),
                BinaryPrimitives.ReadDoubleLittleEndian(one[24..]),
                BinaryPrimitives.ReadDoubleLittleEndian(one[32..]));
        }

        return samples;
    }

    public static byte[] Pack(IReadOnlyList<RunEvent> events) => Json(json =>
    {
        json.WriteStartArray();
        foreach (RunEvent e in events) Write(json, e);
        json.WriteEndArray();
    });

    /// <summary>One event as it enters the digest.</summary>
    public static byte[] Pack(RunEvent runEvent) => Json(json => Write(json, runEvent));

    public static IEnumerable<RunEvent> UnpackEvents(byte[] payload)
    {
        using JsonDocument json = JsonDocument.Parse(payload);
        return [.. json.RootElement.EnumerateArray().Select(e => new RunEvent(
            e.GetProperty("t_s").GetDouble(),
            Enum.Parse<RunEventKind>(e.GetProperty("kind").GetString()!),
            e.GetProperty("step").GetInt32(),
            e.GetProperty("text").GetString()!))];
    }

    public static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) write(json);
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, RunEvent e)
    {
        json.WriteStartObject();
        json.WriteNumber("t_s", e.TimeSeconds);
        json.WriteString("kind", e.Kind.ToString());
        json.WriteNumber("step", e.StepIndex);
        json.WriteString("text", e.Text);
        json.WriteEndObject();
    }
}
