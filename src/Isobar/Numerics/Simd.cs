using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Isobar.Numerics;

/// <summary>Sums over long vectors, four or eight numbers at a time.</summary>
internal static class Simd
{
    /// <summary>Σ aᵢ·bᵢ over vectors of one length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"vectors of {a.Length} and {b.Length} numbers have no product", nameof(b));
        int width = Vector<double>.Count, i = 0;
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        Vector<double> first = Vector<double>.Zero, second = Vector<double>.Zero;
        for (; i <= a.Length - (2 * width); i += 2 * width)
        {
            first += Load(ref x, i) * Load(ref y, i);
            second += Load(ref x, i + width) * Load(ref y, i + width);
        }

        double sum = Vector.Sum(first + second);
        for (; i < a.Length; i++) sum += Unsafe.Add(ref x, i) * Unsafe.Add(ref y, i);
        return sum;
    }

    /// <summary>b += factor·a over vectors of one length.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> a, Span<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"a vector of {a.Length} numbers cannot be added to one of {b.Length}", nameof(b));
        int width = Vector<double>.Count, i = 0;
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        var scale = new Vector<double>(factor);
        for (; i <= a.Length - width; i += width)
        {
            Vector<double> sum = Load(ref y, i) + (scale * Load(ref x, i));
            Unsafe.WriteUnaligned(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref y, i)), sum);
        }

        for (; i < a.Length; i++) Unsafe.Add(ref y, i) += factor * Unsafe.Add(ref x, i);
    }

    /// <summary>b ∘= a over vectors of one length.</summary>
    public static void Scale(ReadOnlySpan<double> a, Span<double> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"a vector of {a.Length} numbers cannot scale one of {b.Length}", nameof(b));
        int width = Vector<double>.Count, i = 0;
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        for (; i <= a.Length - width; i += width) Unsafe.WriteUnaligned(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref y, i)), Load(ref x, i) * Load(ref y, i));
        for (; i < a.Length; i++) Unsafe.Add(ref y, i) *= Unsafe.Add(ref x, i);
    }

    /// <summary>row −= a₀·a + b₀·b + c₀·c + d₀·d over vectors of one length, each times its own first number: what four finished rows of a Cholesky factor take off one below.</summary>
    public static void TakeOff(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, Span<double> row)
    {
        if (a.Length != row.Length || b.Length != row.Length || c.Length != row.Length || d.Length != row.Length) throw new ArgumentException("the rows differ in length", nameof(row));
        int width = Vector<double>.Count, i = 0;
        double a0 = a[0], b0 = b[0], c0 = c[0], d0 = d[0];
        ref double ra = ref MemoryMarshal.GetReference(a);
        ref double rb = ref MemoryMarshal.GetReference(b);
        ref double rc = ref MemoryMarshal.GetReference(c);
        ref double rd = ref MemoryMarshal.GetReference(d);
        ref double r = ref MemoryMarshal.GetReference(row);
        Vector<double> va = new(a0), vb = new(b0), vc = new(c0), vd = new(d0);
        for (; i <= row.Length - width; i += width)
        {
            Vector<double> left = Load(ref r, i) - (((va * Load(ref ra, i)) + (vb * Load(ref rb, i))) + ((vc * Load(ref rc, i)) + (vd * Load(ref rd, i))));
            Unsafe.WriteUnaligned(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref r, i)), left);
        }

        for (; i < row.Length; i++) Unsafe.Add(ref r, i) -= (a0 * Unsafe.Add(ref ra, i)) + (b0 * Unsafe.Add(ref rb, i)) + (c0 * Unsafe.Add(ref rc, i)) + (d0 * Unsafe.Add(ref rd, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Load(ref double start, int index) =>
        Unsafe.ReadUnaligned<Vector<double>>(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref start, index)));
}
