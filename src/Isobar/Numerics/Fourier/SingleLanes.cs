using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    public static void Gather(ref double field, nint stride, ref float tile, nint tileStride) => tile = (float)field;

    public static void Scatter(ref float tile, nint tileStride, ref double field, nint stride) => field = tile;
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

        Turn(
            Load(ref source, 0), Load(ref source, sourceStride), Load(ref source, 2 * sourceStride), Load(ref source, 3 * sourceStride),
            Load(ref source, 4 * sourceStride), Load(ref source, 5 * sourceStride), Load(ref source, 6 * sourceStride), Load(ref source, 7 * sourceStride),
            ref destination, destinationStride);
    }

    public static void Gather(ref double field, nint stride, ref float tile, nint tileStride)
    {
        if (!Avx.IsSupported)
        {
            for (nint line = 0; line < Width; line++)
            {
                for (nint lane = 0; lane < Width; lane++) Unsafe.Add(ref tile, (lane * tileStride) + line) = (float)Unsafe.Add(ref field, (line * stride) + lane);
            }

            return;
        }

        Turn(
            Narrow(ref field, 0), Narrow(ref field, stride), Narrow(ref field, 2 * stride), Narrow(ref field, 3 * stride),
            Narrow(ref field, 4 * stride), Narrow(ref field, 5 * stride), Narrow(ref field, 6 * stride), Narrow(ref field, 7 * stride),
            ref tile, tileStride);
    }

    public static void Scatter(ref float tile, nint tileStride, ref double field, nint stride)
    {
        Span<float> turned = stackalloc float[64];
        ref float first = ref MemoryMarshal.GetReference(turned);
        Transpose(ref tile, tileStride, ref first, Width);
        for (nint line = 0; line < Width; line++)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Load(ref first, line * Width));
            low.StoreUnsafe(ref field, (nuint)(line * stride));
            high.StoreUnsafe(ref field, (nuint)((line * stride) + 4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Narrow(ref double field, nint offset) =>
        Vector256.Narrow(Vector256.LoadUnsafe(ref field, (nuint)offset), Vector256.LoadUnsafe(ref field, (nuint)(offset + 4)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, Vector256<float> r4, Vector256<float> r5, Vector256<float> r6, Vector256<float> r7,
        ref float destination, nint stride)
    {
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        Vector256<float> b0 = Avx.Shuffle(a0, a2, 0x44), b1 = Avx.Shuffle(a0, a2, 0xEE), b2 = Avx.Shuffle(a1, a3, 0x44), b3 = Avx.Shuffle(a1, a3, 0xEE);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, 0x44), b5 = Avx.Shuffle(a4, a6, 0xEE), b6 = Avx.Shuffle(a5, a7, 0x44), b7 = Avx.Shuffle(a5, a7, 0xEE);
        Store(Avx.Permute2x128(b0, b4, 0x20), ref destination, 0);
        Store(Avx.Permute2x128(b1, b5, 0x20), ref destination, stride);
        Store(Avx.Permute2x128(b2, b6, 0x20), ref destination, 2 * stride);
        Store(Avx.Permute2x128(b3, b7, 0x20), ref destination, 3 * stride);
        Store(Avx.Permute2x128(b0, b4, 0x31), ref destination, 4 * stride);
        Store(Avx.Permute2x128(b1, b5, 0x31), ref destination, 5 * stride);
        Store(Avx.Permute2x128(b2, b6, 0x31), ref destination, 6 * stride);
        Store(Avx.Permute2x128(b3, b7, 0x31), ref destination, 7 * stride);
    }
}
