using Isobar.Numerics.LeastSquares;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>Bounded least squares against problems whose answers are known.</summary>
public sealed class LevenbergMarquardtTests
{
    // NIST StRD Misra1a, dental research: y = b₁·(1 − exp(−b₂·x)).
    private static readonly double[] s_misraX = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];
    private static readonly double[] s_misraY = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78];

    [Theory]
    [InlineData(500, 0.0001)]
    [InlineData(250, 0.0005)]
    public void The_certified_answer_is_found_from_both_official_starts(double first, double second)
    {
        LeastSquaresFit fit = LevenbergMarquardt.Solve(Misra(1), [first, second]);
        Assert.True(fit.Converged);
        // Certified to eleven digits; eight are asked for.
        Assert.Equal(2.3894212918e2, fit.Parameters[0], 2.4e-6);
        Assert.Equal(5.5015643181e-4, fit.Parameters[1], 5.5e-12);
        Assert.Equal(1.2455138894e-1, fit.SumOfSquares, 1e-9);
        double residualVariance = fit.SumOfSquares / (s_misraX.Length - 2);
        Assert.Equal(2.7070075241, fit.StandardUncertainty(0) * Math.Sqrt(residualVariance), 1e-5);
        Assert.Equal(7.2668688436e-6, fit.StandardUncertainty(1) * Math.Sqrt(residualVariance), 1e-11);
    }

    [Fact]
    public void The_path_does_not_depend_on_the_units_of_the_parameters()
    {
        // A power of two changes the unit without rounding.
        const double Unit = 1 << 20;
        LeastSquaresFit one = LevenbergMarquardt.Solve(Misra(1), [500, 0.0001]), other = LevenbergMarquardt.Solve(Misra(Unit), [500, 0.0001 * Unit]);
        Assert.Equal(one.Steps, other.Steps);
        Assert.Equal(one.Parameters[1], other.Parameters[1] / Unit, 1e-15);
    }

    [Fact]
    public void The_bottom_of_the_curved_valley_is_found()
    {
        LeastSquaresFit fit = LevenbergMarquardt.Solve(Rosenbrock, [-1.2, 1]);
        Assert.True(fit.Converged);
        Assert.Equal(1, fit.Parameters[0], 1e-9);
        Assert.Equal(1, fit.Parameters[1], 1e-9);
    }

    [Theory]
    [InlineData(0.5, 0.25)]
    [InlineData(-0.5, 0.25)]
    public void A_bound_holds_and_is_told(double highest, double expectedSecond)
    {
        // With x ≤ c below one, the best is x = c, y = c².
        LeastSquaresFit fit = LevenbergMarquardt.Solve(Rosenbrock, [-2, 1], [-10, -10], [highest, 10]);
        Assert.True(fit.Converged);
        Assert.Equal(highest, fit.Parameters[0], 1e-12);
        Assert.Equal(expectedSecond, fit.Parameters[1], 1e-9);
        Assert.True(fit.AtBound[0]);
        Assert.False(fit.AtBound[1]);
        Assert.Equal(0, fit.StandardUncertainty(0), 1e-300);
    }

    [Fact]
    public void What_the_residuals_do_not_determine_has_no_covariance()
    {
        LeastSquaresFit fit = LevenbergMarquardt.Solve(new Model(2, 3, static (x, r, j) =>
        {
            for (int i = 0; i < 3; i++)
            {
                r[i] = x[0] + x[1] - i;
                if (j.IsEmpty) continue;
                j[2 * i] = 1;
                j[(2 * i) + 1] = 1;
            }
        }), [3, 3]);
        Assert.Equal(1, fit.Rank);
        Assert.Equal(1, fit.Parameters[0] + fit.Parameters[1], 1e-9);
        Assert.All(fit.InverseGram, element => Assert.True(double.IsNaN(element)));
    }

    [Fact]
    public void Questions_that_have_no_answer_are_refused()
    {
        Assert.Contains("3 numbers", Assert.Throws<ArgumentException>(() => LevenbergMarquardt.Solve(Rosenbrock, [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("lower one", Assert.Throws<ArgumentException>(() => LevenbergMarquardt.Solve(Rosenbrock, [1, 2], [0, 3], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => LevenbergMarquardt.Solve(Rosenbrock, [double.NaN, 2])).Message, StringComparison.Ordinal);
    }

    private static Model Rosenbrock { get; } = new(2, 2, static (x, r, j) =>
    {
        r[0] = 10 * (x[1] - (x[0] * x[0]));
        r[1] = 1 - x[0];
        if (j.IsEmpty) return;
        (j[0], j[1], j[2], j[3]) = (-20 * x[0], 10, -1, 0);
    });

    private static Model Misra(double unit) => new(2, s_misraX.Length, (x, r, j) =>
    {
        for (int i = 0; i < s_misraX.Length; i++)
        {
            double decay = Math.Exp(-x[1] / unit * s_misraX[i]);
            r[i] = (x[0] * (1 - decay)) - s_misraY[i];
            if (j.IsEmpty) continue;
            j[2 * i] = 1 - decay;
            j[(2 * i) + 1] = x[0] * s_misraX[i] / unit * decay;
        }
    });

    private delegate void Residuals(ReadOnlySpan<double> x, Span<double> r, Span<double> j);

    private sealed class Model(int parameters, int residuals, Residuals evaluate) : ILeastSquaresModel
    {
        public int ParameterCount => parameters;

        public int ResidualCount => residuals;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> r, Span<double> j) => evaluate(x, r, j);
    }
}
