using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// Capability of a process against limits, Cp = (U − L)/6s and Cpk = min(U − x̄, x̄ − L)/3s, with the interval of Cpk by A. F. Bissell's normal approximation
/// (Appl. Stat. 39 (1990) 331, 10.2307/2347383): ± z·√(1/9n + Cpk²/(2(n − 1))). Below thirty cells use <see cref="ToleranceFactor"/>.
/// </summary>
/// <param name="Cp">Width of the limits over six standard deviations.</param>
/// <param name="Cpk">Distance of the mean from the nearer limit over three standard deviations.</param>
/// <param name="Lower">Distance of the mean from the lower limit over three standard deviations.</param>
/// <param name="Upper">Distance of the mean from the upper limit over three standard deviations.</param>
/// <param name="CpkInterval">Interval of Cpk.</param>
public sealed record Capability(double Cp, double Cpk, double Lower, double Upper, Interval CpkInterval)
{
    /// <summary>Fewest cells with which the index is worth printing.</summary>
    public const int FewestCells = 30;

    /// <summary>Evaluates.</summary>
    public static Capability Of(int count, double mean, double deviation, Interval limits, double coverage = 0.95)
    {
        double lower = (mean - limits.Low) / (3 * deviation), upper = (limits.High - mean) / (3 * deviation), cpk = Math.Min(lower, upper);
        double half = Distribution.NormalQuantile(0.5 * (1 + coverage)) * Math.Sqrt((1 / (9.0 * count)) + (cpk * cpk / (2.0 * (count - 1))));
        return new Capability((limits.High - limits.Low) / (6 * deviation), cpk, lower, upper, new Interval(cpk - half, cpk + half));
    }
}
