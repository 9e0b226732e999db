using Xunit;

namespace Isobar.Lab.Tests;

/// <summary>
/// Programs outside this repository that some tests talk to. A missing one fails the test in continuous integration (CI=true)
/// and skips it, counted, elsewhere.
/// </summary>
internal static class ExternalTool
{
    /// <summary>The path of a program, or the end of the test.</summary>
    public static string Require(string program)
    {
        string? path = Find(program);
        RequireThat(path is not null, $"the program '{program}' is not on the PATH");
        return path!;
    }

    /// <summary>A folder that a documented command makes, or the end of the test.</summary>
    public static string RequireFolder(string path, string command)
    {
        RequireThat(Directory.Exists(path), $"the folder {path} is missing; make it with: {command}");
        return path;
    }

    /// <summary>Something else that must be installed, or the end of the test.</summary>
    public static void RequireThat(bool present, string message)
    {
        if (present) return;
        if (IsContinuousIntegration) Assert.Fail(message);
        Assert.Skip(message);
    }

    internal static string? Find(string program)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (string folder in folders)
        {
            string path = Path.Combine(folder, program);
            if (File.Exists(path)) return path;
            if (OperatingSystem.IsWindows() && File.Exists(path + ".exe")) return path + ".exe";
        }

        return null;
    }

    private static bool IsContinuousIntegration => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
