using Isobar.Numerics;
using Isobar.Numerics.Propagation;
using Isobar.Quantities;
using Isobar.Reproducibility;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>The verdicts of the check, and the parts of the room that no reference file covers.</summary>
public sealed class CellSetCheckTests
{
    [Theory]
    [InlineData(30.0, 0.3, 12, ComparisonVerdict.ShownEquivalent)]
    [InlineData(30.0, 6.0, 4, ComparisonVerdict.NothingShown)]
    [InlineData(40.0, 1.0, 8, ComparisonVerdict.ShownToDiffer)]
    [InlineData(31.0, 0.3, 12, ComparisonVerdict.DifferWithinMargin)]
    public void Not_shown_to_differ_and_shown_to_be_equivalent_are_different_verdicts(double second, double deviation, int cells, ComparisonVerdict expected)
    {
        var random = new RandomSource(3);
        double[] values = [.. Simulation.Normals(ref random, cells, 30, deviation), .. Simulation.Normals(ref random, cells, second, deviation)];
        PairAnswer pair = Assert.Single(CellSetCheck.Of(Set(values, [.. Enumerable.Repeat("A", cells), .. Enumerable.Repeat("B", cells)])).Pairs);
        Assert.Equal(expected, pair.Verdict);
    }

    [Fact]
    public void An_odd_cell_is_named_and_stays_in_every_number()
    {
        double[] values = [30.1, 29.5, 30.6, 30.0, 29.8, 30.3, 19.0];
        CellSetAnswer answer = CellSetCheck.Of(Set(values, [.. "aabbccc".Select(c => c.ToString())]));
        OddCell odd = Assert.Single(answer.OddCells!.Odd);
        Assert.Equal("cell 7", odd.Id);
        Assert.Equal(7, answer.Spread.Count);
        Assert.Equal(6, answer.OddCells.Without!.Count);
        Assert.Equal(values.Average(), answer.Spread.Mean, 1e-12);
        Assert.Contains("cell 7", answer.MethodsText, StringComparison.Ordinal);
        Assert.Contains("No cell was left out", answer.MethodsText, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_odd_cells_that_hide_each_other_are_found()
    {
        var random = new RandomSource(6);
        double[] values = [.. Simulation.Normals(ref random, 37, 30, 1), 40, 40.5, 41];
        CellSetAnswer answer = CellSetCheck.Of(Set(values, [.. Enumerable.Repeat("a", 40)]));
        Assert.Equal(["cell 40", "cell 39", "cell 38"], answer.OddCells!.Odd.Select(cell => cell.Id), StringComparer.Ordinal);
        Assert.Contains("generalised ESD", answer.OddCells.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_without_pressure_are_told_and_not_used_for_the_share()
    {
        CellSetAnswer answer = CellSetCheck.Of(Set([30, 29, 31, 28, 33], ["a", "a", "b", "b", "b"]) with { PressuresMegapascals = [70, 75, 68, 80, double.NaN] });
        Assert.Equal(4, answer.Pressure!.Count);
        Assert.Contains(answer.Notes, note => note.StartsWith("1 of 5 cells have no pressure", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_or_two_cells_are_answered_with_what_they_cannot_say(int cells)
    {
        CellSetAnswer answer = CellSetCheck.Of(Set([.. Enumerable.Range(0, cells).Select(i => 30.0 + i)], [.. Enumerable.Repeat("a", cells)]));
        Assert.Null(answer.OddCells);
        Assert.NotEmpty(answer.Notes);
    }

    [Theory]
    [InlineData(0.4, 0.3, 0.5)]
    [InlineData(0.4, 0.8, 1.0)]
    [InlineData(1.7, 0.3, 2.0)]
    [InlineData(2.9, 2.0, 3.0)]
    [InlineData(3.4, 0.3, null)]
    public void A_press_has_the_class_of_its_worst_force(double errorPercent, double rangePercent, double? expected)
    {
        ForceCalibrationPoint[] points = [.. new double[] { 10, 20, 30, 40, 50 }.Select(kilonewtons =>
        {
            double truth = kilonewtons * 1000;
            bool worst = kilonewtons is 30;
            double error = worst ? errorPercent / 100 : 0.001, half = worst ? 0.5 * rangePercent / 100 : 0.0005;
            return new ForceCalibrationPoint(new Force(truth * (1 + error)), [new Force(truth * (1 - half)), new Force(truth), new Force(truth * (1 + half))]);
        })];
        ForceCalibration calibration = ForceCalibration.Of(points, new Force(50_000), new Force(5), new Force(10));
        Assert.Equal(expected, calibration.Class);
        Assert.Equal(expected is null, calibration.Findings.Length > 0);
        Assert.Equal(errorPercent, calibration.Forces[2].Error, 1e-9);
        Assert.Equal(rangePercent, calibration.Forces[2].Repeatability, 1e-9);
        Assert.Null(ForceCalibration.Of(points[..4], new Force(50_000), new Force(5), new Force(10)).Class);
        // Zero after release off by 0.25 % of the range is class 3 at best; a step of 200 N on 10 kN is class none.
        Assert.True(ForceCalibration.Of(points, new Force(50_000), new Force(125), new Force(10)).Class is 3 or null);
        Assert.Null(ForceCalibration.Of(points, new Force(50_000), new Force(5), new Force(200)).Class);
    }

    [Fact]
    public void A_nested_gauge_study_has_the_components_of_its_expected_mean_squares()
    {
        // Two operators, three pellets each, two readings: by hand MS_E = 0.5, MS_P = 8.5, MS_O = 48.
        MeasurementSeries series = MeasurementSeries.Of([9.0, 10, 11, 12, 12, 13, 13, 14, 15, 16, 16, 17]);
        Grouping operators = Grouping.Of("operator", [.. "aaaaaabbbbbb".Select(c => c.ToString())]), pellets = Grouping.Of("pellet", ["1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "6", "6"]);
        GaugeStudy study = GaugeStudy.Nested(series, pellets, operators);
        double pelletSquare = 2 * ((1.6666667 * 1.6666667) + (0.3333333 * 0.3333333) + (1.3333333 * 1.3333333)) * 2 / 4;
        Assert.Equal(Math.Sqrt(0.5), study.Recommended.Repeatability, 1e-9);
        Assert.Equal(pelletSquare, study.Lines[1].MeanSquare, 1e-6);
        Assert.Equal(Math.Sqrt((pelletSquare - 0.5) / 2), study.Recommended.Part, 1e-6);
        Assert.Equal(48, study.Lines[0].MeanSquare, 1e-9);
        Assert.Equal(Math.Sqrt((48 - pelletSquare) / 6), study.Recommended.Appraiser, 1e-6);
        Assert.Equal(GaugeMethod.Nested, study.Recommended.Method);
        Assert.Throws<ArgumentException>(() => GaugeStudy.Crossed(series, pellets, operators));
    }

    [Fact]
    public void A_diameter_counts_twice_in_the_ready_budgets()
    {
        MeasurementModel conductivity = ReadyBudgets.Conductivity(
            new Estimate<Resistance>(new Resistance(30), new Resistance(0.3)), new Estimate<Length>(new Length(600e-6), new Length(3e-6)), new Estimate<Length>(new Length(0.01), new Length(2e-5)));
        UncertaintyBudget budget = UncertaintyBudget.Of(conductivity);
        // σ = L/(R·A) by hand, mS/cm; 1 %, 0.5 % and twice 0.2 %.
        Assert.Equal(10 * 600e-6 / (30 * Math.PI / 4 * 1e-4), budget.Result.Value, 1e-9);
        Assert.Equal(Math.Sqrt((0.01 * 0.01) + (0.005 * 0.005) + (0.004 * 0.004)), budget.Result.RelativeUncertainty, 1e-7);
    }

    [Fact]
    public void A_line_with_equal_errors_lies_between_the_two_plain_ones()
    {
        double[] x = [1.0, 2.2, 2.9, 4.1, 5.2], y = [1.1, 1.8, 3.2, 3.9, 5.1];
        double forward = LinearFit.Of(y, [("x", x)]).Coefficients[1], backward = 1 / LinearFit.Of(x, [("y", y)]).Coefficients[1];
        YorkFit deming = YorkFit.Deming(x, y, 1);
        Assert.InRange(deming.Slope, forward, backward);
        // Exchanging the axes of a line with equal errors inverts its slope.
        Assert.Equal(1 / deming.Slope, YorkFit.Deming(y, x, 1).Slope, 1e-9);
        // Without error in x it is the plain line.
        Assert.Equal(forward, YorkFit.WithErrorInX(x, y, 1e-9)!.Slope, 1e-9);
        Assert.Null(YorkFit.WithErrorInX(x, y, 2));
    }

    [Fact]
    public void Equal_lines_of_a_design_are_refused() =>
        Assert.Contains("depend on each other", Assert.Throws<ArgumentException>(() => LinearFit.Of([1, 2, 3, 5], [("a", [1.0, 2, 3, 4]), ("b", [2.0, 4, 6, 8])])).Message, StringComparison.Ordinal);

    private static CellSet Set(double[] values, string[] batches) => new("resistance", "Ω", MeasurementSeries.Of(values), [.. Enumerable.Range(1, values.Length).Select(i => $"cell {i}")])
    {
        Groupings = [Grouping.Of("batch", batches)],
    };
}
