using Isobar.Lab.Files;

namespace Isobar.Lab.Exports;

/// <summary>The bytes of a file that is read back.</summary>
internal static class ImportBytes
{
    /// <summary>Larger files are no run: a month at 20 samples a second is 2.3 GB as a table, which is read as Parquet.</summary>
    public const long Largest = 1L << 30;

    /// <summary>Most samples of a run: four weeks at 20 samples a second.</summary>
    public const long MostSamples = 50_000_000;

    public static byte[] Read(string path)
    {
        if (Directory.Exists(path)) throw RunManifest.Wrong(path, $"'{path}' is a folder", "a file that isobar export wrote", "name the file in it");
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Largest } large) throw RunManifest.Wrong(path, $"the file has {large.Length >> 20} MB", "an export of at most 1 GB", "export the run as Parquet, which is smaller");
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw RunManifest.Wrong(path, $"the file cannot be read: {fault.Message}", "a readable file", "check the path and the permissions", fault);
        }
    }
}
