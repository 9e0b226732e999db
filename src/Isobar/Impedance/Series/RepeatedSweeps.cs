using System.Collections.Immutable;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;

namespace Isobar.Impedance.Series;

/// <summary>What repeated sweeps say at one frequency.</summary>
/// <param name="Hertz">Frequency.</param>
/// <param name="Real">Trend of the real part.</param>
/// <param name="Spread">Standard deviation of the real part over all sweeps, drift included, as a share of its mean.</param>
/// <param name="Noise">Standard deviation about the trends of both parts, per part, as a share of the modulus.</param>
public sealed record RepeatedPoint(double Hertz, Trend Real, double Spread, double Noise);

/// <summary>What repeated sweeps say of one parameter of a circuit.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Trend">Its change from the first to the last sweep, and its repeatability.</param>
public sealed record RepeatedParameter(string Name, Trend Trend);

/// <summary>
/// Repeated sweeps of one sample at the same frequencies: how well they repeat and whether the sample changes, which no single sweep can tell.
/// </summary>
/// <param name="Points">One for each frequency, descending.</param>
/// <param name="MeanSpread">Mean of the spread of the real part over the frequencies.</param>
/// <param name="Noise">Root mean square of the noise over the frequencies: what a fit may take as its noise.</param>
/// <param name="Parameters">Trends of the parameters of a circuit fitted to every sweep; empty without a circuit.</param>
public sealed record RepeatedSweeps(ImmutableArray<RepeatedPoint> Points, double MeanSpread, double Noise, ImmutableArray<RepeatedParameter> Parameters)
{
    private const double SameFrequency = 2e-3;
    private const int LeastSweeps = 3;

    /// <summary>Compares sweeps in the order in which they were taken; with a circuit also its parameters.</summary>
    /// <exception cref="ArgumentException">There are fewer than three sweeps, or their frequencies differ.</exception>
    public static RepeatedSweeps Of(ImmutableArray<Spectrum> sweeps, Circuit? circuit = null, FitOptions? options = null)
    {
        if (sweeps.Length < LeastSweeps) throw new ArgumentException($"{sweeps.Length} sweeps are given; a trend needs at least {LeastSweeps}", nameof(sweeps));
        foreach (Spectrum sweep in sweeps)
        {
            if (sweep.Count != sweeps[0].Count || sweep.Hertz.Zip(sweeps[0].Hertz).Any(pair => Math.Abs(pair.First - pair.Second) > SameFrequency * pair.Second))
            {
                throw new ArgumentException($"the frequencies of {Called(sweep)} are not those of {Called(sweeps[0])}; repeated sweeps have the same", nameof(sweeps));
            }
        }

        ImmutableArray<RepeatedPoint> points = [.. Enumerable.Range(0, sweeps[0].Count).Select(i => PointOf(sweeps, i))];
        return new RepeatedSweeps(points, points.Average(point => point.Spread), Math.Sqrt(points.Average(point => point.Noise * point.Noise)), circuit is null ? [] : ParametersOf(sweeps, circuit, options));
    }

    private static RepeatedPoint PointOf(ImmutableArray<Spectrum> sweeps, int i)
    {
        double[] real = [.. sweeps.Select(sweep => sweep.Ohms[i].Real)], imaginary = [.. sweeps.Select(sweep => sweep.Ohms[i].Imaginary)];
        double mean = real.Average(), modulus = sweeps.Average(sweep => sweep.Ohms[i].Magnitude);
        Trend ofReal = Trend.Of(real), ofImaginary = Trend.Of(imaginary);
        double scatterReal = ofReal.Scatter * Math.Abs(mean), scatterImaginary = ofImaginary.Scatter * Math.Abs(imaginary.Average());
        double spread = Math.Sqrt(real.Sum(value => (value - mean) * (value - mean)) / (real.Length - 1)) / Math.Abs(mean);
        return new RepeatedPoint(sweeps[0].Hertz[i], ofReal, spread, Math.Sqrt(0.5 * ((scatterReal * scatterReal) + (scatterImaginary * scatterImaginary))) / modulus);
    }

    // Every sweep starts at its neighbour's answer as well as on its own, so that a change is not a jump between two minima of like depth.
    private static ImmutableArray<RepeatedParameter> ParametersOf(ImmutableArray<Spectrum> sweeps, Circuit circuit, FitOptions? options)
    {
        CircuitFitResult[] fits = SeriesFit.Of(sweeps, circuit, (options ?? new FitOptions()) with { BootstrapRepeats = 0 });
        return [.. circuit.Parameters.Select((parameter, i) => new RepeatedParameter(parameter.Name, Trend.Of(fits.Select(fit => fit.Parameters[i].Value).ToArray())))];
    }

    private static string Called(Spectrum sweep) => sweep.Name.Length > 0 ? sweep.Name : "one sweep";
}
