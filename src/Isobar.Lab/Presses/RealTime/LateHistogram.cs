using System.Collections.Immutable;
using System.Numerics;
using Isobar.Lab.Store;

namespace Isobar.Lab.Presses.RealTime;

/// <summary>Counts times in bars an eighth of their size wide, without memory that grows and without a clock.</summary>
internal sealed class LateHistogram
{
    private const int BarsPerDoubling = 8;
    private readonly long[] _bars = new long[64 * BarsPerDoubling];

    public long Count { get; private set; }

    public double MaxNanoseconds { get; private set; }

    public void Add(double nanoseconds)
    {
        _bars[BarOf((ulong)Math.Max(0, nanoseconds))]++;
        Count++;
        MaxNanoseconds = Math.Max(MaxNanoseconds, nanoseconds);
    }

    /// <summary>A time that this share of all lies below: the upper edge of its bar, and no more than the largest time.</summary>
    public double Quantile(double share)
    {
        long wanted = Math.Max(1, (long)Math.Ceiling(share * Count)), seen = 0;
        for (int i = 0; i < _bars.Length; i++)
        {
            seen += _bars[i];
            if (seen >= wanted) return Math.Min(EdgeOf(i + 1), MaxNanoseconds);
        }

        return MaxNanoseconds;
    }

    public ImmutableArray<TimingBar> Bars()
    {
        var bars = ImmutableArray.CreateBuilder<TimingBar>();
        for (int i = 0; i < _bars.Length; i++)
        {
            if (_bars[i] > 0) bars.Add(new TimingBar(EdgeOf(i) / 1e3, _bars[i]));
        }

        return bars.ToImmutable();
    }

    // Below eight nanoseconds one bar each; above, the leading bit and the three bits after it.
    private static int BarOf(ulong value)
    {
        if (value < BarsPerDoubling) return (int)value;
        int exponent = BitOperations.Log2(value) - 3;
        return (exponent * BarsPerDoubling) + (int)(value >> exponent);
    }

    private static double EdgeOf(int bar)
    {
        if (bar < 2 * BarsPerDoubling) return bar;
        int exponent = (bar / BarsPerDoubling) - 1;
        return Math.ScaleB((bar % BarsPerDoubling) + BarsPerDoubling, exponent);
    }
}
