using System.Numerics;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Impedance.Fitting;

/// <summary>
/// Intervals from noisy copies of the fitted spectrum, each fitted again from the best values (B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 10.1201/9780429246593).
/// <para>Beside each copy its linear answer (JᵀJ)⁻¹·Jᵀ·noise is kept, whose true quantiles are known: the ratio of those to what these very copies give takes most of the chance of
/// a few hundred copies out of the ends. They are widened by Student's over the normal factor, since the size of the noise is itself estimated from the residuals.</para>
/// </summary>
internal sealed class BootstrapIntervals(CircuitSearch search, double[] best, double spread, double studentFactor)
{
    private const double NormalFactor = 1.959963984540054;
    private const double MostLinear = 0.5;

    public Interval[] Of(int repeats, ulong seed)
    {
        int n = best.Length, points = search.PointCount, padded = search.Model.Weight.Length / 2;
        search.From(best);
        Complex[] fitted = new Complex[points], copy = new Complex[points];
        double[] realSpread = new double[points], imaginarySpread = new double[points];
        for (int i = 0; i < points; i++)
        {
            fitted[i] = new Complex(search.Model.Impedance[i], search.Model.Impedance[padded + i]);
            (realSpread[i], imaginarySpread[i]) = (spread / search.Model.Weight[i], spread / search.Model.Weight[padded + i]);
        }

        double[] inverse = new double[n * n], columns = search.Columns.ToArray();
        bool determined = search.Covariance(inverse);
        double[][] coordinates = new double[n][], linear = new double[n][];
        for (int k = 0; k < n; k++) (coordinates[k], linear[k]) = (new double[repeats], new double[repeats]);
        double[] noise = new double[columns.Length / n], projected = new double[n], start = new double[n];
        var random = new RandomSource(seed, 0xB007);
        for (int r = 0; r < repeats; r++)
        {
            for (int i = 0; i < points; i++)
            {
                (noise[i], noise[padded + i]) = (random.NextNormal(), random.NextNormal());
                copy[i] = fitted[i] + new Complex(realSpread[i] * noise[i], imaginarySpread[i] * noise[padded + i]);
            }

            for (int k = 0; k < n; k++) projected[k] = Simd.Dot(columns.AsSpan(k * noise.Length, noise.Length), noise);
            double farthest = 0;
            for (int k = 0; k < n; k++)
            {
                double answer = Simd.Dot(inverse.AsSpan(k * n, n), projected);
                linear[k][r] = answer / Math.Sqrt(inverse[(k * n) + k]);
                start[k] = best[k] + (spread * answer);
                farthest = Math.Max(farthest, Math.Abs(spread * answer));
            }

            search.SetData(copy);
            // The linear answer is a step ahead, as long as it is small enough to be one.
            search.FromCopy(farthest <= MostLinear ? start : best);
            for (int k = 0; k < n; k++) coordinates[k][r] = search.Coordinates[k];
        }

        search.SetData(search.Ohms);
        double widening = studentFactor / NormalFactor;
        var intervals = new Interval[n];
        for (int k = 0; k < n; k++)
        {
            Array.Sort(coordinates[k]);
            Array.Sort(linear[k]);
            bool known = determined && inverse[(k * n) + k] > 0;
            double below = known ? -NormalFactor / Quantile(linear[k], 0.025) : 1, above = known ? NormalFactor / Quantile(linear[k], 0.975) : 1;
            double low = best[k] + (widening * below * (Quantile(coordinates[k], 0.025) - best[k])), high = best[k] + (widening * above * (Quantile(coordinates[k], 0.975) - best[k]));
            intervals[k] = new Interval(Math.Max(low, search.Model.Lower[k]), Math.Min(high, search.Model.Upper[k]));
        }

        return intervals;
    }

    private static double Quantile(double[] sorted, double probability)
    {
        // The median-unbiased position of R. J. Hyndman, Y. Fan, Am. Stat. 50 (1996) 361, 10.1080/00031305.1996.10473566.
        double position = Math.Clamp((probability * (sorted.Length + (1.0 / 3))) - (2.0 / 3), 0, sorted.Length - 1);
        int below = Math.Min((int)position, sorted.Length - 2);
        return sorted.Length < 2 ? sorted[0] : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
