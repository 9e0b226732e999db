namespace Isobar.Numerics.LeastSquares;

/// <summary>The damped step where columns nearly depend on each other: least squares of [R·Pᵀ; √λ·D]·s = −[Qᵀr; 0], of full rank for every positive damping.</summary>
internal sealed class OrthogonalStep(int residuals, int parameters)
{
    private readonly HouseholderQr _tall = new(residuals, parameters);
    private readonly HouseholderQr _small = new(2 * parameters, parameters);
    private readonly double[] _rows = new double[residuals * parameters];
    private readonly double[] _rotated = new double[residuals];
    private readonly double[] _damped = new double[2 * parameters * parameters];
    private readonly double[] _right = new double[2 * parameters];
    private readonly double[] _after = new double[residuals];
    private int _n;

    /// <summary>How many of the free columns stand above rounding.</summary>
    public int Rank => _tall.Rank;

    /// <summary>Decomposes the free columns.</summary>
    public void Prepare(ReadOnlySpan<double> columns, ReadOnlySpan<double> right, ReadOnlySpan<int> free)
    {
        _n = free.Length;
        for (int k = 0; k < _n; k++)
        {
            ReadOnlySpan<double> column = columns.Slice(free[k] * residuals, residuals);
            for (int i = 0; i < residuals; i++) _rows[(i * _n) + k] = column[i];
        }

        right.CopyTo(_rotated);
        _tall.Decompose(_rows, residuals, _n, _rotated, pivot: true);
    }

    /// <summary>The step of the free parameters.</summary>
    public void Solve(double damping, ReadOnlySpan<double> scale, ReadOnlySpan<int> free, Span<double> step)
    {
        Array.Clear(_damped);
        Array.Clear(_right);
        double root = Math.Sqrt(damping);
        for (int i = 0; i < _n; i++)
        {
            for (int k = i; k < _n; k++) _damped[(i * _n) + _tall.Order[k]] = _tall.R(i, k);
            _right[i] = -_rotated[i];
            _damped[((_n + i) * _n) + i] = root * (scale[free[i]] > 0 ? scale[free[i]] : 1);
        }

        _small.Decompose(_damped, 2 * _n, _n, _right, pivot: false);
        _small.Solve(_right, step);
    }

    /// <summary>|r + J·s|² of a step of all parameters.</summary>
    public double SumAfter(ReadOnlySpan<double> columns, ReadOnlySpan<double> right, ReadOnlySpan<double> step)
    {
        right.CopyTo(_after);
        for (int j = 0; j < step.Length; j++)
        {
            if (step[j] != 0) Simd.AddScaled(step[j], columns.Slice(j * residuals, residuals), _after);
        }

        return Simd.Dot(_after, _after);
    }

    /// <summary>(JᵀJ)⁻¹ of the free columns, row-major. Their rank is full.</summary>
    public double[] InverseGram() => _tall.InverseGram();
}
