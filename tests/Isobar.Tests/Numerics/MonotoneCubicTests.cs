using CsCheck;
using Isobar.Numerics;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>Curves through points without overshoot.</summary>
public sealed class MonotoneCubicTests
{
    [Fact]
    public void The_curve_goes_through_its_points_and_stays_between_neighbours() =>
        Gen.Double[-5, 5].Array[3, 12].Select(Gen.Double[0.01, 2].Array[12]).Sample((y, steps) =>
        {
            double[] x = [.. y.Select((_, i) => steps.Take(i).Sum())];
            var curve = new MonotoneCubic(x, y);
            for (int i = 0; i < x.Length; i++) Assert.Equal(y[i], curve.At(x[i]), 1e-13 * (1 + Math.Abs(y[i])));
            for (int i = 0; i < x.Length - 1; i++)
            {
                double low = Math.Min(y[i], y[i + 1]), high = Math.Max(y[i], y[i + 1]);
                for (double t = 0.05; t < 1; t += 0.1) Assert.InRange(curve.At(x[i] + (t * (x[i + 1] - x[i]))), low - 1e-12, high + 1e-12);
            }
        });

    /// <summary>Falling points give a falling curve; central differences know the slope to about 1e-9 of the values.</summary>
    [Fact]
    public void The_slope_is_the_derivative_and_keeps_its_sign()
    {
        double[] x = [0, 0.1, 0.4, 0.9, 0.99, 1], y = [4.3, 4.2, 3.9, 3.58, 3.5, 2.5];
        var curve = new MonotoneCubic(x, y);
        for (double at = 0.005; at < 1; at += 0.00917)
        {
            const double h = 1e-7;
            curve.At(at, out double derivative);
            double slope = (curve.At(at + h) - curve.At(at - h)) / (2 * h);
            Assert.Equal(slope, derivative, 1e-5 * (1 + Math.Abs(slope)));
            Assert.True(derivative < 0);
        }
    }

    /// <summary>The order in the spacing of the points is two or better where the curve has an extreme and three on a rising part.</summary>
    [Fact]
    public void Finer_points_come_nearer_at_third_order()
    {
        double Worst(int n)
        {
            double[] x = [.. Enumerable.Range(0, n + 1).Select(i => 0.2 + (1.0 * i / n))];
            var curve = new MonotoneCubic(x, [.. x.Select(Math.Sin)]);
            return Enumerable.Range(0, 1000).Max(i => Math.Abs(curve.At(0.2 + (i / 1000.0)) - Math.Sin(0.2 + (i / 1000.0))));
        }

        Assert.InRange(Math.Log2(Worst(20) / Worst(40)), 2.5, 4.5);
    }

    [Fact]
    public void Outside_it_goes_on_straight()
    {
        var curve = new MonotoneCubic([0, 1, 2], [0, 1, 4]);
        curve.At(2, out double end);
        Assert.Equal(4 + (0.5 * end), curve.At(2.5, out double beyond), 1e-12);
        Assert.Equal(end, beyond, 1e-12);
    }

    [Theory]
    [InlineData(new double[] { 0 }, new double[] { 1 })]
    [InlineData(new double[] { 0, 0 }, new double[] { 1, 2 })]
    [InlineData(new double[] { 0, 1 }, new double[] { 1 })]
    [InlineData(new double[] { 0, double.NaN }, new double[] { 1, 2 })]
    public void Points_that_make_no_curve_are_refused(double[] x, double[] y) => Assert.Throws<ArgumentException>(() => new MonotoneCubic(x, y));
}
