using CsCheck;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Lab.Files;
using Isobar.Mechanics;
using Isobar.Quantities;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Isobar.Tests.Electrochemistry;

/// <summary>What a gauge reads and what the sample feels.</summary>
public sealed class GaugeErrorTests
{
    private static readonly Gen<GaugeError> s_gauges = Gen.Select(
        Gen.Double[-4, 4], Gen.Double[0, 0.05], Gen.Double[0, 30e6], Gen.Double[0.98, 1.02], (rank, relative, absolute, area) => new GaugeError(rank, relative, absolute, area));

    private static readonly Gen<double> s_pressures = Gen.Double[3, 9].Select(exponent => Math.Pow(10, exponent));

    [Fact]
    public void A_gauge_without_an_error_shows_what_is_there() => Assert.Equal(74e6, new GaugeError(2, 0, 0, 1).TruePa(74e6), 1e-3);

    // Round-off of two square roots, whatever the pressure is.
    [Fact]
    public void From_indicated_to_true_and_back_is_nothing() => Gen.Select(s_gauges, s_pressures).Sample((gauge, pressure) =>
    {
        Assert.InRange(gauge.IndicatedPa(gauge.TruePa(pressure)) / pressure, 1 - 1e-9, 1 + 1e-9);
        Assert.InRange(gauge.TruePa(gauge.IndicatedPa(pressure)) / pressure, 1 - 1e-9, 1 + 1e-9);
    });

    [Fact]
    public void More_on_the_gauge_is_more_on_the_sample_and_nothing_is_nothing() => Gen.Select(s_gauges, s_pressures).Sample((gauge, pressure) =>
    {
        Assert.True(gauge.TruePa(1.01 * pressure) > gauge.TruePa(pressure));
        Assert.True(gauge.TruePa(pressure) > 0);
        Assert.Equal(0.0, gauge.TruePa(0), 1e-12);
    });

    [Fact]
    public void A_gauge_that_reads_too_much_is_the_mirror_of_one_that_reads_too_little() => Gen.Select(Gen.Double[0, 4], Gen.Double[0, 30e6], s_pressures).Sample((rank, absolute, pressure) =>
        Assert.InRange(new GaugeError(rank, 0, absolute, 1).TruePa(pressure) / new GaugeError(-rank, 0, absolute, 1).IndicatedPa(pressure), 1 - 1e-12, 1 + 1e-12));

    // Five times the shift and more: what the class states, within 6 %. One rank moves both parts of the error, so that they add up where both matter; here one of them does.
    [Theory]
    [InlineData("15 t", "1.6 % of full scale", 100)]
    [InlineData("15 t", "1.6 % of full scale", 375)]
    [InlineData("5 t", "1 % of reading", 50)]
    [InlineData("5 t", "1 % of reading", 375)]
    public void Far_above_the_shift_the_truth_scatters_as_the_class_says(string capacity, string gaugeClass, double megapascals)
    {
        Cell cell = WithGauge(capacity, gaugeClass);
        double indicated = megapascals * 1e6;
        double stated = cell.Press.Indicated(cell.Die.ForceFor(new SamplePressure(indicated))).Si.RelativeUncertainty;
        double[] relative = [.. Enumerable.Range(0, 2001).Select(i => (Of(cell, Normal.InvCDF(0, 1, (i + 0.5) / 2001)).TruePa(indicated) / indicated) - 1)];
        double mean = relative.Average(), spread = Math.Sqrt(relative.Average(each => (each - mean) * (each - mean)));
        Assert.InRange(spread / stated, 0.94, 1.06);
    }

    [Fact]
    public void A_dial_knows_a_stack_pressure_far_worse_than_a_fabrication_pressure()
    {
        Cell cell = WithGauge("15 t", "1.6 % of full scale");
        double Width(double pressurePa) => Math.Log(Of(cell, 1.645).TruePa(pressurePa) / Of(cell, -1.645).TruePa(pressurePa));
        Assert.InRange(Width(375e6), 0.1, 0.2);
        Assert.True(Width(10e6) > 10 * Width(375e6), $"{Width(10e6)}");
    }

    [Fact]
    public void A_history_is_moved_as_a_whole()
    {
        LoadHistory seen = new GaugeError(1, 0.01, 2e6, 1).True(new LoadHistory(10e6, 300e6));
        Assert.InRange(seen.PresentPa, 11e6, 12.1e6);
        Assert.InRange(seen.LargestPa, 304e6, 306e6);
    }

    // The same as the resolver makes, at a chosen place among all gauges of the class.
    private static GaugeError Of(Cell cell, double rank) => CellResolver.Resolve(cell, (_, constant) => constant.Definition.Key is "force_error" ? rank : constant.Estimate.Value).Gauge;

    private static Cell WithGauge(string capacity, string gaugeClass)
    {
        string text = File.ReadAllText(Repository.PathOf("examples", "nmc811-lpscl-li", "cell.yaml")).ReplaceLineEndings("\n");
        string[] lines = [.. text.Split('\n').Select(line => line.TrimStart().StartsWith("capacity:", StringComparison.Ordinal) ? $"  capacity: {capacity}"
            : line.TrimStart().StartsWith("gauge_class:", StringComparison.Ordinal) ? $"  gauge_class: {gaugeClass}" : line)];
        return CellFile.Parse(string.Join('\n', lines), "cell.yaml", BuiltInMaterials.Library);
    }
}
