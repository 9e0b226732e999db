using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>
/// What the executor was told, as bytes, so that a run can be put through it again. A tick that gave a sample refers to it and keeps only what
/// the sample does not hold; everything else is kept whole.
/// </summary>
internal static class InputEncoding
{
    // A tick of a sample without temperature, the same with one, or an input that is kept whole.
    private const byte SampleTick = 1;
    private const byte WarmSampleTick = 2;
    private const byte Whole = 3;

    public static byte[] Pack(IReadOnlyList<RunInput> inputs)
    {
        var codes = new byte[inputs.Count];
        var thickness = new List<double>(inputs.Count);
        using var rest = new MemoryStream();
        using (var writer = new BinaryWriter(rest, Encoding.UTF8, leaveOpen: true))
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                ExecutorEvent e = inputs[i].Event;
                codes[i] = !inputs[i].IsSample ? Whole : double.IsNaN(e.TemperatureKelvins) ? SampleTick : WarmSampleTick;
                if (codes[i] == Whole) WriteWhole(writer, e);
                else thickness.Add(e.ThicknessMetres);
                if (codes[i] == WarmSampleTick) writer.Write(e.TemperatureKelvins);
            }
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            Span<byte> count = stackalloc byte[2 * sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(count, codes.Length);
            BinaryPrimitives.WriteInt32LittleEndian(count[sizeof(int)..], thickness.Count);
            deflate.Write(count);
            deflate.Write(codes);
            deflate.Write(Planes(thickness));
            rest.Position = 0;
            rest.CopyTo(deflate);
        }

        return packed.ToArray();
    }

    /// <summary>The inputs of a chunk; ticks take their samples, in order, out of the queue.</summary>
    public static IEnumerable<RunInput> Unpack(byte[] payload, Queue<TraceSample> samples)
    {
        using var inflate = new DeflateStream(new MemoryStream(payload), CompressionMode.Decompress);
        using var reader = new BinaryReader(inflate, Encoding.UTF8);
        int count = reader.ReadInt32(), ticks = reader.ReadInt32();
        if (count < 0 || ticks < 0 || ticks > count) throw new InvalidDataException($"a chunk of {count} inputs cannot hold {ticks} ticks");
        byte[] codes = Exactly(reader, count);
        double[] thickness = FromPlanes(Exactly(reader, ticks * sizeof(double)), ticks);
        int tick = 0;
        foreach (byte code in codes)
        {
            if (code == Whole)
            {
                yield return new RunInput(ReadWhole(reader), IsSample: false);
                continue;
            }

            if (code is not (SampleTick or WarmSampleTick) || tick == ticks) throw new InvalidDataException($"an input of the unknown kind {code}");
            if (!samples.TryDequeue(out TraceSample sample)) throw new InvalidDataException("an input refers to a sample that is not there");
            double kelvins = code == WarmSampleTick ? reader.ReadDouble() : double.NaN;
            yield return new RunInput(
                ExecutorEvent.Tick(sample.TimeSeconds, sample.PressurePa, thickness[tick++], SampleQuality.Good, sample.DisplacementMetres, kelvins), IsSample: true);
        }
    }

    private static void WriteWhole(BinaryWriter writer, in ExecutorEvent e)
    {
        writer.Write((byte)e.Kind);
        writer.Write((byte)e.Quality);
        writer.Write(e.TimeSeconds);
        writer.Write(e.PressurePa);
        writer.Write(e.ThicknessMetres);
        writer.Write(e.DisplacementMetres);
        writer.Write(e.TemperatureKelvins);
        writer.Write(e.ResistanceOhmSquareMetres);
        writer.Write(e.Text);
    }

    private static ExecutorEvent ReadWhole(BinaryReader reader)
    {
        (byte kind, byte quality) = (reader.ReadByte(), reader.ReadByte());
        (double time, double pressure, double thickness) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (double displacement, double kelvins, double resistance) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        return new ExecutorEvent((ExecutorEventKind)kind, time, pressure, thickness, (SampleQuality)quality, reader.ReadString())
        {
            DisplacementMetres = displacement,
            TemperatureKelvins = kelvins,
            ResistanceOhmSquareMetres = resistance,
        };
    }

    private static byte[] Exactly(BinaryReader reader, int count)
    {
        byte[] bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new InvalidDataException($"a chunk of inputs ends after {bytes.Length} of {count} bytes");
    }

    // Equal bytes of neighbouring values lie side by side and compress.
    private static byte[] Planes(List<double> values)
    {
        var planes = new byte[values.Count * sizeof(double)];
        Span<byte> one = stackalloc byte[sizeof(double)];
        for (int i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(one, values[i]);
            for (int b = 0; b < sizeof(double); b++) planes[(b * values.Count) + i] = one[b];
        }

        return planes;
    }

    private static double[] FromPlanes(byte[] planes, int count)
    {
        var values = new double[count];
        Span<byte> one = stackalloc byte[sizeof(double)];
        for (int i = 0; i < count; i++)
        {
            for (int b = 0; b < sizeof(double); b++) one[b] = planes[(b * count) + i];
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(one);
        }

        return values;
    }
}
