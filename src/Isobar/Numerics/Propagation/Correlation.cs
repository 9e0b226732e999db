namespace Isobar.Numerics.Propagation;

/// <summary>Correlation coefficients of the inputs, checked and factored once: C = L·Lᵀ.</summary>
internal sealed class Correlation
{
    // A pivot this far below zero is rounding in the coefficients a person typed; beyond it the matrix describes nothing possible.
    private const double PivotTolerance = 1e-9;

    private readonly double[,] _coefficients;
    private readonly double[,] _factor;

    public Correlation(IReadOnlyList<UncertainInput> inputs, double[,] coefficients)
    {
        int n = inputs.Count;
        if (coefficients.GetLength(0) != n || coefficients.GetLength(1) != n)
        {
            throw new ArgumentException($"the correlation matrix is {coefficients.GetLength(0)} x {coefficients.GetLength(1)} for {n} inputs; {n} x {n} is expected");
        }

        for (int i = 0; i < n; i++)
        {
            if (Math.Abs(coefficients[i, i] - 1) > 1e-12) throw new ArgumentException($"'{inputs[i].Name}' correlates with itself by {coefficients[i, i]}; 1 is expected");
            for (int j = 0; j < i; j++)
            {
                double r = coefficients[i, j];
                if (!(Math.Abs(r) <= 1) || Math.Abs(r - coefficients[j, i]) > 1e-12)
                {
                    throw new ArgumentException(
                        $"the correlation of '{inputs[i].Name}' and '{inputs[j].Name}' is given as {r} and {coefficients[j, i]}; one number between -1 and 1 is expected");
                }
            }
        }

        _coefficients = coefficients;
        _factor = Factor(inputs, coefficients);
    }

    public double this[int i, int j] => _coefficients[i, j];

    /// <summary>Whether the input takes part in any correlation.</summary>
    public bool Involves(int i)
    {
        for (int j = 0; j < _coefficients.GetLength(0); j++)
        {
            if (j != i && _coefficients[i, j] != 0) return true;
        }

        return false;
    }

    /// <summary>Turns independent standard normals into correlated ones, in place.</summary>
    public void Apply(Span<double> normals)
    {
        for (int i = normals.Length - 1; i >= 0; i--)
        {
            double sum = 0;
            for (int j = 0; j <= i; j++) sum += _factor[i, j] * normals[j];
            normals[i] = sum;
        }
    }

    // Cholesky for a matrix that may be singular: inputs that move rigidly together have a zero pivot and an empty column.
    private static double[,] Factor(IReadOnlyList<UncertainInput> inputs, double[,] c)
    {
        int n = inputs.Count;
        var factor = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            double pivot = c[j, j];
            for (int k = 0; k < j; k++) pivot -= factor[j, k] * factor[j, k];
            if (pivot < -PivotTolerance) throw new ArgumentException($"the correlations of '{inputs[j].Name}' contradict the others: no set of inputs can have them together");
            bool singular = pivot <= PivotTolerance;
            factor[j, j] = singular ? 0 : Math.Sqrt(pivot);
            for (int i = j + 1; i < n; i++)
            {
                double rest = c[i, j];
                for (int k = 0; k < j; k++) rest -= factor[i, k] * factor[j, k];
                if (singular && Math.Abs(rest) > Math.Sqrt(PivotTolerance))
                {
                    throw new ArgumentException($"the correlations of '{inputs[i].Name}' and '{inputs[j].Name}' contradict the others: no set of inputs can have them together");
                }

                factor[i, j] = singular ? 0 : rest / factor[j, j];
            }
        }

        return factor;
    }
}
