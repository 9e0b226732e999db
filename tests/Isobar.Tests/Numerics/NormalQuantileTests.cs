using Isobar.Numerics;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>The quantile of the normal distribution against digits computed to 40 places, and against MathNet.</summary>
public sealed class NormalQuantileTests
{
    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-20, -9.262340089798407)]
    [InlineData(1.2e-11, -6.679352656501522)]
    [InlineData(1.5e-11, -6.646570887477113)]
    [InlineData(1e-5, -4.264890793922825)]
    [InlineData(0.01, -2.326347874040841)]
    [InlineData(0.074, -1.4466320671589785)]
    [InlineData(0.076, -1.4325027208258116)]
    [InlineData(0.3, -0.5244005127080408)]
    [InlineData(0.499, -0.002506630899571766)]
    [InlineData(0.5000001, 2.506628273311648e-07)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.924, 1.4325027208258119)]
    [InlineData(0.926, 1.4466320671589787)]
    [InlineData(0.975, 1.9599639845400538)]
    [InlineData(0.999, 3.090232306167813)]
    [InlineData(0.99999999, 5.612001243305505)]
    public void Known_quantiles_are_met_on_both_sides_of_every_seam(double probability, double expected) =>
        // The measured error is below 7e-16; 1e-15 leaves room for the logarithm of another platform.
        Assert.Equal(expected, NormalQuantile.At(probability), 1e-15 * Math.Abs(expected));

    [Fact]
    public void It_agrees_with_MathNet_everywhere()
    {
        for (int i = 1; i < 20_000; i++)
        {
            double p = i / 20_000.0;
            double expected = Normal.InvCDF(0, 1, p);
            Assert.Equal(expected, NormalQuantile.At(p), 1e-14 * Math.Abs(expected));
            double tail = Math.Pow(10, -300.0 * p);
            expected = Normal.InvCDF(0, 1, tail);
            Assert.Equal(expected, NormalQuantile.At(tail), 1e-14 * Math.Abs(expected));
        }
    }

    [Fact]
    public void It_rises_and_is_odd_about_one_half()
    {
        double last = double.NegativeInfinity;
        for (int i = 1; i < 1 << 14; i++)
        {
            // Multiples of 2⁻¹⁴, so that 1 − p is exact and the two sides are the same arithmetic.
            double p = i / (double)(1 << 14);
            double z = NormalQuantile.At(p);
            Assert.True(z > last, $"the quantile falls at p = {p}");
            Assert.Equal(-z, NormalQuantile.At(1 - p), 0.0);
            last = z;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_refused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalQuantile.At(probability));
}
