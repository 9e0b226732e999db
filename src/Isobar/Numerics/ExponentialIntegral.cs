namespace Isobar.Numerics;

/// <summary>
/// The exponential integral E₁(x) = ∫ₓ^∞ e^(−t)/t dt for x ≥ 0: its power series up to 1, the continued fraction beyond, to a few roundings.
/// <para>Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 5.1.11 and 5.1.22; the fraction is evaluated by W. J. Lentz, Appl. Opt. 15 (1976) 668,
/// 10.1364/AO.15.000668.</para>
/// </summary>
internal static class ExponentialIntegral
{
    private const double EulerGamma = 0.57721566490153286061;

    // e^(−x) is zero in double precision beyond.
    private const double Vanishing = 745;
    private const int MostTerms = 1000;

    /// <summary>E₁(x); infinite at 0.</summary>
    public static double First(double x)
    {
        if (double.IsNaN(x) || x < 0) throw new ArgumentOutOfRangeException(nameof(x), x, "the argument of E₁ is zero or more");
        if (x == 0) return double.PositiveInfinity;
        return x > Vanishing ? 0 : x <= 1 ? Series(x) : Fraction(x);
    }

    private static double Series(double x)
    {
        double sum = -EulerGamma - Math.Log(x), term = 1;
        for (int k = 1; k <= MostTerms; k++)
        {
            term *= -x / k;
            double part = -term / k;
            sum += part;
            if (Math.Abs(part) <= 1e-17 * Math.Abs(sum)) return sum;
        }

        throw new InvalidOperationException($"the series of E₁ did not settle at {x:G17}");
    }

    // e^(−x)·1/(x + 1 − 1²/(x + 3 − 2²/(x + 5 − ...))); about 100 terms at x = 1, fewer beyond.
    private static double Fraction(double x)
    {
        double b = x + 1, c = double.MaxValue, d = 1 / b, value = d;
        for (int k = 1; k <= MostTerms; k++)
        {
            double a = -(double)k * k;
            b += 2;
            d = 1 / ((a * d) + b);
            c = b + (a / c);
            double factor = c * d;
            value *= factor;
            // The factor comes to rest within a rounding or two of 1 and need not hit it.
            if (Math.Abs(factor - 1) <= 4e-16) return value * Math.Exp(-x);
        }

        throw new InvalidOperationException($"the continued fraction of E₁ did not settle at {x:G17}");
    }
}
