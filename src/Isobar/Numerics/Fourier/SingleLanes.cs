using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Isobar.Numerics.Fourier;

/// <summary>One float at a time.</summary>
internal readonly struct ScalarSingleLanes : ILanes<float, float>
{
    public static int Width => 1;

    public static float Load(ref float source, nint offset) => Unsafe.Add(ref source, offset);

    public static void Store(float value, ref float destination, nint offset) => Unsafe.Add(ref destination, offset) = value;

    public static float Broadcast(float value) => value;

    public static float Add(float a, float b) => a + b;

    public static float Subtract(float a, float b) => a - b;

    public static float Multiply(float a, float b) => a * b;

    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    public static float MultiplySubtract(float a, float b, float c) => MathF.FusedMultiplyAdd(-a, b, c);

    public static void Transpose(ref float source, nint sourceStride, ref float destination, nint destinationStride) => destination = source;
}

/// <summary>Eight floats: AVX2 and its like. Twice as many numbers per instruction and per byte of memory, for searches whose result is checked in double precision.</summary>
internal readonly struct SingleLanes : ILanes<Vector256<float>, float>
{
    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref float source, nint offset) => Vector256.LoadUnsafe(ref source, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, ref float destination, nint offset) => value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplySubtract(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(-a, b, c);

    public static void Transpose(ref float source, nint sourceStride, ref float destination, nint destinationStride)
    {
        if (!Avx.IsSupported)
        {
            Tile.Copy(ref source, sourceStride, ref destination, destinationStride, Width);
            return;
        }

        Vector256<float> r0 = Load(ref source, 0), r1 = Load(ref source, sourceStride), r2 = Load(ref source, 2 * sourceStride), r3 = Load(ref source, 3 * sourceStride);
        Vector256<float> r4 = Load(ref source, 4 * sourceStride), r5 = Load(ref source, 5 * sourceStride), r6 = Load(ref source, 6 * sourceStride), r7 = Load(ref source, 7 * sourceStride);
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        Vector256<float> b0 = Avx.Shuffle(a0, a2, 0x44), b1 = Avx.Shuffle(a0, a2, 0xEE), b2 = Avx.Shuffle(a1, a3, 0x44), b3 = Avx.Shuffle(a1, a3, 0xEE);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, 0x44), b5 = Avx.Shuffle(a4, a6, 0xEE), b6 = Avx.Shuffle(a5, a7, 0x44), b7 = Avx.Shuffle(a5, a7, 0xEE);
        Store(Avx.Permute2x128(b0, b4, 0x20), ref destination, 0);
        Store(Avx.Permute2x128(b1, b5, 0x20), ref destination, destinationStride);
        Store(Avx.Permute2x128(b2, b6, 0x20), ref destination, 2 * destinationStride);
        Store(Avx.Permute2x128(b3, b7, 0x20), ref destination, 3 * destinationStride);
        Store(Avx.Permute2x128(b0, b4, 0x31), ref destination, 4 * destinationStride);
        Store(Avx.Permute2x128(b1, b5, 0x31), ref destination, 5 * destinationStride);
        Store(Avx.Permute2x128(b2, b6, 0x31), ref destination, 6 * destinationStride);
        Store(Avx.Permute2x128(b3, b7, 0x31), ref destination, 7 * destinationStride);
    }
}
