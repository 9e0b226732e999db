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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Load(ref double start, int index) =>
        Unsafe.ReadUnaligned<Vector<double>>(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref start, index)));
}
