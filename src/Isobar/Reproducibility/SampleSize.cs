using Isobar.Numerics;

namespace Isobar.Reproducibility;

/// <summary>How many cells a claim needs, and what power the cells at hand have; by the noncentral laws of t and F, exact for normal scatter.</summary>
public static class SampleSize
{
    private const double Most = 1e7;

    /// <summary>
    /// Power of a two-sided t test of two groups to find a difference.
    /// </summary>
    /// <param name="cellsPerGroup">n; it may lie between whole numbers.</param>
    /// <param name="effect">True difference over the standard deviation from cell to cell.</param>
    /// <param name="alpha">Level of the test.</param>
    /// <param name="eitherDirection">Whether a difference found in the wrong direction counts too.</param>
    public static double PowerOfTwoGroups(double cellsPerGroup, double effect, double alpha = 0.05, bool eitherDirection = false)
    {
        double freedom = 2 * (cellsPerGroup - 1), shift = Math.Abs(effect) * Math.Sqrt(0.5 * cellsPerGroup), limit = Distribution.StudentUpperQuantile(0.5 * alpha, freedom);
        double found = 1 - Distribution.NoncentralStudent(limit, freedom, shift);
        return eitherDirection ? found + Distribution.NoncentralStudent(-limit, freedom, shift) : found;
    }

    /// <summary>Cells per group with which a difference is found with the given power; take the next whole number.</summary>
    /// <param name="effect">Difference over the standard deviation from cell to cell.</param>
    /// <param name="power">Probability to find it.</param>
    /// <param name="alpha">Level of the test.</param>
    /// <param name="eitherDirection">Whether a difference found in the wrong direction counts too.</param>
    public static double ForTwoGroups(double effect, double power = 0.8, double alpha = 0.05, bool eitherDirection = false)
    {
        Require(effect, power);
        return Solve(n => PowerOfTwoGroups(n, effect, alpha, eitherDirection) - power, 2);
    }

    /// <summary>Cells per group with which an analysis of variance of k groups finds an effect f = (standard deviation of the group means)/(that from cell to cell).</summary>
    public static double ForGroups(int groups, double effect, double power = 0.8, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        Require(effect, power);
        return Solve(n => PowerOfGroups(n, groups, effect, alpha) - power, 2);
    }

    /// <summary>Power of an analysis of variance of k groups.</summary>
    public static double PowerOfGroups(double cellsPerGroup, int groups, double effect, double alpha = 0.05)
    {
        double d1 = groups - 1, d2 = groups * (cellsPerGroup - 1);
        return 1 - Distribution.NoncentralFisher(Distribution.FisherUpperQuantile(alpha, d1, d2), d1, d2, groups * cellsPerGroup * effect * effect);
    }

    private static void Require(double effect, double power)
    {
        if (!(Math.Abs(effect) > 0)) throw new ArgumentOutOfRangeException(nameof(effect), effect, "an effect that is not zero");
        if (power is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(power), power, "a power between 0 and 1, for example 0.8");
    }

    private static double Solve(Func<double, double> excess, double low)
    {
        if (excess(low) >= 0) return low;
        double high = 2 * low;
        while (excess(high) < 0)
        {
            (low, high) = (high, 2 * high);
            if (high > Most) return double.PositiveInfinity;
        }

        return RootFinder.Bracketed(excess, low, high, 1e-12 * high);
    }
}
