using System.Diagnostics;

namespace Isobar.Tests;

/// <summary>Where the sources lie, seen from the built tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindUpwards("Isobar.slnx", File.Exists)
        ?? throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds Isobar.slnx; run the tests from a checkout");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files under version control, relative with forward slashes.</summary>
    public static IReadOnlyList<string> TrackedFiles()
    {
        var start = new ProcessStartInfo("git", ["-C", Root, "ls-files", "--cached", "--others", "--exclude-standard"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process git = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(PathOf(file)))]
            : throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {Root}");
    }

    private static string? FindUpwards(string name, Func<string, bool> exists)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, name);
            if (exists(candidate)) return File.Exists(candidate) ? folder.FullName : candidate;
        }

        return null;
    }
}
