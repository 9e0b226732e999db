namespace Isobar.Impedance.Validity;

/// <summary>
/// Whether signs along a sequence change as often as chance lets them (A. Wald, J. Wolfowitz, Ann. Math. Stat. 11 (1940) 147, 10.1214/aoms/1177731909).
/// </summary>
internal static class RunsTest
{
    /// <summary>How many standard deviations the number of runs lies from chance; negative for too few, a residual with a shape. Zero where all signs are alike by need.</summary>
    public static double Deviation(ReadOnlySpan<double> values)
    {
        int positive = 0, negative = 0, runs = 0;
        bool? last = null;
        foreach (double value in values)
        {
            if (value == 0) continue;
            bool sign = value > 0;
            if (sign) positive++;
            else negative++;
            if (last != sign) runs++;
            last = sign;
        }

        double n = positive + negative;
        if (n < 2) return 0;
        double expected = (2.0 * positive * negative / n) + 1, variance = (expected - 1) * (expected - 2) / (n - 1);
        return variance > 0 ? (runs - expected) / Math.Sqrt(variance) : -Math.Sqrt(n);
    }
}
