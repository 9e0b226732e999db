namespace Isobar.Quantities;

/// <summary>Finds what a person probably meant by a word that is not known.</summary>
public static class Spelling
{
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

    /// <summary>"did you mean 'x'? " when a candidate is near, else nothing; made to stand before a list of what is possible.</summary>
    public static string DidYouMean(string word, IEnumerable<string> candidates) =>
        Nearest(word, candidates) is { } nearest ? $"did you mean '{nearest}'? " : "";

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
