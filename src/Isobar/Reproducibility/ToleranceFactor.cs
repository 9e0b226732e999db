using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// Factors k of a normal tolerance interval, mean ± k·s: it holds a stated content of all cells that will ever be made, with a stated confidence. Below thirty cells
/// it says more than a capability index, which then is a guess.
/// </summary>
public static class ToleranceFactor
{
    /// <summary>
    /// Two-sided, exact: k solves ∫ P(χ² > ν·r²(z)/k²)·φ(z√n)√n dz = confidence with Φ(z + r) − Φ(z − r) = content
    /// (R. E. Odeh, Commun. Stat. Simul. 7 (1978) 183, 10.1080/03610917808812070).
    /// </summary>
    public static double TwoSided(int count, double content = 0.90, double confidence = 0.95)
    {
        Require(count, content, confidence);
        double freedom = count - 1, root = Math.Sqrt(count);
        double Confidence(double k) => 2 * GaussLegendre.Integrate(
            z =>
            {
                double r = HalfWidth(z / root, content);
                return Distribution.ChiSquaredUpper(freedom * r * r / (k * k), freedom) * Math.Exp(-0.5 * z * z) * 0.3989422804014327;
            },
            0,
            8.5,
            4);
        double guess = Howe(count, content, confidence), low = 0.5 * guess, high = 2 * guess;
        return RootFinder.Bracketed(k => Confidence(k) - confidence, low, high, 1e-11 * guess);
    }

    /// <summary>Two-sided by Howe's approximation, k² = ν(1 + 1/n)·z²/χ² (W. G. Howe, J. Am. Stat. Assoc. 64 (1969) 610, 10.1080/01621459.1969.10500999).</summary>
    public static double Howe(int count, double content = 0.90, double confidence = 0.95)
    {
        Require(count, content, confidence);
        double z = Distribution.NormalQuantile(0.5 * (1 + content));
        return Math.Sqrt((count - 1) * (1 + (1.0 / count)) * z * z / Distribution.ChiSquaredQuantile(1 - confidence, count - 1));
    }

    /// <summary>One-sided, exact: the quantile of the noncentral t with shift z√n, over √n.</summary>
    public static double OneSided(int count, double content = 0.90, double confidence = 0.95)
    {
        Require(count, content, confidence);
        double root = Math.Sqrt(count), z = Distribution.NormalQuantile(content);
        double high = Math.Max(1, 2 * z);
        while (Distribution.NoncentralStudent(high * root, count - 1, z * root) < confidence) high *= 2;
        return RootFinder.Bracketed(k => Distribution.NoncentralStudent(k * root, count - 1, z * root) - confidence, 0, high, 1e-12);
    }

    /// <summary>The exact two-sided interval of measurements.</summary>
    public static Interval IntervalOf(Spread spread, double content = 0.90, double confidence = 0.95)
    {
        double half = TwoSided(spread.Count, content, confidence) * spread.StandardDeviation;
        return new Interval(spread.Mean - half, spread.Mean + half);
    }

    // r with Φ(z + r) − Φ(z − r) = content, by Newton's method from above.
    private static double HalfWidth(double z, double content)
    {
        double r = Math.Abs(z) + Distribution.NormalQuantile(0.5 * (1 + content));
        for (int i = 0; i < 60; i++)
        {
            double excess = Distribution.Normal(z + r) - Distribution.Normal(z - r) - content;
            double slope = 0.3989422804014327 * (Math.Exp(-0.5 * (z + r) * (z + r)) + Math.Exp(-0.5 * (z - r) * (z - r)));
            double step = Math.Clamp(excess / slope, -0.5, 0.5);
            r -= step;
            if (Math.Abs(step) < 1e-14 * r) break;
        }

        return r;
    }

    private static void Require(int count, double content, double confidence)
    {
        if (count < 2) throw new ArgumentOutOfRangeException(nameof(count), count, "two measurements at least");
        if (content is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(content), content, "a content between 0 and 1, for example 0.90");
        if (confidence is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "a confidence between 0 and 1, for example 0.95");
    }
}
