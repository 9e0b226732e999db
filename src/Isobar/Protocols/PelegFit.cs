using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Fits Peleg's two constants to a relaxation by weighted least squares.</summary>
internal static class PelegFit
{
    // What has relaxed must stand out of the noise, or there is nothing to fit.
    private const double Signal = 10;

    /// <summary>The constants; null when the force does not fall by much more than its noise.</summary>
    /// <param name="seconds">Times since the relaxation began.</param>
    /// <param name="forces">Forces, in any unit; the first is F₀.</param>
    public static PelegConstants? Of(ReadOnlySpan<double> seconds, ReadOnlySpan<double> forces)
    {
        if (forces.Length < 8) return null;
        double first = forces[0], start = seconds[0];
        double noise = Noise(forces);
        if (!(first - forces[^1] > Math.Max(Signal * noise, 1e-6 * Math.Abs(first)))) return null;

        // y = F₀t/(F₀ − F) has the variance (F₀t)²σ²/(F₀ − F)⁴, so that early points, where little has relaxed, count little.
        double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        int count = 0;
        for (int i = 1; i < forces.Length; i++)
        {
            if (!Point(first, seconds[i] - start, forces[i], noise, out double x, out double y, out double w)) continue;
            sw += w;
            sx += w * x;
            sy += w * y;
            sxx += w * x * x;
            sxy += w * x * y;
            count++;
        }

        double determinant = (sw * sxx) - (sx * sx);
        if (count < 4 || !(determinant > 0)) return null;
        double k2 = ((sw * sxy) - (sx * sy)) / determinant;
        double k1 = ((sxx * sy) - (sx * sxy)) / determinant;
        double rest = 0;
        for (int i = 1; i < forces.Length; i++)
        {
            if (Point(first, seconds[i] - start, forces[i], noise, out double x, out double y, out double w)) rest += w * Math.Pow(y - k1 - (k2 * x), 2);
        }

        double variance = rest / (count - 2);
        return new PelegConstants(
            new Estimate(k1, Math.Sqrt(variance * sxx / determinant), count - 2),
            new Estimate(k2, Math.Sqrt(variance * sw / determinant), count - 2));
    }

    /// <summary>Noise of a slowly changing series: from second differences, which a slope does not enter.</summary>
    internal static double Noise(ReadOnlySpan<double> series)
    {
        double squares = 0;
        for (int i = 1; i + 1 < series.Length; i++)
        {
            double second = series[i - 1] - (2 * series[i]) + series[i + 1];
            squares += second * second;
        }

        return series.Length > 2 ? Math.Sqrt(squares / (6 * (series.Length - 2))) : 0;
    }

    private static bool Point(double first, double time, double force, double noise, out double x, out double y, out double weight)
    {
        double fallen = first - force;
        (x, y, weight) = (time, first * time / fallen, 0);
        if (!(time > 0 && fallen > Math.Max(3 * noise, 1e-9 * Math.Abs(first)))) return false;
        double share = fallen / first;
        weight = share * share * share * share / (time * time);
        return true;
    }
}
