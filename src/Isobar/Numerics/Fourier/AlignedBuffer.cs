using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Isobar.Numerics.Fourier;

/// <summary>An array that stays in place and begins on a cache line, so that no vector straddles two lines.</summary>
internal readonly struct AlignedBuffer<T>
    where T : unmanaged
{
    private const int Line = 64;

    private readonly T[] array;
    private readonly int first;

    public AlignedBuffer(long length)
    {
        int size = Unsafe.SizeOf<T>();
        array = GC.AllocateArray<T>(checked((int)(length + (Line / size))), pinned: true);
        long beyond = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0).ToInt64() % Line;
        first = beyond == 0 ? 0 : (int)((Line - beyond) / size);
    }

    public ref T this[long index] => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)(first + index));

    public Span<T> Slice(long start, int length) => array.AsSpan((int)(first + start), length);
}
