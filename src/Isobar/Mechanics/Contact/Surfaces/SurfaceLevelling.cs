using Isobar.Numerics;

namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>
/// Takes the form out of a measured surface: the polynomial Σ cᵢⱼPᵢ(x)Pⱼ(y), i + j ≤ degree, that fits the measured pixels best in the sense of
/// least squares (Pᵢ are Legendre's polynomials on [−1, 1], which keep the equations well conditioned). Degree 0 is the mean, 1 the plane.
/// </summary>
public static class SurfaceLevelling
{
    /// <summary>Highest degree.</summary>
    public const int HighestDegree = 8;

    /// <summary>The map without its form. Missing pixels stay missing and do not count.</summary>
    /// <param name="map">The map.</param>
    /// <param name="degree">0 for the mean, 1 for a plane, 2 for a paraboloid, up to <see cref="HighestDegree"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such degree.</exception>
    /// <exception cref="ArgumentException">The measured pixels do not determine the form.</exception>
    public static HeightMap Level(HeightMap map, int degree)
    {
        if (degree is < 0 or > HighestDegree) throw new ArgumentOutOfRangeException(nameof(degree), degree, $"a degree between 0 and {HighestDegree}");
        double[][] alongX = Legendre(map.Columns, degree), alongY = Legendre(map.Rows, degree);
        (int I, int J)[] terms = [.. from total in Enumerable.Range(0, degree + 1) from i in Enumerable.Range(0, total + 1) select (i, total - i)];
        double[] coefficients = Fit(map, terms, alongX, alongY);
        double[] levelled = map.HeightsM.ToArray();
        for (int row = 0; row < map.Rows; row++)
        {
            for (int column = 0; column < map.Columns; column++)
            {
                double form = 0;
                for (int k = 0; k < terms.Length; k++) form += coefficients[k] * alongX[terms[k].I][column] * alongY[terms[k].J][row];
                levelled[(row * map.Columns) + column] -= form;
            }
        }

        return new HeightMap(map.Rows, map.Columns, map.WidthM, map.HeightM, levelled, map.Missing);
    }

    private static double[] Fit(HeightMap map, (int I, int J)[] terms, double[][] alongX, double[][] alongY)
    {
        if (map.Rows * map.Columns - map.MissingCount < terms.Length) throw Undetermined(terms.Length);
        int n = terms.Length;
        double[] matrix = new double[n * n], right = new double[n], values = new double[n];
        for (int row = 0; row < map.Rows; row++)
        {
            for (int column = 0; column < map.Columns; column++)
            {
                double height = map[row, column];
                if (double.IsNaN(height)) continue;
                for (int k = 0; k < n; k++) values[k] = alongX[terms[k].I][column] * alongY[terms[k].J][row];
                for (int k = 0; k < n; k++)
                {
                    right[k] += values[k] * (height - map.MeanM);
                    for (int m = 0; m <= k; m++) matrix[(k * n) + m] += values[k] * values[m];
                }
            }
        }

        double[] factor = Factor(matrix, n);
        Cholesky.SolveLower(factor, n, right);
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) right[i] -= factor[(k * n) + i] * right[k];
            right[i] /= factor[(i * n) + i];
        }

        right[0] += map.MeanM;
        return right;
    }

    // Measured pixels on one line, say, leave a pivot that is rounding alone.
    private static double[] Factor(double[] matrix, int n)
    {
        try
        {
            double[] factor = Cholesky.Factor(matrix, n);
            for (int i = 0; i < n; i++)
            {
                if (!(factor[(i * n) + i] * factor[(i * n) + i] > 1e-10 * matrix[(i * n) + i])) throw Undetermined(n);
            }

            return factor;
        }
        catch (ArithmeticException)
        {
            throw Undetermined(n);
        }
    }

    private static ArgumentException Undetermined(int terms) => new($"the measured pixels do not determine a form of {terms} terms; use a lower degree");

    private static double[][] Legendre(int count, int degree)
    {
        var values = new double[degree + 1][];
        for (int n = 0; n <= degree; n++)
        {
            values[n] = new double[count];
            for (int i = 0; i < count; i++)
            {
                double x = ((2 * (i + 0.5)) / count) - 1;
                values[n][i] = n == 0 ? 1 : n == 1 ? x : ((((2 * n) - 1) * x * values[n - 1][i]) - ((n - 1) * values[n - 2][i])) / n;
            }
        }

        return values;
    }
}
