using System.Numerics;

namespace Isobar.Numerics.Fourier;

/// <summary>
/// The few vector operations the transforms need. Lanes are independent rows or columns, so that every width does the same arithmetic on an element and
/// gives the same bits. MultiplyAdd rounds once everywhere.
/// </summary>
internal interface ILanes<TVector, TScalar>
    where TVector : struct
    where TScalar : unmanaged, IBinaryFloatingPointIeee754<TScalar>
{
    static abstract int Width { get; }

    static abstract TVector Load(ref TScalar source, nint offset);

    static abstract void Store(TVector value, ref TScalar destination, nint offset);

    static abstract TVector Broadcast(TScalar value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a·b + c.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>c − a·b.</summary>
    static abstract TVector MultiplySubtract(TVector a, TVector b, TVector c);

    /// <summary>Turns a Width × Width tile: line i of the source becomes lane i of the destination's lines. Strides in elements.</summary>
    static abstract void Transpose(ref TScalar source, nint sourceStride, ref TScalar destination, nint destinationStride);
}
