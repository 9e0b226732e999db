using System.Runtime.CompilerServices;

namespace Isobar.Numerics;

/// <summary>
/// Quantile of the standard normal distribution, z with Φ(z) = p.
/// <para>Three ratios of polynomials of degree seven: in q = p − ½ for |q| ≤ 0.425, and in √(−ln min(p, 1 − p)) up to 5 and beyond.</para>
/// <para>Validity: 0 &lt; p &lt; 1. Measured relative error: at most 4·10⁻¹⁶ for 0.075 ≤ p ≤ 0.925 and 7·10⁻¹⁶ in the tails, down to
/// p = 10⁻³⁰⁰. Source: M. J. Wichura, Algorithm AS 241 (PPND16), Appl. Stat. 37 (1988) 477, 10.2307/2347330.</para>
/// </summary>
internal static class NormalQuantile
{
    private const double CentralReach = 0.425;
    private const double TailSplit = 5;

    // q·(√(2π) + q²·M(r)/D(r)) with r = 0.425² − q² is the central ratio N(r)/D(r) of the source, M = (N − √(2π)·D)/q² without remainder:
    // the rounding of the polynomials then counts a quarter at most, and nothing at the middle.
    private const double RootTwoPi = 2.5066282746310007;

    /// <summary>The quantile at a probability between 0 and 1, both excluded.</summary>
    /// <param name="probability">p.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static double At(double probability)
    {
        double q = probability - 0.5;
        if (Math.Abs(q) <= CentralReach) return Central(q, q * q);
        return q < 0 ? -Tail(probability) : Tail(1 - probability);
    }

    private static double Central(double q, double square)
    {
        double r = (CentralReach * CentralReach) - square;
        double above = Polynomial(
            r,
            4.87476594139994972647,
            176.900444029007530276,
            2358.30594544997267611,
            14221.4834311645758166,
            38579.0491579320924605,
            40495.7068854214187275,
            10591.7999144678789757,
            0);
        double below = Polynomial(
            r,
            1,
            42.313330701600911252,
            687.18700749205790830,
            5394.1960214247511077,
            21213.794301586595867,
            39307.895800092710610,
            28729.085735721942674,
            5226.4952788528545610);
        return Math.FusedMultiplyAdd(q, RootTwoPi, q * square * (above / below));
    }

    private static double Tail(double probability)
    {
        if (!(probability > 0)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability strictly between 0 and 1 is expected");
        double r = Math.Sqrt(-Math.Log(probability));
        return r <= TailSplit ? NearTail(r - 1.6) : FarTail(r - TailSplit);
    }

    private static double NearTail(double r) =>
        Polynomial(
            r,
            1.42343711074968357734,
            4.63033784615654529590,
            5.76949722146069140550,
            3.64784832476320460504,
            1.27045825245236838258,
            0.241780725177450611770,
            0.0227238449892691845833,
            7.74545014278341407640e-4)
        / Polynomial(
            r,
            1,
            2.05319162663775882187,
            1.67638483018380384940,
            0.689767334985100004550,
            0.148103976427480074590,
            0.0151986665636164571966,
            5.47593808499534494600e-4,
            1.05075007164441684324e-9);

    private static double FarTail(double r) =>
        Polynomial(
            r,
            6.65790464350110377720,
            5.46378491116411436990,
            1.78482653991729133580,
            0.296560571828504891230,
            0.0265321895265761230930,
            1.24266094738807843860e-3,
            2.71155556874348757815e-5,
            2.01033439929228813265e-7)
        / Polynomial(
            r,
            1,
            0.599832206555887937690,
            0.136929880922735805310,
            0.0148753612908506148525,
            7.86869131145613259100e-4,
            1.84631831751005468180e-5,
            1.42151175831644588870e-7,
            2.04426310338993978564e-15);

    // Coefficients from the constant term upwards; inlined, so that they are constants of the code. Rounding once per step instead of twice
    // halves the error of the result.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Polynomial(double r, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
    {
        double sum = Math.FusedMultiplyAdd(r, c7, c6);
        sum = Math.FusedMultiplyAdd(r, sum, c5);
        sum = Math.FusedMultiplyAdd(r, sum, c4);
        sum = Math.FusedMultiplyAdd(r, sum, c3);
        sum = Math.FusedMultiplyAdd(r, sum, c2);
        sum = Math.FusedMultiplyAdd(r, sum, c1);
        return Math.FusedMultiplyAdd(r, sum, c0);
    }
}
