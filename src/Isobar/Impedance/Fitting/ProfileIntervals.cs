using Isobar.Quantities;

namespace Isobar.Impedance.Fitting;

/// <summary>
/// Intervals from profiles: a parameter is held ever farther from its best value while all others are fitted again, until the sum of squares exceeds what the noise explains
/// (D. M. Bates, D. G. Watts, Nonlinear Regression Analysis, 10.1002/9780470316757). Where that never happens the interval ends at the limit of the parameter.
/// </summary>
internal sealed class ProfileIntervals(CircuitSearch search, double[] best, double least, double most)
{
    private const double Growth = 1.7;
    private const double Precision = 0.01;
    private const double FirstStep = 0.05;

    public Interval Of(int k, double error) => new(End(k, error, -1), End(k, error, 1));

    private double End(int k, double error, int side)
    {
        double limit = side < 0 ? search.Model.Lower[k] : search.Model.Upper[k];
        double step = double.IsFinite(error) && error > 0 ? Math.Clamp(error, 1e-6, 1) : FirstStep;
        double inside = 0, sumInside = least;
        double[] from = [.. best];
        while (true)
        {
            double at = best[k] + (side * (inside + step));
            bool beyond = side < 0 ? at <= limit : at >= limit;
            if (beyond) at = limit;
            double sum = search.Held(k, at, from);
            if (sum > most) return Between(k, side, inside, sumInside, Math.Abs(at - best[k]), sum, from);
            if (beyond) return limit;
            inside = Math.Abs(at - best[k]);
            sumInside = sum;
            search.Coordinates.CopyTo(from);
            step *= Growth;
        }
    }

    // √(S − S₀) is nearly straight in the distance, so the next place is where that line meets the level.
    private double Between(int k, int side, double low, double sumLow, double high, double sumHigh, double[] from)
    {
        double level = Math.Sqrt(most - least);
        for (int i = 0; i < 20 && high - low > Precision * high; i++)
        {
            double rootLow = Math.Sqrt(Math.Max(0, sumLow - least)), rootHigh = Math.Sqrt(Math.Max(0, sumHigh - least));
            double share = Math.Clamp((level - rootLow) / (rootHigh - rootLow), 0.1, 0.9), middle = low + (share * (high - low));
            double sum = search.Held(k, best[k] + (side * middle), from);
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
