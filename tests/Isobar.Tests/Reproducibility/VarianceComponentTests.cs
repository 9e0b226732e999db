using Isobar.Numerics;
using Isobar.Reproducibility;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>Components of nested and crossed groupings: closed forms where they exist, a direct likelihood where they do not.</summary>
public sealed class VarianceComponentTests
{
    [Fact]
    public void In_a_balanced_nested_set_likelihood_and_analysis_of_variance_agree()
    {
        (MeasurementSeries series, Grouping batch, Grouping cell) = NestedSet(8, 4, 3, 2, 1, 0.5);
        VarianceComponents components = VarianceComponents.Of(series, [batch, cell]);
        var lines = NestedAnova.Of(series, [batch, cell]);
        // Where no component is at zero, the two are the same number, to what Newton's method leaves.
        Assert.Equal(lines[0].RawVariance, components.Components[0].Variance, 1e-8);
        Assert.Equal(lines[1].RawVariance, components.Components[1].Variance, 1e-8);
        Assert.Equal(lines[2].MeanSquare, components.ResidualVariance, 1e-8);
        // By hand: E(MS) = σ² + 3σ_c² + 12σ_b².
        Assert.Equal((lines[1].MeanSquare - lines[2].MeanSquare) / 3, lines[1].RawVariance, 1e-10);
        Assert.Equal((lines[0].MeanSquare - lines[1].MeanSquare) / 12, lines[0].RawVariance, 1e-10);
        Assert.Null(components.Components[0].RatioInterval);
    }

    [Fact]
    public void In_a_balanced_crossed_set_likelihood_and_analysis_of_variance_agree()
    {
        var random = new RandomSource(5);
        double[] ofBatch = Simulation.Normals(ref random, 6, 0, 2), ofPress = Simulation.Normals(ref random, 5, 0, 1);
        List<double> values = [];
        List<string> batch = [], press = [];
        for (int i = 0; i < 60; i++)
        {
            values.Add(30 + ofBatch[i % 6] + ofPress[i / 6 % 5] + random.NextNormal());
            batch.Add($"b{i % 6}");
            press.Add($"p{i / 6 % 5}");
        }

        VarianceComponents components = VarianceComponents.Of(MeasurementSeries.Of(values.ToArray()), [Grouping.Of("batch", batch), Grouping.Of("press", press)]);
        foreach (VarianceComponent component in components.Components) Assert.Equal(component.RawAnovaVariance, component.Variance, 1e-8);
        Assert.Equal(50, components.ResidualFreedom);
    }

    [Fact]
    public void The_likelihood_of_an_unbalanced_set_is_nowhere_higher()
    {
        (MeasurementSeries series, Grouping batch, Grouping cell) = NestedSet(5, 3, 2, 1, 1, 1);
        int[] kept = [.. Enumerable.Range(0, series.Count).Where(i => i % 7 != 3)];
        (series, batch, cell) = (series.At(kept), batch.At(kept), cell.At(kept));
        VarianceComponents best = VarianceComponents.Of(series, [batch, cell]);
        double[] at = [best.Components[0].Variance, best.Components[1].Variance, best.ResidualVariance];
        Assert.Equal(best.RestrictedCriterion, Deviance(series, batch, cell, at), 1e-7);
        foreach (double factor in (double[])[0.7, 0.95, 1.05, 1.4])
        {
            for (int i = 0; i < 3; i++)
            {
                double[] beside = [.. at];
                beside[i] = at[i] > 0 ? at[i] * factor : 0.1 * factor;
                Assert.True(Deviance(series, batch, cell, beside) > best.RestrictedCriterion, $"component {i} times {factor}");
            }
        }
    }

    [Fact]
    public void One_grouping_gives_the_same_by_its_closed_form_and_by_the_joint_likelihood()
    {
        (MeasurementSeries series, Grouping batch, _) = NestedSet(6, 1, 4, 1, 0, 1);
        int[] kept = [.. Enumerable.Range(0, series.Count).Where(i => i % 5 != 2)];
        (series, batch) = (series.At(kept), batch.At(kept));
        VarianceComponents one = VarianceComponents.Of(series, [batch]);
        (double[] ratios, double residual, double criterion) = new RestrictedLikelihood(series, [batch]).Fit();
        Assert.Equal(one.Components[0].Variance, ratios[0] * residual, 1e-8);
        Assert.Equal(one.ResidualVariance, residual, 1e-8);
        Assert.Equal(one.RestrictedCriterion, criterion, 1e-8);
    }

    [Fact]
    public void Components_are_never_below_zero_and_say_when_they_were()
    {
        Grouping batch = Grouping.Of("batch", ["a", "a", "b", "b"]), press = Grouping.Of("press", ["x", "y", "x", "y"]);
        VarianceComponents components = VarianceComponents.Of(MeasurementSeries.Of([1, 2, 2.1, 1.1]), [batch, press]);
        Assert.All(components.Components, component => Assert.True(component.Variance >= 0));
        Assert.Contains(components.Components, component => component.RawAnovaVariance < 0 && component.AnovaVariance == 0);
        Assert.Equal(1, components.ResidualShare + components.Components.Sum(component => component.Share), 1e-12);
    }

    [Fact]
    public void What_cannot_be_told_apart_is_refused()
    {
        Grouping batch = Grouping.Of("batch", ["a", "a", "b", "b"]), twin = Grouping.Of("powder", ["u", "u", "v", "v"]), each = Grouping.Of("cell", ["1", "2", "3", "4"]);
        MeasurementSeries series = MeasurementSeries.Of([1.0, 2, 3, 5]);
        Assert.Contains("same grouping", Assert.Throws<ArgumentException>(() => VarianceComponents.Of(series, [batch, twin])).Message, StringComparison.Ordinal);
        Assert.Contains("no cell has two", Assert.Throws<ArgumentException>(() => VarianceComponents.Of(series, [each])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NestedAnova.Of(series, [batch, Grouping.Of("press", ["x", "y", "x", "y"])]));
    }

    [Fact]
    public void Equal_cells_have_no_scatter_and_no_interval_is_made_up()
    {
        CellSetAnswer answer = CellSetCheck.Of(new CellSet("resistance", "Ω", MeasurementSeries.Of([30.0, 30, 30, 30]), ["a", "b", "c", "d"]) { Groupings = [Grouping.Of("batch", ["x", "x", "y", "y"])], PressuresMegapascals = [75, 75, 75, 75] });
        Assert.Equal(0, answer.Spread.StandardDeviation, 1e-12);
        Assert.Null(answer.OddCells);
        Assert.Null(answer.Pressure);
        Assert.Contains(answer.Notes, note => note.Contains("all pressures are equal", StringComparison.Ordinal));
    }

    // −2 ln L of the restricted likelihood by its definition, with the whole covariance matrix.
    private static double Deviance(MeasurementSeries series, Grouping batch, Grouping cell, double[] variances)
    {
        int n = series.Count;
        var v = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
            n, n, (i, j) => (batch.OfCell[i] == batch.OfCell[j] ? variances[0] : 0) + (cell.OfCell[i] == cell.OfCell[j] ? variances[1] : 0) + (i == j ? variances[2] : 0));
        var y = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(series.ToArray());
        var one = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(n, 1);
        var cholesky = v.Cholesky();
        double weight = one * cholesky.Solve(one), mean = (one * cholesky.Solve(y)) / weight;
        var rest = y - (one * mean);
        return cholesky.DeterminantLn + Math.Log(weight) + (rest * cholesky.Solve(rest)) + ((n - 1) * Math.Log(2 * Math.PI));
    }

    private static (MeasurementSeries Series, Grouping Batch, Grouping Cell) NestedSet(int batches, int cells, int readings, double batchDeviation, double cellDeviation, double deviation)
    {
        var random = new RandomSource(12);
        List<double> values = [];
        List<string> batch = [], cell = [];
        for (int i = 0; i < batches; i++)
        {
            double ofBatch = batchDeviation * random.NextNormal();
            for (int j = 0; j < cells; j++)
            {
                double ofCell = cellDeviation * random.NextNormal();
                for (int k = 0; k < readings; k++)
                {
                    values.Add(30 + ofBatch + ofCell + (deviation * random.NextNormal()));
                    batch.Add($"b{i}");
                    cell.Add($"b{i}c{j}");
                }
            }
        }

        return (MeasurementSeries.Of(values.ToArray()), Grouping.Of("batch", batch), Grouping.Of("cell", cell));
    }
}
