namespace Isobar.Numerics;

/// <summary>
/// Slope of a series by Theil and Sen: the median of the slopes of all pairs, which up to 29 % of wild points do not move. Its uncertainty comes
/// from the variance of Kendall's statistic: the slopes at the ranks (N ∓ s)/2 with s² = n(n − 1)(2n + 5)/18 are the limits of one standard
/// uncertainty (P. K. Sen, J. Am. Stat. Assoc. 63 (1968) 1379, 10.1080/01621459.1968.10480934).
/// </summary>
internal static class TheilSen
{
    /// <summary>Slope and its standard uncertainty; not a number with fewer than three points.</summary>
    public static (double Slope, double StandardUncertainty) Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        int n = x.Length;
        if (n < 3) return (double.NaN, double.NaN);
        var slopes = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                if (x[j] != x[i]) slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
            }
        }

        if (count == 0) return (double.NaN, double.NaN);
        Array.Sort(slopes, 0, count);
        double kendall = Math.Sqrt(n * (n - 1.0) * ((2.0 * n) + 5) / 18);
        double low = At(slopes, count, 0.5 * (count - 1 - kendall));
        double high = At(slopes, count, 0.5 * (count - 1 + kendall));
        return (At(slopes, count, 0.5 * (count - 1)), 0.5 * (high - low));
    }

    // Between two ranks, linear.
    private static double At(double[] sorted, int count, double rank)
    {
        double clamped = Math.Clamp(rank, 0, count - 1);
        int below = (int)clamped;
        int above = Math.Min(below + 1, count - 1);
        return sorted[below] + ((clamped - below) * (sorted[above] - sorted[below]));
    }
}
