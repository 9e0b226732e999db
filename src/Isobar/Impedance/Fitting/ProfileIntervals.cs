using Isobar.Quantities;

namespace Isobar.Impedance.Fitting;

/// <summary>
/// Intervals from profiles: a parameter is held ever farther from its best value while all others are fitted again, until the sum of squares exceeds what the noise explains
/// (D. M. Bates, D. G. Watts, Nonlinear Regression Analysis, 10.1002/9780470316757). Where that never happens the interval ends at the limit of the parameter.
/// </summary>
/// <param name="search">The search, which fits the others.</param>
/// <param name="best">Coordinates of the best fit.</param>
/// <param name="covariance">(JᵀJ)⁻¹ there, row-major; it says where the others go at first when one is held.</param>
/// <param name="least">The sum of squares there.</param>
/// <param name="most">The sum of squares at the ends.</param>
internal sealed class ProfileIntervals(IProfiled search, double[] best, double[] covariance, double least, double most)
{
    private const double Growth = 1.7;
    private const double Precision = 0.01;
    private const double FirstStep = 0.05;
    private const double Lead = 1e-6;
    private const double MostLead = 0.5;

    private readonly double[] _start = new double[best.Length];

    public Interval Of(int k, double error) => new(End(k, error, -1, search.Lower[k]), End(k, error, 1, search.Upper[k]));

    /// <summary>The lower end, or the value asked for where the end lies below it: enough to know on which side it is.</summary>
    public double LowerEndDownTo(int k, double value) => End(k, double.NaN, -1, value);

    private double End(int k, double error, int side, double limit)
    {
        if (side < 0 ? best[k] <= limit : best[k] >= limit) return limit;
        double step = double.IsFinite(error) && error > 0 ? Math.Clamp(error, 1e-6, 1) : FirstStep;
        double inside = 0, sumInside = least;
        double[] from = [.. best];
        LeadOn(k, from);
        while (true)
        {
            double at = best[k] + (side * (inside + step));
            bool beyond = side < 0 ? at <= limit : at >= limit;
            if (beyond) at = limit;
            double sum = search.Held(k, at, Ahead(k, at, from));
            // Going on straight may lead astray: what ends an interval is asked from where the others stood too.
            if (sum > most) sum = Math.Min(sum, search.Held(k, at, from));
            if (sum > most) return Between(k, side, inside, sumInside, Math.Abs(at - best[k]), sum, from);
            if (beyond) return limit;
            inside = Math.Abs(at - best[k]);
            sumInside = sum;
            search.Coordinates.CopyTo(from);
            step *= Growth;
        }
    }

    // Before anything is known of the way, the others go where the covariance leads them: one step of the held one that is too small to leave the straight line.
    private void LeadOn(int k, double[] from)
    {
        double own = covariance[(k * best.Length) + k];
        if (!(own > 0) || !double.IsFinite(own)) return;
        for (int j = 0; j < from.Length; j++) from[j] = best[j] + (Lead * covariance[(k * best.Length) + j] / own);
    }

    // The others go on in the direction in which they went, but no farther than a straight line holds.
    private double[] Ahead(int k, double at, double[] from)
    {
        double share = (at - best[k]) / (from[k] - best[k]), farthest = 0;
        for (int j = 0; j < from.Length; j++)
        {
            double shift = (share - 1) * (from[j] - best[j]);
            if (j != k) farthest = Math.Max(farthest, Math.Abs(shift));
            _start[j] = from[j] + shift;
        }

        return farthest <= MostLead ? _start : from;
    }

    // √(S − S₀) is nearly straight in the distance, so the next place is where that line meets the level.
    private double Between(int k, int side, double low, double sumLow, double high, double sumHigh, double[] from)
    {
        double level = Math.Sqrt(most - least);
        for (int i = 0; i < 20 && high - low > Precision * high; i++)
        {
            double rootLow = Math.Sqrt(Math.Max(0, sumLow - least)), rootHigh = Math.Sqrt(Math.Max(0, sumHigh - least));
            double share = Math.Clamp((level - rootLow) / (rootHigh - rootLow), 0.1, 0.9), middle = low + (share * (high - low));
            double at = best[k] + (side * middle), sum = search.Held(k, at, Ahead(k, at, from));
            if (sum > most) (high, sumHigh) = (middle, sum);
            else
            {
                (low, sumLow) = (middle, sum);
                search.Coordinates.CopyTo(from);
            }
        }

        return best[k] + (side * 0.5 * (low + high));
    }
}
