namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>How far the autocorrelation of a map reaches, in 180 directions.</summary>
internal static class CorrelationReach
{
    private const int Directions = 180;

    /// <summary>Shortest and longest way on which the autocorrelation falls to the threshold, m; NaN where it leaves half of the map first.</summary>
    public static (double Shortest, double Longest) Of(HeightMap map, bool periodic)
    {
        (double[] values, int rows, int columns) = SurfaceTransform.Autocorrelation(map, periodic);
        double step = 0.5 * Math.Min(map.PitchXM, map.PitchYM);
        double shortest = double.PositiveInfinity, longest = 0;
        for (int direction = 0; direction < Directions; direction++)
        {
            (double sine, double cosine) = Math.SinCos(Math.PI * direction / Directions);
            double before = 1, reach = double.PositiveInfinity;
            for (int k = 1; ; k++)
            {
                double x = k * step * cosine, y = k * step * sine;
                if (Math.Abs(x) > 0.5 * map.WidthM || Math.Abs(y) > 0.5 * map.HeightM) break;
                double value = At(x / map.PitchXM, y / map.PitchYM);
                if (value <= SurfaceTexture.CorrelationThreshold)
                {
                    reach = step * (k - 1 + ((before - SurfaceTexture.CorrelationThreshold) / (before - value)));
                    break;
                }

                before = value;
            }

            shortest = Math.Min(shortest, reach);
            longest = Math.Max(longest, reach);
        }

        return (double.IsInfinity(shortest) ? double.NaN : shortest, double.IsInfinity(longest) ? double.NaN : longest);

        double At(double column, double row)
        {
            int c = (int)Math.Floor(column), r = (int)Math.Floor(row);
            double u = column - c, v = row - r;
            return ((1 - u) * (1 - v) * Value(r, c)) + (u * (1 - v) * Value(r, c + 1)) + ((1 - u) * v * Value(r + 1, c)) + (u * v * Value(r + 1, c + 1));
        }

        double Value(int row, int column) => values[((((row % rows) + rows) % rows) * columns) + (((column % columns) + columns) % columns)];
    }
}
