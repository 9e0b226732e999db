namespace Isobar.Reproducibility;

/// <summary>
/// p values of several tests, corrected so that a false alarm in any of them keeps the level (S. Holm, Scand. J. Stat. 6 (1979) 65): the smallest times the number of
/// tests, the next times one less, never falling.
/// </summary>
internal static class Holm
{
    public static double[] Correct(ReadOnlySpan<double> probabilities)
    {
        double[] sorted = probabilities.ToArray(), corrected = new double[probabilities.Length];
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double running = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            running = Math.Max(running, Math.Min(1, (order.Length - rank) * sorted[rank]));
            corrected[order[rank]] = running;
        }

        return corrected;
    }
}
