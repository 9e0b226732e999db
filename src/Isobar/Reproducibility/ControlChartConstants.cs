using System.Collections.Concurrent;
using MathNet.Numerics;

namespace Isobar.Reproducibility;

/// <summary>
/// Constants of control charts for subgroups of n normal values. d₂ and d₃ are mean and standard deviation of the range over σ, by integration over the
/// distribution of the extremes; c₄ that of the standard deviation.
/// </summary>
/// <param name="Size">n.</param>
/// <param name="D2">Mean of the range over σ.</param>
/// <param name="D3">Standard deviation of the range over σ.</param>
/// <param name="C4">Mean of the standard deviation over σ.</param>
public sealed record ControlChartConstants(int Size, double D2, double D3, double C4)
{
    private static readonly ConcurrentDictionary<int, (double D2, double D3)> s_moments = new();

    /// <summary>Limits of a mean by the mean range.</summary>
    public double A2 => 3 / (D2 * Math.Sqrt(Size));

    /// <summary>Limits of a mean by the mean standard deviation.</summary>
    public double A3 => 3 / (C4 * Math.Sqrt(Size));

    /// <summary>Lower limit of a range over the mean range (the table's D₃).</summary>
    public double RangeLower => Math.Max(0, 1 - (3 * D3 / D2));

    /// <summary>Upper limit of a range over the mean range (the table's D₄).</summary>
    public double RangeUpper => 1 + (3 * D3 / D2);

    /// <summary>Lower limit of a standard deviation over its mean.</summary>
    public double B3 => Math.Max(0, 1 - (3 * Math.Sqrt(1 - (C4 * C4)) / C4));

    /// <summary>Upper limit of a standard deviation over its mean.</summary>
    public double B4 => 1 + (3 * Math.Sqrt(1 - (C4 * C4)) / C4);

    /// <summary>Limits of a single value by the mean range.</summary>
    public double E2 => 3 / D2;

    /// <summary>The constants for subgroups of n, 2 to 100.</summary>
    public static ControlChartConstants For(int size)
    {
        if (size is < 2 or > 100) throw new ArgumentOutOfRangeException(nameof(size), size, "a subgroup of 2 to 100");
        (double d2, double d3) = RangeMoments(size);
        double c4 = Math.Sqrt(2.0 / (size - 1)) * Math.Exp(SpecialFunctions.GammaLn(0.5 * size) - SpecialFunctions.GammaLn(0.5 * (size - 1)));
        return new ControlChartConstants(size, d2, d3, c4);
    }

    internal static (double D2, double D3) RangeMoments(int size) => s_moments.GetOrAdd(size, Moments);

    private static (double D2, double D3) Moments(int n)
    {
        const double edge = 9;
        // E(W) = ∫ 1 − Φⁿ − (1 − Φ)ⁿ, E(W²) = 2∬_(x<y) 1 − Φ(y)ⁿ − (1 − Φ(x))ⁿ + (Φ(y) − Φ(x))ⁿ.
        double mean = GaussLegendre.Integrate(x => 1 - Math.Pow(Distribution.Normal(x), n) - Math.Pow(Distribution.Normal(-x), n), -edge, edge, 12);
        double square = 2 * GaussLegendre.Integrate(
            y =>
            {
                double above = Distribution.Normal(y), most = 1 - Math.Pow(above, n);
                return GaussLegendre.Integrate(
                    x =>
                    {
                        double below = Distribution.Normal(x);
                        return most - Math.Pow(1 - below, n) + Math.Pow(Math.Max(0, above - below), n);
                    },
                    -edge,
                    y,
                    8);
            },
            -edge,
            edge,
            12);
        return (mean, Math.Sqrt(square - (mean * mean)));
    }
}
