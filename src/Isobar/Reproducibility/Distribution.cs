using MathNet.Numerics;

namespace Isobar.Reproducibility;

/// <summary>
/// Tail probabilities and quantiles that the tests and intervals of this room stand on. Quantiles are solved on the logarithm of the nearer tail,
/// so that they keep their digits far out, where outlier limits lie.
/// </summary>
internal static class Distribution
{
    /// <summary>Φ(z).</summary>
    public static double Normal(double z) => 0.5 * SpecialFunctions.Erfc(-z * 0.70710678118654752);

    /// <summary>Quantile of the standard normal.</summary>
    public static double NormalQuantile(double probability) => Numerics.NormalQuantile.At(probability);

    /// <summary>P(T > t) of Student's t.</summary>
    public static double StudentUpper(double t, double freedom)
    {
        if (double.IsPositiveInfinity(freedom)) return Normal(-t);
        double square = t * t;
        // The incomplete beta function is asked on the side where its argument is small.
        double tail = square > freedom
            ? 0.5 * SpecialFunctions.BetaRegularized(0.5 * freedom, 0.5, freedom / (freedom + square))
            : 0.5 - (0.5 * SpecialFunctions.BetaRegularized(0.5, 0.5 * freedom, square / (freedom + square)));
        return t >= 0 ? tail : 1 - tail;
    }

    /// <summary>P(|T| > |t|).</summary>
    public static double StudentTwoSided(double t, double freedom) => Math.Min(1, 2 * StudentUpper(Math.Abs(t), freedom));

    /// <summary>Quantile of Student's t.</summary>
    public static double StudentQuantile(double probability, double freedom)
    {
        if (probability < 0.5) return -StudentQuantile(1 - probability, freedom, probability);
        return StudentQuantile(probability, freedom, 1 - probability);
    }

    /// <summary>t with P(T > t) = <paramref name="upper"/>, for upper at most one half.</summary>
    public static double StudentUpperQuantile(double upper, double freedom) => StudentQuantile(1 - upper, freedom, upper);

    private static double StudentQuantile(double probability, double freedom, double upper)
    {
        if (!(upper > 0)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability strictly between 0 and 1 is expected");
        if (upper >= 0.5) return 0;
        if (double.IsPositiveInfinity(freedom)) return -NormalQuantile(upper);
        double start = Math.Max(1e-8, -NormalQuantile(upper));
        double scale = Math.Exp(SpecialFunctions.GammaLn(0.5 * (freedom + 1)) - SpecialFunctions.GammaLn(0.5 * freedom)) / Math.Sqrt(freedom * Math.PI);
        return Positive(t => StudentUpper(t, freedom), t => -scale * Math.Pow(1 + (t * t / freedom), -0.5 * (freedom + 1)), upper, start);
    }

    /// <summary>P(F > f) with d1 and d2 degrees of freedom.</summary>
    public static double FisherUpper(double f, double d1, double d2)
    {
        if (f <= 0) return 1;
        if (double.IsPositiveInfinity(f)) return 0;
        return SpecialFunctions.BetaRegularized(0.5 * d2, 0.5 * d1, d2 / (d2 + (d1 * f)));
    }

    /// <summary>f with P(F > f) = <paramref name="upper"/>.</summary>
    public static double FisherUpperQuantile(double upper, double d1, double d2)
    {
        if (upper > 0.5) return 1 / FisherUpperQuantile(1 - upper, d2, d1);
        double constant = SpecialFunctions.BetaLn(0.5 * d1, 0.5 * d2);
        return Positive(
            f => FisherUpper(f, d1, d2),
            f => -Math.Exp((0.5 * d1 * Math.Log(d1 / d2)) + (((0.5 * d1) - 1) * Math.Log(f)) - (0.5 * (d1 + d2) * Math.Log(1 + (d1 * f / d2))) - constant),
            upper,
            1);
    }

    /// <summary>f with P(F ≤ f) = <paramref name="probability"/>.</summary>
    public static double FisherQuantile(double probability, double d1, double d2) => 1 / FisherUpperQuantile(probability, d2, d1);

    /// <summary>P(X > x) of χ².</summary>
    public static double ChiSquaredUpper(double x, double freedom) => x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(0.5 * freedom, 0.5 * x);

    /// <summary>P(X ≤ x) of χ².</summary>
    public static double ChiSquaredLower(double x, double freedom) => x <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(0.5 * freedom, 0.5 * x);

    /// <summary>Quantile of χ².</summary>
    public static double ChiSquaredQuantile(double probability, double freedom)
    {
        double gamma = SpecialFunctions.GammaLn(0.5 * freedom);
        double Density(double x) => Math.Exp((((0.5 * freedom) - 1) * Math.Log(0.5 * x)) - (0.5 * x) - gamma) * 0.5;
        // Wilson and Hilferty's cube is the start.
        double third = 2 / (9 * freedom), cube = 1 - third + (NormalQuantile(probability) * Math.Sqrt(third));
        double start = cube > 0.05 ? freedom * cube * cube * cube : 2 * Math.Exp((Math.Log(probability) + SpecialFunctions.GammaLn(0.5 * freedom + 1)) / (0.5 * freedom));
        return probability < 0.5
            ? Positive(x => ChiSquaredLower(x, freedom), Density, probability, start)
            : Positive(x => ChiSquaredUpper(x, freedom), x => -Density(x), 1 - probability, start);
    }

    /// <summary>
    /// P(T ≤ t) of the noncentral t: ∫ Φ(t·s − δ) f(s) ds with s = √(χ²/ν), which keeps its digits for every δ.
    /// </summary>
    public static double NoncentralStudent(double t, double freedom, double shift)
    {
        double low = Math.Sqrt(ChiSquaredQuantile(1e-17, freedom) / freedom), high = Math.Sqrt(ChiSquaredQuantile(1 - 1e-16, freedom) / freedom);
        double constant = Math.Log(2) + (0.5 * freedom * Math.Log(0.5 * freedom)) - SpecialFunctions.GammaLn(0.5 * freedom);
        return GaussLegendre.Integrate(
            s => Normal((t * s) - shift) * Math.Exp(constant + ((freedom - 1) * Math.Log(s)) - (0.5 * freedom * s * s)), low, high, 24);
    }

    /// <summary>P(F ≤ f) of the noncentral F: the central ones weighted by Poisson's law with mean λ/2.</summary>
    public static double NoncentralFisher(double f, double d1, double d2, double noncentrality)
    {
        double mean = 0.5 * noncentrality, x = d1 * f / ((d1 * f) + d2), sum = 0;
        int mode = (int)mean;
        double Term(int j) => Math.Exp((j * Math.Log(mean)) - mean - SpecialFunctions.GammaLn(j + 1)) * SpecialFunctions.BetaRegularized((0.5 * d1) + j, 0.5 * d2, x);
        if (mean == 0) return SpecialFunctions.BetaRegularized(0.5 * d1, 0.5 * d2, x);
        for (int j = mode; j >= 0; j--)
        {
            double term = Term(j);
            sum += term;
            if (term < 1e-17 * sum) break;
        }

        for (int j = mode + 1; ; j++)
        {
            double term = Term(j);
            sum += term;
            if (term <= 1e-17 * sum) return sum;
        }
    }

    // A positive x with tail(x) = target: Newton on ln tail over ln x, inside a bracket that grows until it holds the root.
    private static double Positive(Func<double, double> tail, Func<double, double> slope, double target, double start)
    {
        double low = 0, high = double.PositiveInfinity, x = start, logTarget = Math.Log(target);
        for (int i = 0; i < 200; i++)
        {
            double value = tail(x), excess = Math.Log(value) - logTarget;
            double derivative = slope(x);
            bool above = derivative < 0 ? excess < 0 : excess > 0;
            if (above) high = x;
            else low = x;
            double next = x * Math.Exp(-excess * value / (derivative * x));
            if (!(next > low && next < high)) next = double.IsPositiveInfinity(high) ? 2 * x : low == 0 ? 0.5 * x : 0.5 * (low + high);
            if (Math.Abs(next - x) <= 4e-16 * x) return next;
            if (i > 12 && Math.Abs(next - x) <= 1e-13 * x) return next;
            x = next;
        }

        return x;
    }
}
