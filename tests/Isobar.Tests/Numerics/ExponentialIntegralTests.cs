using Isobar.Numerics;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>E₁ against tables, against its own slope, and everywhere between.</summary>
public sealed class ExponentialIntegralTests
{
    /// <summary>M. Abramowitz, I. A. Stegun, tables 5.1 to 5.3, continued to 16 digits by the series in exact arithmetic.</summary>
    [Theory]
    [InlineData(0.01, 4.037929576538114)]
    [InlineData(0.5, 0.5597735947761608)]
    [InlineData(1, 0.21938393439552029)]
    [InlineData(2, 0.04890051070806112)]
    [InlineData(10, 4.156968929685324e-06)]
    [InlineData(50, 3.783264029550459e-24)]
    public void It_is_the_number_in_the_tables(double x, double expected) => Assert.Equal(1, ExponentialIntegral.First(x) / expected, 4e-15);

    /// <summary>Just above 1 the continued fraction is at its slowest; no argument may be without an answer.</summary>
    [Fact]
    public void It_has_a_value_everywhere_and_the_slope_that_it_must_have()
    {
        for (int i = 0; i < 20_000; i++)
        {
            double x = 1e-3 * Math.Pow(1e5, i / 19_999.0), step = 1e-4 * x;
            // d E₁/dx = −e^(−x)/x; the difference quotient errs in the second order of its step.
            double slope = (ExponentialIntegral.First(x + step) - ExponentialIntegral.First(x - step)) / (2 * step);
            Assert.Equal(1, slope / (-Math.Exp(-x) / x), 1e-4);
        }
    }

    [Fact]
    public void At_the_ends_it_is_infinite_and_nothing()
    {
        Assert.Equal(double.PositiveInfinity, ExponentialIntegral.First(0));
        Assert.Equal(0, ExponentialIntegral.First(1e4));
        Assert.Equal(0, ExponentialIntegral.First(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExponentialIntegral.First(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExponentialIntegral.First(double.NaN));
    }
}
