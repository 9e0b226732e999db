using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>Reference data sets that are not part of the repository: found above the tests, or the test is skipped.</summary>
internal static class SharedData
{
    public static string? Folder { get; } = Find();

    public static string PathOf(params string[] parts)
    {
        Assert.SkipWhen(Folder is null, "no folder shared/data/statistics above the tests");
        return Path.Combine([Folder!, .. parts]);
    }

    public static JsonElement Expected() => JsonDocument.Parse(File.ReadAllText(PathOf("expected.json"))).RootElement;

    /// <summary>Columns of a comma-separated table by name.</summary>
    public static Dictionary<string, string[]> Table(params string[] parts)
    {
        string[][] rows = [.. File.ReadAllLines(PathOf(parts)).Where(line => line.Length > 0).Select(line => line.Split(',').Select(field => field.Trim('"')).ToArray())];
        return rows[0].Select((name, i) => (name, rows.Skip(1).Select(row => row[i]).ToArray())).ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);
    }

    public static double[] Numbers(this string[] texts) => [.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "statistics");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
