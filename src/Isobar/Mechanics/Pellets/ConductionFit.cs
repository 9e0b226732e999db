using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Mechanics.Pellets;

/// <summary>One measured conductivity.</summary>
/// <param name="LogSigma">ln σ, S/m.</param>
/// <param name="Density">Relative density of the pellet when it was measured.</param>
/// <param name="History">Pressure now and largest pressure.</param>
/// <param name="Kelvins">Temperature.</param>
/// <param name="Pellet">Which pellet it is; all readings of one pellet share its deviation from the powder.</param>
internal readonly record struct ConductionDatum(double LogSigma, double Density, LoadHistory History, double Kelvins, int Pellet);

/// <summary>
/// The conduction of a powder from readings of σ, log-normal: largest posterior by least squares and its curvature. Each pellet has an unknown
/// deviation of its own, which is left out of the answer by taking the marginal covariance.
/// </summary>
internal sealed class ConductionFit : ILeastSquaresModel
{
    private static readonly LeastSquaresOptions s_options = new() { GradientTolerance = 1e-7, StepTolerance = 1e-8, SumTolerance = 1e-10 };

    private readonly ConductionPosterior _prior;
    private readonly ConductionDatum[] _data;
    private readonly double[] _whitening;
    private readonly int _pellets;
    private readonly int _n;

    private ConductionFit(ConductionPosterior prior, ConductionDatum[] data, int pellets)
    {
        (_prior, _data, _pellets, _n) = (prior, data, pellets, prior.Free.Length);
        _whitening = Cholesky.InverseOfFactor(Cholesky.Factor(prior.Covariance.AsSpan(), _n), _n);
    }

    public int ParameterCount => _n + _pellets;

    public int ResidualCount => _n + _pellets + _data.Length;

    public static ConductionPosterior Of(ConductionPosterior prior, ConductionDatum[] data, bool separatePellets)
    {
        int pellets = separatePellets ? data.Max(datum => datum.Pellet) + 1 : 0;
        var fit = new ConductionFit(prior, data, pellets);
        double[] start = new double[fit.ParameterCount];
        prior.Free.CopyTo(start);
        LeastSquaresFit best = LevenbergMarquardt.Solve(fit, start, options: s_options);
        int n = prior.Free.Length, all = fit.ParameterCount;
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) covariance[(i * n) + j] = best.InverseGram[(i * all) + j];
        }

        double own = ConductionPosterior.ReadingNoise, other = separatePellets ? ConductionPosterior.PelletScatter : 0;
        double chi = 0;
        double[] residuals = new double[fit.ResidualCount];
        fit.Evaluate(best.Parameters.AsSpan(), residuals, default);
        for (int i = n + pellets; i < residuals.Length; i++) chi += residuals[i] * residuals[i];
        double inflation = PelletCalibration.Inflation(chi, data.Length);
        foreach (ref double element in covariance.AsSpan()) element *= inflation;
        return new ConductionPosterior(
            best.Parameters[..n], [.. covariance], Math.Sqrt(((own * own) + (other * other)) * inflation), data.Min(datum => datum.History.PresentPa), data.Max(datum => datum.History.LargestPa));
    }

    public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> jacobian)
    {
        int all = ParameterCount;
        jacobian.Clear();
        for (int i = 0; i < _n; i++)
        {
            double sum = 0;
            for (int j = 0; j <= i; j++)
            {
                sum += _whitening[(i * _n) + j] * (parameters[j] - _prior.Free[j]);
                if (!jacobian.IsEmpty) jacobian[(i * all) + j] = _whitening[(i * _n) + j];
            }

            residuals[i] = sum;
        }

        for (int i = _n; i < all; i++)
        {
            residuals[i] = parameters[i] / ConductionPosterior.PelletScatter;
            if (!jacobian.IsEmpty) jacobian[(i * all) + i] = 1 / ConductionPosterior.PelletScatter;
        }

        for (int i = 0; i < _data.Length; i++)
        {
            ref readonly ConductionDatum datum = ref _data[i];
            Span<double> row = jacobian.IsEmpty ? default : jacobian.Slice((all + i) * all, all);
            double log = ConductionModel.Log(datum.Density, datum.History, datum.Kelvins, parameters[.._n], _prior.HasElectrode, row.IsEmpty ? default : row[.._n]);
            if (_pellets > 0) log += parameters[_n + datum.Pellet];
            residuals[all + i] = (log - datum.LogSigma) / ConductionPosterior.ReadingNoise;
            if (row.IsEmpty) continue;
            if (_pellets > 0) row[_n + datum.Pellet] = 1;
            foreach (ref double derivative in row) derivative /= ConductionPosterior.ReadingNoise;
        }
    }
}
