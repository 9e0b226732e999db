using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// How much of the scatter comes from pressure: ln y = a + b·ln p, share = b²·Var(ln p)/Var(ln y). The interval of the share is that of the correlation
/// (R. A. Fisher's z, Metron 1 (1921) 3). The pressure is uncertain itself, which makes b look smaller than it is; with a stated uncertainty the slope of
/// <see cref="YorkFit.WithErrorInX"/> stands beside it.
/// </summary>
/// <param name="Count">Cells with both numbers.</param>
/// <param name="Slope">b.</param>
/// <param name="SlopeError">Its standard error.</param>
/// <param name="SlopeInterval">Its interval by Student's t.</param>
/// <param name="Probability">Probability of a slope at least as far from zero when pressure does not matter.</param>
/// <param name="Share">Share of the variance of ln y that the variance of ln p explains.</param>
/// <param name="ShareInterval">Its interval; NaN below four cells.</param>
/// <param name="VarianceOfLog">Var(ln y).</param>
/// <param name="RelativePressureDeviation">Standard deviation of ln p.</param>
/// <param name="WithPressureError">The line with the stated uncertainty of the pressure; null when none was stated or the data cannot tell it.</param>
public sealed record PressureShare(
    int Count, double Slope, double SlopeError, Interval SlopeInterval, double Probability, double Share, Interval ShareInterval, double VarianceOfLog, double RelativePressureDeviation,
    YorkFit? WithPressureError)
{
    /// <summary>Line ln y = a + b·ln p: its intercept a.</summary>
    public double Intercept { get; init; }

    /// <summary>Evaluates.</summary>
    /// <param name="measure">Measured values, above zero.</param>
    /// <param name="pressure">Pressures in one unit, above zero.</param>
    /// <param name="relativeUncertainty">Standard uncertainty of a pressure from cell to cell over the pressure; 0 when not stated.</param>
    /// <param name="coverage">Probability that the intervals hold.</param>
    /// <exception cref="ArgumentException">There are fewer than three cells, a number is not above zero, or all pressures are equal.</exception>
    public static PressureShare Of(ReadOnlySpan<double> measure, ReadOnlySpan<double> pressure, double relativeUncertainty = 0, double coverage = 0.95)
    {
        int n = measure.Length;
        if (n < 3) throw new ArgumentException($"{n} cells; three are needed for a slope and its uncertainty", nameof(measure));
        double[] x = Logs(pressure, "pressure"), y = Logs(measure, "measured value");
        double mean = Moments.Mean(x), sxx = Moments.SumOfSquares(x, mean);
        if (!(sxx > 1e-20 * n)) throw new ArgumentException("all pressures are equal; they cannot explain any scatter", nameof(pressure));
        double[] centred = [.. x.Select(value => value - mean)];
        LinearFit fit = LinearFit.Of(y, [("ln p", centred)]);
        double variance = fit.TotalSumOfSquares / (n - 1), slope = fit.Coefficients[1];
        double share = variance > 0 ? slope * slope * sxx / fit.TotalSumOfSquares : 0;
        double z = Math.Atanh(Math.Min(Math.Sqrt(share), 1 - 1e-15)), half = n > 3 ? Distribution.NormalQuantile(0.5 * (1 + coverage)) / Math.Sqrt(n - 3) : double.NaN;
        double low = Math.Tanh(z - half), high = Math.Tanh(z + half);
        return new PressureShare(
            n, slope, fit.StandardError(1), fit.IntervalOf(1, coverage), fit.ProbabilityOf(1), share, new Interval(low <= 0 ? 0 : low * low, high * high), variance, Math.Sqrt(sxx / (n - 1)),
            relativeUncertainty > 0 ? YorkFit.WithErrorInX(x, y, relativeUncertainty) : null)
        {
            Intercept = fit.Coefficients[0] - (slope * mean),
        };
    }

    private static double[] Logs(ReadOnlySpan<double> values, string what)
    {
        var logs = new double[values.Length];
        for (int i = 0; i < logs.Length; i++)
        {
            logs[i] = values[i] > 0 ? Math.Log(values[i]) : throw new ArgumentException($"a {what} is {values[i]}; a logarithm needs numbers above zero", nameof(values));
        }

        return logs;
    }
}
