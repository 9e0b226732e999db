using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>What one grouping adds to the scatter.</summary>
/// <param name="Name">What groups.</param>
/// <param name="Groups">How many groups.</param>
/// <param name="Variance">Component by restricted maximum likelihood, never below zero.</param>
/// <param name="Share">Its share of the sum of all components.</param>
/// <param name="RawAnovaVariance">Component by analysis of variance as it comes out; below zero it means zero. NaN where the other groupings leave nothing to tell.</param>
/// <param name="F">Fisher's F of the grouping with the others held; NaN where it has no exact test.</param>
/// <param name="Freedom">Degrees of freedom of the numerator.</param>
/// <param name="Probability">Probability of an F at least as large when the grouping adds nothing.</param>
/// <param name="RatioInterval">Exact interval of σ_i²/σ², cut at zero; null where there is none.</param>
public sealed record VarianceComponent(
    string Name, int Groups, double Variance, double Share, double RawAnovaVariance, double F, int Freedom, double Probability, Interval? RatioInterval)
{
    /// <summary>√variance.</summary>
    public double Deviation => Math.Sqrt(Variance);

    /// <summary>The analysis-of-variance component with its meaning: never below zero.</summary>
    public double AnovaVariance => Math.Max(0, RawAnovaVariance);
}

/// <summary>
/// From where the scatter comes: components of crossed and nested groupings and the rest from cell to cell. Estimates by restricted maximum likelihood
/// (<see cref="OneWayAnova"/> in closed form, else Newton's method); beside them the analysis of variance, each grouping with the others held
/// (C. R. Henderson's third method, Biometrics 9 (1953) 226, 10.2307/3001853), or by expected mean squares where groupings are nested. The
/// interval of a ratio to the residual is exact (J. F. Seely, Y. El-Bassiouni, Ann. Stat. 11 (1983) 197, 10.1214/aos/1176346069); it exists where the
/// other groupings do not contain the grouping.
/// </summary>
public sealed record VarianceComponents
{
    // Beyond this many groups the joint likelihood takes seconds.
    private const int MostGroups = 300;

    /// <summary>Components in the order of the groupings.</summary>
    public required ImmutableArray<VarianceComponent> Components { get; init; }

    /// <summary>Residual variance, from cell to cell.</summary>
    public required double ResidualVariance { get; init; }

    /// <summary>Degrees of freedom of the residual.</summary>
    public required int ResidualFreedom { get; init; }

    /// <summary>Restricted deviance at the estimate, with all constants.</summary>
    public required double RestrictedCriterion { get; init; }

    /// <summary>Share of the residual.</summary>
    public double ResidualShare => ResidualVariance / (ResidualVariance + Components.Sum(component => component.Variance));

    /// <summary>Estimates.</summary>
    /// <param name="series">The measurements.</param>
    /// <param name="groups">The groupings; a nested one after the one that holds it.</param>
    /// <param name="coverage">Probability that an interval holds.</param>
    /// <exception cref="ArgumentException">The groupings cannot be told apart, or have more than 300 groups together.</exception>
    public static VarianceComponents Of(MeasurementSeries series, IReadOnlyList<Grouping> groups, double coverage = 0.95)
    {
        if (groups.Count == 0) throw new ArgumentException("no grouping is given; at least one is expected", nameof(groups));
        return groups.Count == 1 ? OneWay(series, groups[0], coverage) : Several(series, groups, coverage);
    }

    private static VarianceComponents OneWay(MeasurementSeries series, Grouping group, double coverage)
    {
        OneWayAnova anova = OneWayAnova.Of(series, group);
        bool scatters = anova.SumOfSquaresWithin > 0;
        (double ratio, double residual, double criterion) = scatters ? anova.Restricted() : (double.PositiveInfinity, 0, double.NaN);
        double variance = scatters ? ratio * residual : Math.Max(0, anova.RawVarianceBetween);
        double share = variance + residual > 0 ? variance / (variance + residual) : 0;
        Interval? interval = scatters ? Cut(anova.RatioInterval(coverage)) : null;
        return new VarianceComponents
        {
            Components = [new VarianceComponent(group.Name, group.Levels.Length, variance, share, anova.RawVarianceBetween, anova.F, anova.FreedomBetween, anova.Probability, interval)],
            ResidualVariance = residual,
            ResidualFreedom = anova.FreedomWithin,
            RestrictedCriterion = criterion,
        };
    }

    private static VarianceComponents Several(MeasurementSeries series, IReadOnlyList<Grouping> groups, double coverage)
    {
        int all = groups.Sum(group => group.Levels.Length);
        if (all > MostGroups) throw new ArgumentException($"{string.Join(", ", groups.Select(group => $"{group.Name} {group.Levels.Length}"))} are {all} groups; at most {MostGroups} can be separated at once", nameof(groups));
        for (int i = 1; i < groups.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (groups[i].IsNestedIn(groups[j]) && groups[j].IsNestedIn(groups[i])) throw new ArgumentException($"'{groups[i].Name}' and '{groups[j].Name}' are the same grouping of the cells under two names; their shares cannot be told apart", nameof(groups));
            }
        }

        HeldGroupings held = new(groups);
        ImmutableArray<HeldGrouping> tests = held.Of(series, coverage);
        if (held.ResidualFreedom < 1) throw new ArgumentException("every cell is a group of its own; nothing is left for the scatter from cell to cell", nameof(groups));
        (double[] ratios, double residual, double criterion) = new RestrictedLikelihood(series, groups).Fit();
        double sum = residual * (1 + ratios.Sum());
        double[] nested = NestedVariances(series, groups);
        var components = ImmutableArray.CreateBuilder<VarianceComponent>(groups.Count);
        for (int i = 0; i < groups.Count; i++)
        {
            (double raw, double f, int freedom, Interval? interval) = tests[i];
            components.Add(new VarianceComponent(
                groups[i].Name, groups[i].Levels.Length, ratios[i] * residual, sum > 0 ? ratios[i] * residual / sum : 0, nested.Length > 0 ? nested[i] : raw, f, freedom,
                freedom > 0 ? Distribution.FisherUpper(f, freedom, held.ResidualFreedom) : double.NaN, interval));
        }

        return new VarianceComponents { Components = components.MoveToImmutable(), ResidualVariance = residual, ResidualFreedom = held.ResidualFreedom, RestrictedCriterion = criterion };
    }

    private static double[] NestedVariances(MeasurementSeries series, IReadOnlyList<Grouping> groups)
    {
        for (int i = 1; i < groups.Count; i++)
        {
            if (!groups[i].IsNestedIn(groups[i - 1])) return [];
        }

        return [.. NestedAnova.Of(series, groups).Take(groups.Count).Select(line => line.RawVariance)];
    }

    private static Interval Cut(Interval ratio) => new(Math.Max(0, ratio.Low), Math.Max(0, ratio.High));
}
