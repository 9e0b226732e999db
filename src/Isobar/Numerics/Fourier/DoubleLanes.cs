using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Isobar.Numerics.Fourier;

/// <summary>One double at a time: the path for processors without vectors and the reference for the others.</summary>
internal readonly struct ScalarLanes : ILanes<double, double>
{
    public static int Width => 1;

    public static double Load(ref double source, nint offset) => Unsafe.Add(ref source, offset);

    public static void Store(double value, ref double destination, nint offset) => Unsafe.Add(ref destination, offset) = value;

    public static double Broadcast(double value) => value;

    public static double Add(double a, double b) => a + b;

    public static double Subtract(double a, double b) => a - b;

    public static double Multiply(double a, double b) => a * b;

    public static double MultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    public static double MultiplySubtract(double a, double b, double c) => Math.FusedMultiplyAdd(-a, b, c);

    public static void Transpose(ref double source, nint sourceStride, ref double destination, nint destinationStride) => destination = source;
}

/// <summary>Four doubles: AVX2 and its like.</summary>
internal readonly struct Lanes256 : ILanes<Vector256<double>, double>
{
    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ref double source, nint offset) => Vector256.LoadUnsafe(ref source, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> value, ref double destination, nint offset) => value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplySubtract(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref double source, nint sourceStride, ref double destination, nint destinationStride)
    {
        if (!Avx.IsSupported)
        {
            Tile.Copy(ref source, sourceStride, ref destination, destinationStride, Width);
            return;
        }

        Vector256<double> a = Load(ref source, 0), b = Load(ref source, sourceStride), c = Load(ref source, 2 * sourceStride), d = Load(ref source, 3 * sourceStride);
        Vector256<double> ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b), cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
        Store(Avx.Permute2x128(ab0, cd0, 0x20), ref destination, 0);
        Store(Avx.Permute2x128(ab1, cd1, 0x20), ref destination, destinationStride);
        Store(Avx.Permute2x128(ab0, cd0, 0x31), ref destination, 2 * destinationStride);
        Store(Avx.Permute2x128(ab1, cd1, 0x31), ref destination, 3 * destinationStride);
    }
}

/// <summary>Eight doubles: AVX-512.</summary>
internal readonly struct Lanes512 : ILanes<Vector512<double>, double>
{
    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ref double source, nint offset) => Vector512.LoadUnsafe(ref source, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> value, ref double destination, nint offset) => value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplySubtract(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref double source, nint sourceStride, ref double destination, nint destinationStride)
    {
        if (!Avx512F.IsSupported)
        {
            Tile.Copy(ref source, sourceStride, ref destination, destinationStride, Width);
            return;
        }

        // Pairs, then quarters, then halves: three rounds of exchanges over a distance of 1, 2 and 4 lanes.
        Vector512<double> r0 = Load(ref source, 0), r1 = Load(ref source, sourceStride), r2 = Load(ref source, 2 * sourceStride), r3 = Load(ref source, 3 * sourceStride);
        Vector512<double> r4 = Load(ref source, 4 * sourceStride), r5 = Load(ref source, 5 * sourceStride), r6 = Load(ref source, 6 * sourceStride), r7 = Load(ref source, 7 * sourceStride);
        Vector512<double> a0 = Avx512F.UnpackLow(r0, r1), a1 = Avx512F.UnpackHigh(r0, r1), a2 = Avx512F.UnpackLow(r2, r3), a3 = Avx512F.UnpackHigh(r2, r3);
        Vector512<double> a4 = Avx512F.UnpackLow(r4, r5), a5 = Avx512F.UnpackHigh(r4, r5), a6 = Avx512F.UnpackLow(r6, r7), a7 = Avx512F.UnpackHigh(r6, r7);

        // 0x88 picks 128-bit parts 0 and 2 of both, 0xDD parts 1 and 3.
        Vector512<double> b0 = Avx512F.Shuffle4x128(a0, a2, 0x88), b1 = Avx512F.Shuffle4x128(a1, a3, 0x88), b2 = Avx512F.Shuffle4x128(a0, a2, 0xDD), b3 = Avx512F.Shuffle4x128(a1, a3, 0xDD);
        Vector512<double> b4 = Avx512F.Shuffle4x128(a4, a6, 0x88), b5 = Avx512F.Shuffle4x128(a5, a7, 0x88), b6 = Avx512F.Shuffle4x128(a4, a6, 0xDD), b7 = Avx512F.Shuffle4x128(a5, a7, 0xDD);
        Store(Avx512F.Shuffle4x128(b0, b4, 0x88), ref destination, 0);
        Store(Avx512F.Shuffle4x128(b1, b5, 0x88), ref destination, destinationStride);
        Store(Avx512F.Shuffle4x128(b2, b6, 0x88), ref destination, 2 * destinationStride);
        Store(Avx512F.Shuffle4x128(b3, b7, 0x88), ref destination, 3 * destinationStride);
        Store(Avx512F.Shuffle4x128(b0, b4, 0xDD), ref destination, 4 * destinationStride);
        Store(Avx512F.Shuffle4x128(b1, b5, 0xDD), ref destination, 5 * destinationStride);
        Store(Avx512F.Shuffle4x128(b2, b6, 0xDD), ref destination, 6 * destinationStride);
        Store(Avx512F.Shuffle4x128(b3, b7, 0xDD), ref destination, 7 * destinationStride);
    }
}

/// <summary>Tiles without vector instructions.</summary>
internal static class Tile
{
    public static void Copy<T>(ref T source, nint sourceStride, ref T destination, nint destinationStride, int width)
        where T : unmanaged
    {
        for (nint line = 0; line < width; line++)
        {
            for (nint lane = 0; lane < width; lane++)
                Unsafe.Add(ref destination, (lane * destinationStride) + line) = Unsafe.Add(ref source, (line * sourceStride) + lane);
        }
    }
}
