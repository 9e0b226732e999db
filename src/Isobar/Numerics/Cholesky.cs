namespace Isobar.Numerics;

/// <summary>Cholesky factor of small symmetric positive definite matrices, A = L·Lᵀ, row-major.</summary>
internal static class Cholesky
{
    /// <summary>L of A.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static double[] Factor(ReadOnlySpan<double> matrix, int n)
    {
        double[] factor = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++) sum -= factor[(i * n) + k] * factor[(j * n) + k];
                if (i != j) factor[(i * n) + j] = sum / factor[(j * n) + j];
                else if (sum > 0) factor[(i * n) + i] = Math.Sqrt(sum);
                else throw new ArithmeticException($"the matrix is not positive definite: {sum:G3} remains in place {i}");
            }
        }

        return factor;
    }

    /// <summary>Replaces b by L⁻¹·b.</summary>
    public static void SolveLower(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++) sum -= factor[(i * n) + k] * b[k];
            b[i] = sum / factor[(i * n) + i];
        }
    }

    /// <summary>L⁻¹, row-major.</summary>
    public static double[] InverseOfFactor(ReadOnlySpan<double> factor, int n)
    {
        double[] inverse = new double[n * n];
        Span<double> column = stackalloc double[n];
        for (int j = 0; j < n; j++)
        {
            column.Clear();
            column[j] = 1;
            SolveLower(factor, n, column);
            for (int i = 0; i < n; i++) inverse[(i * n) + j] = column[i];
        }

        return inverse;
    }

    /// <summary>xᵀ·A·x for a row-major matrix A.</summary>
    public static double Quadratic(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double row = 0;
            for (int j = 0; j < x.Length; j++) row += matrix[(i * x.Length) + j] * x[j];
            sum += x[i] * row;
        }

        return sum;
    }
}
