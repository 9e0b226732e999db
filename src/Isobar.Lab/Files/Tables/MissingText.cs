using System.Collections.Frozen;

namespace Isobar.Lab.Files.Tables;

/// <summary>What programs write into a cell that holds no number.</summary>
internal static class MissingText
{
    private static readonly FrozenSet<string> s_words = new[]
    {
        "NaN", "-NaN", "NaN(ind)", "-NaN(ind)", "1.#QNAN", "-1.#IND", "inf", "+inf", "-inf", "Infinity", "-Infinity", "1.#INF", "-1.#INF", "#N/A", "N/A", "n/a", "NA", "#VALUE!", "#DIV/0!", "#NUM!", "null", "None",
        "-", "--", "---", "----", "***", "OVL", "OVLD", "OL", "Overload", "Ovf",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Is(ReadOnlySpan<char> cell) => cell.Length == 0 || s_lookup.Contains(cell);
}
