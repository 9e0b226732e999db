namespace Isobar.Numerics.LeastSquares;

/// <summary>
/// Bounded nonlinear least squares by Levenberg-Marquardt (J. J. Moré, Lect. Notes Math. 630 (1978) 105, 10.1007/BFb0067700).
/// Each step solves the damped linear problem by orthogonal decomposition, never by normal equations; the damping is relative to the
/// largest column norms seen, so that the path does not depend on the units of the parameters; it follows the ratio of gained to
/// promised reduction (H. B. Nielsen, IMM-REP-1999-05). Bounds hold by projection: a parameter at a bound that wants to leave is frozen,
/// and a step is cut at the bounds before it is judged.
/// </summary>
public static class LevenbergMarquardt
{
    /// <summary>Finds a minimum near the start.</summary>
    /// <param name="model">Residuals and derivatives.</param>
    /// <param name="start">First parameters; they are moved inside the bounds.</param>
    /// <param name="lower">Lower bounds, or empty for none.</param>
    /// <param name="upper">Upper bounds, or empty for none.</param>
    /// <param name="options">When to stop; null for the defaults.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, there are fewer residuals than parameters, or the residuals at the start are not finite.</exception>
    public static LeastSquaresFit Solve(
        ILeastSquaresModel model, ReadOnlySpan<double> start, ReadOnlySpan<double> lower = default, ReadOnlySpan<double> upper = default, LeastSquaresOptions? options = null)
    {
        int n = model.ParameterCount, m = model.ResidualCount;
        if (start.Length != n) throw new ArgumentException($"the start has {start.Length} numbers; the model has {n} parameters", nameof(start));
        if (m < n) throw new ArgumentException($"{m} residuals cannot determine {n} parameters; add residuals, or fix parameters", nameof(model));
        if ((!lower.IsEmpty && lower.Length != n) || (!upper.IsEmpty && upper.Length != n)) throw new ArgumentException($"the bounds have another length than the {n} parameters", nameof(lower));
        for (int j = 0; j < n && !lower.IsEmpty && !upper.IsEmpty; j++)
        {
            if (!(lower[j] <= upper[j])) throw new ArgumentException($"the bounds of parameter {j} are {lower[j]:G6} to {upper[j]:G6}; the lower one comes first", nameof(lower));
        }

        return new Search(model, lower, upper, options ?? new LeastSquaresOptions()).Run(start);
    }

    private ref struct Search
    {
        private readonly ILeastSquaresModel _model;
        private readonly ReadOnlySpan<double> _lower;
        private readonly ReadOnlySpan<double> _upper;
        private readonly LeastSquaresOptions _options;
        private readonly int _n;
        private readonly int _m;
        private readonly HouseholderQr _tall;
        private readonly HouseholderQr _small;
        private readonly double[] _jacobian;
        private readonly double[] _reduced;
        private readonly double[] _damped;
        private readonly double[] _right;
        private readonly double[] _qr;
        private readonly double[] _step;
        private readonly double[] _scale;
        private readonly int[] _free;
        private int _freeCount;

        public Search(ILeastSquaresModel model, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, LeastSquaresOptions options)
        {
            _model = model;
            _lower = lower;
            _upper = upper;
            _options = options;
            (_n, _m) = (model.ParameterCount, model.ResidualCount);
            _tall = new HouseholderQr(_m, _n);
            _small = new HouseholderQr(2 * _n, _n);
            _jacobian = new double[_m * _n];
            _reduced = new double[_m * _n];
            _damped = new double[2 * _n * _n];
            _right = new double[2 * _n];
            _qr = new double[_m];
            _step = new double[_n];
            _scale = new double[_n];
            _free = new int[_n];
        }

        public LeastSquaresFit Run(ReadOnlySpan<double> start)
        {
            double[] x = new double[_n], trial = new double[_n], residuals = new double[_m], trialResiduals = new double[_m];
            for (int j = 0; j < _n; j++) x[j] = Inside(start[j], j);
            _model.Evaluate(x, residuals, _jacobian);
            double sum = SumOfSquares(residuals);
            if (!double.IsFinite(sum)) throw new ArgumentException("the residuals at the start are not finite; start where the model makes sense", nameof(start));

            double damping = _options.InitialDamping, growth = 2;
            int steps = 0;
            LeastSquaresOutcome outcome;
            while (true)
            {
                double steepest = Prepare(x, residuals, sum);
                if (steepest <= _options.GradientTolerance || sum == 0)
                {
                    outcome = LeastSquaresOutcome.GradientVanished;
                    break;
                }

                if (Improve(x, ref sum, ref residuals, ref trialResiduals, trial, ref damping, ref growth, ref steps) is { } ended)
                {
                    outcome = ended;
                    break;
                }

                _model.Evaluate(x, residuals, _jacobian);
            }

            return Finish(x, sum, steps, outcome);
        }

        // Tries damped steps until one lowers the sum of squares; the outcome when the search is over.
        private LeastSquaresOutcome? Improve(
            double[] x, ref double sum, ref double[] residuals, ref double[] trialResiduals, double[] trial, ref double damping, ref double growth, ref int steps)
        {
            while (true)
            {
                if (steps++ >= _options.MaxSteps) return LeastSquaresOutcome.StepsExhausted;
                SolveDamped(damping);
                double moved = 0;
                for (int j = 0; j < _n; j++)
                {
                    trial[j] = Inside(x[j] + _step[j], j);
                    _step[j] = trial[j] - x[j];
                    moved = Math.Max(moved, Math.Abs(_step[j]) / (Math.Abs(x[j]) + _options.StepTolerance));
                }

                double promised = sum - SumAfterLinearStep(residuals);
                _model.Evaluate(trial, trialResiduals, default);
                double trialSum = SumOfSquares(trialResiduals);
                double gained = sum - trialSum;
                double ratio = promised > 0 && double.IsFinite(trialSum) ? gained / promised : double.NegativeInfinity;
                if (ratio > 1e-4 && gained > 0)
                {
                    trial.CopyTo(x, 0);
                    (residuals, trialResiduals) = (trialResiduals, residuals);
                    bool settled = gained <= _options.SumTolerance * sum && promised <= _options.SumTolerance * sum;
                    sum = trialSum;
                    damping *= Math.Max(1.0 / 3, 1 - Math.Pow((2 * ratio) - 1, 3));
                    growth = 2;
                    if (!settled && moved > _options.StepTolerance) return null;
                    // The derivatives must belong to the last parameters, for the covariance.
                    _model.Evaluate(x, residuals, _jacobian);
                    Prepare(x, residuals, sum);
                    return settled ? LeastSquaresOutcome.SumSettled : LeastSquaresOutcome.ParametersSettled;
                }

                if (moved <= _options.StepTolerance) return LeastSquaresOutcome.ParametersSettled;
                if (Math.Abs(promised) <= _options.SumTolerance * sum && Math.Abs(gained) <= _options.SumTolerance * sum) return LeastSquaresOutcome.SumSettled;
                damping *= growth;
                growth *= 2;
            }
        }

        // Scales, the free parameters and the decomposition of their columns; gives the largest cosine between residuals and a column.
        private double Prepare(double[] x, double[] residuals, double sum)
        {
            double steepest = 0;
            _freeCount = 0;
            for (int j = 0; j < _n; j++)
            {
                double norm = 0, dot = 0;
                for (int i = 0; i < _m; i++)
                {
                    double derivative = _jacobian[(i * _n) + j];
                    norm += derivative * derivative;
                    dot += derivative * residuals[i];
                }

                norm = Math.Sqrt(norm);
                _scale[j] = Math.Max(_scale[j], norm);
                bool held = (!_lower.IsEmpty && x[j] <= _lower[j] && dot > 0) || (!_upper.IsEmpty && x[j] >= _upper[j] && dot < 0);
                if (held) continue;
                _free[_freeCount++] = j;
                if (norm > 0) steepest = Math.Max(steepest, Math.Abs(dot) / (norm * Math.Sqrt(sum)));
            }

            for (int i = 0; i < _m; i++)
            {
                for (int k = 0; k < _freeCount; k++) _reduced[(i * _freeCount) + k] = _jacobian[(i * _n) + _free[k]];
            }

            residuals.CopyTo(_qr, 0);
            _tall.Decompose(_reduced, _m, _freeCount, _qr, pivot: true);
            return steepest;
        }

        // Least squares of [R·Pᵀ; √λ·D]·s = −[Qᵀr; 0]: full rank for every positive damping.
        private void SolveDamped(double damping)
        {
            int n = _freeCount;
            Array.Clear(_damped, 0, 2 * n * n);
            Array.Clear(_right, 0, 2 * n);
            double root = Math.Sqrt(damping);
            for (int i = 0; i < n; i++)
            {
                for (int k = i; k < n; k++) _damped[(i * n) + _tall.Order[k]] = _tall.R(i, k);
                _right[i] = -_qr[i];
                _damped[((n + i) * n) + i] = root * (_scale[_free[i]] > 0 ? _scale[_free[i]] : 1);
            }

            _small.Decompose(_damped, 2 * n, n, _right, pivot: false);
            Array.Clear(_step);
            Span<double> reduced = stackalloc double[n];
            _small.Solve(_right, reduced);
            for (int k = 0; k < n; k++) _step[_free[k]] = reduced[k];
        }

        private readonly double SumAfterLinearStep(double[] residuals)
        {
            double sum = 0;
            for (int i = 0; i < _m; i++)
            {
                double value = residuals[i];
                for (int j = 0; j < _n; j++) value += _jacobian[(i * _n) + j] * _step[j];
                sum += value * value;
            }

            return sum;
        }

        private readonly double Inside(double value, int j)
        {
            if (!_lower.IsEmpty && value < _lower[j]) return _lower[j];
            return !_upper.IsEmpty && value > _upper[j] ? _upper[j] : value;
        }

        private readonly LeastSquaresFit Finish(double[] x, double sum, int steps, LeastSquaresOutcome outcome)
        {
            double[] gram = new double[_n * _n];
            bool[] held = new bool[_n];
            Array.Fill(held, true);
            double[]? reduced = _tall.Rank == _freeCount ? _tall.InverseGram() : null;
            for (int i = 0; i < _freeCount; i++)
            {
                held[_free[i]] = false;
                for (int j = 0; j < _freeCount; j++) gram[(_free[i] * _n) + _free[j]] = reduced is null ? double.NaN : reduced[(i * _freeCount) + j];
            }

            return new LeastSquaresFit([.. x], sum, [.. gram], _tall.Rank, [.. held], steps, outcome);
        }

        private static double SumOfSquares(double[] residuals)
        {
            double sum = 0;
            foreach (double residual in residuals) sum += residual * residual;
            return sum;
        }
    }
}
