using Isobar.Numerics;
using Isobar.Quantities;
using Isobar.Reproducibility;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>Every interval that the cell-set check prints holds the truth as often as it says, in 20 000 seeded sets each.</summary>
public sealed class CoverageTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(24)]
    public void The_intervals_of_mean_and_deviation_hold(int cells)
    {
        Simulation.AssertCovers((ref RandomSource random) => Spread.Of(MeasurementSeries.Of(Simulation.Normals(ref random, cells, 30, 2))).MeanInterval.Contains(30));
        Simulation.AssertCovers((ref RandomSource random) => Spread.Of(MeasurementSeries.Of(Simulation.Normals(ref random, cells, 30, 2))).DeviationInterval.Contains(2));
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.5, false)]
    [InlineData(0.5, true)]
    [InlineData(4.0, true)]
    public void The_interval_of_the_share_of_a_grouping_holds(double ratio, bool unequal)
    {
        string[] labels = unequal ? ["a", "a", "b", "b", "b", "b", "b", "b", "c", "c", "c", "d", "d", "d", "d", "e", "e", "e"] : [.. "aaabbbcccdddeeefff".Select(c => c.ToString())];
        Grouping batches = Grouping.Of("batch", labels);
        double share = ratio / (1 + ratio);
        Simulation.AssertCovers((ref RandomSource random) =>
        {
            double[] effect = Simulation.Normals(ref random, batches.Levels.Length, 0, Math.Sqrt(ratio)), values = Simulation.Normals(ref random, labels.Length, 30, 1);
            for (int i = 0; i < values.Length; i++) values[i] += effect[batches.OfCell[i]];
            Interval interval = OneWayAnova.Of(MeasurementSeries.Of(values), batches).RawIntraclassInterval();
            return interval.Contains(share);
        });
    }

    [Fact]
    public void The_interval_of_one_of_two_crossed_components_holds()
    {
        // Unbalanced: one cell of the table is missing, one is doubled.
        string[] batch = [.. "aaaabbbbccccddddeee".Select(c => c.ToString())], press = [.. "xyzxxyzyxyzzxyzxxyz".Select(c => c.ToString())];
        Grouping batches = Grouping.Of("batch", batch), presses = Grouping.Of("press", press);
        var held = new HeldGroupings([batches, presses]);
        Simulation.AssertCovers((ref RandomSource random) =>
        {
            double[] ofBatch = Simulation.Normals(ref random, 5, 0, 1), ofPress = Simulation.Normals(ref random, 3, 0, 2), values = Simulation.Normals(ref random, batch.Length, 30, 1);
            for (int i = 0; i < values.Length; i++) values[i] += ofBatch[batches.OfCell[i]] + ofPress[presses.OfCell[i]];
            return held.Of(MeasurementSeries.Of(values), 0.95)[0].Ratio!.Value.Contains(1);
        });
    }

    [Fact]
    public void The_intervals_of_slope_and_share_of_pressure_hold()
    {
        // Slope −0.6, pressure scatters by 6 %, the rest by 4 %: the true share is 0.447.
        const double slope = -0.6, pressureDeviation = 0.06, rest = 0.04;
        double share = slope * slope * pressureDeviation * pressureDeviation / ((slope * slope * pressureDeviation * pressureDeviation) + (rest * rest));
        PressureShare Draw(ref RandomSource random)
        {
            double[] pressure = new double[20], measure = new double[20];
            for (int i = 0; i < 20; i++)
            {
                double logPressure = pressureDeviation * random.NextNormal();
                pressure[i] = 75 * Math.Exp(logPressure);
                measure[i] = 30 * Math.Exp((slope * logPressure) + (rest * random.NextNormal()));
            }

            return PressureShare.Of(measure, pressure);
        }

        Simulation.AssertCovers((ref RandomSource random) => Draw(ref random).SlopeInterval.Contains(slope));
        Simulation.AssertCovers((ref RandomSource random) => Draw(ref random).ShareInterval.Contains(share));
    }

    [Fact]
    public void The_interval_of_the_slope_with_uncertain_pressures_holds_where_that_of_the_plain_slope_does_not()
    {
        const double slope = -0.6, error = 0.02;
        double[] truth = [.. Enumerable.Range(0, 20).Select(i => 0.01 * (i - 9.5))];
        int plain = 0;
        Simulation.AssertCovers((ref RandomSource random) =>
        {
            double[] pressure = new double[20], measure = new double[20];
            for (int i = 0; i < 20; i++)
            {
                pressure[i] = 75 * Math.Exp(truth[i] + (error * random.NextNormal()));
                measure[i] = 30 * Math.Exp((slope * truth[i]) + (0.02 * random.NextNormal()));
            }

            PressureShare share = PressureShare.Of(measure, pressure, error);
            if (share.SlopeInterval.Contains(slope)) plain++;
            // Where the data cannot tell the slope nothing is printed, so nothing is wrong.
            return share.WithPressureError is not { } fit || fit.SlopeInterval().Contains(slope);
        });
        Assert.True(plain < 0.94 * Simulation.Replicates, "uncertain pressures flatten the plain slope");
    }

    [Theory]
    [InlineData(0.95)]
    [InlineData(0.90)]
    public void The_intervals_of_a_difference_hold_with_unequal_scatters(double coverage)
    {
        Simulation.AssertCovers((ref RandomSource random) => Draw(ref random).DifferenceInterval(coverage).Contains(2), coverage);
        Simulation.AssertCovers((ref RandomSource random) => Draw(ref random).RelativeInterval(coverage).Contains(0.1), coverage);

        static GroupComparison Draw(ref RandomSource random) =>
            GroupComparison.Of(MeasurementSeries.Of(Simulation.Normals(ref random, 6, 22, 1)), MeasurementSeries.Of(Simulation.Normals(ref random, 9, 20, 2)));
    }

    [Fact]
    public void The_intervals_of_ratios_as_measured_and_at_equal_pressure_hold()
    {
        // B is pressed 4 % harder; with a slope of −0.6 that alone makes 2.4 %, and B is 5 % higher on top of it.
        string[] labels = [.. "AAAAAAAABBBBBBBB".Select(c => c.ToString())];
        Grouping groups = Grouping.Of("operator", labels);
        double adjusted = Math.Exp(-0.05) - 1;
        Simulation.AssertCovers((ref RandomSource random) => Draw(ref random).AdjustedInterval.Contains(adjusted));

        AdjustedComparison Draw(ref RandomSource random)
        {
            double[] pressure = new double[16], measure = new double[16];
            for (int i = 0; i < 16; i++)
            {
                double logPressure = (groups.OfCell[i] * 0.04) + (0.05 * random.NextNormal());
                pressure[i] = 75 * Math.Exp(logPressure);
                measure[i] = 30 * Math.Exp((-0.6 * logPressure) + (0.05 * groups.OfCell[i]) + (0.03 * random.NextNormal()));
            }

            return CovarianceAnalysis.Of(measure, pressure, groups).Comparisons[0];
        }
    }

    [Fact]
    public void The_interval_of_a_ratio_as_measured_holds()
    {
        Grouping groups = Grouping.Of("operator", [.. "AAAAAAAABBBBBBBB".Select(c => c.ToString())]);
        double[] pressure = [.. Enumerable.Range(0, 16).Select(i => 70.0 + i)];
        Simulation.AssertCovers((ref RandomSource random) =>
        {
            double[] measure = [.. Simulation.Normals(ref random, 16, Math.Log(30), 0.05).Select((log, i) => Math.Exp(log + (0.05 * groups.OfCell[i])))];
            return CovarianceAnalysis.Of(measure, pressure, groups).Comparisons[0].RawInterval.Contains(Math.Exp(-0.05) - 1);
        });
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    public void The_tolerance_interval_holds_its_content_as_often_as_it_says(int cells)
    {
        double k = ToleranceFactor.TwoSided(cells, 0.90, 0.95);
        Simulation.AssertCovers((ref RandomSource random) =>
        {
            double[] values = Simulation.Normals(ref random, cells);
            double mean = Moments.Mean(values), half = k * Moments.StandardDeviation(values);
            return Distribution.Normal(mean + half) - Distribution.Normal(mean - half) >= 0.90;
        });
        Spread spread = Spread.Of(MeasurementSeries.Of([1, 2, 4]));
        Interval interval = ToleranceFactor.IntervalOf(spread, 0.90, 0.95);
        // The same formula, so only the order of operations differs.
        Assert.Equal(spread.Mean + (ToleranceFactor.TwoSided(3, 0.90, 0.95) * spread.StandardDeviation), interval.High, 1e-12);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    public void The_interval_of_the_capability_index_holds(int cells)
    {
        // Limits 8 to 20 around 15 with σ = 1.5: Cpk is 5/4.5.
        Simulation.AssertCovers((ref RandomSource random) =>
        {
            double[] values = Simulation.Normals(ref random, cells, 15, 1.5);
            return Capability.Of(cells, Moments.Mean(values), Moments.StandardDeviation(values), new Interval(8, 20)).CpkInterval.Contains(5 / 4.5);
        });
    }

    [Fact]
    public void The_interval_of_the_number_of_cells_holds()
    {
        // n follows the standard deviation, so its interval holds as often; whole numbers make it a little wider. CV 10 %: 17 cells per group for 10 %.
        Simulation.AssertCovers(
            (ref RandomSource random) =>
            {
                Spread spread = Spread.Of(MeasurementSeries.Of(Simulation.Normals(ref random, 12, 100, 10)));
                double[] ends = [spread.DeviationInterval.Low / spread.Mean, spread.DeviationInterval.High / spread.Mean];
                return ends[0] <= 0.1 && ends[1] >= 0.1;
            });
        CellSetAnswer answer = CellSetCheck.Of(new CellSet("resistance", "Ω", MeasurementSeries.Of([90, 110, 90, 110, 100, 100, 105, 95]), [.. "abcdefgh".Select(c => c.ToString())]));
        Assert.Equal(SampleSize.ForTwoGroups(0.1 / answer.Spread.CoefficientOfVariation), answer.Size!.CellsPerGroup, 1.0);
        Assert.True(answer.Size.CellsInterval.Contains(answer.Size.CellsPerGroup));
    }

    /// <summary>Also where the interaction is put into the repeatability by what the data say, which is a choice that the interval does not know of.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(2.0)]
    public void The_interval_of_the_repeatability_of_a_gauge_holds(double interaction)
    {
        string[] part = [.. Enumerable.Range(0, 60).Select(i => "p" + (i / 6))], by = [.. Enumerable.Range(0, 60).Select(i => "o" + (i / 2 % 3))];
        Grouping parts = Grouping.Of("part", part), appraisers = Grouping.Of("operator", by);
        Simulation.AssertCovers((ref RandomSource random) =>
        {
            double[] ofPart = Simulation.Normals(ref random, 10, 0, 3), ofBoth = Simulation.Normals(ref random, 30, 0, interaction), values = Simulation.Normals(ref random, 60, 100, 1);
            for (int i = 0; i < 60; i++) values[i] += ofPart[parts.OfCell[i]] + ofBoth[i / 2];
            return GaugeStudy.Crossed(MeasurementSeries.Of(values), parts, appraisers).RepeatabilityInterval.Contains(1);
        });
    }

    [Fact]
    public void The_interval_of_the_repeatability_of_a_nested_study_holds()
    {
        string[] part = [.. Enumerable.Range(0, 30).Select(i => "p" + (i / 2))], by = [.. Enumerable.Range(0, 30).Select(i => "o" + (i / 10))];
        Grouping parts = Grouping.Of("part", part), appraisers = Grouping.Of("operator", by);
        Simulation.AssertCovers((ref RandomSource random) =>
        {
            double[] ofPart = Simulation.Normals(ref random, 15, 0, 2), values = Simulation.Normals(ref random, 30, 100, 1);
            for (int i = 0; i < 30; i++) values[i] += ofPart[i / 2];
            return GaugeStudy.Nested(MeasurementSeries.Of(values), parts.Within(appraisers), appraisers).RepeatabilityInterval.Contains(1);
        });
    }
}
