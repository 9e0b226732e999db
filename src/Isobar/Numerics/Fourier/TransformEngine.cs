using System.Numerics;

namespace Isobar.Numerics.Fourier;

/// <summary>A real two-dimensional transform for one width of vectors and one precision.</summary>
internal abstract class TransformEngine<TScalar>
    where TScalar : unmanaged
{
    public abstract Symbol CreateSymbol(Func<int, int, double> symbol);

    public abstract void Convolve(TScalar[] input, int rows, int columns, Symbol symbol, TScalar[] output);

    public abstract void Forward(TScalar[] field, Complex[] spectrum);

    public abstract void Inverse(Complex[] spectrum, TScalar[] field);
}
