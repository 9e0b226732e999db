using System.IO.Compression;
using System.Text;
using Isobar.Lab.Exports;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Xunit;

namespace Isobar.Lab.Tests.Exports;

/// <summary>Files that are not as they were written are refused, and nothing outside them is touched.</summary>
public sealed class HostileImportTests : IDisposable
{
    private readonly ExportBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("run.csv", "Pa,force_N", "MPa,force_N", "not as it was written")]
    [InlineData("run.csv", "\n0.1", "\n0.2", "not as it was written")]
    [InlineData("run-steps.csv", "Passed", "Failed", "not as it was written")]
    [InlineData("run.csv-metadata.json", "\"rate\"", "\"fate\"", "not as it was written")]
    [InlineData("run.csv-metadata.json", "run-steps.csv", "../run-steps.csv", "not a file beside this one")]
    [InlineData("run.csv-metadata.json", "\"url\": \"run.csv\"", "\"url\": \"ruin.csv\"", "'ruin.csv' is missing")]
    [InlineData("run.csv-metadata.json", "run/1", "run/9", "'run/9'")]
    [InlineData("run.csv-metadata.json", "{", "[", "cannot be read")]
    [InlineData("run.csv-metadata.json", "\"notes\"", "\"motes\"", "cannot be read")]
    public async Task A_changed_table_is_refused(string file, string from, string to, string says)
    {
        string path = await _bench.WriteAsync(ExportFormat.Csv);
        string text = await File.ReadAllTextAsync(_bench.PathOf(file), Token);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        await File.WriteAllTextAsync(_bench.PathOf(file), text[..at] + to + text[(at + from.Length)..], Token);
        await RefusedAsync(path, says);
    }

    [Theory]
    [InlineData("run.csv-metadata.json")]
    [InlineData("run-events.csv")]
    public async Task A_missing_file_is_named(string file)
    {
        string path = await _bench.WriteAsync(ExportFormat.Csv);
        File.Delete(_bench.PathOf(file));
        await RefusedAsync(path, file);
    }

    /// <summary>With every digest made new the wrong unit is still seen: by the name of the column.</summary>
    [Fact]
    public async Task A_table_in_another_unit_is_refused_by_its_heading()
    {
        string path = await _bench.WriteAsync(ExportFormat.Csv), description = path + "-metadata.json";
        string before = RunManifest.Hash(await File.ReadAllBytesAsync(path, Token));
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Token)).Replace("pressure_Pa", "pressure_MPa", StringComparison.Ordinal), Token);
        string after = RunManifest.Hash(await File.ReadAllBytesAsync(path, Token));
        await File.WriteAllTextAsync(description, (await File.ReadAllTextAsync(description, Token)).Replace(before, after, StringComparison.Ordinal), Token);
        await RefusedAsync(path, "pressure_MPa");
    }

    [Theory]
    [InlineData("../evil.txt", "leads out of the archive")]
    [InlineData("/etc/evil", "leads out of the archive")]
    [InlineData("run/../../evil.txt", "leads out of the archive")]
    [InlineData("run\\..\\evil.txt", "leads out of the archive")]
    [InlineData("C:/evil.txt", "leads out of the archive")]
    [InlineData("other/file.txt", "two folders")]
    [InlineData("file.txt", "not in the folder")]
    [InlineData("run/run/stranger.txt", "is not described")]
    public async Task An_archive_with_a_stranger_in_it_is_refused(string name, string says)
    {
        string path = await _bench.WriteAsync(ExportFormat.Eln);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            using Stream stream = zip.CreateEntry(name).Open();
            stream.Write("evil"u8);
        }

        await RefusedAsync(path, says);
        Assert.False(File.Exists(_bench.PathOf("evil.txt")));
        Assert.False(File.Exists(_bench.PathOf("..", "evil.txt")));
    }

    [Theory]
    [InlineData("run/run/trace.parquet", "is missing")]
    [InlineData("run/ro-crate-metadata.json", "there is no ro-crate-metadata.json")]
    [InlineData("run/run/card.json", "is missing")]
    public async Task An_archive_that_lacks_a_file_is_refused(string name, string says)
    {
        string path = await _bench.WriteAsync(ExportFormat.Eln);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update)) zip.GetEntry(name)!.Delete();
        await RefusedAsync(path, says);
    }

    [Fact]
    public async Task An_archive_with_another_hash_is_refused()
    {
        string path = await _bench.WriteAsync(ExportFormat.Eln);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            zip.GetEntry("run/run/protocol.yaml")!.Delete();
            using Stream stream = zip.CreateEntry("run/run/protocol.yaml").Open();
            stream.Write("isobar: protocol/2\n"u8);
        }

        await RefusedAsync(path, "SHA-256");
    }

    [Fact]
    public async Task An_archive_that_grows_without_end_is_refused_while_it_is_unpacked()
    {
        string path = _bench.PathOf("bomb.eln");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            var zeros = new byte[1 << 20];
            for (int file = 0; file < 9; file++)
            {
                using Stream stream = zip.CreateEntry($"bomb/{file}", CompressionLevel.Fastest).Open();
                for (int i = 0; i < 128; i++) stream.Write(zeros);
            }
        }

        await RefusedAsync(path, "more than 1 GB");
    }

    /// <summary>Each byte of the head and the foot of a Parquet file and a part of the rest, each turned; and the file cut at many lengths. Nothing of it is decoded.</summary>
    [Fact]
    public async Task A_damaged_Parquet_file_is_refused()
    {
        byte[] good = (await _bench.FilesAsync(ExportFormat.Parquet))[0].Bytes;
        Assert.Equal(RunDigest.Of(_bench.Stored().Record), RunDigest.Of((await ParquetTrace.ReadAsync(good, "good", Token)).Run.Record));
        foreach (int at in Enumerable.Range(0, good.Length).Where(i => i < 64 || i > good.Length - 64 || i % 997 == 0))
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x55;
            await Assert.ThrowsAsync<IsobarFileException>(() => ParquetTrace.ReadAsync(bad, "bad", Token));
        }

        foreach (int length in Enumerable.Range(0, 40).Select(i => good.Length * i / 40)) await Assert.ThrowsAsync<IsobarFileException>(() => ParquetTrace.ReadAsync(good[..length], "cut", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("PAR1")]
    [InlineData("time_s,step\n0,0\n")]
    public async Task Something_else_is_refused(string content)
    {
        string path = _bench.PathOf("something");
        await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(content), Token);
        await Assert.ThrowsAsync<IsobarFileException>(() => RunImport.ReadAsync(path, Token));
    }

    [Fact]
    public async Task An_id_that_is_a_path_is_refused()
    {
        string path = await _bench.WriteAsync(ExportFormat.Csv), description = path + "-metadata.json";
        string text = await File.ReadAllTextAsync(description, Token);
        string body = text[(text.IndexOf("\"run\": ", StringComparison.Ordinal) + 7)..text.LastIndexOf("\n    }", StringComparison.Ordinal)].TrimEnd();
        string evil = body.Replace(_bench.RunId, "../../evil", StringComparison.Ordinal);
        string changed = text.Replace(body, evil, StringComparison.Ordinal).Replace(RunManifest.Hash(Encoding.UTF8.GetBytes(body)), RunManifest.Hash(Encoding.UTF8.GetBytes(evil)), StringComparison.Ordinal);
        Assert.NotEqual(text, changed, StringComparer.Ordinal);
        await File.WriteAllTextAsync(description, changed, Token);
        await RefusedAsync(path, "is not the id of a run");
    }

    private static async Task RefusedAsync(string path, string says) =>
        Assert.Contains(says, (await Assert.ThrowsAsync<IsobarFileException>(() => RunImport.ReadAsync(path, Token))).Message, StringComparison.Ordinal);
}
