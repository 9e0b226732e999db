using System.Collections.Immutable;
using CsCheck;
using Isobar.Control;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Control;

/// <summary>From what a press indicates to the force on the sample, and back.</summary>
public sealed class ForceChainTests
{
    private static readonly ForceCorrection s_correction = new([Point(10_000, 10_200), Point(20_000, 20_100), Point(40_000, 41_000)]);

    // A calibration with an error of up to a few per cent at each of its forces.
    private static readonly Gen<ForceCorrection> AnyCorrection = Gen.Select(Gen.Double[500, 5000], Gen.Double[-0.04, 0.04]).Array[1, 8].Select(steps =>
    {
        var points = ImmutableArray.CreateBuilder<CorrectionPoint>();
        double at = 0, true_ = 0;
        foreach ((double step, double error) in steps)
        {
            at += step;
            true_ += step * (1 + error);
            points.Add(Point(at, true_));
        }

        return new ForceCorrection(points.ToImmutable());
    });

    [Fact]
    public void A_correction_is_exact_at_its_points_and_straight_between_them()
    {
        foreach (CorrectionPoint point in s_correction.Points)
        {
            Assert.Equal(point.Applied, s_correction.Applied(point.Indicated));
            Assert.Equal(point.Indicated, s_correction.Indicated(point.Applied));
        }

        Assert.Equal(default, s_correction.Applied(default));
        // Half way in numbers of four digits: exact but for rounding.
        Assert.Equal(15_150, s_correction.Applied(new Force(15_000)).Newtons, 1e-9);
        Assert.Equal(5_100, s_correction.Applied(new Force(5_000)).Newtons, 1e-9);
    }

    [Fact]
    public void Outside_of_its_points_the_nearest_line_goes_on_and_is_not_covered()
    {
        Assert.Equal(41_000 + (10_000 * 20_900 / 20_000.0), s_correction.Applied(new Force(50_000)).Newtons, 1e-9);
        Assert.Equal(-102, s_correction.Applied(new Force(-100)).Newtons, 1e-9);
        Assert.False(s_correction.Covers(new Force(10_199)));
        Assert.True(s_correction.Covers(new Force(10_200)));
        Assert.True(s_correction.Covers(new Force(41_000)));
        Assert.False(s_correction.Covers(new Force(41_001)));
    }

    [Theory]
    [InlineData(10_000, 10_000, 20_000, 9_000)]
    [InlineData(10_000, 10_000, 10_000, 10_100)]
    [InlineData(10_000, -10, 20_000, 20_000)]
    [InlineData(10_000, 10_000, 20_000, double.NaN)]
    public void Points_that_are_not_monotone_are_refused_with_both_forces(double indicated, double applied, double nextIndicated, double nextApplied)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new ForceCorrection([Point(indicated, applied), Point(nextIndicated, nextApplied)]));
        Assert.Contains("not monotone", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ForceCorrection([]));
    }

    // What was indicated can be had back from what was recorded: two divisions and four additions, a few parts in 10¹³ of the force.
    [Fact]
    public void What_was_indicated_comes_back_from_the_force() =>
        Gen.Select(AnyCorrection, Gen.Double[-200, 200], Gen.Double[-1000, 60_000]).Sample((correction, zero, indicated) =>
        {
            var chain = new ForceChain(new Force(zero), correction);
            Assert.Equal(indicated, chain.Indicated(chain.Sample(new Force(indicated))).Newtons, 1e-12 * 1e5);
        }, iter: 2000);

    [Fact]
    public void More_indication_is_always_more_force() =>
        Gen.Select(AnyCorrection, Gen.Double[-1000, 60_000], Gen.Double[0.1, 1000]).Sample((correction, indicated, more) =>
            Assert.True(correction.Applied(new Force(indicated + more)) > correction.Applied(new Force(indicated))), iter: 2000);

    [Fact]
    public void The_force_for_limits_is_never_below_what_is_indicated_nor_below_what_is_applied_and_knows_no_tare() =>
        Gen.Select(AnyCorrection, Gen.Double[-200, 200], Gen.Double[0, 60_000]).Sample((correction, zero, indicated) =>
        {
            double judged = new ForceChain(new Force(zero), correction).ForLimits(new Force(indicated)).Newtons;
            Assert.True(judged >= indicated);
            Assert.True(judged >= correction.Applied(new Force(indicated)).Newtons);
            Assert.Equal(judged, new ForceChain(default, correction).ForLimits(new Force(indicated)).Newtons);
        }, iter: 2000);

    [Fact]
    public void Nothing_wanted_is_asked_for_as_nothing_whatever_the_zero_is()
    {
        Assert.Equal(default, new ForceChain(new Force(40), null).Setpoint(default));
        Assert.Equal(default, new ForceChain(new Force(-40), null).Setpoint(new Force(10)));
        Assert.Equal(1040, new ForceChain(new Force(40), null).Setpoint(new Force(1000)).Newtons, 1e-9);
        Assert.True(ForceChain.Plain.IsPlain);
        Assert.Equal(new Force(1234.5), ForceChain.Plain.Sample(new Force(1234.5)));
    }

    private static CorrectionPoint Point(double indicated, double applied) => new(new Force(indicated), new Force(applied));
}
