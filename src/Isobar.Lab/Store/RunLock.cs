namespace Isobar.Lab.Store;

/// <summary>
/// A lock of the operating system that a living process holds while it makes a run. It goes with the process, however that ends, so a run
/// without outcome and without lock was interrupted.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    private RunLock(FileStream file, string path)
    {
        _file = file;
        _path = path;
    }

    public static RunLock Take(string databasePath, string runId)
    {
        string path = PathOf(databasePath, runId);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"run {runId} cannot be locked by {path}: another process makes it, or the folder is not writable ({exception.Message})", exception);
        }
    }

    /// <summary>Whether a living process holds the lock. Looking takes a shared lock, so that two who look do not see each other.</summary>
    public static bool IsHeld(string databasePath, string runId)
    {
        string path = PathOf(databasePath, runId);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        // Removed before it is let go: nobody can take a lock on a file that is about to vanish.
        File.Delete(_path);
        _file.Dispose();
    }

    private static string PathOf(string databasePath, string runId) => Path.Combine(databasePath + ".running", runId + ".lock");
}
