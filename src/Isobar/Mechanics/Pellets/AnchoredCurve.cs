using Isobar.Materials;
using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>The band of a material's densification curve at some pressures, in z = ln(D/(1 − D)), as residuals that a law can be fitted to.</summary>
internal sealed class AnchoredCurve
{
    // No law follows a powder better than this in D, however well its constants are known.
    private const double LawNoise = 0.005;

    // Parameters of a law beyond two stand in for one another; this keeps each within a few of its plausible range.
    private const double FreeSpread = 1.5;

    private readonly double[] _pressuresPa;
    private readonly double[] _mean;
    private readonly double[] _factor;
    private readonly double _poured;
    private readonly double _scalePa;
    private readonly double _exponent;

    public AnchoredCurve(Material material, double scatter, double[] pressuresPa, double commonShare)
    {
        Estimate poured = material.Get(MaterialConstants.PouredPorosity).Si, scale = material.Get(MaterialConstants.CompactionPressure).Si;
        Estimate exponent = material.Get(MaterialConstants.CompactionExponent).Si;
        (_poured, _scalePa, _exponent) = (poured.Value, scale.Value, exponent.Value);
        _pressuresPa = pressuresPa;
        int n = pressuresPa.Length;
        _mean = new double[n];
        double[] spread = new double[n], byConstant = new double[3 * n], covariance = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            double q = Math.Pow(pressuresPa[i] / _scalePa, _exponent), porosity = _poured * Math.Exp(-q), density = 1 - porosity;
            _mean[i] = Math.Log(density / porosity);
            spread[i] = 1 / (density * porosity);
            byConstant[3 * i] = -poured.StandardUncertainty / (poured.Value * density);
            byConstant[(3 * i) + 1] = -_exponent * q * scale.RelativeUncertainty / density;
            byConstant[(3 * i) + 2] = q * Math.Log(pressuresPa[i] / _scalePa) * exponent.StandardUncertainty / density;
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double apart = Math.Log(pressuresPa[i] / pressuresPa[j]);
                double sum = scatter * scatter * spread[i] * spread[j] * (commonShare + ((1 - commonShare) * Math.Exp(-0.5 * apart * apart)));
                for (int c = 0; c < 3; c++) sum += byConstant[(3 * i) + c] * byConstant[(3 * j) + c];
                if (i == j) sum += LawNoise * spread[i] * LawNoise * spread[i];
                covariance[(i * n) + j] = covariance[(j * n) + i] = sum;
            }
        }

        _factor = Cholesky.Factor(covariance, n);
    }

    /// <summary>Where a fit of a law begins: typical parameters, with the density and pressure scale of the curve where the law has such.</summary>
    public double[] StartOf(PelletLaw law)
    {
        double[] start = new double[law.Parameters.Length];
        for (int j = 0; j < start.Length; j++)
        {
            LawParameter parameter = law.Parameters[j];
            start[j] = parameter.ToFree(parameter.Symbol switch
            {
                "ε₀" => _poured,
                "P₀" => _scalePa,
                "D₀" => 1 - _poured,
                "D₁₀₀" => 1 - (_poured * Math.Exp(-Math.Pow(100e6 / _scalePa, _exponent))),
                _ => parameter.Typical,
            });
        }

        return start;
    }

    public ILeastSquaresModel ModelOf(PelletLaw law) => new Model(this, law, StartOf(law));

    private sealed class Model(AnchoredCurve curve, PelletLaw law, double[] typical) : ILeastSquaresModel
    {
        public int ParameterCount => law.Parameters.Length;

        public int ResidualCount => curve._mean.Length + law.Parameters.Length;

        public void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> jacobian)
        {
            int n = curve._mean.Length, k = law.Parameters.Length;
            Span<double> gradient = stackalloc double[k];
            Span<double> column = stackalloc double[n];
            for (int i = 0; i < n; i++)
            {
                double density = law.DensityOfFree(curve._pressuresPa[i], parameters, gradient);
                residuals[i] = Math.Log(density / (1 - density)) - curve._mean[i];
                if (jacobian.IsEmpty) continue;
                for (int j = 0; j < k; j++) jacobian[(i * k) + j] = gradient[j] / (density * (1 - density));
            }

            Cholesky.SolveLower(curve._factor, n, residuals[..n]);
            for (int j = 0; j < k; j++)
            {
                residuals[n + j] = (parameters[j] - typical[j]) / FreeSpread;
                if (jacobian.IsEmpty) continue;
                for (int i = 0; i < n; i++) column[i] = jacobian[(i * k) + j];
                Cholesky.SolveLower(curve._factor, n, column);
                for (int i = 0; i < n; i++) jacobian[(i * k) + j] = column[i];
                for (int i = 0; i < k; i++) jacobian[((n + i) * k) + j] = i == j ? 1 / FreeSpread : 0;
            }
        }
    }
}
