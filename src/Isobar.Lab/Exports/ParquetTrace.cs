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

    // Rows of one group; a reader needs the memory of one group.
    private const int GroupRows = 1 << 18;

    private static readonly ParquetSchema s_schema = new([.. TraceColumns.Names.Select(name => (Field)new DataField(name, name == TraceColumns.Step ? typeof(int) : typeof(double), false))]);

    public static async Task<byte[]> WriteAsync(StoredRun run, CancellationToken cancellation = default)
    {
        using var stream = new MemoryStream();
        ParquetWriter writer = await ParquetWriter.CreateAsync(s_schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, cancellationToken: cancellation);
        await using (writer)
        {
            writer.CustomMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { [ManifestKey] = Encoding.UTF8.GetString(RunManifest.Of(run).ToBytes()) };
            ImmutableArray<TraceSample> samples = run.Record.Samples;
            for (int from = 0; from < samples.Length || from == 0; from += GroupRows)
            {
                await WriteGroupAsync(writer, samples.AsMemory()[from..Math.Min(samples.Length, from + GroupRows)], cancellation);
            }
        }

        return stream.ToArray();
    }

    public static async Task<ImportedRun> ReadAsync(byte[] bytes, string path, CancellationToken cancellation = default)
    {
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
