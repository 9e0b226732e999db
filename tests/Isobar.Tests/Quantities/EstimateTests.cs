using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Quantities;

/// <summary>Intervals of estimates against tables of the normal and of Student's distribution.</summary>
public sealed class EstimateTests
{
    [Theory]
    [InlineData(0.90, double.PositiveInfinity, 1.644854)]
    [InlineData(0.95, double.PositiveInfinity, 1.959964)]
    [InlineData(0.95, 4, 2.776445)]
    [InlineData(0.99, 16, 2.920782)]
    [InlineData(0.90, 2, 2.919986)]
    public void The_coverage_factor_is_the_tabled_one(double coverage, double freedom, double factor) =>
        // Tables are printed to six decimals.
        Assert.Equal(factor, Estimate.CoverageFactor(coverage, freedom), 1e-6);

    [Fact]
    public void A_linear_band_is_symmetric_in_the_value()
    {
        Interval band = new Estimate(100, 10).Band90;
        Assert.Equal(100 - 16.44854, band.Low, 1e-4);
        Assert.Equal(100 + 16.44854, band.High, 1e-4);
    }

    [Fact]
    public void A_logarithmic_band_is_symmetric_as_a_factor_and_never_reaches_zero()
    {
        Interval band = Estimate.Relative(2, 3).Band90;
        Assert.True(band.Low > 0);
        Assert.Equal(4, band.Low * band.High, 1e-9);
        Assert.Equal(2 * Math.Exp(1.644854 * 3), band.High, 1e-3);
    }

    [Fact]
    public void A_logit_band_stays_between_zero_and_one()
    {
        Interval band = new Estimate(0.97, 0.05, Scale: EstimateScale.Logit).IntervalAt(0.999);
        Assert.InRange(band.Low, 0, 0.97);
        Assert.InRange(band.High, 0.97, 1);
    }

    [Fact]
    public void An_exact_value_has_no_band()
    {
        Interval band = Estimate.Exact(5).Band90;
        Assert.Equal(5, band.Low, 1e-12);
        Assert.Equal(5, band.High, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_coverage_outside_zero_and_one_is_refused(double coverage) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Estimate(1, 1).IntervalAt(coverage));

    [Fact]
    public void A_typed_estimate_prints_its_band_in_one_unit() =>
        Assert.Equal("73.9 MPa (72.3 to 75.5)", new Estimate<SamplePressure>(new SamplePressure(73.9e6), new SamplePressure(1e6)).ToString());
}
