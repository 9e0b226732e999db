namespace Isobar.Quantities;

/// <summary>Finds what a person probably meant by a word that is not known.</summary>
public static class Spelling
{
    // Fewer letters begin too many words, and a longer list says nothing that the whole one does not.
    private const int ShortestBeginning = 3, MostBeginnings = 4;

    /// <summary>The candidate that needs the fewest changes of letters, or null when none is near enough to be a slip.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        int fewest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int changes = Changes(Fold(word), Fold(candidate));
            if (changes < fewest) (best, fewest) = (candidate, changes);
        }

        // A third of the letters wrong is another word and not a slip.
        return best is not null && fewest <= Math.Max(1, Math.Max(word.Length, best.Length) / 3) ? best : null;
    }

    /// <summary>
    /// "did you mean 'x'? " when a candidate is near, or when the word is how a few of them begin; else nothing. Made to stand before a list of what is possible.
    /// </summary>
    public static string DidYouMean(string word, IEnumerable<string> candidates)
    {
        string[] all = [.. candidates];
        if (Nearest(word, all) is { } nearest) return $"did you mean '{nearest}'? ";
        string[] longer = word.Length < ShortestBeginning ? [] : [.. all.Where(candidate => Fold(candidate).StartsWith(Fold(word), StringComparison.Ordinal)).Select(candidate => $"'{candidate}'")];
        return longer.Length switch
        {
            0 or > MostBeginnings => "",
            1 => $"did you mean {longer[0]}? ",
            _ => $"did you mean {string.Join(", ", longer[..^1])} or {longer[^1]}? ",
        };
    }

    private static string Fold(string word) => word.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');

    // Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each.
    private static int Changes(string a, string b)
    {
        int[] beforeLast = new int[b.Length + 1], last = new int[b.Length + 1], current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(last[j], current[j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (swapped) current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }
}
