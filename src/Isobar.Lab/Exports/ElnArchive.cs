using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Isobar.Lab.Cards;
using Isobar.Lab.Files;
using Isobar.Lab.Store;

namespace Isobar.Lab.Exports;

/// <summary>
/// An .eln archive: one folder with a RO-Crate 1.1, every file with its size and SHA-256, what was set and measured as property values. The run is in it as Parquet, which
/// is the whole record, and as tables for people. Read back, nothing outside the folder is touched and every digest must agree.
/// </summary>
internal static class ElnArchive
{
    public const string MetadataName = "ro-crate-metadata.json";
    public const string RunFolder = "run/";
    public const string TraceName = "trace.parquet";

    private const string ArtefactFolder = "artefacts/";

    // An archive of a run has about thirty files.
    private const int MostEntries = 1000;

    public static ExportFile Write(StoredRun run, ReportCard card, string name, ImmutableArray<ExportFile> files)
    {
        DateTimeOffset time = run.Summary.Started.UtcDateTime < new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc) ? new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero) : run.Summary.Started.ToUniversalTime();
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, $"{name}/{MetadataName}", ElnMetadata.Write(run, card, files), time);
            foreach (ExportFile file in files) Add(zip, $"{name}/{RunFolder}{file.Name}", file.Bytes, time);
        }

        return new ExportFile(name + ".eln", stream.ToArray());
    }

    /// <summary>Name in the archive of something that was kept with the run.</summary>
    public static string Artefact(string name) => ArtefactFolder + name;

    public static async Task<ImportedRun> ReadAsync(byte[] bytes, string path, CancellationToken cancellation = default)
    {
        Dictionary<string, byte[]> files = Files(bytes, path);
        if (!files.Remove(MetadataName, out byte[]? metadata)) throw RunManifest.Wrong(path, $"there is no {MetadataName} in it", "an .eln archive: one folder with this file");
        CheckAll(metadata, files, path);
        if (!files.TryGetValue(RunFolder + TraceName, out byte[]? trace)) throw RunManifest.Wrong(path, $"there is no {RunFolder}{TraceName} in it", "an archive that isobar export wrote");
        ImportedRun run = await ParquetTrace.ReadAsync(trace, $"{path}: {TraceName}", cancellation);
        string artefacts = RunFolder + ArtefactFolder;
        return run with
        {
            Artefacts = [.. files.Where(file => file.Key.StartsWith(artefacts, StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new ExportFile(file.Key[artefacts.Length..], file.Value))],
        };
    }

    private static void Add(ZipArchive zip, string name, byte[] content, DateTimeOffset time)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = time;
        using Stream stream = entry.Open();
        stream.Write(content);
    }

    // The files by their names below the one root folder. Nothing is written anywhere; sizes that are claimed are refused when too large, and counted all the same.
    private static Dictionary<string, byte[]> Files(byte[] bytes, string path)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries) throw RunManifest.Wrong(path, $"the archive has {zip.Entries.Count} entries", $"at most {MostEntries}");
            string? root = null;
            long total = 0;
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                string name = entry.FullName;
                RequireInside(name, path);
                int slash = name.IndexOf('/');
                if (slash < 0) throw RunManifest.Wrong(path, $"'{name}' is not in the folder of the archive", "one folder with everything in it");
                root ??= name[..slash];
                if (!string.Equals(root, name[..slash], StringComparison.Ordinal)) throw RunManifest.Wrong(path, $"there are two folders, '{root}' and '{name[..slash]}'", "one folder with everything in it");
                if (name.EndsWith('/')) continue;
                byte[] content = Content(entry, ImportBytes.Largest - total, path);
                total += content.Length;
                if (!files.TryAdd(name[(slash + 1)..], content)) throw RunManifest.Wrong(path, $"'{name}' is there twice", "each file once");
            }
        }
        catch (InvalidDataException fault)
        {
            throw RunManifest.Wrong(path, $"the archive cannot be read: {fault.Message}", "an .eln archive, which is a zip", cause: fault);
        }

        return files;
    }

    private static void RequireInside(string name, string path)
    {
        bool outside = name.Length == 0 || name.StartsWith('/') || name.AsSpan().IndexOfAny("\\:\0") >= 0 || Array.Exists(name.Split('/'), static part => part is "." or "..");
        if (outside) throw RunManifest.Wrong(path, $"'{name}' leads out of the archive", "names inside its one folder", "do not unpack this archive; ask where it is from");
    }

    private static byte[] Content(ZipArchiveEntry entry, long room, string path)
    {
        if (entry.Length > room) throw TooLarge(path);
        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (content.Length + read > room) throw TooLarge(path);
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static IsobarFileException TooLarge(string path) =>
        RunManifest.Wrong(path, "the archive unpacks to more than 1 GB", "the archive of one run", "do not unpack this archive; ask where it is from");

    private static void CheckAll(byte[] metadata, Dictionary<string, byte[]> files, string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(metadata);
            var described = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonElement entity in json.RootElement.GetProperty("@graph").EnumerateArray())
            {
                if (entity.GetProperty("@type") is not { ValueKind: JsonValueKind.String } type || type.GetString() is not "File") continue;
                string id = entity.GetProperty("@id").GetString() ?? "", name = id.StartsWith("./", StringComparison.Ordinal) ? id[2..] : id;
                if (!described.Add(name)) throw RunManifest.Wrong(path, $"'{name}' is described twice", "each file once");
                if (!files.TryGetValue(name, out byte[]? content)) throw RunManifest.Wrong(path, $"the file '{name}' is missing", "every file that the metadata names");
                if (!entity.TryGetProperty("sha256", out JsonElement hash)) throw RunManifest.Wrong(path, $"the file '{name}' has no SHA-256", "an archive that isobar export wrote");
                if (!string.Equals(hash.GetString(), RunManifest.Hash(content), StringComparison.OrdinalIgnoreCase)) throw RunManifest.Wrong(path, $"the file '{name}' is not as it was written: its SHA-256 is another", "the SHA-256 " + hash.GetString());
            }

            if (files.Keys.FirstOrDefault(name => !described.Contains(name)) is { } stranger) throw RunManifest.Wrong(path, $"the file '{stranger}' is not described", "only files that the metadata names");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw RunManifest.Wrong(path, $"{MetadataName} cannot be read: {fault.Message}", "an archive that isobar export wrote", cause: fault);
        }
    }
}
