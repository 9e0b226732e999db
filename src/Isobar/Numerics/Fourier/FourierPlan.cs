using System.Numerics;

namespace Isobar.Numerics.Fourier;

/// <summary>
/// One length n = 2^a·3^b·5^c: its radices, the twiddles of each stage and where each frequency ends up. The forward transform decimates in frequency
/// and leaves its result in digit-reversed places; the inverse takes it from there, so that nothing is ever put in order.
/// </summary>
internal sealed class FourierPlan<TScalar>
    where TScalar : unmanaged, IBinaryFloatingPointIeee754<TScalar>
{
    public FourierPlan(int length)
    {
        Length = length;
        Radices = Factor(length);
        Twiddles = new TScalar[Radices.Length][];
        int block = length;
        for (int stage = 0; stage < Radices.Length; stage++)
        {
            int radix = Radices[stage], part = block / radix;
            var table = new TScalar[part * (radix - 1) * 2];
            for (int j = 0, at = 0; j < part; j++)
            {
                for (int t = 1; t < radix; t++)
                {
                    (double cosine, double sine) = UnitRoot((long)j * t, block);
                    table[at++] = TScalar.CreateTruncating(cosine);
                    table[at++] = TScalar.CreateTruncating(-sine);
                }
            }

            Twiddles[stage] = table;
            block = part;
        }

        FrequencyOfPlace = new int[length];
        PlaceOfFrequency = new int[length];
        for (int place = 0; place < length; place++)
        {
            int rest = place, size = length, weight = 1, frequency = 0;
            foreach (int radix in Radices)
            {
                size /= radix;
                frequency += rest / size * weight;
                rest %= size;
                weight *= radix;
            }

            FrequencyOfPlace[place] = frequency;
            PlaceOfFrequency[frequency] = place;
        }
    }

    public int Length { get; }

    public int[] Radices { get; }

    /// <summary>Per stage, for each j and t = 1 … radix − 1: real and imaginary part of exp(−2πi·j·t/block).</summary>
    public TScalar[][] Twiddles { get; }

    public int[] FrequencyOfPlace { get; }

    public int[] PlaceOfFrequency { get; }

    /// <summary>cos and sin of 2π·k/n from an angle in the first eighth of the circle, so that roots are exact where they can be.</summary>
    public static (double Cosine, double Sine) UnitRoot(long k, long n)
    {
        long eighths = 8 * (k % n);
        long octant = eighths / n;
        long rest = eighths % n;
        bool mirrored = (octant & 1) != 0;
        (double sine, double cosine) = Math.SinCos(Math.PI * (mirrored ? n - rest : rest) / (4.0 * n));
        if (mirrored) (sine, cosine) = (cosine, sine);
        return (octant >> 1) switch
        {
            0 => (cosine, sine),
            1 => (-sine, cosine),
            2 => (-cosine, -sine),
            _ => (sine, -cosine),
        };
    }

    private static int[] Factor(int length)
    {
        var radices = new List<int>();
        int rest = length;
        while (rest % 4 == 0) { radices.Add(4); rest /= 4; }
        while (rest % 5 == 0) { radices.Add(5); rest /= 5; }
        while (rest % 3 == 0) { radices.Add(3); rest /= 3; }
        while (rest % 2 == 0) { radices.Add(2); rest /= 2; }
        return rest == 1 ? [.. radices] : throw new ArgumentException($"{length} has a prime factor above 5; the transform takes lengths 2^a·3^b·5^c");
    }
}
