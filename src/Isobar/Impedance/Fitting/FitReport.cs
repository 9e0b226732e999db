using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Validity;
using Isobar.Numerics.LeastSquares;
using Isobar.Quantities;

namespace Isobar.Impedance.Fitting;

/// <summary>What a finished search says: errors, intervals, correlations, what is not determined.</summary>
internal sealed class FitReport(Spectrum spectrum, CircuitSearch search, FitOptions options, double noise, SearchEnd end)
{
    private const double TrustedCorrelation = 0.99;
    private const double MostCorrelation = 0.995;
    private const double MostRelativeError = 0.3;
    private const double ShapedRuns = -2.6;
    private const double HiddenExponent = 0.5;

    // An exponent that may as well be below this is none of a capacitor.
    private const double IdealExponent = 0.7;

    private readonly Circuit _circuit = search.Circuit;
    private readonly double[] _best = search.Coordinates.ToArray();
    private readonly int _n = search.Model.ParameterCount;

    private int LeftOver => Math.Max(1, (2 * search.PointCount) + search.Model.PriorCount - _n);

    public CircuitFitResult Result()
    {
        search.Model.SetValues(_best);
        double[] values = [.. search.Model.Values];
        double[] inverse = new double[_n * _n];
        bool determined = search.Covariance(inverse);
        double variance = end.SumOfSquares / LeftOver;
        bool[] atLimit = [.. Enumerable.Range(0, _n).Select(k => AtLimit(k))];
        double[] errors = [.. Enumerable.Range(0, _n).Select(k => atLimit[k] ? double.NaN : Math.Sqrt(variance * inverse[(k * _n) + k]))];
        double[] correlations = Correlations(inverse);
        double[] strongest = [.. Enumerable.Range(0, _n).Select(k => Enumerable.Range(0, _n).Where(j => j != k).Select(j => Math.Abs(correlations[(k * _n) + j])).Where(double.IsFinite).DefaultIfEmpty(0).Max())];
        bool trusted = determined && !atLimit.Any(held => held) && strongest.All(r => r <= TrustedCorrelation);
        (Interval[] intervals, IntervalSource[] sources) = Intervals(errors, strongest, atLimit, trusted, variance, inverse);
        Circuit fitted = _circuit.WithValues(values);
        ImmutableArray<Complex> z = fitted.Impedance(spectrum.Hertz.AsSpan());
        ImmutableArray<Complex> residuals = [.. spectrum.Ohms.Zip(z, (measured, fit) => (measured - fit) / measured.Magnitude)];
        Complex[] counted = [.. residuals.Where((_, i) => !spectrum.Points[i].LeftOut && spectrum.Points[i].Weight > 0)];
        double sum = counted.Sum(r => (r.Real * r.Real) + (r.Imaginary * r.Imaginary));
        double runs = Math.Min(RunsTest.Deviation(counted.Select(r => r.Real).ToArray()), RunsTest.Deviation(counted.Select(r => r.Imaginary).ToArray()));
        ImmutableArray<FittedParameter> parameters = Parameters(values, errors, strongest, atLimit, intervals, sources);
        ImmutableArray<FittedArc> arcs = ArcRanking.Arcs(_circuit, values);
        double numbers = 2 * search.PointCount, k1 = _n + 1;
        double logLikelihood = numbers * Math.Log(sum / numbers);
        return new CircuitFitResult
        {
            Circuit = fitted,
            Parameters = parameters,
            SumOfSquares = sum,
            Residual = Math.Sqrt(sum / numbers),
            Misfit = Math.Sqrt(sum / Math.Max(1, numbers - _n)),
            Noise = noise,
            Correlations = [.. correlations],
            FreeNames = [.. search.Model.Free.ToArray().Select(i => _circuit.Parameters[i].Name)],
            Identifiable = parameters.All(parameter => parameter.Identifiable),
            RunsDeviation = runs,
            Aicc = logLikelihood + (2 * k1) + (2 * k1 * (k1 + 1) / Math.Max(1, numbers - k1 - 1)),
            Bic = logLikelihood + (k1 * Math.Log(numbers)),
            Impedance = z,
            Residuals = residuals,
            Arcs = arcs,
            Findings = Findings(parameters, correlations, arcs, runs, Math.Sqrt(sum / numbers)),
        };
    }

    private CircuitParameter FreeParameter(int k) => _circuit.Parameters[search.Model.Free[k]];

    private bool AtLimit(int k)
    {
        double width = Math.Max(1e-9, 1e-6 * (search.Model.Upper[k] - search.Model.Lower[k]));
        return _best[k] - search.Model.Lower[k] < width || search.Model.Upper[k] - _best[k] < width;
    }

    private double[] Correlations(double[] inverse)
    {
        double[] correlations = new double[_n * _n];
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                double size = Math.Sqrt(inverse[(i * _n) + i] * inverse[(j * _n) + j]);
                correlations[(i * _n) + j] = i == j ? 1 : size > 0 ? inverse[(i * _n) + j] / size : size == 0 ? 0 : double.NaN;
            }
        }

        return correlations;
    }

    private (Interval[] Intervals, IntervalSource[] Sources) Intervals(double[] errors, double[] strongest, bool[] atLimit, bool trusted, double variance, double[] inverse)
    {
        var intervals = new Interval[_n];
        var sources = new IntervalSource[_n];
        double factor = Estimate.CoverageFactor(0.95, LeftOver);
        for (int k = 0; k < _n; k++)
        {
            (intervals[k], sources[k]) = (new Interval(_best[k] - (factor * errors[k]), _best[k] + (factor * errors[k])), IntervalSource.Covariance);
        }

        if (options.BootstrapRepeats <= 0)
        {
            // Whether an exponent at its limit is a capacitor is asked of every circuit that is tried.
            foreach (int k in Enumerable.Range(0, _n).Where(k => atLimit[k] && !FreeParameter(k).Declaration.Logarithmic))
            {
                ProfileIntervals profile = Profile(factor, inverse);
                Interval interval = options.Screening ? new Interval(profile.LowerEndDownTo(k, IdealExponent), Math.Max(_best[k], IdealExponent)) : profile.Of(k, double.NaN);
                (intervals[k], sources[k]) = (interval, IntervalSource.Profile);
                search.From(_best);
            }

            return (intervals, sources);
        }

        Interval[] copies = new BootstrapIntervals(search, _best, Math.Sqrt(variance), factor).Of(options.BootstrapRepeats, options.Seed);
        for (int k = 0; k < _n; k++) (intervals[k], sources[k]) = (copies[k], IntervalSource.Bootstrap);
        if (!trusted)
        {
            ProfileIntervals profile = Profile(factor, inverse);
            for (int k = 0; k < _n; k++)
            {
                if (double.IsFinite(errors[k]) && !atLimit[k] && strongest[k] <= TrustedCorrelation) continue;
                (intervals[k], sources[k]) = (profile.Of(k, errors[k]), IntervalSource.Profile);
            }
        }

        search.From(_best);
        return (intervals, sources);
    }

    private ProfileIntervals Profile(double factor, double[] inverse) => new(search, _best, inverse, end.SumOfSquares, end.SumOfSquares * (1 + (factor * factor / LeftOver)));

    private ImmutableArray<FittedParameter> Parameters(double[] values, double[] errors, double[] strongest, bool[] atLimit, Interval[] intervals, IntervalSource[] sources)
    {
        var parameters = ImmutableArray.CreateBuilder<FittedParameter>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            CircuitParameter parameter = _circuit.Parameters[i];
            int k = search.Model.Free.IndexOf(parameter.Tie is { } tie ? _circuit.PlaceOf(tie.Other) : i);
            if (k < 0)
            {
                parameters.Add(new FittedParameter(parameter.Name, parameter.Declaration.Unit, values[i], 0, new Interval(values[i], values[i]), IntervalSource.None, false, true));
                continue;
            }

            double factor = parameter.Tie?.Factor ?? 1, error = factor * errors[k] * (parameter.Declaration.Logarithmic ? FreeParameter(k).FromCoordinate(_best[k]) : 1);
            double low = factor * FreeParameter(k).FromCoordinate(intervals[k].Low), high = factor * FreeParameter(k).FromCoordinate(intervals[k].High);
            // An exponent of one is a capacitor, which is an answer; everything else at a limit is none.
            bool ideal = atLimit[k] && !parameter.Declaration.Logarithmic && values[i] >= 0.999 && low > IdealExponent;
            bool identifiable = ideal || (!atLimit[k] && error < MostRelativeError * Math.Abs(values[i]) && strongest[k] < MostCorrelation);
            parameters.Add(new FittedParameter(parameter.Name, parameter.Declaration.Unit, values[i], error, new Interval(low, high), sources[k], atLimit[k], identifiable));
        }

        return parameters.MoveToImmutable();
    }

    private ImmutableArray<string> Findings(ImmutableArray<FittedParameter> parameters, double[] correlations, ImmutableArray<FittedArc> arcs, double runs, double residual)
    {
        var findings = ImmutableArray.CreateBuilder<string>();
        foreach (FittedParameter parameter in parameters)
        {
            if (parameter.Identifiable) continue;
            findings.Add(parameter.AtLimit
                ? $"{parameter.Name} stands at its limit: the spectrum does not determine it"
                : parameter.StandardError < 3 * Math.Abs(parameter.Value) ? string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} is not identifiable: known to {100 * parameter.StandardError / Math.Abs(parameter.Value):0} %{PartnerOf(parameter.Name, correlations)}") : $"{parameter.Name} is not identifiable");
        }

        foreach (FittedArc arc in arcs)
        {
            if (arc.Exponent < HiddenExponent) findings.Add(string.Create(CultureInfo.InvariantCulture, $"the arc of {arc.Name} has an exponent of {arc.Exponent:0.00}; below 0.5 it is usually a transmission line or two arcs"));
        }

        if (residual > 1.2 * noise) findings.Add(string.Create(CultureInfo.InvariantCulture, $"the residual of {100 * residual:0.000} % is {residual / noise:0.0} times the noise: the circuit leaves something out, and the intervals hold only for this circuit"));
        if (runs < ShapedRuns) findings.Add(string.Create(CultureInfo.InvariantCulture, $"the residuals have a shape: {-runs:0.0} standard deviations too few sign changes"));
        return findings.ToImmutable();
    }

    private string PartnerOf(string name, double[] correlations)
    {
        int k = search.Model.Free.IndexOf(_circuit.PlaceOf(name));
        if (k < 0) return "";
        int partner = Enumerable.Range(0, _n).Where(j => j != k && double.IsFinite(correlations[(k * _n) + j])).DefaultIfEmpty(-1).MaxBy(j => j < 0 ? 0 : Math.Abs(correlations[(k * _n) + j]));
        if (partner < 0 || Math.Abs(correlations[(k * _n) + partner]) < MostCorrelation) return "";
        return string.Create(CultureInfo.InvariantCulture, $", correlated {correlations[(k * _n) + partner]:0.000} with {FreeParameter(partner).Name}");
    }
}
