namespace Isobar.Numerics.LeastSquares;

/// <summary>How a search ended, without what would have to be allocated.</summary>
/// <param name="SumOfSquares">Σ r² at the end.</param>
/// <param name="Steps">Steps tried.</param>
/// <param name="Outcome">Why it ended.</param>
internal readonly record struct SearchEnd(double SumOfSquares, int Steps, LeastSquaresOutcome Outcome);

/// <summary>
/// The search behind <see cref="LevenbergMarquardt"/>, with storage made once for many fits of one size.
/// <para>The damped step comes from the Gram matrix of the columns, scaled to a unit diagonal, while the Cholesky pivots with the damping stay above
/// 10⁻⁹; below that, where squaring the condition would cost digits, from an orthogonal decomposition of the columns themselves.</para>
/// </summary>
internal sealed class LeastSquaresEngine<TModel>(TModel model)
    where TModel : IColumnModel
{
    /// <summary>Steps after which a search that is far above another one is given up.</summary>
    public const int HopelessAfter = 20;

    private const double LeastPivot = 1e-9;
    private const double LeastDamping = 1e-22;
    private const int MostPolishing = 30;

    private readonly int _n = model.ParameterCount;
    private readonly int _m = model.ResidualCount;
    private readonly double[] _trial = new double[model.ParameterCount];
    private readonly double[] _step = new double[model.ParameterCount];
    private readonly double[] _scale = new double[model.ParameterCount];
    private readonly double[] _norm = new double[model.ParameterCount];
    private readonly double[] _gradient = new double[model.ParameterCount];
    private readonly double[] _inverseNorm = new double[model.ParameterCount];
    private readonly double[] _products = new double[model.ParameterCount * model.ParameterCount];
    private readonly double[] _gram = new double[model.ParameterCount * model.ParameterCount];
    private readonly double[] _factor = new double[model.ParameterCount * model.ParameterCount];
    private readonly double[] _solution = new double[model.ParameterCount];
    private readonly int[] _free = new int[model.ParameterCount];
    private double[] _residuals = new double[model.ResidualCount];
    private double[] _trialResiduals = new double[model.ResidualCount];
    private double[] _columns = new double[model.ResidualCount * model.ParameterCount];
    private double[] _trialColumns = new double[model.ResidualCount * model.ParameterCount];
    private OrthogonalStep? _orthogonal;
    private int _freeCount;
    private bool _outOfRange;
    private bool _vanishing;
    private bool _decomposed;
    private bool _orthogonalStep;
    private double _sum;

    /// <summary>Residuals at the end of the last search.</summary>
    public ReadOnlySpan<double> Residuals => _residuals;

    /// <summary>Derivatives at the end of the last search, column by column.</summary>
    public ReadOnlySpan<double> Columns => _columns;

    /// <summary>Parameters that no bound held at the end of the last search.</summary>
    public ReadOnlySpan<int> Free => _free.AsSpan(0, _freeCount);

    /// <summary>Searches from <paramref name="x"/>, which holds the best parameters afterwards.</summary>
    /// <param name="x">The start, then the end.</param>
    /// <param name="lower">Lower bounds; empty for none.</param>
    /// <param name="upper">Upper bounds; empty for none.</param>
    /// <param name="options">When it ends.</param>
    /// <param name="hopeless">A sum of squares that after <see cref="HopelessAfter"/> steps is not worth going on from.</param>
    /// <exception cref="ArgumentException">The residuals at the start are not finite.</exception>
    public SearchEnd Search(Span<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, LeastSquaresOptions options, double hopeless = double.PositiveInfinity)
    {
        SearchEnd end = Descend(x, lower, upper, options, hopeless);
        if (options.Polish && end.Outcome is LeastSquaresOutcome.SumSettled or LeastSquaresOutcome.ParametersSettled) Polish(x, lower, upper);
        return end with { SumOfSquares = _sum };
    }

    // Near a minimum the sum is flat to its last digit over parameters that still differ in their seventh. There only the gradient tells.
    private void Polish(Span<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        double steepest = Prepare(x, lower, upper);
        for (int i = 0; i < MostPolishing && steepest > 0; i++)
        {
            _norm.CopyTo(_scale, 0);
            SolveDamped(0);
            for (int j = 0; j < _n; j++) _trial[j] = Inside(x[j] + _step[j], j, lower, upper);
            model.Evaluate(_trial, _trialResiduals, _trialColumns);
            double trialSum = Simd.Dot(_trialResiduals, _trialResiduals);
            // A residual is the small difference of large numbers, and its rounding is larger than that of the sum.
            if (!(trialSum <= _sum * (1 + 1e-9))) return;
            x.CopyTo(_step);
            _trial.CopyTo(x);
            Take(trialSum);
            double next = Prepare(x, lower, upper);
            if (next < 0.9 * steepest)
            {
                steepest = next;
                continue;
            }

            _step.CopyTo(x);
            Take(Simd.Dot(_trialResiduals, _trialResiduals));
            Prepare(x, lower, upper);
            return;
        }
    }

    private void Take(double sum)
    {
        (_residuals, _trialResiduals) = (_trialResiduals, _residuals);
        (_columns, _trialColumns) = (_trialColumns, _columns);
        _sum = sum;
    }

    private SearchEnd Descend(Span<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, LeastSquaresOptions options, double hopeless)
    {
        for (int j = 0; j < _n; j++) x[j] = Inside(x[j], j, lower, upper);
        model.Evaluate(x, _residuals, _columns);
        _sum = Simd.Dot(_residuals, _residuals);
        if (!double.IsFinite(_sum)) throw new ArgumentException("the residuals at the start are not finite; start where the model makes sense", nameof(x));
        Array.Clear(_scale);
        double damping = options.InitialDamping, growth = 2;
        int steps = 0;
        while (true)
        {
            double steepest = Prepare(x, lower, upper);
            if (steepest <= options.GradientTolerance || _sum == 0) return new SearchEnd(_sum, steps, LeastSquaresOutcome.GradientVanished);
            while (true)
            {
                if (steps++ >= options.MaxSteps || (steps == HopelessAfter && _sum > hopeless)) return new SearchEnd(_sum, steps, LeastSquaresOutcome.StepsExhausted);
                SolveDamped(damping);
                double moved = 0;
                for (int j = 0; j < _n; j++)
                {
                    _trial[j] = Inside(x[j] + _step[j], j, lower, upper);
                    _step[j] = _trial[j] - x[j];
                    moved = Math.Max(moved, Math.Abs(_step[j]) / (Math.Abs(x[j]) + options.StepTolerance));
                }

                double promised = Promised();
                model.Evaluate(_trial, _trialResiduals, _trialColumns);
                double trialSum = Simd.Dot(_trialResiduals, _trialResiduals);
                double gained = _sum - trialSum;
                double ratio = promised > 0 && double.IsFinite(trialSum) ? gained / promised : double.NegativeInfinity;
                if (ratio > 1e-4 && gained > 0)
                {
                    _trial.CopyTo(x);
                    bool settled = gained <= options.SumTolerance * _sum && promised <= options.SumTolerance * _sum;
                    Take(trialSum);
                    double curve = (2 * ratio) - 1;
                    damping = Math.Max(options.LeastDamping, damping * Math.Max(1.0 / 3, 1 - (curve * curve * curve)));
                    growth = 2;
                    if (!settled && moved > options.StepTolerance) break;
                    // The free parameters belong to the last point, for the covariance.
                    Prepare(x, lower, upper);
                    return new SearchEnd(_sum, steps, settled ? LeastSquaresOutcome.SumSettled : LeastSquaresOutcome.ParametersSettled);
                }

                if (moved <= options.StepTolerance) return new SearchEnd(_sum, steps, LeastSquaresOutcome.ParametersSettled);
                if (Math.Abs(promised) <= options.SumTolerance * _sum && Math.Abs(gained) <= options.SumTolerance * _sum) return new SearchEnd(_sum, steps, LeastSquaresOutcome.SumSettled);
                damping *= growth;
                growth *= 2;
            }
        }
    }

    /// <summary>
    /// Writes (JᵀJ)⁻¹ of the free parameters into a row-major matrix of all, zeros elsewhere; false, and NaN among the free ones, when the
    /// residuals do not determine them. Gives how many they determine.
    /// </summary>
    public bool InverseGram(Span<double> inverse, out int rank)
    {
        inverse.Clear();
        int n = _freeCount;
        if (!_outOfRange && !_vanishing && Factor(0))
        {
            rank = n;
            Span<double> unit = _solution.AsSpan(0, n);
            for (int j = 0; j < n; j++)
            {
                unit.Clear();
                unit[j] = 1;
                SolveFactor(unit);
                for (int i = 0; i < n; i++) inverse[(_free[i] * _n) + _free[j]] = unit[i] / (_norm[_free[i]] * _norm[_free[j]]);
            }

            return true;
        }

        OrthogonalStep orthogonal = Orthogonal();
        rank = orthogonal.Rank;
        double[]? gram = rank == n ? orthogonal.InverseGram() : null;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) inverse[(_free[i] * _n) + _free[j]] = gram is null ? double.NaN : gram[(i * n) + j];
        }

        return gram is not null;
    }

    // Norms, gradient and Gram matrix of the free columns; gives the largest cosine between the residuals and a free column.
    private double Prepare(ReadOnlySpan<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        GramMatrix.Of(_columns, _m, _n, _residuals, _products, _gradient);
        double steepest = 0, root = Math.Sqrt(_sum);
        _freeCount = 0;
        _decomposed = _outOfRange = _vanishing = false;
        for (int j = 0; j < _n; j++)
        {
            double square = _products[(j * _n) + j], dot = _gradient[j];
            // Squares of very large or very small derivatives overflow or vanish: then they are summed over the largest.
            double norm = square is > 1e-280 and < 1e280 ? Math.Sqrt(square) : Norm(Column(j));
            _norm[j] = norm;
            _scale[j] = Math.Max(_scale[j], norm);
            bool held = (!lower.IsEmpty && x[j] <= lower[j] && dot > 0) || (!upper.IsEmpty && x[j] >= upper[j] && dot < 0);
            if (held) continue;
            _free[_freeCount++] = j;
            _vanishing |= norm == 0;
            _outOfRange |= norm is not (0 or (> 1e-150 and < 1e150));
            if (norm > 0) steepest = Math.Max(steepest, Math.Abs(dot / norm) / root);
        }

        for (int i = 0; i < _freeCount && !_outOfRange; i++)
        {
            ReadOnlySpan<double> row = _products.AsSpan(_free[i] * _n, _n);
            // A column of zeros moves nothing and stays where it is.
            double inverse = _norm[_free[i]] > 0 ? 1 / _norm[_free[i]] : 0;
            _inverseNorm[i] = inverse;
            for (int k = 0; k < i; k++) _gram[(i * _n) + k] = row[_free[k]] * inverse * _inverseNorm[k];
            _gram[(i * _n) + i] = 1;
        }

        return steepest;
    }

    private void SolveDamped(double damping)
    {
        Array.Clear(_step);
        Span<double> solution = _solution.AsSpan(0, _freeCount);
        _orthogonalStep = _outOfRange || !Factor(damping);
        if (_orthogonalStep)
        {
            // Without any damping the step along what the residuals do not determine would be endless.
            Orthogonal().Solve(Math.Max(damping, LeastDamping), _scale, _free, solution);
            for (int i = 0; i < _freeCount; i++) _step[_free[i]] = solution[i];
            return;
        }

        for (int i = 0; i < _freeCount; i++) solution[i] = -_gradient[_free[i]] * _inverseNorm[i];
        SolveFactor(solution);
        for (int i = 0; i < _freeCount; i++) _step[_free[i]] = solution[i] * _inverseNorm[i];
    }

    // L·Lᵀ of the scaled Gram matrix and the damping on its diagonal; false when a pivot shows columns that nearly depend on others.
    private bool Factor(double damping)
    {
        for (int i = 0; i < _freeCount; i++)
        {
            double ratio = _scale[_free[i]] * _inverseNorm[i];
            ReadOnlySpan<double> gram = _gram.AsSpan(i * _n, i + 1);
            Span<double> row = _factor.AsSpan(i * _n, i + 1);
            double square = 0;
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> above = _factor.AsSpan(j * _n, j + 1);
                double sum = gram[j];
                for (int k = 0; k < j; k++) sum -= row[k] * above[k];
                row[j] = sum *= above[j];
                square += sum * sum;
            }

            double pivot = 1 + (damping * ratio * ratio) - square;
            if (!(pivot > LeastPivot)) return false;
            row[i] = 1 / Math.Sqrt(pivot);
        }

        return true;
    }

    private void SolveFactor(Span<double> b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++) sum -= _factor[(i * _n) + k] * b[k];
            b[i] = sum * _factor[(i * _n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int k = i + 1; k < n; k++) sum -= _factor[(k * _n) + i] * b[k];
            b[i] = sum * _factor[(i * _n) + i];
        }
    }

    private OrthogonalStep Orthogonal()
    {
        _orthogonal ??= new OrthogonalStep(_m, _n);
        if (!_decomposed) _orthogonal.Prepare(_columns, _residuals, _free.AsSpan(0, _freeCount));
        _decomposed = true;
        return _orthogonal;
    }

    // By how much the linear model lowers the sum over the step that was cut at the bounds.
    private double Promised()
    {
        if (_orthogonalStep) return _sum - _orthogonal!.SumAfter(_columns, _residuals, _step);
        double promised = 0;
        for (int i = 0; i < _freeCount; i++)
        {
            int j = _free[i];
            double scaled = _step[j] * _norm[j], row = scaled;
            for (int k = 0; k < i; k++) row += 2 * _gram[(i * _n) + k] * _step[_free[k]] * _norm[_free[k]];
            promised -= (2 * _gradient[j] * _step[j]) + (scaled * row);
        }

        return promised;
    }

    private ReadOnlySpan<double> Column(int j) => _columns.AsSpan(j * _m, _m);

    private static double Norm(ReadOnlySpan<double> column)
    {
        double sum, largest = 0;
        foreach (double element in column) largest = Math.Max(largest, Math.Abs(element));
        if (largest == 0 || !double.IsFinite(largest)) return largest;
        sum = 0;
        foreach (double element in column) sum += element / largest * (element / largest);
        return largest * Math.Sqrt(sum);
    }

    private static double Inside(double value, int j, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        if (!lower.IsEmpty && value < lower[j]) return lower[j];
        return !upper.IsEmpty && value > upper[j] ? upper[j] : value;
    }
}
