using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>Two groups compared as they are and at equal pressure, as ratios less one.</summary>
/// <param name="First">One group.</param>
/// <param name="Second">The group it is compared with.</param>
/// <param name="Raw">First over second less one, geometric means as measured.</param>
/// <param name="RawInterval">Its interval.</param>
/// <param name="RawProbability">p of no difference, corrected for the number of pairs (Holm).</param>
/// <param name="Adjusted">The same at equal pressure.</param>
/// <param name="AdjustedInterval">Its interval.</param>
/// <param name="AdjustedProbability">p of no difference at equal pressure, corrected likewise.</param>
/// <param name="FirstPressure">Geometric mean pressure of the first group.</param>
/// <param name="SecondPressure">Geometric mean pressure of the second group.</param>
public sealed record AdjustedComparison(
    string First, string Second, double Raw, Interval RawInterval, double RawProbability, double Adjusted, Interval AdjustedInterval, double AdjustedProbability, double FirstPressure,
    double SecondPressure);

/// <summary>
/// Analysis of covariance ln y = a + b·ln p + group: is A better than B, or were A's cells pressed harder? The F of each term is taken with the other held (type II);
/// every comparison stands beside the same one without pressure. Raw and adjusted differ by b times the difference of the mean ln p.
/// </summary>
public sealed class CovarianceAnalysis
{
    private CovarianceAnalysis(LinearFit fit, LinearFit pressureOnly, LinearFit groupsOnly, ImmutableArray<AdjustedComparison> comparisons)
    {
        (Fit, PressureOnly, GroupsOnly, Comparisons) = (fit, pressureOnly, groupsOnly, comparisons);
    }

    /// <summary>The whole model: intercept, ln p, and each group less the first.</summary>
    public LinearFit Fit { get; }

    /// <summary>ln y by ln p alone.</summary>
    public LinearFit PressureOnly { get; }

    /// <summary>ln y by the groups alone.</summary>
    public LinearFit GroupsOnly { get; }

    /// <summary>Every pair of groups.</summary>
    public ImmutableArray<AdjustedComparison> Comparisons { get; }

    /// <summary>F of pressure with the groups held.</summary>
    public double PressureF => (GroupsOnly.ResidualSumOfSquares - Fit.ResidualSumOfSquares) / (Fit.ResidualSumOfSquares / Fit.Freedom);

    /// <summary>p of no effect of pressure with the groups held.</summary>
    public double PressureProbability => Distribution.FisherUpper(PressureF, 1, Fit.Freedom);

    /// <summary>Degrees of freedom of the groups.</summary>
    public int GroupFreedom => Fit.Coefficients.Length - 2;

    /// <summary>F of the groups with pressure held.</summary>
    public double GroupF => (PressureOnly.ResidualSumOfSquares - Fit.ResidualSumOfSquares) / GroupFreedom / (Fit.ResidualSumOfSquares / Fit.Freedom);

    /// <summary>p of no difference of the groups with pressure held.</summary>
    public double GroupProbability => Distribution.FisherUpper(GroupF, GroupFreedom, Fit.Freedom);

    /// <summary>Analyses.</summary>
    /// <param name="measure">Measured values, above zero.</param>
    /// <param name="pressure">Pressures, above zero.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="coverage">Probability that an interval holds.</param>
    /// <exception cref="ArgumentException">There are too few cells, a number is not above zero, or pressure and group say the same.</exception>
    public static CovarianceAnalysis Of(ReadOnlySpan<double> measure, ReadOnlySpan<double> pressure, Grouping groups, double coverage = 0.95)
    {
        int n = measure.Length, k = groups.Levels.Length;
        if (k < 2) throw new ArgumentException($"'{groups.Name}' has {k} group; two are needed to compare", nameof(groups));
        if (n < k + 2) throw new ArgumentException($"{n} cells in {k} groups; {k + 2} are needed to separate pressure from groups", nameof(measure));
        double[] y = new double[n], x = new double[n];
        for (int i = 0; i < n; i++)
        {
            if (!(measure[i] > 0) || !(pressure[i] > 0)) throw new ArgumentException($"cell {i + 1} has {measure[i]} at pressure {pressure[i]}; both must be above zero", nameof(measure));
            (y[i], x[i]) = (Math.Log(measure[i]), Math.Log(pressure[i]));
        }

        List<(string, double[])> dummies = [.. Enumerable.Range(1, k - 1).Select(level => (groups.Levels[level], Dummy(groups, level)))];
        LinearFit both = LinearFit.Of(y, [("ln p", x), .. dummies]), line = LinearFit.Of(y, [("ln p", x)]), alone = LinearFit.Of(y, dummies);
        var means = new double[k];
        for (int i = 0; i < n; i++) means[groups.OfCell[i]] += x[i] / groups.Counts[groups.OfCell[i]];
        var pairs = ImmutableArray.CreateBuilder<AdjustedComparison>();
        for (int first = 0; first < k; first++)
        {
            for (int second = first + 1; second < k; second++)
            {
                (double raw, Interval rawBand, double rawP) = Contrast(alone, first, second, 0, coverage);
                (double adjusted, Interval band, double p) = Contrast(both, first, second, 1, coverage);
                pairs.Add(new AdjustedComparison(groups.Levels[first], groups.Levels[second], raw, rawBand, rawP, adjusted, band, p, Math.Exp(means[first]), Math.Exp(means[second])));
            }
        }

        double[] rawHolm = Holm.Correct(pairs.Select(pair => pair.RawProbability).ToArray()), adjustedHolm = Holm.Correct(pairs.Select(pair => pair.AdjustedProbability).ToArray());
        return new CovarianceAnalysis(both, line, alone, [.. pairs.Select((pair, i) => pair with { RawProbability = rawHolm[i], AdjustedProbability = adjustedHolm[i] })]);
    }

    private static double[] Dummy(Grouping groups, int level) => [.. groups.OfCell.Select(own => own == level ? 1.0 : 0)];

    // The first group has no coefficient of its own; "covariates" stand between the intercept and the others.
    private static (double Ratio, Interval Band, double Probability) Contrast(LinearFit fit, int first, int second, int covariates, double coverage)
    {
        var weights = new double[fit.Coefficients.Length];
        if (first > 0) weights[covariates + first] = 1;
        if (second > 0) weights[covariates + second] = -1;
        (double value, double error) = fit.Combination(weights);
        double half = Distribution.StudentQuantile(0.5 * (1 + coverage), fit.Freedom) * error;
        return (Math.Exp(value) - 1, new Interval(Math.Exp(value - half) - 1, Math.Exp(value + half) - 1), Distribution.StudentTwoSided(value / error, fit.Freedom));
    }
}
