using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Isobar.Impedance.Circuits;

/// <summary>Four frequencies of a grid at once.</summary>
internal readonly struct Lanes(Vector256<double> value)
{
    private readonly Vector256<double> _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Load(ReadOnlySpan<double> values, int at) => new(Unsafe.ReadUnaligned<Vector256<double>>(ref Unsafe.As<double, byte>(ref Unsafe.AsRef(in values.Slice(at, 4)[0]))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> values, int at) => Unsafe.WriteUnaligned(ref Unsafe.As<double, byte>(ref MemoryMarshal.GetReference(values.Slice(at, 4))), _value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Exp(Lanes a) => new(Vector256.Exp(a._value));

    public static implicit operator Lanes(double all) => new(Vector256.Create(all));

    public static Lanes operator +(Lanes a, Lanes b) => new(a._value + b._value);

    public static Lanes operator -(Lanes a, Lanes b) => new(a._value - b._value);

    public static Lanes operator -(Lanes a) => new(-a._value);

    public static Lanes operator *(Lanes a, Lanes b) => new(a._value * b._value);

    public static Lanes operator *(Lanes a, double b) => new(a._value * b);

    public static Lanes operator /(Lanes a, Lanes b) => new(a._value / b._value);
}
