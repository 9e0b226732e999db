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
        foreach ((string path, _) in files) RequirePlace(path);
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
        catch (Exception fault)
        {
            foreach ((string path, _) in files[..drafts]) File.Delete(Draft(path));
            if (drafts == 0 || fault is not (IOException or UnauthorizedAccessException)) throw;
            string last = files[drafts - 1].Path;
            throw new Failure(
                $"the file cannot be written: {fault.Message.Replace(Draft(last), last, StringComparison.Ordinal)}", "a place that can be written to, with room on the disk", "check it, or name another place", last,
                ExitCode.OutsideFailed);
        }
    }

    private static void RequirePlace(string path)
    {
        if (Directory.Exists(path)) throw new Failure($"'{path}' is a folder", "the name of a file to write", "name a file in it");
        string? folder = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(folder) && !Directory.Exists(folder)) throw new Failure($"there is no folder '{folder}'", "a folder that exists", "make it, or name another place", path);
    }

    private static string Draft(string path) => path + ".new";
}
