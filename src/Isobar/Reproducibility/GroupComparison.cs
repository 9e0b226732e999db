using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// Two groups with scatters of their own (B. L. Welch, Biometrika 34 (1947) 28, 10.1093/biomet/34.1-2.28).
/// </summary>
/// <param name="FirstCount">Cells of the first group.</param>
/// <param name="SecondCount">Cells of the second group.</param>
/// <param name="FirstMean">Mean of the first.</param>
/// <param name="SecondMean">Mean of the second.</param>
/// <param name="StandardError">Standard error of the difference.</param>
/// <param name="Freedom">Welch's degrees of freedom.</param>
public sealed record GroupComparison(int FirstCount, int SecondCount, double FirstMean, double SecondMean, double StandardError, double Freedom)
{
    private double FirstVariance { get; init; }

    private double SecondVariance { get; init; }

    /// <summary>First less second.</summary>
    public double Difference => FirstMean - SecondMean;

    /// <summary>First over second less one.</summary>
    public double RelativeDifference => (FirstMean / SecondMean) - 1;

    /// <summary>p of no difference.</summary>
    public double Probability => StandardError > 0 ? Distribution.StudentTwoSided(Difference / StandardError, Freedom) : Difference == 0 ? 1 : 0;

    /// <summary>Compares; each group needs two cells.</summary>
    /// <exception cref="ArgumentException">A group has fewer than two cells.</exception>
    public static GroupComparison Of(MeasurementSeries first, MeasurementSeries second)
    {
        if (first.Count < 2 || second.Count < 2) throw new ArgumentException($"the groups have {first.Count} and {second.Count} cells; two each are needed to know their scatter", nameof(first));
        double a = Moments.Mean(first.Deviations), b = Moments.Mean(second.Deviations);
        double va = Moments.SumOfSquares(first.Deviations, a) / (first.Count - 1) / first.Count, vb = Moments.SumOfSquares(second.Deviations, b) / (second.Count - 1) / second.Count;
        return new GroupComparison(first.Count, second.Count, first.Origin + a, second.Origin + b, Math.Sqrt(va + vb), FreedomOf(va, vb, first.Count, second.Count))
        {
            FirstVariance = va,
            SecondVariance = vb,
        };
    }

    /// <summary>Interval of the difference.</summary>
    public Interval DifferenceInterval(double coverage = 0.95)
    {
        double half = StandardError > 0 ? Distribution.StudentQuantile(0.5 * (1 + coverage), Freedom) * StandardError : 0;
        return new Interval(Difference - half, Difference + half);
    }

    /// <summary>Two one-sided tests of a difference inside ±<paramref name="margin"/> (D. J. Schuirmann, 10.1007/BF01068419).</summary>
    public Equivalence EquivalentWithin(double margin, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        double lower = (Difference + margin) / StandardError, upper = (Difference - margin) / StandardError;
        double pLower = Distribution.StudentUpper(lower, Freedom), pUpper = Distribution.StudentUpper(-upper, Freedom);
        return new Equivalence(new Interval(-margin, margin), DifferenceInterval(1 - (2 * alpha)), lower, pLower, upper, pUpper, alpha, Relative: false);
    }

    /// <summary>
    /// Two one-sided tests of a relative difference inside ±<paramref name="share"/>: of first − (1 ± share)·second, so that the margin needs no mean that is taken for
    /// exact (D. Hauschke et al., Stat. Med. 18 (1999) 93). The interval is Fieller's.
    /// </summary>
    public Equivalence EquivalentWithinShare(double share, double alpha = 0.05)
    {
        if (share is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "a share between 0 and 1, for example 0.10");
        (double lower, double lowerFreedom) = RatioStudent(1 - share);
        (double upper, double upperFreedom) = RatioStudent(1 + share);
        int sign = Math.Sign(SecondMean);
        double pLower = Distribution.StudentUpper(sign * lower, lowerFreedom), pUpper = Distribution.StudentUpper(-sign * upper, upperFreedom);
        return new Equivalence(new Interval(-share, share), RelativeInterval(1 - (2 * alpha)), lower, pLower, upper, pUpper, alpha, Relative: true);
    }

    /// <summary>Fieller's interval of the relative difference; endless when the mean of the second group is not told from zero.</summary>
    public Interval RelativeInterval(double coverage = 0.95)
    {
        double tail = 0.5 * (1 - coverage), centre = FirstMean / SecondMean;
        if (StandardError == 0) return new Interval(centre - 1, centre - 1);
        if (SecondVariance > 0 && Math.Abs(SecondMean) / Math.Sqrt(SecondVariance) <= Distribution.StudentUpperQuantile(tail, SecondCount - 1))
        {
            return new Interval(double.NegativeInfinity, double.PositiveInfinity);
        }

        double Excess(double ratio)
        {
            (double t, double freedom) = RatioStudent(ratio);
            return tail - Distribution.StudentUpper(Math.Abs(t), freedom);
        }

        double End(int side)
        {
            double step = side * Math.Max(1e-9, 2 * StandardError / Math.Abs(SecondMean)), at = centre;
            for (int i = 0; i < 60; i++, step *= 2)
            {
                double next = centre + step;
                if (Excess(next) > 0) return RootFinder.Bracketed(Excess, at, next, 1e-12 * Math.Max(1, Math.Abs(next)));
                at = next;
            }

            return side * double.PositiveInfinity;
        }

        return new Interval(End(-1) - 1, End(1) - 1);
    }

    // t and degrees of freedom of first − ratio·second.
    private (double T, double Freedom) RatioStudent(double ratio)
    {
        double vb = ratio * ratio * SecondVariance;
        return ((FirstMean - (ratio * SecondMean)) / Math.Sqrt(FirstVariance + vb), FreedomOf(FirstVariance, vb, FirstCount, SecondCount));
    }

    private static double FreedomOf(double va, double vb, int na, int nb) =>
        va + vb > 0 ? (va + vb) * (va + vb) / ((va * va / (na - 1)) + (vb * vb / (nb - 1))) : na + nb - 2;
}

/// <summary>Two one-sided tests: shown to be equivalent only when both sides are excluded.</summary>
/// <param name="Margin">Within what.</param>
/// <param name="Interval">Interval of the difference with coverage 1 − 2α; inside the margin exactly when equivalence is shown.</param>
/// <param name="LowerT">t against the lower margin.</param>
/// <param name="LowerProbability">p of a difference below the margin.</param>
/// <param name="UpperT">t against the upper margin.</param>
/// <param name="UpperProbability">p of a difference above the margin.</param>
/// <param name="Alpha">Level of each test.</param>
/// <param name="Relative">Whether margin and interval are shares of the second mean.</param>
public sealed record Equivalence(Interval Margin, Interval Interval, double LowerT, double LowerProbability, double UpperT, double UpperProbability, double Alpha, bool Relative)
{
    /// <summary>The larger p of the two.</summary>
    public double Probability => Math.Max(LowerProbability, UpperProbability);

    /// <summary>Whether equivalence is shown.</summary>
    public bool Shown => Probability < Alpha;
}
