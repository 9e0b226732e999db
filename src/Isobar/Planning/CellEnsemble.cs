using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>
/// A cell as far as it is known: the best cell and a sample of what it could be. Every band of a plan is a quantile over this sample.
/// </summary>
internal sealed class CellEnsemble
{
    /// <summary>Number of draws: a 5 % quantile then rests on twenty of them.</summary>
    public const int DefaultCount = 400;

    private const double LeastShare = 1e-6;

    private CellEnsemble(Cell cell, CellParameters best, ImmutableArray<CellParameters> draws)
    {
        Cell = cell;
        Best = best;
        Draws = draws;
    }

    public Cell Cell { get; }

    public CellParameters Best { get; }

    public ImmutableArray<CellParameters> Draws { get; }

    public static CellEnsemble Of(Cell cell, ulong seed, int count = DefaultCount)
    {
        var constants = new ConstantDraws(count, seed);
        var draws = ImmutableArray.CreateBuilder<CellParameters>(count);
        for (int i = 0; i < count; i++)
        {
            int index = i;
            draws.Add(CellResolver.Resolve(cell, (owner, constant) => constants.Choose(index, owner, constant)));
        }

        return new CellEnsemble(cell, CellResolver.Best(cell), draws.MoveToImmutable());
    }

    /// <summary>State of the best cell after the four pressings.</summary>
    public CellState BestAfter(CellPressures pressures) => CellState.After(Best, CellHistory.Of(Cell, pressures));

    /// <summary>State of every draw after the four pressings.</summary>
    public CellState[] StatesAfter(CellPressures pressures)
    {
        CellHistory history = CellHistory.Of(Cell, pressures);
        return [.. Draws.Select(draw => CellState.After(draw, history))];
    }

    /// <summary>Median over the draws of something about the finished cell.</summary>
    public double Median(CellPressures pressures, Func<CellState, double> of) => Median(StatesAfter(pressures).Select(of));

    /// <summary>Median over the draws of the ratio of the cell resistance at other pressures to that at these.</summary>
    public double ResistanceRatio(CellPressures other, CellPressures here) =>
        Median(StatesAfter(other).Zip(StatesAfter(here), static (a, b) => a.TotalOhmSquareMetres / b.TotalOhmSquareMetres));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return Quantile(sorted, 0.5);
    }

    /// <summary>
    /// One value per draw, as an estimate with the median as value and half the 90 % range as uncertainty on the given scale. Shares are resolved
    /// to a millionth: what is nearer to none or all than that has no logit.
    /// </summary>
    public static Estimate Summarise(IEnumerable<double> values, EstimateScale scale, bool extrapolated = false)
    {
        double[] sorted = scale == EstimateScale.Logit ? [.. values.Select(share => Math.Clamp(share, LeastShare, 1 - LeastShare))] : [.. values];
        Array.Sort(sorted);
        double low = Quantile(sorted, 0.05), median = Quantile(sorted, 0.5), high = Quantile(sorted, 0.95);
        double k = 2 * Estimate.CoverageFactor(0.90, double.PositiveInfinity);
        double u = scale switch
        {
            EstimateScale.Logarithmic when low > 0 => median * Math.Log(high / low) / k,
            EstimateScale.Logit when low > 0 && high < 1 => median * (1 - median) * (Logit(high) - Logit(low)) / k,
            _ => (high - low) / k,
        };
        return new Estimate(median, u, Scale: scale, Extrapolated: extrapolated);
    }

    /// <summary>A quantile of sorted values, linear between order statistics (Hyndman and Fan type 7).</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double probability)
    {
        double position = probability * (sorted.Length - 1);
        int below = (int)position;
        if (below >= sorted.Length - 1) return sorted[^1];
        // Between an open circuit (infinite) and its neighbour there is nothing to interpolate.
        if (double.IsInfinity(sorted[below + 1])) return position > below ? sorted[below + 1] : sorted[below];
        return sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>The 90 % interval of values given in any order.</summary>
    public static Interval Band90(IEnumerable<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return new Interval(Quantile(sorted, 0.05), Quantile(sorted, 0.95));
    }

    private static double Logit(double x) => Math.Log(x / (1 - x));
}
