using Xunit;

namespace Isobar.Tests;

/// <summary>Measured data that lie beside the checkout and not in it; tests that need them are skipped, and counted, where they are absent.</summary>
internal static class SharedData
{
    /// <summary>Path of a file under the shared data, found by walking up from the tests.</summary>
    public static string PathOf(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string place = Path.Combine([folder.FullName, "shared", "data", .. parts]);
            if (File.Exists(place)) return place;
        }

        Assert.Skip($"shared/data/{string.Join('/', parts)} is not beside this checkout");
        return "";
    }
}
