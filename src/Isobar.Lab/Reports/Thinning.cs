using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>
/// Leaves out the points of a long line that no reader could see: of all points in one pixel column the first, the lowest,
/// the highest and the last stay, so every peak and every drop is still drawn.
/// </summary>
internal static class Thinning
{
    public static (double[] X, double[] Y) ForWidth(ImmutableArray<double> x, ImmutableArray<double> y, int width, Interval shown, FigureElement owner)
    {
        if (x.Length != y.Length) throw new ArgumentException($"series '{owner.Label}' has {ReportText.Count(x.Length)} positions and {ReportText.Count(y.Length)} values; it needs one value per position");
        if (x.Length <= 4 * width) return ([.. x], [.. y]);
        var keptX = new List<double>();
        var keptY = new List<double>();
        for (int start = 0; start < x.Length;)
        {
            int column = Column(x[start], shown, width);
            int end = start;
            int low = start, high = start;
            while (end + 1 < x.Length && Column(x[end + 1], shown, width) == column)
            {
                end++;
                if (y[end] < y[low]) low = end;
                if (y[end] > y[high]) high = end;
            }

            int previous = -1;
            foreach (int i in (ReadOnlySpan<int>)[start, Math.Min(low, high), Math.Max(low, high), end])
            {
                if (i == previous) continue;
                keptX.Add(x[i]);
                keptY.Add(y[i]);
                previous = i;
            }

            start = end + 1;
        }

        return ([.. keptX], [.. keptY]);
    }

    private static int Column(double x, Interval shown, int width) => (int)Math.Floor((x - shown.Low) / (shown.High - shown.Low) * width);
}
