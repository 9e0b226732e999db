namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>
/// Height, hybrid and spatial parameters of a surface (ISO 25178-2:2021). Height parameters refer to the mean plane of the map as it is; level it first
/// (<see cref="SurfaceLevelling"/>). No filter is applied: the S-filter is the instrument, the L-filter the levelling.
/// <para>Slopes are taken by the seven-point difference (45(z₊₁ − z₋₁) − 9(z₊₂ − z₋₂) + (z₊₃ − z₋₃))/60Δ, exact to Δ⁶; Sdr is the area of the triangles of each pixel square,
/// mean of both ways to cut it.</para>
/// </summary>
public sealed record SurfaceTexture
{
    /// <summary>Autocorrelation at which a surface is taken to have forgotten itself.</summary>
    public const double CorrelationThreshold = 0.2;

    /// <summary>Arithmetical mean height ⟨|z|⟩, m.</summary>
    public required double Sa { get; init; }

    /// <summary>Root mean square height, m.</summary>
    public required double Sq { get; init; }

    /// <summary>Skewness ⟨z³⟩/Sq³.</summary>
    public required double Ssk { get; init; }

    /// <summary>Kurtosis ⟨z⁴⟩/Sq⁴; 3 for heights of a normal distribution.</summary>
    public required double Sku { get; init; }

    /// <summary>Highest peak above the mean, m.</summary>
    public required double Sp { get; init; }

    /// <summary>Deepest pit below the mean, m, positive.</summary>
    public required double Sv { get; init; }

    /// <summary>Sp + Sv, m.</summary>
    public double Sz => Sp + Sv;

    /// <summary>Root mean square gradient.</summary>
    public required double Sdq { get; init; }

    /// <summary>Developed area over projected area, less one.</summary>
    public required double Sdr { get; init; }

    /// <summary>Autocorrelation length, m: the shortest way on which the autocorrelation falls to 0.2; null when it does not within half of the map.</summary>
    public required double? Sal { get; init; }

    /// <summary>Texture aspect ratio, 0 to 1: the shortest over the longest such way; null when the longest leaves the map.</summary>
    public required double? Str { get; init; }

    /// <summary>Measures a map. Missing pixels do not count; the spatial parameters need a map without any and are null otherwise.</summary>
    /// <param name="map">The map, levelled.</param>
    /// <param name="periodic">Whether the map repeats.</param>
    public static SurfaceTexture Of(HeightMap map, bool periodic)
    {
        double sum1 = 0, sum2 = 0, sum3 = 0, sum4 = 0, highest = double.NegativeInfinity, lowest = double.PositiveInfinity;
        foreach (double height in map.HeightsM)
        {
            if (double.IsNaN(height)) continue;
            double z = height - map.MeanM;
            sum1 += Math.Abs(z);
            sum2 += z * z;
            sum3 += z * z * z;
            sum4 += z * z * z * z;
            highest = Math.Max(highest, z);
            lowest = Math.Min(lowest, z);
        }

        double count = (map.Rows * map.Columns) - map.MissingCount, square = sum2 / count;
        (double sal, double longest) = map.MissingCount == 0 && square > 0 ? CorrelationReach.Of(map, periodic) : (double.NaN, double.NaN);
        return new SurfaceTexture
        {
            Sa = sum1 / count,
            Sq = Math.Sqrt(square),
            Ssk = square > 0 ? sum3 / count / Math.Pow(square, 1.5) : 0,
            Sku = square > 0 ? sum4 / count / (square * square) : 0,
            Sp = highest,
            Sv = -lowest,
            Sdq = Gradient(map, periodic),
            Sdr = DevelopedArea(map, periodic) - 1,
            Sal = double.IsNaN(sal) ? null : sal,
            Str = double.IsNaN(longest) ? null : sal / longest,
        };
    }

    private static double Gradient(HeightMap map, bool periodic)
    {
        double sum = 0;
        long count = 0;
        int edge = periodic ? 0 : 3;
        for (int row = edge; row < map.Rows - edge; row++)
        {
            for (int column = edge; column < map.Columns - edge; column++)
            {
                double x = Difference(map, row, column, 0, 1) / map.PitchXM, y = Difference(map, row, column, 1, 0) / map.PitchYM;
                double square = (x * x) + (y * y);
                if (double.IsNaN(square)) continue;
                sum += square;
                count++;
            }
        }

        return count > 0 ? Math.Sqrt(sum / count) : double.NaN;
    }

    private static double Difference(HeightMap map, int row, int column, int down, int right)
    {
        return ((45 * (At(1) - At(-1))) - (9 * (At(2) - At(-2))) + (At(3) - At(-3))) / 60;

        double At(int steps) => map[Wrap(row + (steps * down), map.Rows), Wrap(column + (steps * right), map.Columns)];
    }

    private static double DevelopedArea(HeightMap map, bool periodic)
    {
        double sum = 0, dx = map.PitchXM, dy = map.PitchYM;
        long count = 0;
        int last = periodic ? 0 : 1;
        for (int row = 0; row < map.Rows - last; row++)
        {
            for (int column = 0; column < map.Columns - last; column++)
            {
                double a = map[row, column], b = map[row, Wrap(column + 1, map.Columns)];
                double c = map[Wrap(row + 1, map.Rows), column], d = map[Wrap(row + 1, map.Rows), Wrap(column + 1, map.Columns)];
                double one = Triangle(b - a, c - a) + Triangle(d - c, d - b), other = Triangle(b - a, d - b) + Triangle(d - c, c - a);
                if (double.IsNaN(one + other)) continue;
                sum += 0.5 * (one + other);
                count++;
            }
        }

        return count > 0 ? sum / count : double.NaN;

        // Area over that of the pixel square, of a triangle that rises by these heights along the two sides.
        double Triangle(double alongX, double alongY) => 0.5 * Math.Sqrt(1 + (alongX * alongX / (dx * dx)) + (alongY * alongY / (dy * dy)));
    }

    private static int Wrap(int index, int count) => ((index % count) + count) % count;
}
