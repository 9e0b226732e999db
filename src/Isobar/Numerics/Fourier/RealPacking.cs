using System.Numerics;
using System.Runtime.CompilerServices;

namespace Isobar.Numerics.Fourier;

/// <summary>
/// Between the spectrum Z of z = (even neighbours) + i·(odd neighbours) and that of the real row, for rows of even length n:
/// with W = exp(−2πi/n), E = (Z_k + Z*_{n/2−k})/2 and O = (Z_k − Z*_{n/2−k})/(2i), X_k = E + W^k·O and X_{n/2−k} = (E − W^k·O)*. The halves are left out on both
/// ways and put into the symbol. X_0 and X_{n/2} are real and share place 0. Rows of odd length keep (n + 1)/2 columns of a complex transform.
/// </summary>
internal sealed class RealPacking<TLanes, TVector, TScalar>
    where TLanes : ILanes<TVector, TScalar>
    where TVector : struct
    where TScalar : unmanaged, IBinaryFloatingPointIeee754<TScalar>
{
    private readonly FourierPlan<TScalar> plan;
    private readonly int[] pairs;
    private readonly TScalar[] turns;

    public RealPacking(int columns, FourierPlan<TScalar> plan)
    {
        this.plan = plan;
        SharesFirst = columns % 2 == 0;
        Slots = SharesFirst ? columns / 2 : (columns + 1) / 2;
        int count = SharesFirst ? (Slots - 1) / 2 : Slots - 1;
        pairs = new int[2 * count];
        turns = new TScalar[2 * count];
        for (int k = 1; k <= count; k++)
        {
            (double cosine, double sine) = FourierPlan<TScalar>.UnitRoot(k, columns);
            pairs[(2 * k) - 2] = plan.PlaceOfFrequency[k];
            pairs[(2 * k) - 1] = plan.PlaceOfFrequency[plan.Length - k];
            turns[(2 * k) - 2] = TScalar.CreateTruncating(cosine);
            turns[(2 * k) - 1] = TScalar.CreateTruncating(-sine);
        }
    }

    /// <summary>True for an even number of columns.</summary>
    public bool SharesFirst { get; }

    /// <summary>Columns of the half spectrum, the shared one counted once.</summary>
    public int Slots { get; }

    /// <summary>What a stored spectrum is larger than the true one.</summary>
    public double ForwardGain => SharesFirst ? 2 : 1;

    /// <summary>What a row is larger after going there and back.</summary>
    public double Gain => SharesFirst ? 4.0 * plan.Length : plan.Length;

    public int FrequencyOfSlot(int slot) => SharesFirst ? plan.FrequencyOfPlace[slot] : slot;

    public void AfterForward(ref TScalar tile)
    {
        nint width = TLanes.Width, step = 2 * width;
        if (!SharesFirst)
        {
            KeepHalf(ref tile);
            return;
        }

        TVector re = TLanes.Load(ref tile, 0), im = TLanes.Load(ref tile, width), two = TLanes.Broadcast(TScalar.CreateTruncating(2));
        TLanes.Store(TLanes.Multiply(two, TLanes.Add(re, im)), ref tile, 0);
        TLanes.Store(TLanes.Multiply(two, TLanes.Subtract(re, im)), ref tile, width);
        TurnMiddle(ref tile);
        for (int i = 0; i < pairs.Length; i += 2)
        {
            nint a = pairs[i] * step, b = pairs[i + 1] * step;
            TVector zr = TLanes.Load(ref tile, a), zi = TLanes.Load(ref tile, a + width), yr = TLanes.Load(ref tile, b), yi = TLanes.Load(ref tile, b + width);
            TVector er = TLanes.Add(zr, yr), ei = TLanes.Subtract(zi, yi);
            TVector or = TLanes.Add(zi, yi), oi = TLanes.Subtract(yr, zr);
            TVector wr = TLanes.Broadcast(turns[i]), wi = TLanes.Broadcast(turns[i + 1]);
            TVector tr = TLanes.MultiplySubtract(oi, wi, TLanes.Multiply(or, wr)), ti = TLanes.MultiplyAdd(oi, wr, TLanes.Multiply(or, wi));
            TLanes.Store(TLanes.Add(er, tr), ref tile, a);
            TLanes.Store(TLanes.Add(ei, ti), ref tile, a + width);
            TLanes.Store(TLanes.Subtract(er, tr), ref tile, b);
            TLanes.Store(TLanes.Subtract(ti, ei), ref tile, b + width);
        }
    }

    public void BeforeInverse(ref TScalar tile)
    {
        nint width = TLanes.Width, step = 2 * width;
        if (!SharesFirst)
        {
            FillHalf(ref tile);
            return;
        }

        TVector re = TLanes.Load(ref tile, 0), im = TLanes.Load(ref tile, width);
        TLanes.Store(TLanes.Add(re, im), ref tile, 0);
        TLanes.Store(TLanes.Subtract(re, im), ref tile, width);
        TurnMiddle(ref tile);
        for (int i = 0; i < pairs.Length; i += 2)
        {
            nint a = pairs[i] * step, b = pairs[i + 1] * step;
            TVector xr = TLanes.Load(ref tile, a), xi = TLanes.Load(ref tile, a + width), yr = TLanes.Load(ref tile, b), yi = TLanes.Load(ref tile, b + width);
            TVector er = TLanes.Add(xr, yr), ei = TLanes.Subtract(xi, yi);
            TVector tr = TLanes.Subtract(xr, yr), ti = TLanes.Add(xi, yi);
            TVector wr = TLanes.Broadcast(turns[i]), wi = TLanes.Broadcast(turns[i + 1]);
            TVector or = TLanes.MultiplyAdd(ti, wi, TLanes.Multiply(tr, wr)), oi = TLanes.MultiplySubtract(tr, wi, TLanes.Multiply(ti, wr));
            TLanes.Store(TLanes.Subtract(er, oi), ref tile, a);
            TLanes.Store(TLanes.Add(ei, or), ref tile, a + width);
            TLanes.Store(TLanes.Add(er, oi), ref tile, b);
            TLanes.Store(TLanes.Subtract(or, ei), ref tile, b + width);
        }
    }

    // k = n/4 pairs with itself: X = Z*, twice because the halves are left out.
    private void TurnMiddle(ref TScalar tile)
    {
        if (plan.Length % 2 != 0) return;
        nint width = TLanes.Width, at = plan.PlaceOfFrequency[plan.Length / 2] * 2 * width;
        TVector two = TLanes.Broadcast(TScalar.CreateTruncating(2));
        TLanes.Store(TLanes.Multiply(two, TLanes.Load(ref tile, at)), ref tile, at);
        TLanes.Store(TLanes.Multiply(TLanes.Broadcast(TScalar.CreateTruncating(-2)), TLanes.Load(ref tile, at + width)), ref tile, at + width);
    }

    private void KeepHalf(ref TScalar tile)
    {
        int size = 2 * TLanes.Width;
        var copy = new TScalar[Slots * size];
        for (int k = 0; k < Slots; k++)
        {
            for (int i = 0; i < size; i++) copy[(k * size) + i] = Unsafe.Add(ref tile, (plan.PlaceOfFrequency[k] * size) + i);
        }

        for (int i = 0; i < copy.Length; i++) Unsafe.Add(ref tile, i) = copy[i];
    }

    private void FillHalf(ref TScalar tile)
    {
        int width = TLanes.Width, size = 2 * width;
        var copy = new TScalar[Slots * size];
        for (int i = 0; i < copy.Length; i++) copy[i] = Unsafe.Add(ref tile, i);
        for (int k = 0; k < Slots; k++)
        {
            int place = plan.PlaceOfFrequency[k] * size, mirror = plan.PlaceOfFrequency[(plan.Length - k) % plan.Length] * size;
            for (int lane = 0; lane < width; lane++)
            {
                (TScalar re, TScalar im) = (copy[(k * size) + lane], copy[(k * size) + width + lane]);
                Unsafe.Add(ref tile, mirror + lane) = re;
                Unsafe.Add(ref tile, mirror + width + lane) = -im;
                Unsafe.Add(ref tile, place + lane) = re;
                Unsafe.Add(ref tile, place + width + lane) = k == 0 ? TScalar.Zero : im;
            }
        }
    }
}
