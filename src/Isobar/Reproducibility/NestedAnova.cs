using System.Collections.Immutable;

namespace Isobar.Reproducibility;

/// <summary>A line of a nested analysis of variance.</summary>
/// <param name="Name">What groups; "residual" for the last line.</param>
/// <param name="SumOfSquares">Sum of squares.</param>
/// <param name="Freedom">Degrees of freedom.</param>
/// <param name="RawVariance">Component as it comes out; it may be below zero.</param>
public sealed record NestedAnovaLine(string Name, double SumOfSquares, int Freedom, double RawVariance)
{
    /// <summary>Mean square.</summary>
    public double MeanSquare => SumOfSquares / Freedom;
}

/// <summary>
/// Nested analysis of variance, groups of any size: batch, cell in batch, reading of a cell. Components from the expected mean squares
/// E(MS_i) = σ² + Σ_j k_ij·σ_j² with k_ij = Σ n_j²·(1/n_i − 1/n_(i−1))/df_i over the groups of level j and the groups of levels i and i − 1 that hold them
/// (S. R. Searle, G. Casella, C. E. McCulloch, Variance Components, Wiley 1992, 10.1002/9780470316856).
/// </summary>
public static class NestedAnova
{
    /// <summary>Analyses.</summary>
    /// <param name="series">The measurements.</param>
    /// <param name="levels">Groupings from the outermost to the innermost, each nested in the one before.</param>
    /// <exception cref="ArgumentException">A level is not nested, or nothing is left to tell it from the next.</exception>
    public static ImmutableArray<NestedAnovaLine> Of(MeasurementSeries series, IReadOnlyList<Grouping> levels)
    {
        ReadOnlySpan<double> y = series.Deviations;
        int total = y.Length, count = levels.Count;
        for (int i = 1; i < count; i++)
        {
            if (!levels[i].IsNestedIn(levels[i - 1])) throw new ArgumentException($"'{levels[i].Name}' is not nested in '{levels[i - 1].Name}': a group of it lies in two groups of the other", nameof(levels));
        }

        // Level 0 is the whole, then the groupings, then every measurement for itself.
        List<ImmutableArray<int>> members = [[.. new int[total]]];
        List<ImmutableArray<int>> sizes = [[total]];
        foreach (Grouping level in levels)
        {
            members.Add(level.OfCell);
            sizes.Add(level.Counts);
        }

        members.Add([.. Enumerable.Range(0, total)]);
        sizes.Add([.. Enumerable.Repeat(1, total)]);
        var means = new double[count + 2][];
        for (int i = 0; i < means.Length; i++) means[i] = Means(y, members[i], sizes[i]);
        var squares = new double[count + 2];
        var freedom = new int[count + 2];
        var coefficient = new double[count + 2, count + 2];
        for (int i = 1; i <= count + 1; i++)
        {
            freedom[i] = sizes[i].Length - sizes[i - 1].Length;
            if (freedom[i] <= 0)
            {
                string inner = i <= count ? levels[i - 1].Name : "measurement";
                throw new ArgumentException($"every {(i > 1 ? levels[i - 2].Name : "set")} has one {inner} only; their scatter cannot be told apart", nameof(levels));
            }

            for (int m = 0; m < total; m++)
            {
                double d = means[i][members[i][m]] - means[i - 1][members[i - 1][m]];
                squares[i] += d * d;
                // Σ over groups of level j of n_j²·(…) is Σ over measurements of n_j·(…).
                double inverse = (1.0 / sizes[i][members[i][m]]) - (1.0 / sizes[i - 1][members[i - 1][m]]);
                for (int j = i; j <= count + 1; j++) coefficient[i, j] += sizes[j][members[j][m]] * inverse;
            }

            for (int j = i; j <= count + 1; j++) coefficient[i, j] /= freedom[i];
        }

        var variance = new double[count + 2];
        for (int i = count + 1; i >= 1; i--)
        {
            double rest = squares[i] / freedom[i];
            for (int j = i + 1; j <= count + 1; j++) rest -= coefficient[i, j] * variance[j];
            variance[i] = rest / coefficient[i, i];
        }

        return [.. Enumerable.Range(1, count + 1).Select(i => new NestedAnovaLine(i <= count ? levels[i - 1].Name : "residual", squares[i], freedom[i], variance[i]))];
    }

    private static double[] Means(ReadOnlySpan<double> y, ImmutableArray<int> member, ImmutableArray<int> size)
    {
        double[] means = new double[size.Length], rests = new double[size.Length];
        for (int i = 0; i < y.Length; i++) means[member[i]] += y[i];
        for (int g = 0; g < means.Length; g++) means[g] /= size[g];
        for (int i = 0; i < y.Length; i++) rests[member[i]] += y[i] - means[member[i]];
        for (int g = 0; g < means.Length; g++) means[g] += rests[g] / size[g];
        return means;
    }
}
