using System.Globalization;
using Isobar.Numerics;
using Xunit;

namespace Isobar.Tests.Reproducibility;

/// <summary>Counts how often something holds in seeded sets of normal numbers.</summary>
internal static class Simulation
{
    public const int Replicates = 20_000;

    public delegate bool Trial(ref RandomSource random);

    /// <summary>A 95 % interval that covers 94 to 96 % of 20 000 truths; the standard error of that share is 0.15 %.</summary>
    public static void AssertCovers(Trial trial, double nominal = 0.95, double tolerance = 0.01, ulong seed = 20260601)
    {
        double share = Share(trial, seed);
        Assert.True(Math.Abs(share - nominal) <= tolerance, string.Create(CultureInfo.InvariantCulture, $"holds in {100 * share:F2} % of {Replicates} sets, {100 * nominal:F0} ± {100 * tolerance:F1} % is expected"));
    }

    public static double Share(Trial trial, ulong seed = 20260601)
    {
        int held = 0;
        for (int replicate = 0; replicate < Replicates; replicate++)
        {
            var random = new RandomSource(seed, (ulong)replicate);
            if (trial(ref random)) held++;
        }

        return held / (double)Replicates;
    }

    public static double[] Normals(ref RandomSource random, int count, double mean = 0, double deviation = 1)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++) values[i] = mean + (deviation * random.NextNormal());
        return values;
    }
}
