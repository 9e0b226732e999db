namespace Isobar.Numerics.Fourier;

/// <summary>
/// A real, even function of the wave vector, stored in the order in which one engine meets it. It belongs to the transform that made it.
/// </summary>
internal abstract class Symbol
{
    protected Symbol(object owner) => Owner = owner;

    internal object Owner { get; }
}

/// <inheritdoc cref="Symbol"/>
/// <param name="owner">The engine.</param>
/// <param name="table">Per block of columns, per place along the column, per lane.</param>
/// <param name="nyquist">The column of the highest frequency along a row, which travels as the imaginary part of column 0; empty for an odd number of columns.</param>
internal sealed class Symbol<TScalar>(object owner, AlignedBuffer<TScalar> table, TScalar[] nyquist) : Symbol(owner)
    where TScalar : unmanaged
{
    internal AlignedBuffer<TScalar> Table => table;

    internal TScalar[] Nyquist => nyquist;
}
