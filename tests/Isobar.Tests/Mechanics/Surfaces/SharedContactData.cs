using System.Globalization;
using Xunit;

namespace Isobar.Tests.Mechanics.Surfaces;

/// <summary>The reference tables of rough contact, which lie outside of the repository.</summary>
internal static class SharedContactData
{
    /// <summary>A file of the tables; the test is skipped, and counted, where there is none.</summary>
    public static string PathOf(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "contact", file);
            if (File.Exists(candidate)) return candidate;
        }

        Assert.Skip($"no folder above the tests holds shared/data/contact/{file}");
        return "";
    }

    /// <summary>Rows of a table by column name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string file)
    {
        string[] lines = [.. File.ReadLines(PathOf(file)).Where(line => line.Length > 0 && line[0] != '#')];
        string[] heading = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => heading.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    public static double Number(this IReadOnlyDictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);
}
