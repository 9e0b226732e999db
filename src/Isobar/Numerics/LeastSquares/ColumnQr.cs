namespace Isobar.Numerics.LeastSquares;

/// <summary>
/// Linear least squares of many rows by Householder reflections over whole columns (G. H. Golub, Numer. Math. 7 (1965) 206, 10.1007/BF01436075).
/// Storage is made once for at most the given size.
/// </summary>
internal sealed class ColumnQr(int rows, int largestColumns)
{
    private readonly double[] _diagonal = new double[largestColumns];

    /// <summary>
    /// Writes the x that makes |A·x − b|² smallest, and gives that sum. The columns of A, one after the other, and b are overwritten. A column that depends on those
    /// before it to rounding gets x = 0.
    /// </summary>
    public double Solve(Span<double> columns, int count, Span<double> right, Span<double> solution)
    {
        for (int k = 0; k < count; k++)
        {
            Span<double> pivot = columns.Slice((k * rows) + k, rows - k);
            double before = Simd.Dot(columns.Slice(k * rows, rows), columns.Slice(k * rows, rows)), square = Simd.Dot(pivot, pivot);
            // Rounding over all rows leaves 10⁻¹³ of a dependent column's length.
            if (!(square > before * 1e-26))
            {
                _diagonal[k] = 0;
                continue;
            }

            double norm = pivot[0] > 0 ? -Math.Sqrt(square) : Math.Sqrt(square);
            pivot[0] -= norm;
            _diagonal[k] = norm;
            double scale = 1 / (norm * pivot[0]);
            for (int j = k + 1; j < count; j++) Reflect(pivot, columns.Slice((j * rows) + k, rows - k), scale);
            Reflect(pivot, right.Slice(k, rows - k), scale);
        }

        Span<double> left = right[..rows];
        double sum = Simd.Dot(left[count..], left[count..]);
        for (int k = count - 1; k >= 0; k--)
        {
            if (_diagonal[k] == 0)
            {
                solution[k] = 0;
                sum += left[k] * left[k];
                continue;
            }

            solution[k] = left[k] / _diagonal[k];
            for (int i = 0; i < k; i++) left[i] -= columns[(k * rows) + i] * solution[k];
        }

        return sum;
    }

    private static void Reflect(ReadOnlySpan<double> pivot, Span<double> column, double scale)
    {
        double factor = Simd.Dot(pivot, column) * scale;
        if (factor != 0) Simd.AddScaled(factor, pivot, column);
    }
}
