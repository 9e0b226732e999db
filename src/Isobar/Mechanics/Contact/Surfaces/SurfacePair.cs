namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>
/// Two rough surfaces that face each other, joined into the one effective surface that presses on a flat: without friction and for small slopes the gap
/// before contact is all that counts, h(x, y) = h₁(x, y) + h₂(−x, y) with the peaks of both positive outwards (K. L. Johnson, Contact Mechanics, 1985,
/// 10.1017/CBO9781139171731). The second surface is turned over about the y axis, as it is when it is laid on the first; the moduli join in 1/E* = Σ(1 − ν²)/E.
/// </summary>
public static class SurfacePair
{
    // Pitches of two instruments that mean the same differ in the last digits they print.
    private const double PitchTolerance = 1e-6;

    /// <summary>The effective surface.</summary>
    /// <param name="lower">The surface that faces up.</param>
    /// <param name="upper">The surface that is turned over onto it.</param>
    /// <exception cref="ArgumentException">The maps do not have the same points and extents.</exception>
    public static HeightMap Join(HeightMap lower, HeightMap upper)
    {
        bool same = lower.Rows == upper.Rows && lower.Columns == upper.Columns
            && Math.Abs(lower.WidthM - upper.WidthM) <= PitchTolerance * lower.WidthM && Math.Abs(lower.HeightM - upper.HeightM) <= PitchTolerance * lower.HeightM;
        if (!same)
        {
            throw new ArgumentException(
                $"the surfaces have {lower.Rows} × {lower.Columns} points on {lower.HeightM:G6} × {lower.WidthM:G6} m and {upper.Rows} × {upper.Columns} points on {upper.HeightM:G6} × {upper.WidthM:G6} m; they must have the same points and extents");
        }

        double[] heights = new double[lower.Rows * lower.Columns];
        bool[] missing = new bool[heights.Length];
        for (int row = 0; row < lower.Rows; row++)
        {
            for (int column = 0; column < lower.Columns; column++)
            {
                int i = (row * lower.Columns) + column;
                double sum = lower[row, column] + upper[row, lower.Columns - 1 - column];
                missing[i] = double.IsNaN(sum);
                heights[i] = missing[i] ? 0 : sum;
            }
        }

        return new HeightMap(lower.Rows, lower.Columns, lower.WidthM, lower.HeightM, heights, missing);
    }
}
