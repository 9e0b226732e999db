using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Distribution;
using Isobar.Impedance.Validity;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Impedance.Fitting;

/// <summary>
/// Fits a circuit to a spectrum: complex nonlinear least squares over the measured modulus, from starts that need no guess, with intervals that hold.
/// <para>Positive parameters are counted in their logarithm. The covariance is σ²·(JᵀJ)⁻¹ with σ² = S/(2N − k). Intervals come from noisy copies that are fitted again; where the
/// covariance cannot be trusted (a correlation above 0.99, a parameter at its limit) from profiles of the sum of squares.</para>
/// </summary>
public static class CircuitFit
{
    /// <summary>Fits a circuit without a guess.</summary>
    /// <param name="spectrum">The sweep; points left out do not count.</param>
    /// <param name="circuit">The circuit; values written in it are one of the starts.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The spectrum has too few points for the circuit, or nothing is free.</exception>
    public static CircuitFitResult Of(Spectrum spectrum, Circuit circuit, FitOptions? options = null)
    {
        options ??= new FitOptions();
        double noise = options.Noise ?? KramersKronig.Noise(spectrum);
        return Of(spectrum, circuit, options, noise, Peaks(spectrum, noise), default);
    }

    internal static ImmutableArray<RelaxationPeak> Peaks(Spectrum spectrum, double noise)
    {
        if (spectrum.Points.Count(point => !point.LeftOut && point.Weight > 0) < 4) return [];
        RelaxationDistribution distribution = RelaxationDistribution.Of(spectrum, noise);
        return [.. distribution.Peaks.Concat(distribution.Ripples).OrderBy(peak => peak.Seconds)];
    }

    /// <summary>The same with what is already known of the spectrum, and coordinates of a neighbour as a first start.</summary>
    internal static CircuitFitResult Of(Spectrum spectrum, Circuit circuit, FitOptions options, double noise, ImmutableArray<RelaxationPeak> peaks, ReadOnlySpan<double> neighbour)
    {
        var search = new CircuitSearch(circuit, spectrum, options.Weighting);
        // One measurement of what is known before weighs as much as its uncertainty says beside residuals of the size of the noise.
        search.Model.PriorScale = options.Weighting == FitWeighting.Unit ? noise * MiddleModulus(search.Ohms) : noise;
        search.FromManyStarts(options, peaks, neighbour, noise);
        if (options.Robust) RobustWeights.Refine(search);
        double[] values = [.. search.Model.Values];
        search.Model.SetValues(search.Coordinates);
        search.Model.Values.CopyTo(values, 0);
        ArcRanking.Rank(circuit, values);
        double[] coordinates = new double[search.Coordinates.Length];
        search.Model.Coordinates(values, coordinates);
        SearchEnd end = search.From(coordinates);
        return new FitReport(spectrum, search, options, noise, end).Result();
    }

    private static double MiddleModulus(Complex[] ohms)
    {
        double[] sizes = [.. ohms.Select(z => z.Magnitude).Order()];
        return sizes[sizes.Length / 2];
    }
}
