using System.Numerics;

namespace Isobar.Numerics.Fourier;

/// <summary>A real two-dimensional transform for one width of vectors and one precision.</summary>
internal abstract class TransformEngine
{
    public abstract Symbol CreateSymbol(Func<int, int, double> symbol);

    public abstract void Convolve(double[] input, int rows, int columns, Symbol symbol, double[] output);

    public abstract void Forward(double[] field, Complex[] spectrum);

    public abstract void Inverse(Complex[] spectrum, double[] field);
}
