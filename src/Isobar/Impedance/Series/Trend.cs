using Isobar.Quantities;

namespace Isobar.Impedance.Series;

/// <summary>A straight line through values in order, as change from the first to the last, relative to the first.</summary>
/// <param name="Change">Change over all, a share.</param>
/// <param name="Interval95">Its 95 % interval.</param>
/// <param name="Scatter">Standard deviation about the line, a share of the mean: repeatability.</param>
public readonly record struct Trend(double Change, Interval Interval95, double Scatter)
{
    /// <summary>Whether the interval leaves out no change.</summary>
    public bool IsReal => !Interval95.Contains(0);

    internal static Trend Of(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        double middle = 0.5 * (n - 1), mean = 0, above = 0, below = 0;
        foreach (double value in values) mean += value / n;
        for (int i = 0; i < n; i++) (above, below) = (above + ((i - middle) * values[i]), below + ((i - middle) * (i - middle)));
        double slope = above / below, sum = 0;
        for (int i = 0; i < n; i++)
        {
            double residual = values[i] - mean - (slope * (i - middle));
            sum += residual * residual;
        }

        double first = mean - (slope * middle), spread = n > 2 ? Math.Sqrt(sum / (n - 2)) : double.NaN;
        double change = slope * (n - 1) / first, half = n > 2 ? Estimate.CoverageFactor(0.95, n - 2) * spread / Math.Sqrt(below) * (n - 1) / Math.Abs(first) : double.PositiveInfinity;
        return new Trend(change, new Interval(change - half, change + half), spread / Math.Abs(mean));
    }
}
