using System.Collections.Immutable;
using Isobar.Numerics;

namespace Isobar.Mechanics.Pellets;

/// <summary>What is known of one law for one powder: a normal distribution of its parameters on their free scales.</summary>
/// <param name="Law">The law.</param>
/// <param name="Weight">Its share of the prediction; the weights of all laws have the sum one.</param>
/// <param name="Free">Estimate on the free scales: the parameters of the law, then ln M_r, b, ln β, α, ln γ (springback, time, temperature, rate).</param>
/// <param name="Covariance">Covariance, row-major.</param>
public sealed record LawPosterior(PelletLaw Law, double Weight, ImmutableArray<double> Free, ImmutableArray<double> Covariance)
{
    /// <summary>How many parameters follow those of the law: springback, time, temperature and rate.</summary>
    public const int SharedParameterCount = PowderModel.SharedCount;

    /// <summary>The parameters of the law, SI.</summary>
    public ImmutableArray<double> Parameters => [.. Law.Parameters.Select((parameter, j) => parameter.FromFree(Free[j]))];

    /// <summary>Standard uncertainty of a parameter of the law, to first order.</summary>
    public double StandardUncertainty(int parameter) =>
        Math.Sqrt(Covariance[(parameter * Free.Length) + parameter]) * Math.Abs(Law.Parameters[parameter].Slope(Law.Parameters[parameter].FromFree(Free[parameter])));

    // Density and its variance to first order.
    internal double Predict(in PelletLoad load, double unloadedPa, out double variance)
    {
        Span<double> gradient = stackalloc double[PowderModel.LargestCount];
        gradient = gradient[..Free.Length];
        double density = PowderModel.Density(Law, load, unloadedPa, Free.AsSpan(), gradient);
        variance = Cholesky.Quadratic(Covariance.AsSpan(), gradient);
        return density;
    }
}
