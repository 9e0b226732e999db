using System.Text;

namespace Isobar.Cli;

/// <summary>Writes files whole or not at all.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, byte[] bytes) => Write([(path, bytes)]);

    /// <summary>Writes files that belong together: all are on the disk before the first takes its name.</summary>
    public static void Write(ReadOnlySpan<(string Path, byte[] Bytes)> files)
    {
        int drafts = 0;
        try
        {
            foreach ((string path, byte[] bytes) in files)
            {
                drafts++;
                File.WriteAllBytes(Draft(path), bytes);
            }

            foreach ((string path, _) in files) File.Move(Draft(path), path, overwrite: true);
        }
        catch
        {
            foreach ((string path, _) in files[..drafts]) File.Delete(Draft(path));
            throw;
        }
    }

    private static string Draft(string path) => path + ".new";
}
