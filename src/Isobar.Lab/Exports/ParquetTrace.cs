using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Parquet;
using Parquet.Schema;

namespace Isobar.Lab.Exports;

/// <summary>The trace of a run as Apache Parquet, one column each, the unit in the name; what else belongs to the run is in the metadata of the file under <c>isobar</c>.</summary>
internal static class ParquetTrace
{
    private const string ManifestKey = "isobar";

    // SHA-256 of the whole file with zeros in its place: a damaged file is refused before anything in it is decoded.
    private const string HashKey = "isobar_sha256";
    private const int HashLength = 64;

    // Thrift puts two bytes between a key and its value; what lies further away is no hash.
    private const int HashWithin = 8;

    private static readonly SearchValues<byte> s_hexadecimal = SearchValues.Create("0123456789abcdef"u8);

    // Rows of one group; a reader needs the memory of one group.
    private const int GroupRows = 1 << 18;

    private static readonly ParquetSchema s_schema = new([.. TraceColumns.Names.Select(name => (Field)new DataField(name, name == TraceColumns.Step ? typeof(int) : typeof(double), false))]);

    public static async Task<byte[]> WriteAsync(StoredRun run, CancellationToken cancellation = default)
    {
        using var stream = new MemoryStream();
        ParquetWriter writer = await ParquetWriter.CreateAsync(s_schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, cancellationToken: cancellation);
        await using (writer)
        {
            writer.CustomMetadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ManifestKey] = Encoding.UTF8.GetString(RunManifest.Of(run).ToBytes()),
                [HashKey] = new string('0', HashLength),
            };
            ImmutableArray<TraceSample> samples = run.Record.Samples;
            for (int from = 0; from < samples.Length || from == 0; from += GroupRows)
            {
                await WriteGroupAsync(writer, samples.AsMemory()[from..Math.Min(samples.Length, from + GroupRows)], cancellation);
            }
        }

        byte[] file = stream.ToArray();
        Span<byte> place = HashPlace(file);
        Encoding.ASCII.GetBytes(RunManifest.Hash(file)).CopyTo(place);
        return file;
    }

    public static async Task<ImportedRun> ReadAsync(byte[] bytes, string path, CancellationToken cancellation = default)
    {
        CheckHash(bytes, path);
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellation);
            await using (reader)
            {
                DataField[] fields = Fields(reader.Schema, path);
                if (reader.CustomMetadata is null || !reader.CustomMetadata.TryGetValue(ManifestKey, out string? text)) throw RunManifest.Wrong(path, "the file does not say what run it is of", "a file that isobar export wrote");
                using JsonDocument json = JsonDocument.Parse(text);
                RunManifest manifest = RunManifest.Read(json.RootElement, path);
                long rows = reader.RowGroups.Sum(group => group.RowCount);
                if (rows != manifest.Samples || rows > ImportBytes.MostSamples) throw RunManifest.Wrong(path, $"the file claims {rows} samples", $"{manifest.Samples}, and at most {ImportBytes.MostSamples}");
                var samples = ImmutableArray.CreateBuilder<TraceSample>((int)rows);
                foreach (ParquetRowGroupReader group in reader.RowGroups) await ReadGroupAsync(group, fields, samples, cancellation);
                return manifest.With(samples.ToImmutable(), path);
            }
        }
        catch (Exception fault) when (fault is not (IsobarFileException or OperationCanceledException or OutOfMemoryException))
        {
            // A damaged file makes the reader fail in many ways; none of them is a fault of this program.
            throw RunManifest.Wrong(path, $"this is not a readable Parquet file: {fault.Message}", "a file that isobar export wrote", cause: fault);
        }
    }

    private static void CheckHash(byte[] bytes, string path)
    {
        byte[] blank = [.. bytes];
        Span<byte> place = HashPlace(blank);
        if (place.IsEmpty) throw RunManifest.Wrong(path, "the file does not hold its SHA-256", "a Parquet file that isobar export wrote", "isobar import reads its own exports; other Parquet files are data for other programs");
        string said = Encoding.ASCII.GetString(place);
        place.Fill((byte)'0');
        if (!string.Equals(said, RunManifest.Hash(blank), StringComparison.Ordinal)) throw RunManifest.Wrong(path, "the file is not as it was written: its SHA-256 is another", "the SHA-256 " + said);
    }

    // Where the hash stands in the footer; nowhere in a file without one.
    private static Span<byte> HashPlace(byte[] file)
    {
        int key = file.AsSpan().LastIndexOf("isobar_sha256"u8);
        if (key < 0) return [];
        for (int at = key + HashKey.Length; at < key + HashKey.Length + HashWithin && at + HashLength <= file.Length; at++)
        {
            Span<byte> place = file.AsSpan(at, HashLength);
            if (!place.ContainsAnyExcept(s_hexadecimal)) return place;
        }

        return [];
    }

    private static async Task WriteGroupAsync(ParquetWriter writer, ReadOnlyMemory<TraceSample> samples, CancellationToken cancellation)
    {
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach (DataField field in s_schema.GetDataFields())
        {
            if (field.Name == TraceColumns.Step)
            {
                await group.WriteAsync<int>(field, Array.ConvertAll(samples.ToArray(), static sample => sample.StepIndex), cancellationToken: cancellation);
                continue;
            }

            Func<TraceSample, double> of = TraceColumns.All.Single(column => column.Name == field.Name).Of;
            await group.WriteAsync<double>(field, Array.ConvertAll(samples.ToArray(), sample => of(sample)), cancellationToken: cancellation);
        }

        group.CompleteValidate();
    }

    private static DataField[] Fields(ParquetSchema schema, string path)
    {
        DataField[] found = schema.GetDataFields();
        foreach (DataField wanted in s_schema.GetDataFields())
        {
            DataField? field = Array.Find(found, each => string.Equals(each.Name, wanted.Name, StringComparison.Ordinal));
            if (field is null) throw RunManifest.Wrong(path, $"there is no column '{wanted.Name}'; the columns are {string.Join(", ", found.Select(each => each.Name))}", $"the columns {string.Join(", ", TraceColumns.Names)}, in these units");
            if (field.ClrType != wanted.ClrType) throw RunManifest.Wrong(path, $"the column '{field.Name}' is of type {field.ClrType.Name}", $"{wanted.ClrType.Name}");
        }

        return [.. TraceColumns.Names.Select(name => Array.Find(found, each => string.Equals(each.Name, name, StringComparison.Ordinal))!)];
    }

    private static async Task ReadGroupAsync(ParquetRowGroupReader group, DataField[] fields, ImmutableArray<TraceSample>.Builder samples, CancellationToken cancellation)
    {
        int rows = (int)group.RowCount;
        var steps = new int[rows];
        var columns = new double[fields.Length - 1][];
        int next = 0;
        foreach (DataField field in fields)
        {
            if (field.Name == TraceColumns.Step)
            {
                await group.ReadAsync<int>(field, steps, cancellationToken: cancellation);
                continue;
            }

            columns[next] = new double[rows];
            await group.ReadAsync<double>(field, columns[next], cancellationToken: cancellation);
            next++;
        }

        var row = new double[columns.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int column = 0; column < row.Length; column++) row[column] = columns[column][i];
            samples.Add(TraceColumns.Sample(steps[i], row));
        }
    }
}
