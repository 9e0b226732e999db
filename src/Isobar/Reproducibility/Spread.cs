using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// How far measurements scatter, and how well that is known. The interval of a standard deviation is that of χ²:
/// s·√((n − 1)/χ²), exact for normal scatter; of the mean that of Student's t.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Median">Median.</param>
/// <param name="Lowest">Smallest.</param>
/// <param name="Highest">Largest.</param>
/// <param name="StandardDeviation">Standard deviation with n − 1; NaN for a single number.</param>
/// <param name="Coverage">Probability that each interval holds.</param>
/// <param name="MeanInterval">Interval of the true mean.</param>
/// <param name="DeviationInterval">Interval of the true standard deviation.</param>
/// <param name="LagOneCorrelation">Correlation of neighbours, r₁; far from 0 the order matters and the intervals are too short.</param>
public sealed record Spread(
    int Count,
    double Mean,
    double Median,
    double Lowest,
    double Highest,
    double StandardDeviation,
    double Coverage,
    Interval MeanInterval,
    Interval DeviationInterval,
    double LagOneCorrelation)
{
    /// <summary>Standard deviation over mean.</summary>
    public double CoefficientOfVariation => StandardDeviation / Math.Abs(Mean);

    /// <summary>What the observed standard deviation is multiplied with at the ends of its interval: 0.52 and 6.3 for three cells.</summary>
    public Interval DeviationFactors => FactorsFor(Count, Coverage);

    /// <summary>Summarises.</summary>
    /// <param name="series">The measurements, at least one.</param>
    /// <param name="coverage">Probability that the intervals hold.</param>
    public static Spread Of(MeasurementSeries series, double coverage = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfZero(series.Count);
        ReadOnlySpan<double> x = series.Deviations;
        int n = x.Length;
        double mean = Moments.Mean(x), squares = Moments.SumOfSquares(x, mean), lowest = x[0], highest = x[0], neighbours = 0;
        for (int i = 0; i < n; i++)
        {
            lowest = Math.Min(lowest, x[i]);
            highest = Math.Max(highest, x[i]);
            if (i > 0) neighbours += (x[i] - mean) * (x[i - 1] - mean);
        }

        double deviation = n > 1 ? Math.Sqrt(squares / (n - 1)) : double.NaN;
        double half = n > 1 ? Distribution.StudentQuantile(0.5 * (1 + coverage), n - 1) * deviation / Math.Sqrt(n) : double.NaN;
        Interval factors = FactorsFor(n, coverage);
        double centre = series.Origin + mean;
        return new Spread(
            n, centre, series.Origin + Moments.Median(x), series.Origin + lowest, series.Origin + highest, deviation, coverage,
            new Interval(centre - half, centre + half), new Interval(factors.Low * deviation, factors.High * deviation),
            squares > 0 ? neighbours / squares : double.NaN);
    }

    /// <summary>Factors on the standard deviation of n measurements, √((n − 1)/χ²).</summary>
    public static Interval FactorsFor(int count, double coverage = 0.95) => count < 2
        ? new Interval(double.NaN, double.NaN)
        : new Interval(
            Math.Sqrt((count - 1) / Distribution.ChiSquaredQuantile(0.5 * (1 + coverage), count - 1)),
            Math.Sqrt((count - 1) / Distribution.ChiSquaredQuantile(0.5 * (1 - coverage), count - 1)));
}
