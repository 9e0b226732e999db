using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Mechanics.Pellets;

/// <summary>One measured density, loaded or released.</summary>
/// <param name="Load">How the pellet was pressed.</param>
/// <param name="UnloadedPa">Zero under load, the whole pressure after release.</param>
/// <param name="Density">Relative density.</param>
/// <param name="Noise">Standard deviation about the curve of the laboratory.</param>
/// <param name="Fold">Readings of one pressure are left out together; with many pressures several share a fold.</param>
internal readonly record struct DensityDatum(PelletLoad Load, double UnloadedPa, double Density, double Noise, int Fold);

/// <summary>
/// One law fitted to densities and to its prior: largest posterior by least squares, covariance from the curvature there (Laplace), and the
/// density of each pressure as predicted from all others.
/// </summary>
internal sealed class DensityFit
{
    // The posterior is asked for to a thousandth of its width, no closer.
    private static readonly LeastSquaresOptions s_options = new() { GradientTolerance = 1e-6, StepTolerance = 1e-7, SumTolerance = 1e-9, InitialDamping = 1e-4, MaxSteps = 200 };

    private readonly LawPosterior _prior;
    private readonly double[] _whitening;
    private readonly DensityDatum[] _data;

    public DensityFit(LawPosterior prior, DensityDatum[] data)
    {
        _prior = prior;
        _data = data;
        int n = prior.Free.Length;
        _whitening = Cholesky.InverseOfFactor(Cholesky.Factor(prior.Covariance.AsSpan(), n), n);
    }

    /// <summary>The posterior from all data, without weight.</summary>
    public LawPosterior Posterior { get; private set; } = null!;

    /// <summary>Σ over pressures of ln p(densities there | all others).</summary>
    public double LeftOutLogDensity { get; private set; }

    /// <summary>Σ ((D − D_law)/noise)² at the posterior.</summary>
    public double ChiSquared { get; private set; }

    public void Run(int folds)
    {
        Posterior = Fit(-1, _prior.Free.AsSpan());
        ReadOnlySpan<double> best = Posterior.Free.AsSpan();
        foreach (DensityDatum datum in _data)
        {
            double residual = (datum.Density - PowderModel.Density(_prior.Law, datum.Load, datum.UnloadedPa, best, default)) / datum.Noise;
            ChiSquared += residual * residual;
        }

        for (int fold = 0; fold < folds; fold++) LeftOutLogDensity += LogDensity(Fit(fold, best), fold);
    }

    private LawPosterior Fit(int leftOut, ReadOnlySpan<double> start)
    {
        LeastSquaresFit fit = LevenbergMarquardt.Solve(new Model(this, leftOut), start, options: s_options);
        return new LawPosterior(_prior.Law, 0, fit.Parameters, fit.InverseGram);
    }

    // Jointly normal: the densities of one pressure share the error of the law.
    private double LogDensity(LawPosterior law, int fold)
    {
        DensityDatum[] left = [.. _data.Where(datum => datum.Fold == fold)];
        int n = left.Length, p = law.Free.Length;
        double[] gradients = new double[n * p], covariance = new double[n * n], residuals = new double[n];
        for (int i = 0; i < n; i++) residuals[i] = left[i].Density - PowderModel.Density(law.Law, left[i].Load, left[i].UnloadedPa, law.Free.AsSpan(), gradients.AsSpan(i * p, p));
        for (int i = 0; i < n; i++)
        {
            for (int a = 0; a < p; a++)
            {
                double sum = 0;
                for (int b = 0; b < p; b++) sum += law.Covariance[(a * p) + b] * gradients[(i * p) + b];
                for (int j = 0; j < n; j++) covariance[(i * n) + j] += sum * gradients[(j * p) + a];
            }

            covariance[(i * n) + i] += left[i].Noise * left[i].Noise;
        }

        double[] factor = Cholesky.Factor(covariance, n);
        Cholesky.SolveLower(factor, n, residuals);
        double log = -0.5 * n * Math.Log(2 * Math.PI);
        for (int i = 0; i < n; i++) log -= (0.5 * residuals[i] * residuals[i]) + Math.Log(factor[(i * n) + i]);
        return log;
    }

    private sealed class Model(DensityFit fit, int leftOut) : ILeastSquaresModel
    {
        private readonly DensityDatum[] _kept = leftOut < 0 ? fit._data : [.. fit._data.Where(datum => datum.Fold != leftOut)];

        public int ParameterCount => fit._prior.Free.Length;

        public int ResidualCount => ParameterCount + _kept.Length;

        public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> jacobian)
        {
            int n = ParameterCount;
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int j = 0; j <= i; j++) sum += fit._whitening[(i * n) + j] * (parameters[j] - fit._prior.Free[j]);
                residuals[i] = sum;
            }

            if (!jacobian.IsEmpty) fit._whitening.CopyTo(jacobian);
            for (int i = 0; i < _kept.Length; i++)
            {
                ref readonly DensityDatum datum = ref _kept[i];
                Span<double> row = jacobian.IsEmpty ? default : jacobian.Slice((n + i) * n, n);
                residuals[n + i] = (PowderModel.Density(fit._prior.Law, datum.Load, datum.UnloadedPa, parameters, row) - datum.Density) / datum.Noise;
                foreach (ref double derivative in row) derivative /= datum.Noise;
            }
        }
    }
}
