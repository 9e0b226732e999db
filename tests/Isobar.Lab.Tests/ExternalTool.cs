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
        if (Find(program) is { } path) return path;
        string message = $"the program '{program}' is not on the PATH";
        if (IsContinuousIntegration) Assert.Fail(message);
        Assert.Skip(message);
        return "";
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
