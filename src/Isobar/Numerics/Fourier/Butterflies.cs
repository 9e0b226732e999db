using System.Numerics;
using System.Runtime.CompilerServices;

namespace Isobar.Numerics.Fourier;

/// <summary>
/// The stages of a transform over an array of complex vectors: element k has its real part at 2·k·Width and its imaginary part Width further.
/// Forward stages turn by exp(−iφ) after the small transform, inverse stages by exp(+iφ) before it.
/// </summary>
internal static class Butterflies<TLanes, TVector, TScalar>
    where TLanes : ILanes<TVector, TScalar>
    where TVector : struct
    where TScalar : unmanaged, IBinaryFloatingPointIeee754<TScalar>
{
    private static readonly TScalar Sin60 = TScalar.CreateTruncating(0.86602540378443864676);
    private static readonly TScalar Cos72 = TScalar.CreateTruncating(0.30901699437494742410);
    private static readonly TScalar Cos144 = TScalar.CreateTruncating(-0.80901699437494742410);
    private static readonly TScalar Sin72 = TScalar.CreateTruncating(0.95105651629515357212);
    private static readonly TScalar Sin144 = TScalar.CreateTruncating(0.58778525229247312917);

    /// <summary>Σ x_k·exp(−2πi·k·f/n), left in digit-reversed places.</summary>
    public static void Forward(ref TScalar data, FourierPlan<TScalar> plan)
    {
        int block = plan.Length;
        for (int stage = 0; stage < plan.Radices.Length; stage++)
        {
            int radix = plan.Radices[stage];
            Stage(ref data, plan, radix, block, plan.Twiddles[stage], inverse: false);
            block /= radix;
        }
    }

    /// <summary>Σ y_f·exp(+2πi·k·f/n) from digit-reversed places; n times the inverse.</summary>
    public static void Inverse(ref TScalar data, FourierPlan<TScalar> plan)
    {
        int block = 1;
        for (int stage = plan.Radices.Length - 1; stage >= 0; stage--)
        {
            int radix = plan.Radices[stage];
            block *= radix;
            Stage(ref data, plan, radix, block, plan.Twiddles[stage], inverse: true);
        }
    }

    private static void Stage(ref TScalar data, FourierPlan<TScalar> plan, int radix, int block, TScalar[] twiddles, bool inverse)
    {
        int part = block / radix;
        nint step = 2 * TLanes.Width;
        for (int start = 0; start < plan.Length; start += block)
        {
            ref TScalar first = ref Unsafe.Add(ref data, start * step);
            if (radix == 4 && inverse) Inverse4(ref first, part, twiddles);
            else if (radix == 4) Forward4(ref first, part, twiddles);
            else General(ref first, radix, part, twiddles, inverse);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward4(ref TScalar data, int part, TScalar[] twiddles)
    {
        nint width = TLanes.Width, step = 2 * width, s1 = part * step, s2 = 2 * s1, s3 = 3 * s1;
        ref TScalar w = ref twiddles[0];
        ref TScalar x = ref data;
        for (int j = 0; j < part; j++)
        {
            TVector ar = TLanes.Load(ref x, 0), ai = TLanes.Load(ref x, width);
            TVector cr = TLanes.Load(ref x, s2), ci = TLanes.Load(ref x, s2 + width);
            TVector sr = TLanes.Add(ar, cr), si = TLanes.Add(ai, ci), dr = TLanes.Subtract(ar, cr), di = TLanes.Subtract(ai, ci);
            TVector br = TLanes.Load(ref x, s1), bi = TLanes.Load(ref x, s1 + width);
            TVector er = TLanes.Load(ref x, s3), ei = TLanes.Load(ref x, s3 + width);
            TVector tr = TLanes.Add(br, er), ti = TLanes.Add(bi, ei), ur = TLanes.Subtract(br, er), ui = TLanes.Subtract(bi, ei);
            TLanes.Store(TLanes.Add(sr, tr), ref x, 0);
            TLanes.Store(TLanes.Add(si, ti), ref x, width);
            TVector y1r = TLanes.Add(dr, ui), y1i = TLanes.Subtract(di, ur);
            TVector y2r = TLanes.Subtract(sr, tr), y2i = TLanes.Subtract(si, ti);
            TVector y3r = TLanes.Subtract(dr, ui), y3i = TLanes.Add(di, ur);
            if (j == 0)
            {
                TLanes.Store(y1r, ref x, s1);
                TLanes.Store(y1i, ref x, s1 + width);
                TLanes.Store(y2r, ref x, s2);
                TLanes.Store(y2i, ref x, s2 + width);
                TLanes.Store(y3r, ref x, s3);
                TLanes.Store(y3i, ref x, s3 + width);
            }
            else
            {
                StoreTurned(y1r, y1i, ref w, 0, ref x, s1, width);
                StoreTurned(y2r, y2i, ref w, 2, ref x, s2, width);
                StoreTurned(y3r, y3i, ref w, 4, ref x, s3, width);
            }

            w = ref Unsafe.Add(ref w, 6);
            x = ref Unsafe.Add(ref x, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Inverse4(ref TScalar data, int part, TScalar[] twiddles)
    {
        nint width = TLanes.Width, step = 2 * width, s1 = part * step, s2 = 2 * s1, s3 = 3 * s1;
        ref TScalar w = ref twiddles[0];
        ref TScalar x = ref data;
        for (int j = 0; j < part; j++)
        {
            TVector ar = TLanes.Load(ref x, 0), ai = TLanes.Load(ref x, width);
            TVector br, bi, cr, ci, er, ei;
            if (j == 0)
            {
                (br, bi) = (TLanes.Load(ref x, s1), TLanes.Load(ref x, s1 + width));
                (cr, ci) = (TLanes.Load(ref x, s2), TLanes.Load(ref x, s2 + width));
                (er, ei) = (TLanes.Load(ref x, s3), TLanes.Load(ref x, s3 + width));
            }
            else
            {
                LoadTurned(ref x, s1, width, ref w, 0, out br, out bi);
                LoadTurned(ref x, s2, width, ref w, 2, out cr, out ci);
                LoadTurned(ref x, s3, width, ref w, 4, out er, out ei);
            }

            TVector sr = TLanes.Add(ar, cr), si = TLanes.Add(ai, ci), dr = TLanes.Subtract(ar, cr), di = TLanes.Subtract(ai, ci);
            TVector tr = TLanes.Add(br, er), ti = TLanes.Add(bi, ei), ur = TLanes.Subtract(br, er), ui = TLanes.Subtract(bi, ei);
            TLanes.Store(TLanes.Add(sr, tr), ref x, 0);
            TLanes.Store(TLanes.Add(si, ti), ref x, width);
            TLanes.Store(TLanes.Subtract(dr, ui), ref x, s1);
            TLanes.Store(TLanes.Add(di, ur), ref x, s1 + width);
            TLanes.Store(TLanes.Subtract(sr, tr), ref x, s2);
            TLanes.Store(TLanes.Subtract(si, ti), ref x, s2 + width);
            TLanes.Store(TLanes.Add(dr, ui), ref x, s3);
            TLanes.Store(TLanes.Subtract(di, ur), ref x, s3 + width);
            w = ref Unsafe.Add(ref w, 6);
            x = ref Unsafe.Add(ref x, step);
        }
    }

    // Radices 2, 3 and 5: at most one stage of radix 2, the others only for lengths that have those factors.
    private static void General(ref TScalar data, int radix, int part, TScalar[] twiddles, bool inverse)
    {
        nint width = TLanes.Width, step = 2 * width, stride = part * step;
        for (int j = 0; j < part; j++)
        {
            ref TScalar x = ref Unsafe.Add(ref data, j * step);
            ref TScalar w = ref twiddles[j * (radix - 1) * 2];
            TVector ar = TLanes.Load(ref x, 0), ai = TLanes.Load(ref x, width), br, bi, cr = default, ci = default, dr = default, di = default, er = default, ei = default;
            Read(ref x, stride, width, ref w, 0, inverse, out br, out bi);
            if (radix > 2) Read(ref x, 2 * stride, width, ref w, 2, inverse, out cr, out ci);
            if (radix > 3)
            {
                Read(ref x, 3 * stride, width, ref w, 4, inverse, out dr, out di);
                Read(ref x, 4 * stride, width, ref w, 6, inverse, out er, out ei);
            }

            TScalar sign = inverse ? -TScalar.One : TScalar.One;
            if (radix == 2)
            {
                TLanes.Store(TLanes.Add(ar, br), ref x, 0);
                TLanes.Store(TLanes.Add(ai, bi), ref x, width);
                Write(TLanes.Subtract(ar, br), TLanes.Subtract(ai, bi), ref w, 0, inverse, ref x, stride, width);
            }
            else if (radix == 3)
            {
                TVector sine = TLanes.Broadcast(sign * Sin60), half = TLanes.Broadcast(TScalar.CreateTruncating(0.5));
                TVector sr = TLanes.Add(br, cr), si = TLanes.Add(bi, ci), ur = TLanes.Subtract(br, cr), ui = TLanes.Subtract(bi, ci);
                TVector mr = TLanes.MultiplySubtract(half, sr, ar), mi = TLanes.MultiplySubtract(half, si, ai);
                TLanes.Store(TLanes.Add(ar, sr), ref x, 0);
                TLanes.Store(TLanes.Add(ai, si), ref x, width);
                Write(TLanes.MultiplyAdd(sine, ui, mr), TLanes.MultiplySubtract(sine, ur, mi), ref w, 0, inverse, ref x, stride, width);
                Write(TLanes.MultiplySubtract(sine, ui, mr), TLanes.MultiplyAdd(sine, ur, mi), ref w, 2, inverse, ref x, 2 * stride, width);
            }
            else
            {
                TVector c1 = TLanes.Broadcast(Cos72), c2 = TLanes.Broadcast(Cos144), s1 = TLanes.Broadcast(sign * Sin72), s2 = TLanes.Broadcast(sign * Sin144);
                TVector pr = TLanes.Add(br, er), pi = TLanes.Add(bi, ei), qr = TLanes.Add(cr, dr), qi = TLanes.Add(ci, di);
                TVector ur = TLanes.Subtract(br, er), ui = TLanes.Subtract(bi, ei), vr = TLanes.Subtract(cr, dr), vi = TLanes.Subtract(ci, di);
                TVector m1r = TLanes.MultiplyAdd(c1, pr, TLanes.MultiplyAdd(c2, qr, ar)), m1i = TLanes.MultiplyAdd(c1, pi, TLanes.MultiplyAdd(c2, qi, ai));
                TVector m2r = TLanes.MultiplyAdd(c2, pr, TLanes.MultiplyAdd(c1, qr, ar)), m2i = TLanes.MultiplyAdd(c2, pi, TLanes.MultiplyAdd(c1, qi, ai));
                TVector n1r = TLanes.MultiplyAdd(s1, ur, TLanes.Multiply(s2, vr)), n1i = TLanes.MultiplyAdd(s1, ui, TLanes.Multiply(s2, vi));
                TVector n2r = TLanes.MultiplySubtract(s1, vr, TLanes.Multiply(s2, ur)), n2i = TLanes.MultiplySubtract(s1, vi, TLanes.Multiply(s2, ui));
                TLanes.Store(TLanes.Add(ar, TLanes.Add(pr, qr)), ref x, 0);
                TLanes.Store(TLanes.Add(ai, TLanes.Add(pi, qi)), ref x, width);
                Write(TLanes.Add(m1r, n1i), TLanes.Subtract(m1i, n1r), ref w, 0, inverse, ref x, stride, width);
                Write(TLanes.Add(m2r, n2i), TLanes.Subtract(m2i, n2r), ref w, 2, inverse, ref x, 2 * stride, width);
                Write(TLanes.Subtract(m2r, n2i), TLanes.Add(m2i, n2r), ref w, 4, inverse, ref x, 3 * stride, width);
                Write(TLanes.Subtract(m1r, n1i), TLanes.Add(m1i, n1r), ref w, 6, inverse, ref x, 4 * stride, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read(ref TScalar x, nint offset, nint width, ref TScalar w, int at, bool turned, out TVector re, out TVector im)
    {
        if (turned) LoadTurned(ref x, offset, width, ref w, at, out re, out im);
        else (re, im) = (TLanes.Load(ref x, offset), TLanes.Load(ref x, offset + width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(TVector re, TVector im, ref TScalar w, int at, bool plain, ref TScalar x, nint offset, nint width)
    {
        if (!plain)
        {
            StoreTurned(re, im, ref w, at, ref x, offset, width);
            return;
        }

        TLanes.Store(re, ref x, offset);
        TLanes.Store(im, ref x, offset + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTurned(TVector re, TVector im, ref TScalar w, int at, ref TScalar x, nint offset, nint width)
    {
        TVector wr = TLanes.Broadcast(Unsafe.Add(ref w, at)), wi = TLanes.Broadcast(Unsafe.Add(ref w, at + 1));
        TLanes.Store(TLanes.MultiplySubtract(im, wi, TLanes.Multiply(re, wr)), ref x, offset);
        TLanes.Store(TLanes.MultiplyAdd(im, wr, TLanes.Multiply(re, wi)), ref x, offset + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadTurned(ref TScalar x, nint offset, nint width, ref TScalar w, int at, out TVector re, out TVector im)
    {
        TVector wr = TLanes.Broadcast(Unsafe.Add(ref w, at)), wi = TLanes.Broadcast(Unsafe.Add(ref w, at + 1));
        TVector xr = TLanes.Load(ref x, offset), xi = TLanes.Load(ref x, offset + width);
        re = TLanes.MultiplyAdd(xi, wi, TLanes.Multiply(xr, wr));
        im = TLanes.MultiplySubtract(xr, wi, TLanes.Multiply(xi, wr));
    }
}
