using System.Globalization;

namespace Isobar.Reproducibility;

/// <summary>
/// Numbers of one measure as deviations from an origin. Numbers that agree in their leading digits lose them when they become doubles
/// one by one; taken as decimals and centred first, they keep all that were written.
/// </summary>
public sealed class MeasurementSeries
{
    private readonly double[] _deviations;

    private MeasurementSeries(double origin, double[] deviations)
    {
        Origin = origin;
        _deviations = deviations;
    }

    /// <summary>What the deviations count from.</summary>
    public double Origin { get; }

    /// <summary>How many.</summary>
    public int Count => _deviations.Length;

    /// <summary>Numbers less the origin.</summary>
    public ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>A number as it was written, to double precision.</summary>
    public double this[int index] => Origin + _deviations[index];

    /// <summary>Numbers as they are; when they agree in four leading digits or more, the decimals they were written as.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static MeasurementSeries Of(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"a measurement is {value}; finite numbers are expected", nameof(values));
        }

        if (AgreeInLeadingDigits(values)) return OfDecimals(values.ToArray().Select(value => decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray());
        double origin = values.Length == 0 ? 0 : values[0];
        var deviations = new double[values.Length];
        for (int i = 0; i < deviations.Length; i++) deviations[i] = values[i] - origin;
        return new MeasurementSeries(origin, deviations);
    }

    /// <summary>Decimal numbers, centred before they become doubles.</summary>
    public static MeasurementSeries OfDecimals(ReadOnlySpan<decimal> values)
    {
        decimal origin = values.Length == 0 ? 0 : values[0];
        var deviations = new double[values.Length];
        for (int i = 0; i < deviations.Length; i++) deviations[i] = (double)(values[i] - origin);
        return new MeasurementSeries((double)origin, deviations);
    }

    // The shortest decimal that reads back as the same double is what a person wrote.
    private static bool AgreeInLeadingDigits(ReadOnlySpan<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        double largest = Math.Max(Math.Abs(low), Math.Abs(high));
        return high - low <= 1e-4 * largest && largest is > 1e-9 and < 1e17;
    }

    /// <summary>Some of the numbers.</summary>
    public MeasurementSeries At(ReadOnlySpan<int> indices)
    {
        var deviations = new double[indices.Length];
        for (int i = 0; i < deviations.Length; i++) deviations[i] = _deviations[indices[i]];
        return new MeasurementSeries(Origin, deviations);
    }

    /// <summary>The numbers as doubles.</summary>
    public double[] ToArray() => [.. _deviations.Select(deviation => Origin + deviation)];

    /// <summary>The numbers under a function, for example the logarithm.</summary>
    public MeasurementSeries Select(Func<double, double> function) => Of(ToArray().Select(function).ToArray());
}

/// <summary>Moments of a span of numbers by two passes, the second of which takes the rounding of the first away.</summary>
internal static class Moments
{
    public static double Mean(ReadOnlySpan<double> values)
    {
        if (values.Length == 0) return double.NaN;
        double sum = 0;
        foreach (double value in values) sum += value;
        double mean = sum / values.Length, rest = 0;
        foreach (double value in values) rest += value - mean;
        return mean + (rest / values.Length);
    }

    /// <summary>Σ(x − m)², with the correction for a mean that is itself rounded.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> values, double mean)
    {
        double squares = 0, rest = 0;
        foreach (double value in values)
        {
            double d = value - mean;
            squares += d * d;
            rest += d;
        }

        return squares - (rest * rest / Math.Max(1, values.Length));
    }

    public static double StandardDeviation(ReadOnlySpan<double> values) =>
        values.Length < 2 ? double.NaN : Math.Sqrt(SumOfSquares(values, Mean(values)) / (values.Length - 1));

    public static double Median(ReadOnlySpan<double> values)
    {
        if (values.Length == 0) return double.NaN;
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
    }
}
