using Xunit;

namespace Isobar.Lab.Tests.Files;

/// <summary>Measured files that lie beside the project and do not belong to it. Where they are missing, tests that read them are skipped and counted.</summary>
internal static class SharedData
{
    private static readonly string? s_folder = Find();

    public static string PathOf(params string[] parts)
    {
        Assert.SkipWhen(s_folder is null, "no folder shared/data above the tests");
        string path = Path.Combine([s_folder!, .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"{path} is not there");
        return path;
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
