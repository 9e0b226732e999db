using Isobar.Numerics;
using Isobar.Reproducibility;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>Run lengths of the charts as they are drawn, against their Markov chains and published numbers, to one per cent.</summary>
public sealed class RunLengthTests
{
    // 40 000 runs of nearly geometric length scatter by 0.5 % in their mean; seeds are fixed, so that the tests always end the same way.
    private const int Runs = 40_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Cusum_runs_as_long_as_its_chain_says(double shift)
    {
        double mean = MeanLength(shift, (ref (double High, double Low) sums, double x) =>
        {
            sums = (Math.Max(0, sums.High + x - 0.5), Math.Max(0, sums.Low - x - 0.5));
            return sums.High > 4 || sums.Low > 4;
        });
        Assert.Equal(RunLength.Cusum(0.5, 4, shift), mean, 0.01 * mean);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Ewma_runs_as_long_as_its_chain_says(double shift)
    {
        double limit = ControlCharts.EwmaAsymptote(0, 1, 0.2, 2.962).High;
        double mean = MeanLength(shift, (ref (double Z, double Unused) state, double x) =>
        {
            state.Z = (0.2 * x) + (0.8 * state.Z);
            return Math.Abs(state.Z) > limit;
        });
        Assert.Equal(RunLength.Ewma(0.2, 2.962, shift), mean, 0.01 * mean);
    }

    [Fact]
    public void The_charts_follow_the_recursions_whose_lengths_are_counted()
    {
        var random = new RandomSource(8);
        double[] values = Simulation.Normals(ref random, 2000);
        (ControlChart high, ControlChart low) = ControlCharts.Cusum(values, 0, 0.5, 4);
        ControlChart ewma = ControlCharts.Ewma(values, 0, 1);
        double above = 0, below = 0, z = 0;
        for (int i = 0; i < values.Length; i++)
        {
            (above, below, z) = (Math.Max(0, above + values[i] - 0.5), Math.Max(0, below - values[i] - 0.5), (0.2 * values[i]) + (0.8 * z));
            // The same operations in the same order, but for a target of zero.
            Assert.Equal(above, high.Points[i], 1e-12);
            Assert.Equal(below, low.Points[i], 1e-12);
            Assert.Equal(z, ewma.Points[i], 1e-12);
            Assert.Equal(above > 4, high.Signals.Contains(new RunSignal(i, RunRule.BeyondThree)));
        }
    }

    [Fact]
    public void A_chart_of_single_values_runs_as_long_as_the_normal_law_says()
    {
        (double mean, double error) = RunLength.Simulate([RunRule.BeyondThree], 1, 40_000, 9);
        Assert.Equal(RunLength.Shewhart(3, 1), mean, 4 * error);
        // The chain of a single zone rule has one state and must give the law itself.
        Assert.Equal(RunLength.Shewhart(3), RunLength.OfZoneRules([RunRule.BeyondThree]), 1e-6);
        Assert.Equal(RunLength.Shewhart(3, 1), RunLength.OfZoneRules([RunRule.BeyondThree], 1), 1e-7);
    }

    [Fact]
    public void The_four_rules_of_Western_Electric_run_for_92_points()
    {
        double exact = RunLength.OfZoneRules(RunRules.WesternElectric);
        // Champ and Woodall's table prints 91.75; the reference simulation 92.2 ± 0.6.
        Assert.Equal(91.75, exact, 0.01);
        (double mean, double error) = RunLength.Simulate(RunRules.WesternElectric, runs: 20_000, seed: 3);
        Assert.Equal(exact, mean, 4 * error);
        // A shift of one standard deviation: the same table prints 9.22.
        Assert.Equal(9.22, RunLength.OfZoneRules(RunRules.WesternElectric, 1), 0.01);
    }

    [Fact]
    public void Every_rule_that_is_added_shortens_the_run()
    {
        double previous = double.PositiveInfinity;
        foreach (int count in Enumerable.Range(1, RunRules.WesternElectric.Length))
        {
            double length = RunLength.OfZoneRules([.. RunRules.WesternElectric.Take(count)]);
            Assert.True(length < previous);
            previous = length;
        }

        (double nelson, double error) = RunLength.Simulate(RunRules.Nelson, runs: 4000);
        Assert.True(nelson + (3 * error) < previous, "eight rules cost more than four");
        Assert.Throws<ArgumentException>(() => RunLength.OfZoneRules(RunRules.Nelson));
    }

    [Theory]
    [InlineData(RunRule.BeyondThree, new[] { 0, 3.1 }, 1)]
    [InlineData(RunRule.TwoOfThreeBeyondTwo, new[] { 2.1, 0, 2.1 }, 2)]
    [InlineData(RunRule.TwoOfThreeBeyondTwo, new[] { 2.1, 0, -2.1 }, null)]
    [InlineData(RunRule.FourOfFiveBeyondOne, new[] { 1.1, 1.1, -1, 1.1, 1.1 }, 4)]
    [InlineData(RunRule.EightOnOneSide, new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 }, 7)]
    [InlineData(RunRule.NineOnOneSide, new[] { -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1 }, 8)]
    [InlineData(RunRule.SixTrending, new[] { 0.5, 0, 0.1, 0.2, 0.3, 0.4, 0.5 }, 6)]
    [InlineData(RunRule.SixTrending, new[] { 0.6, 0.5, 0.4, 0.3, 0.3, 0.2, 0.1 }, null)]
    [InlineData(RunRule.FourteenAlternating, new[] { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1.0 }, 13)]
    [InlineData(RunRule.FourteenAlternating, new[] { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0.0 }, null)]
    [InlineData(RunRule.FifteenWithinOne, new[] { 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5 }, 14)]
    [InlineData(RunRule.EightBeyondOne, new[] { 1.1, -1.1, 1.1, -1.1, 1.1, -1.1, 1.1, -1.1 }, 7)]
    public void Each_rule_fires_at_its_pattern(RunRule rule, double[] scores, int? first)
    {
        RunSignal[] signals = [.. RunRules.Signals(scores, [rule])];
        Assert.Equal(first, signals.Length == 0 ? null : signals[0].Index);
    }

    [Fact]
    public void Averages_and_ranges_have_the_limits_of_the_table()
    {
        double[][] groups = [[1, 2, 3, 4, 5], [2, 3, 4, 5, 6], [1, 1, 1, 1, 6]];
        (ControlChart means, ControlChart ranges) = ControlCharts.AveragesAndRanges(groups);
        double range = (4 + 4 + 5) / 3.0, mean = (3 + 4 + 2) / 3.0;
        // A2 = 0.576819 and D4 = 2.114499 for five, printed to six decimals.
        Assert.Equal(mean + (0.576819 * range), means.Limits[0].High, 1e-5);
        Assert.Equal(2.114499 * range, ranges.Limits[0].High, 1e-5);
        Assert.Throws<ArgumentException>(() => ControlCharts.AveragesAndRanges([[1, 2], [1, 2, 3]]));
    }

    private delegate bool Step(ref (double, double) state, double value);

    private static double MeanLength(double shift, Step signals)
    {
        double sum = 0;
        for (int run = 0; run < Runs; run++)
        {
            var random = new RandomSource(4, (ulong)run);
            (double, double) state = (0, 0);
            int length = 1;
            while (!signals(ref state, random.NextNormal() + shift)) length++;
            sum += length;
        }

        return sum / Runs;
    }
}
