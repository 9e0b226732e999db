using System.Collections.Immutable;

namespace Isobar.Numerics.LeastSquares;

/// <summary>Why a least-squares fit ended.</summary>
public enum LeastSquaresOutcome
{
    /// <summary>The residuals stand at right angles to every free derivative: a minimum.</summary>
    GradientVanished,

    /// <summary>A full step would lower the sum of squares by less than the tolerance.</summary>
    SumSettled,

    /// <summary>A full step would move the parameters by less than the tolerance.</summary>
    ParametersSettled,

    /// <summary>The largest number of steps was reached; the parameters may be far from a minimum.</summary>
    StepsExhausted,
}

/// <summary>When a least-squares fit may stop.</summary>
public sealed record LeastSquaresOptions
{
    /// <summary>Largest number of accepted and refused steps.</summary>
    public int MaxSteps { get; init; } = 400;

    /// <summary>Largest cosine between the residuals and a derivative that counts as zero.</summary>
    public double GradientTolerance { get; init; } = 1e-10;

    /// <summary>Relative change of the parameters that counts as none.</summary>
    public double StepTolerance { get; init; } = 1e-12;

    /// <summary>Relative change of the sum of squares that counts as none.</summary>
    public double SumTolerance { get; init; } = 1e-14;

    /// <summary>First damping, relative to the squared column norms: small where the start is good.</summary>
    public double InitialDamping { get; init; } = 1e-3;

    /// <summary>Whether steps go on at the end as long as they lower the gradient, where the sum no longer tells: the last digits of the parameters.</summary>
    public bool Polish { get; init; } = true;

    // A damping that is not let fall below what the Gram matrix resolves spares the orthogonal steps where nobody asks for the last digits of what is hardly determined.
    internal double LeastDamping { get; init; }
}

/// <summary>Result of a least-squares fit.</summary>
/// <param name="Parameters">The best parameters.</param>
/// <param name="SumOfSquares">Σ r².</param>
/// <param name="InverseGram">
/// (JᵀJ)⁻¹, row-major: the covariance of the parameters when the residuals have unit variance. Rows and columns of parameters at a bound are zero.
/// NaN in all free elements when the residuals do not determine every free parameter.
/// </param>
/// <param name="Rank">How many parameters the residuals determine; parameters at a bound do not count.</param>
/// <param name="AtBound">Whether each parameter is held by a bound.</param>
/// <param name="Steps">Steps tried.</param>
/// <param name="Outcome">Why it ended.</param>
public sealed record LeastSquaresFit(
    ImmutableArray<double> Parameters,
    double SumOfSquares,
    ImmutableArray<double> InverseGram,
    int Rank,
    ImmutableArray<bool> AtBound,
    int Steps,
    LeastSquaresOutcome Outcome)
{
    /// <summary>Whether a minimum was found to the tolerances.</summary>
    public bool Converged => Outcome != LeastSquaresOutcome.StepsExhausted;

    /// <summary>Standard uncertainty of a parameter when the residuals have unit variance.</summary>
    public double StandardUncertainty(int parameter) => Math.Sqrt(InverseGram[(parameter * Parameters.Length) + parameter]);
}
