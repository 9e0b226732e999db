namespace Isobar.Quantities;

/// <summary>
/// A physical quantity: a double in SI units that the compiler keeps apart from all other quantities.
/// Arithmetic and comparison are declared once for all of them in <see cref="QuantityOperators"/>.
/// </summary>
/// <typeparam name="TSelf">The quantity itself.</typeparam>
public interface IQuantity<TSelf> where TSelf : struct, IQuantity<TSelf>
{
    /// <summary>The value in the coherent SI unit of the dimension.</summary>
    double Si { get; }

    /// <summary>Name, units and refused units of this quantity.</summary>
    static abstract Dimension Dimension { get; }

    /// <summary>The quantity whose SI value is <paramref name="si"/>.</summary>
    static abstract TSelf FromSi(double si);
}
