namespace Isobar.Numerics;

/// <summary>
/// A reproducible source of random numbers: draw <c>i</c> of stream <c>s</c> of a seed is a pure function of the three,
/// so that results do not depend on threads, order or platform. SplitMix64 (Steele, Lea, Flood 2014, 10.1145/2660193.2660195).
/// </summary>
public struct RandomSource
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>Opens stream <paramref name="stream"/> of <paramref name="seed"/>; streams of one seed are independent.</summary>
    public RandomSource(ulong seed, ulong stream = 0) => _state = Mix(seed + (GoldenGamma * ((2 * stream) + 1))) ^ Mix(stream);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits() => Mix(_state += GoldenGamma);

    /// <summary>Uniform on the open interval (0, 1).</summary>
    public double NextUniform() => ((NextBits() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by the inverse of its distribution function: one uniform gives one normal.</summary>
    public double NextNormal() => NormalQuantile.At(NextUniform());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
