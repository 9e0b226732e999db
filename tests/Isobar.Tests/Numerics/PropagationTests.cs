using Isobar.Numerics.Propagation;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Numerics;

/// <summary>Published budgets: JCGM 100 annex H, JCGM 101 clause 9.5, and the budget of a pressed pellet.</summary>
public sealed class PropagationTests
{
    // F = 29 452 N with 0.5 % of reading (normal) and ±100 N (rectangular), d = 10.00(1) mm, wall loss f between 0 and 4 %.
    private static MeasurementModel PelletPressure() => new(
        "pressure on the sample",
        "MPa",
        [
            new UncertainInput("force", "F", 29452, 0.005 * 29452, UnitText: "N"),
            UncertainInput.Between("indication", "ΔF", -100, 100, "N"),
            new UncertainInput("diameter", "d", 10, 0.01, UnitText: "mm"),
            UncertainInput.Between("wall loss", "f", 0, 0.04),
        ],
        static x => (x[0] + x[1]) * (1 - x[3]) / (Math.PI / 4 * x[2] * x[2]));

    [Fact]
    public void The_pressed_pellet_has_the_reference_uncertainty_to_first_order()
    {
        UncertaintyBudget budget = UncertaintyBudget.Of(PelletPressure());
        // Reference printed to five and four digits.
        Assert.Equal(367.49, budget.Result.Value, 0.005);
        Assert.Equal(4.815, budget.Result.StandardUncertainty, 0.0006);
        Assert.Equal("wall loss", budget.Dominant!.Input.Name);
        Assert.Equal(1, budget.Lines.Sum(line => line.VarianceShare), 1e-12);
    }

    [Fact]
    public void The_pressed_pellet_has_the_reference_interval_by_drawing()
    {
        MonteCarloResult result = MonteCarloPropagation.Run(PelletPressure(), 1_000_000, 20250101, 0.95);
        // With 10⁶ trials the standard error of u is u/√(2M) = 0.0034 and of an end of the interval about 0.015; 4 of them.
        Assert.Equal(367.49, result.Mean, 0.02);
        Assert.Equal(4.815, result.StandardUncertainty, 0.014);
        Assert.Equal(358.84, result.Symmetric.Low, 0.06);
        Assert.Equal(376.23, result.Symmetric.High, 0.06);
    }

    [Fact]
    public void A_diameter_counts_twice()
    {
        UncertaintyBudget budget = UncertaintyBudget.Of(PelletPressure());
        BudgetLine diameter = budget.Lines.Single(line => line.Input.Symbol is "d");
        double relative = diameter.Contribution / budget.Result.Value;
        Assert.Equal(2 * 0.001, relative, 1e-9);
    }

    [Fact]
    public void The_gauge_block_of_GUM_H1_has_its_printed_uncertainty_and_degrees_of_freedom()
    {
        var model = new MeasurementModel(
            "length of the block less 50 mm",
            "nm",
            [
                new UncertainInput("standard", "l_S", 50_000_623, 25, InputShape.StudentT, 18, "nm"),
                new UncertainInput("difference, readings", "d₀", 215, 5.8, InputShape.StudentT, 24, "nm"),
                new UncertainInput("comparator, random", "d₁", 0, 3.9, InputShape.StudentT, 5, "nm"),
                new UncertainInput("comparator, systematic", "d₂", 0, 6.7, InputShape.StudentT, 8, "nm"),
                new UncertainInput("expansion", "α_S", 11.5e-6, 2e-6 / Math.Sqrt(3), InputShape.Rectangular, UnitText: "1/K"),
                new UncertainInput("temperature", "θ", -0.1, 0.41, UnitText: "K"),
                new UncertainInput("difference of expansion", "δα", 0, 0.58e-6, InputShape.StudentT, 50, "1/K"),
                new UncertainInput("difference of temperature", "δθ", 0, 0.029, InputShape.StudentT, 2, "K"),
            ],
            static x => x[0] + x[1] + x[2] + x[3] - (x[0] * ((x[6] * x[5]) + (x[4] * x[7]))) - 50_000_000);
        Estimate result = UncertaintyBudget.Of(model).Result;
        Assert.Equal(838, result.Value, 0.5);
        Assert.Equal(31.7, result.StandardUncertainty, 0.06);
        Assert.Equal(16, Math.Floor(result.DegreesOfFreedom), 1e-9);
        // The guide rounds the degrees of freedom down before it takes t = 2.92.
        double u99 = Estimate.CoverageFactor(0.99, Math.Floor(result.DegreesOfFreedom)) * result.StandardUncertainty;
        Assert.Equal(92.6, u99, 0.25);
    }

    [Fact]
    public void The_impedance_of_GUM_H2_has_its_printed_uncertainties_and_correlations()
    {
        // V = 4.9990(32) V, I = 19.6610(95) mA, φ = 1.04446(75) rad with the correlations of table H.2.
        double[,] correlation = { { 1, -0.36, 0.86 }, { -0.36, 1, -0.65 }, { 0.86, -0.65, 1 } };
        UncertainInput[] inputs =
        [
            new("voltage", "V", 4.9990, 0.0032, UnitText: "V"),
            new("current", "I", 19.6610e-3, 0.0095e-3, UnitText: "A"),
            new("phase", "φ", 1.04446, 0.00075, UnitText: "rad"),
        ];
        var resistance = new MeasurementModel("R", "Ω", [.. inputs], static x => x[0] / x[1] * Math.Cos(x[2]), correlation);
        var reactance = new MeasurementModel("X", "Ω", [.. inputs], static x => x[0] / x[1] * Math.Sin(x[2]), correlation);
        var impedance = new MeasurementModel("Z", "Ω", [.. inputs], static x => x[0] / x[1], correlation);

        // The inputs above are rounded, so the printed digits return only to about 1 %.
        AssertEstimate(UncertaintyBudget.Of(resistance).Result, 127.732, 0.071, 0.002);
        AssertEstimate(UncertaintyBudget.Of(reactance).Result, 219.847, 0.295, 0.003);
        AssertEstimate(UncertaintyBudget.Of(impedance).Result, 254.260, 0.236, 0.003);
        Assert.Equal(-0.588, UncertaintyBudget.CorrelationOf(resistance, reactance), 0.02);
        Assert.Equal(-0.485, UncertaintyBudget.CorrelationOf(resistance, impedance), 0.02);
        Assert.Equal(0.993, UncertaintyBudget.CorrelationOf(reactance, impedance), 0.002);
    }

    [Fact]
    public void Correlated_inputs_are_drawn_with_the_uncertainty_of_the_budget()
    {
        double[,] correlation = { { 1, -0.36, 0.86 }, { -0.36, 1, -0.65 }, { 0.86, -0.65, 1 } };
        var reactance = new MeasurementModel(
            "X",
            "Ω",
            [new("voltage", "V", 4.9990, 0.0032), new("current", "I", 19.6610e-3, 0.0095e-3), new("phase", "φ", 1.04446, 0.00075)],
            static x => x[0] / x[1] * Math.Sin(x[2]),
            correlation);
        Estimate budget = UncertaintyBudget.Of(reactance).Result;
        MonteCarloResult drawn = MonteCarloPropagation.Run(reactance, 200_000, 7);
        // Standard error of u at 2·10⁵ trials is 0.16 %; four of them.
        Assert.Equal(budget.StandardUncertainty, drawn.StandardUncertainty, 0.0064 * budget.StandardUncertainty);
    }

    [Fact]
    public void The_gauge_block_of_JCGM_101_has_its_printed_mean_uncertainty_and_shortest_interval()
    {
        // Clause 9.5, table 10. The arc-sine and the curvilinear trapezoids are built from rectangular inputs as clauses 6.4.3 and 6.4.6 do.
        var model = new MeasurementModel(
            "deviation from 50 mm",
            "nm",
            [
                new UncertainInput("standard", "L_S", 50_000_623, 25, InputShape.StudentT, 18),
                new UncertainInput("difference", "D", 215, 6, InputShape.StudentT, 24),
                new UncertainInput("comparator, random", "d₁", 0, 4, InputShape.StudentT, 5),
                new UncertainInput("comparator, systematic", "d₂", 0, 7, InputShape.StudentT, 8),
                UncertainInput.Between("expansion", "α_S", 9.5e-6, 13.5e-6),
                new UncertainInput("mean temperature", "θ₀", -0.1, 0.2),
                UncertainInput.Between("phase of the cycle", "r", 0, 1),
                UncertainInput.Between("δα, limits", "r₁", 0, 1),
                UncertainInput.Between("δα, place", "r₂", 0, 1),
                UncertainInput.Between("δθ, limits", "r₃", 0, 1),
                UncertainInput.Between("δθ, place", "r₄", 0, 1),
            ],
            static x =>
            {
                double theta = x[5] + (0.5 * Math.Sin(2 * Math.PI * x[6]));
                double expansionDifference = CurvilinearTrapezoid(1.0e-6, 0.1e-6, x[7], x[8]);
                double temperatureDifference = CurvilinearTrapezoid(0.050, 0.025, x[9], x[10]);
                return x[0] + x[1] + x[2] + x[3] - (x[0] * ((expansionDifference * theta) + (x[4] * temperatureDifference))) - 50_000_000;
            });
        MonteCarloResult result = MonteCarloPropagation.Run(model, 500_000, 1, 0.99);
        Assert.Equal(838, result.Mean, 0.5);
        Assert.Equal(36, result.StandardUncertainty, 0.5);
        // Reference 745 and 932 (printed), 744.1 and 931.4 (recomputed): the ends of a 99 % interval scatter by about 0.5 nm here.
        Assert.Equal(744.5, result.Shortest.Low, 2.0);
        Assert.Equal(931.7, result.Shortest.High, 2.0);
    }

    [Theory]
    [InlineData(InputShape.Normal, 0.0, 3.0)]
    [InlineData(InputShape.Rectangular, 0.0, 1.8)]
    [InlineData(InputShape.Triangular, 0.0, 2.4)]
    public void Every_shape_is_drawn_with_its_own_moments(InputShape shape, double skewness, double kurtosis)
    {
        var model = new MeasurementModel("x", "", [new UncertainInput("x", "x", 5, 2, shape)], static x => x[0]);
        double[] draws = Draws(model, 200_000);
        double mean = draws.Average();
        double variance = draws.Average(x => (x - mean) * (x - mean));
        Assert.Equal(5, mean, 0.02);
        Assert.Equal(2, Math.Sqrt(variance), 0.02);
        Assert.Equal(skewness, draws.Average(x => Math.Pow(x - mean, 3)) / Math.Pow(variance, 1.5), 0.03);
        Assert.Equal(kurtosis, draws.Average(x => Math.Pow(x - mean, 4)) / (variance * variance), 0.06);
    }

    [Fact]
    public void A_log_normal_input_has_its_value_as_median_and_stays_positive()
    {
        var model = new MeasurementModel("x", "", [new UncertainInput("x", "x", 3, 1.5, InputShape.LogNormal)], static x => x[0]);
        double[] draws = Draws(model, 100_000);
        Array.Sort(draws);
        Assert.True(draws[0] > 0);
        Assert.Equal(3, draws[50_000], 0.03);
        Assert.Equal(3 * Math.Exp(0.5), draws[84_134], 0.06);
    }

    [Fact]
    public void A_student_input_has_the_quantiles_of_its_degrees_of_freedom()
    {
        var model = new MeasurementModel("x", "", [new UncertainInput("x", "x", 0, 1, InputShape.StudentT, 4)], static x => x[0]);
        MonteCarloResult result = MonteCarloPropagation.Run(model, 400_000, 11, 0.95);
        // t(4; 0.975) = 2.776; the standard error of this quantile at 4·10⁵ trials is 0.011.
        Assert.Equal(2.776, result.Symmetric.High, 0.045);
        Assert.Equal(-2.776, result.Symmetric.Low, 0.045);
    }

    [Fact]
    public void The_draws_are_the_same_bits_on_any_number_of_threads_and_in_any_order()
    {
        MeasurementModel model = PelletPressure();
        double[] inOrder = Draws(model, 50_000);
        var propagation = new MonteCarloPropagation(model, 3);
        var parallel = new double[50_000];
        int blocks = (parallel.Length + MonteCarloPropagation.BlockLength - 1) / MonteCarloPropagation.BlockLength;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index =>
        {
            int block = blocks - 1 - index;
            int start = block * MonteCarloPropagation.BlockLength;
            propagation.FillBlock(block, parallel.AsSpan(start, Math.Min(MonteCarloPropagation.BlockLength, parallel.Length - start)));
        });
        Assert.True(inOrder.AsSpan().SequenceEqual(parallel));
    }

    [Theory]
    [InlineData(0.90)]
    [InlineData(0.95)]
    [InlineData(0.50)]
    [InlineData(0.30)]
    public void The_intervals_are_those_of_the_results_in_order(double coverage)
    {
        // Rounded, so that many results are equal.
        var model = new MeasurementModel("y", "", [new UncertainInput("x", "x", 1, 0.6, InputShape.LogNormal)], static x => Math.Round(x[0], 2));
        double[] results = Draws(model, 5_001);
        double[] ordered = [.. results.Order()];
        MonteCarloResult result = new MonteCarloPropagation(model, 3).Summarise(results, coverage);
        int span = (int)Math.Round(coverage * 5_001, MidpointRounding.AwayFromZero);
        double shortest = Enumerable.Range(0, 5_001 - span).Min(i => ordered[i + span] - ordered[i]);
        // The same numbers are picked out of the same draws; only the subtraction is repeated.
        Assert.Equal(shortest, result.Shortest.High - result.Shortest.Low, 1e-12);
        Assert.Equal(ordered[(5_001 - span) / 2], result.Symmetric.Low, 1e-12);
        Assert.Equal(ordered[((5_001 - span) / 2) + span], result.Symmetric.High, 1e-12);
    }

    [Fact]
    public void Drawing_allocates_nothing_per_trial()
    {
        var propagation = new MonteCarloPropagation(PelletPressure(), 3);
        var results = new double[MonteCarloPropagation.BlockLength];
        propagation.FillBlock(0, results);
        long before = GC.GetAllocatedBytesForCurrentThread();
        propagation.FillBlock(1, results);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_straight_model_gives_the_same_uncertainty_both_ways_and_exact_slopes()
    {
        var model = new MeasurementModel(
            "y", "", [new UncertainInput("a", "a", 1, 0.3), new UncertainInput("b", "b", -2, 0.4), new UncertainInput("c", "c", 7, 0)], static x => (2 * x[0]) - (3 * x[1]) + x[2]);
        UncertaintyBudget budget = UncertaintyBudget.Of(model);
        Assert.Equal(2, budget.Lines[0].Sensitivity, 1e-9);
        Assert.Equal(-3, budget.Lines[1].Sensitivity, 1e-9);
        Assert.Equal(1, budget.Lines[2].Sensitivity, 1e-9);
        Assert.Equal(Math.Sqrt((0.6 * 0.6) + (1.2 * 1.2)), budget.Result.StandardUncertainty, 1e-9);
    }

    [Fact]
    public void Slopes_of_curved_models_are_good_to_eight_digits()
    {
        var model = new MeasurementModel("y", "", [new UncertainInput("x", "x", 1.3, 0.2)], static x => Math.Exp(x[0]) * Math.Sin(3 * x[0]));
        double exact = (Math.Exp(1.3) * Math.Sin(3.9)) + (3 * Math.Exp(1.3) * Math.Cos(3.9));
        Assert.Equal(exact, UncertaintyBudget.Of(model).Lines[0].Sensitivity, 1e-8 * Math.Abs(exact));
    }

    [Fact]
    public void Impossible_inputs_are_refused_by_name()
    {
        ArgumentException negative = Assert.Throws<ArgumentException>(() => new MeasurementModel("y", "", [new UncertainInput("force", "F", 1, -1)], static x => x[0]));
        Assert.Contains("'force'", negative.Message, StringComparison.Ordinal);
        double[,] impossible = { { 1, 0.9, -0.9 }, { 0.9, 1, 0.9 }, { -0.9, 0.9, 1 } };
        ArgumentException contradictory = Assert.Throws<ArgumentException>(() => new MeasurementModel(
            "y", "", [new("a", "a", 1, 1), new("b", "b", 1, 1), new("c", "c", 1, 1)], static x => x[0], impossible));
        Assert.Contains("contradict", contradictory.Message, StringComparison.Ordinal);
        var mixed = new MeasurementModel("y", "", [new("a", "a", 1, 1, InputShape.Rectangular), new("b", "b", 1, 1)], static x => x[0], new double[,] { { 1, 0.5 }, { 0.5, 1 } });
        Assert.Throws<ArgumentException>(() => MonteCarloPropagation.Run(mixed, 1000, 1));
        var undefined = new MeasurementModel("y", "", [new UncertainInput("x", "x", 0, 1)], static x => Math.Log(x[0]));
        Assert.Throws<ArithmeticException>(() => UncertaintyBudget.Of(undefined));
    }

    [Fact]
    public void Inputs_that_move_rigidly_together_add_up_or_cancel()
    {
        var sum = new MeasurementModel("sum", "", [new("a", "a", 1, 2), new("b", "b", 1, 2)], static x => x[0] + x[1], new double[,] { { 1, 1 }, { 1, 1 } });
        var difference = new MeasurementModel("difference", "", [new("a", "a", 1, 2), new("b", "b", 1, 2)], static x => x[0] - x[1], new double[,] { { 1, 1 }, { 1, 1 } });
        Assert.Equal(4, UncertaintyBudget.Of(sum).Result.StandardUncertainty, 1e-9);
        Assert.Equal(0, UncertaintyBudget.Of(difference).Result.StandardUncertainty, 1e-4);
        Assert.Equal(0, MonteCarloPropagation.Run(difference, 1000, 1).StandardUncertainty, 1e-12);
    }

    private static double[] Draws(MeasurementModel model, int trials)
    {
        var propagation = new MonteCarloPropagation(model, 3);
        var results = new double[trials];
        for (int start = 0, block = 0; start < trials; start += MonteCarloPropagation.BlockLength, block++)
        {
            propagation.FillBlock(block, results.AsSpan(start, Math.Min(MonteCarloPropagation.BlockLength, trials - start)));
        }

        return results;
    }

    private static void AssertEstimate(Estimate actual, double value, double uncertainty, double uncertaintyTolerance)
    {
        Assert.Equal(value, actual.Value, 0.02);
        Assert.Equal(uncertainty, actual.StandardUncertainty, uncertaintyTolerance);
    }

    // JCGM 101, 6.4.3: a rectangle between ±a whose limits are themselves known to ±d.
    private static double CurvilinearTrapezoid(double halfWidth, double limitHalfWidth, double r1, double r2)
    {
        double low = -halfWidth - limitHalfWidth + (2 * limitHalfWidth * r1);
        return low + ((-low - low) * r2);
    }
}
