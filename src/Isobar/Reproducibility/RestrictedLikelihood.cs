using MathNet.Numerics.LinearAlgebra;

namespace Isobar.Reproducibility;

/// <summary>
/// Restricted maximum likelihood for y = μ + Σ Z_i·b_i + e, any mixture of crossed and nested groupings (H. D. Patterson, R. Thompson, Biometrika 58 (1971) 545,
/// 10.1093/biomet/58.3.545). The deviance is profiled over μ and σ², and minimised over the ratios γ_i = σ_i²/σ² ≥ 0 by Newton's method with exact
/// derivatives; all matrices are as large as there are groups, not cells. A ratio that wants to be negative stays at zero.
/// </summary>
internal sealed class RestrictedLikelihood
{
    private readonly int _cells;
    private readonly int[] _start;
    private readonly Matrix<double> _gram;
    private readonly Vector<double> _ones;
    private readonly Vector<double> _sums;
    private readonly double _sum;
    private readonly double _squares;

    public RestrictedLikelihood(MeasurementSeries series, IReadOnlyList<Grouping> groups)
    {
        _cells = series.Count;
        _start = new int[groups.Count + 1];
        for (int i = 0; i < groups.Count; i++) _start[i + 1] = _start[i] + groups[i].Levels.Length;
        int q = _start[^1];
        _gram = Matrix<double>.Build.Dense(q, q);
        _ones = Vector<double>.Build.Dense(q);
        _sums = Vector<double>.Build.Dense(q);
        double mean = Moments.Mean(series.Deviations);
        for (int m = 0; m < _cells; m++)
        {
            double y = series.Deviations[m] - mean;
            _sum += y;
            _squares += y * y;
            for (int i = 0; i < groups.Count; i++)
            {
                int row = _start[i] + groups[i].OfCell[m];
                _ones[row]++;
                _sums[row] += y;
                for (int j = 0; j < groups.Count; j++) _gram[row, _start[j] + groups[j].OfCell[m]]++;
            }
        }
    }

    /// <summary>Minimises the deviance.</summary>
    /// <exception cref="ArithmeticException">200 steps did not find a minimum.</exception>
    public (double[] Ratios, double ResidualVariance, double Criterion) Fit()
    {
        int count = _start.Length - 1;
        var ratios = new double[count];
        Array.Fill(ratios, 0.5);
        State present = At(ratios);
        for (int step = 0; step < 200; step++)
        {
            int[] free = [.. Enumerable.Range(0, count).Where(i => ratios[i] > 0 || present.Gradient[i] < 0)];
            if (free.All(i => Math.Abs(present.Gradient[i]) * Math.Max(1e-3, ratios[i]) < 1e-11 * _cells)) return Result(ratios, present);
            double damping = 0;
            while (true)
            {
                double[] trial = Step(ratios, present, free, damping);
                State next = At(trial);
                if (next.Deviance <= present.Deviance + (1e-13 * Math.Abs(present.Deviance)))
                {
                    double change = Enumerable.Range(0, count).Max(i => Math.Abs(trial[i] - ratios[i]) / (1e-6 + trial[i]));
                    (ratios, present) = (trial, next);
                    if (change < 1e-11) return Result(ratios, present);
                    break;
                }

                damping = damping == 0 ? 1e-3 : 8 * damping;
                if (damping > 1e12) return Result(ratios, present);
            }
        }

        throw new ArithmeticException("the variance components did not settle in 200 steps; look at how the groupings overlap");
    }

    private (double[] Ratios, double ResidualVariance, double Criterion) Result(double[] ratios, State state) =>
        (ratios, state.Residual / (_cells - 1), state.Deviance + ((_cells - 1) * (1 + Math.Log(2 * Math.PI / (_cells - 1)))));

    // Newton's step on the free ratios, made safe by a multiple of the expected curvature.
    private static double[] Step(double[] ratios, State state, int[] free, double damping)
    {
        var hessian = Matrix<double>.Build.Dense(free.Length, free.Length, (i, j) => state.Hessian[free[i], free[j]]);
        for (int i = 0; i < free.Length; i++)
        {
            double floor = Math.Max(state.Expected[free[i], free[i]], 1e-300);
            hessian[i, i] += damping * floor;
            if (hessian[i, i] <= 0) hessian[i, i] = floor * (1 + damping);
        }

        Vector<double> move = hessian.LU().Solve(Vector<double>.Build.Dense(free.Length, i => -state.Gradient[free[i]]));
        double slope = 0;
        for (int i = 0; i < free.Length; i++) slope += move[i] * state.Gradient[free[i]];
        var trial = (double[])ratios.Clone();
        for (int i = 0; i < free.Length; i++)
        {
            double step = slope < 0 && double.IsFinite(move[i]) ? move[i] : -state.Gradient[free[i]] / (state.Expected[free[i], free[i]] * (1 + damping));
            trial[free[i]] = Math.Max(0, trial[free[i]] + step);
        }

        return trial;
    }

    private State At(double[] ratios)
    {
        int q = _start[^1], count = ratios.Length;
        var root = new double[q];
        for (int i = 0; i < count; i++)
        {
            for (int row = _start[i]; row < _start[i + 1]; row++) root[row] = Math.Sqrt(ratios[i]);
        }

        // V⁻¹ = 1 − Z·A·Zᵀ with A = R·(1 + R·G·R)⁻¹·R, R = √γ.
        Matrix<double> inner = Matrix<double>.Build.Dense(q, q, (i, j) => (i == j ? 1 : 0) + (root[i] * _gram[i, j] * root[j]));
        MathNet.Numerics.LinearAlgebra.Factorization.Cholesky<double> factor = inner.Cholesky();
        Matrix<double> scaledGram = Matrix<double>.Build.Dense(q, q, (i, j) => root[i] * _gram[i, j]);
        Matrix<double> solved = factor.Solve(scaledGram);
        Matrix<double> k = _gram - scaledGram.TransposeThisAndMultiply(solved);
        Vector<double> scaledOnes = Vector<double>.Build.Dense(q, i => root[i] * _ones[i]), scaledSums = Vector<double>.Build.Dense(q, i => root[i] * _sums[i]);
        Vector<double> solvedOnes = factor.Solve(scaledOnes), solvedSums = factor.Solve(scaledSums);
        Vector<double> a = _ones - scaledGram.TransposeThisAndMultiply(solvedOnes);
        double c = _cells - (scaledOnes * solvedOnes), oneY = _sum - (scaledOnes * solvedSums);
        Matrix<double> w = k - (a.OuterProduct(a) / c);
        Vector<double> v = _sums - scaledGram.TransposeThisAndMultiply(solvedSums) - (a * (oneY / c));
        double s = _squares - (scaledSums * solvedSums) - (oneY * oneY / c);
        double freedom = _cells - 1;

        var gradient = new double[count];
        double[,] hessian = new double[count, count], expected = new double[count, count];
        var own = new double[count];
        for (int i = 0; i < count; i++)
        {
            double trace = 0;
            for (int row = _start[i]; row < _start[i + 1]; row++)
            {
                own[i] += v[row] * v[row];
                trace += w[row, row];
            }

            gradient[i] = trace - (freedom * own[i] / s);
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double squares = 0, product = 0;
                for (int row = _start[i]; row < _start[i + 1]; row++)
                {
                    for (int column = _start[j]; column < _start[j + 1]; column++)
                    {
                        squares += w[row, column] * w[row, column];
                        product += v[row] * w[row, column] * v[column];
                    }
                }

                expected[i, j] = squares;
                hessian[i, j] = -squares + (freedom * ((2 * product / s) - (own[i] * own[j] / (s * s))));
            }
        }

        return new State(factor.DeterminantLn + Math.Log(c) + (freedom * Math.Log(s)), s, gradient, hessian, expected);
    }

    private sealed record State(double Deviance, double Residual, double[] Gradient, double[,] Hessian, double[,] Expected);
}
