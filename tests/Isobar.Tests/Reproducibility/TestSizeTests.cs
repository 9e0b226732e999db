using Isobar.Numerics;
using Isobar.Reproducibility;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>Every test cries wolf as often as its level says, in 20 000 seeded sets where nothing is odd and nothing differs.</summary>
public sealed class TestSizeTests
{
    [Theory]
    [InlineData(4, OutlierSide.Both)]
    [InlineData(10, OutlierSide.Both)]
    [InlineData(14, OutlierSide.High)]
    public void Grubbs_test_calls_one_set_in_twenty_odd(int cells, OutlierSide side)
    {
        Simulation.AssertCovers((ref RandomSource random) => GrubbsTest.Of(Simulation.Normals(ref random, cells), side).Found, 0.05);
        // The p says the same as the limit.
        Simulation.AssertCovers((ref RandomSource random) => GrubbsTest.Of(Simulation.Normals(ref random, cells), side).Probability < 0.05, 0.05);
    }

    [Theory]
    [InlineData(25, 5)]
    [InlineData(40, 2)]
    public void The_generalised_ESD_test_calls_one_set_in_twenty_odd(int cells, int most) =>
        Simulation.AssertCovers((ref RandomSource random) => GeneralisedEsd.Of(Simulation.Normals(ref random, cells), most).Found > 0, 0.05, 0.012);

    [Theory]
    [InlineData(5, 8.0)]
    [InlineData(12, 4.5)]
    [InlineData(450, 4.4)]
    public void The_false_alarm_of_the_robust_screen_is_as_often_as_it_says(int cells, double score)
    {
        double stated = RobustScreen.FalseAlarm(cells, score);
        int replicates = cells > 100 ? 1500 : Simulation.Replicates, alarms = 0;
        for (int i = 0; i < replicates; i++)
        {
            var random = new RandomSource(77, (ulong)i);
            if (RobustScreen.Of(Simulation.Normals(ref random, cells)).Scores.Max(Math.Abs) >= score) alarms++;
        }

        // Four standard errors of both simulations; the formula for large sets knows median and MAD exactly, which is a few tenths of a per cent off.
        double found = alarms / (double)replicates;
        Assert.Equal(stated, found, 4 * Math.Sqrt(found * (1 - found) * ((1.0 / replicates) + (1.0 / 4000))) + (cells > 400 ? 0.004 : 0));
    }

    [Fact]
    public void Welchs_test_has_its_level_with_unequal_scatters() => Simulation.AssertCovers(
        (ref RandomSource random) => GroupComparison.Of(MeasurementSeries.Of(Simulation.Normals(ref random, 5, 20, 1)), MeasurementSeries.Of(Simulation.Normals(ref random, 10, 20, 3))).Probability < 0.05,
        0.05);

    [Theory]
    [InlineData(1.1)]
    [InlineData(0.9)]
    public void Equivalence_is_shown_once_in_twenty_when_the_difference_is_as_large_as_the_margin(double ratio)
    {
        Simulation.AssertCovers(
            (ref RandomSource random) => GroupComparison.Of(MeasurementSeries.Of(Simulation.Normals(ref random, 8, 20 * ratio, 0.6)), MeasurementSeries.Of(Simulation.Normals(ref random, 8, 20, 0.9))).EquivalentWithinShare(0.1).Shown,
            0.05);
        Simulation.AssertCovers(
            (ref RandomSource random) => GroupComparison.Of(MeasurementSeries.Of(Simulation.Normals(ref random, 8, 20 * ratio, 0.6)), MeasurementSeries.Of(Simulation.Normals(ref random, 8, 20, 0.9))).EquivalentWithin(2).Shown,
            0.05);
    }

    [Fact]
    public void Equivalence_is_shown_exactly_when_its_interval_lies_within_the_margin() => Assert.Equal(
        0.0,
        Simulation.Share((ref RandomSource random) =>
        {
            GroupComparison comparison = GroupComparison.Of(MeasurementSeries.Of(Simulation.Normals(ref random, 6, 21, 1)), MeasurementSeries.Of(Simulation.Normals(ref random, 6, 20, 1)));
            Equivalence share = comparison.EquivalentWithinShare(0.15), difference = comparison.EquivalentWithin(2.5);
            return share.Shown != (share.Interval.Low > share.Margin.Low && share.Interval.High < share.Margin.High)
                || difference.Shown != (difference.Interval.Low > difference.Margin.Low && difference.Interval.High < difference.Margin.High);
        }),
        1e-12);

    [Fact]
    public void The_test_of_a_grouping_has_its_level()
    {
        Grouping batches = Grouping.Of("batch", [.. "aaabbbbcccddddd".Select(c => c.ToString())]);
        Simulation.AssertCovers((ref RandomSource random) => OneWayAnova.Of(MeasurementSeries.Of(Simulation.Normals(ref random, 15)), batches).Probability < 0.05, 0.05);
    }

    [Fact]
    public void The_tests_of_pressure_and_of_operators_have_their_level()
    {
        Grouping groups = Grouping.Of("operator", [.. "AAAABBBBCCCC".Select(c => c.ToString())]);
        CovarianceAnalysis Draw(ref RandomSource random)
        {
            double[] pressure = [.. Simulation.Normals(ref random, 12, 4, 0.05).Select(Math.Exp)], measure = [.. Simulation.Normals(ref random, 12, 3, 0.05).Select(Math.Exp)];
            return CovarianceAnalysis.Of(measure, pressure, groups);
        }

        Simulation.AssertCovers((ref RandomSource random) => Draw(ref random).PressureProbability < 0.05, 0.05);
        Simulation.AssertCovers((ref RandomSource random) => Draw(ref random).GroupProbability < 0.05, 0.05);
    }

    [Fact]
    public void The_power_that_is_promised_is_there()
    {
        double cells = Math.Ceiling(SampleSize.ForTwoGroups(1.5, 0.8)), promised = SampleSize.PowerOfTwoGroups(cells, 1.5);
        double half = Distribution.StudentUpperQuantile(0.025, 2 * (cells - 1));
        Simulation.AssertCovers(
            (ref RandomSource random) =>
            {
                double[] a = Simulation.Normals(ref random, (int)cells, 1.5), b = Simulation.Normals(ref random, (int)cells);
                double pooled = Math.Sqrt((Math.Pow(Moments.StandardDeviation(a), 2) + Math.Pow(Moments.StandardDeviation(b), 2)) / cells);
                return (Moments.Mean(a) - Moments.Mean(b)) / pooled > half;
            },
            promised);
    }
}
