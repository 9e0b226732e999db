namespace Isobar.Numerics.LeastSquares;

/// <summary>Residuals r(x) whose sum of squares is to be made small, with their derivatives.</summary>
public interface ILeastSquaresModel
{
    /// <summary>How many parameters there are.</summary>
    int ParameterCount { get; }

    /// <summary>How many residuals there are.</summary>
    int ResidualCount { get; }

    /// <summary>
    /// Writes the residuals at the parameters and, unless <paramref name="jacobian"/> is empty, ∂r_i/∂x_j at i·n + j for n parameters.
    /// A residual that is not finite tells the solver that the point is outside of where the model makes sense.
    /// </summary>
    void Evaluate(ReadOnlySpan<double> parameters, Span<double> residuals, Span<double> jacobian);
}
