using System.Globalization;

namespace Isobar.Lab.Files.Tables;

/// <summary>Counts in words: "1 row", "3 rows".</summary>
internal static class Plural
{
    public static string Of(int count, string one, string? many = null) => count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many ?? one + "s");
}
