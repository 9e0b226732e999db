using System.Collections.Immutable;
using Isobar.Numerics;

namespace Isobar.Reproducibility;

/// <summary>Which cells a test for odd cells may find.</summary>
public enum OutlierSide
{
    /// <summary>On either side.</summary>
    Both,

    /// <summary>The highest only.</summary>
    High,

    /// <summary>The lowest only.</summary>
    Low,
}

/// <summary>
/// Grubbs' test for one odd value: G = |x − mean|/s of the farthest one. Limit and p from Student's t by Bonferroni,
/// G² = (n − 1)²/n · t²/(n − 2 + t²) (F. E. Grubbs, Technometrics 11 (1969) 1, 10.1080/00401706.1969.10490657); for the largest possible G the p is exact.
/// </summary>
/// <param name="Index">The farthest value.</param>
/// <param name="Statistic">G.</param>
/// <param name="Critical">Limit of G.</param>
/// <param name="Probability">Probability of a G at least as large when all values belong together.</param>
/// <param name="Alpha">Level of the limit.</param>
/// <param name="Count">How many values.</param>
public sealed record GrubbsTest(int Index, double Statistic, double Critical, double Probability, double Alpha, int Count)
{
    /// <summary>Whether the value is odd by this test.</summary>
    public bool Found => Statistic > Critical;

    /// <summary>Tests; at least three values are needed.</summary>
    public static GrubbsTest Of(ReadOnlySpan<double> values, OutlierSide side = OutlierSide.Both, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, 3);
        double mean = Moments.Mean(values), s = Moments.StandardDeviation(values), largest = double.NegativeInfinity;
        int index = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double distance = side switch { OutlierSide.Both => Math.Abs(values[i] - mean), OutlierSide.High => values[i] - mean, _ => mean - values[i] };
            if (distance > largest) (index, largest) = (i, distance);
        }

        double g = s > 0 ? largest / s : 0;
        return new GrubbsTest(index, g, CriticalValue(values.Length, alpha, side), ProbabilityOf(g, values.Length, side), alpha, values.Length);
    }

    /// <summary>The limit for n values.</summary>
    public static double CriticalValue(int count, double alpha, OutlierSide side = OutlierSide.Both)
    {
        double t = Distribution.StudentUpperQuantile(alpha / (side == OutlierSide.Both ? 2 * count : count), count - 2);
        return (count - 1) / Math.Sqrt(count) * Math.Sqrt(t * t / (count - 2 + (t * t)));
    }

    private static double ProbabilityOf(double g, int n, OutlierSide side)
    {
        double room = ((n - 1.0) * (n - 1.0)) - (n * g * g);
        if (room <= 0) return 0;
        double t = Math.Sqrt(n * (n - 2.0) * g * g / room);
        return Math.Min(1, (side == OutlierSide.Both ? 2 : 1) * n * Distribution.StudentUpper(t, n - 2));
    }
}

/// <summary>One step of <see cref="GeneralisedEsd"/>.</summary>
/// <param name="Index">The value farthest from the mean of those that are left.</param>
/// <param name="Statistic">R, its distance in standard deviations of those that are left.</param>
/// <param name="Critical">λ, the limit.</param>
/// <param name="Probability">Probability of an R at least as large in this step when what is left belongs together.</param>
public sealed record EsdStep(int Index, double Statistic, double Critical, double Probability);

/// <summary>
/// Generalised extreme studentised deviate test for up to k odd values (B. Rosner, Technometrics 25 (1983) 165, 10.1080/00401706.1983.10487848).
/// The number found is the last step whose R exceeds its λ, also when earlier steps did not: several odd values hide each other.
/// It holds its level from 25 values on; with 15 it is 7 % instead of 5.
/// </summary>
/// <param name="Steps">All steps that were asked for.</param>
/// <param name="Found">How many values are odd.</param>
/// <param name="Alpha">Level.</param>
public sealed record GeneralisedEsd(ImmutableArray<EsdStep> Steps, int Found, double Alpha)
{
    /// <summary>Tests.</summary>
    /// <param name="values">The values.</param>
    /// <param name="most">Largest number that may be odd, at most n − 2.</param>
    /// <param name="alpha">Level.</param>
    public static GeneralisedEsd Of(ReadOnlySpan<double> values, int most, double alpha = 0.05)
    {
        int n = values.Length;
        if (most < 1 || most > n - 2) throw new ArgumentOutOfRangeException(nameof(most), most, $"between 1 and {n - 2} for {n} values");
        int[] order = [.. Enumerable.Range(0, n)];
        double[] sorted = values.ToArray();
        Array.Sort(sorted, order);
        // The farthest value is always the first or the last of those that are left; their moments are taken anew from the remaining ones.
        var steps = ImmutableArray.CreateBuilder<EsdStep>(most);
        int first = 0, last = n - 1, found = 0;
        for (int step = 1; step <= most; step++)
        {
            ReadOnlySpan<double> left = sorted.AsSpan(first, last - first + 1);
            double mean = Moments.Mean(left), s = Math.Sqrt(Moments.SumOfSquares(left, mean) / (left.Length - 1));
            bool high = sorted[last] - mean >= mean - sorted[first];
            double r = s > 0 ? (high ? sorted[last] - mean : mean - sorted[first]) / s : 0;
            double critical = GrubbsTest.CriticalValue(left.Length, alpha);
            double room = ((left.Length - 1.0) * (left.Length - 1.0)) - (left.Length * r * r);
            double p = room <= 0 ? 0 : Math.Min(1, 2 * left.Length * Distribution.StudentUpper(Math.Sqrt(left.Length * (left.Length - 2.0) * r * r / room), left.Length - 2));
            steps.Add(new EsdStep(order[high ? last-- : first++], r, critical, p));
            if (r > critical) found = step;
        }

        return new GeneralisedEsd(steps.MoveToImmutable(), found, alpha);
    }
}

/// <summary>
/// Robust screen: modified z = 0.6745·(x − median)/MAD, limit 3.5 (B. Iglewicz, D. C. Hoaglin, How to Detect and Handle Outliers, ASQC 1993).
/// Unlike mean and standard deviation, median and MAD are not moved by the odd values themselves.
/// </summary>
/// <param name="Median">Median.</param>
/// <param name="RobustDeviation">1.4826·MAD, the standard deviation of normal values; 0 when half of them are equal.</param>
/// <param name="Scores">Modified z of each value; 0 where the deviation is 0 and the value is the median, infinite elsewhere.</param>
/// <param name="Limit">Limit of |z|.</param>
public sealed record RobustScreen(double Median, double RobustDeviation, ImmutableArray<double> Scores, double Limit)
{
    /// <summary>Indices of values beyond the limit.</summary>
    public ImmutableArray<int> Found => [.. Enumerable.Range(0, Scores.Length).Where(i => Math.Abs(Scores[i]) > Limit)];

    /// <summary>Screens.</summary>
    public static RobustScreen Of(ReadOnlySpan<double> values, double limit = 3.5)
    {
        double median = Moments.Median(values);
        var distances = new double[values.Length];
        for (int i = 0; i < distances.Length; i++) distances[i] = Math.Abs(values[i] - median);
        double deviation = Moments.Median(distances) / 0.67448975019608174;
        var scores = ImmutableArray.CreateBuilder<double>(values.Length);
        foreach (double value in values) scores.Add(value == median ? 0 : (value - median) / deviation);
        return new RobustScreen(median, deviation, scores.MoveToImmutable(), limit);
    }

    /// <summary>
    /// Probability that any of n normal values that belong together lies at least this far out, by <paramref name="draws"/> seeded draws of whole sets;
    /// for large n by Šidák's formula, since median and MAD are then known.
    /// </summary>
    public static double FalseAlarm(int count, double score, int draws = 4000)
    {
        score = Math.Abs(score);
        if (count > 400) return -Math.Exp(count * Math.Log(1 - (2 * Distribution.Normal(-score)))) + 1;
        var random = new RandomSource(0x15B0BA5, (ulong)count);
        double[] values = new double[count], distances = new double[count];
        int beyond = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            for (int i = 0; i < count; i++) values[i] = random.NextNormal();
            Array.Sort(values);
            double median = count % 2 == 1 ? values[count / 2] : 0.5 * (values[(count / 2) - 1] + values[count / 2]);
            for (int i = 0; i < count; i++) distances[i] = Math.Abs(values[i] - median);
            Array.Sort(distances);
            double mad = count % 2 == 1 ? distances[count / 2] : 0.5 * (distances[(count / 2) - 1] + distances[count / 2]);
            if (distances[^1] >= score * mad / 0.67448975019608174) beyond++;
        }

        return (beyond + 0.5) / (draws + 1);
    }
}
