using System.Runtime.Intrinsics;

namespace Isobar.Numerics.Fourier;

/// <summary>The convolution of <see cref="RealTransform"/> in single precision: half the time and memory, for searches whose result is checked in double precision.</summary>
internal sealed class SingleTransform
{
    private readonly TransformEngine<float> engine;
    private readonly int rows;
    private readonly int columns;

    public SingleTransform(int rows, int columns, ParallelLoop? loop = null, LaneWidth lanes = LaneWidth.Widest)
    {
        RealTransform.RefuseRough(rows, columns);
        (this.rows, this.columns) = (rows, columns);
        ParallelLoop shared = loop ?? ParallelLoop.Sequential;
        engine = lanes is LaneWidth.Scalar || !Vector256.IsHardwareAccelerated
            ? new TransformEngine<ScalarSingleLanes, float, float>(rows, columns, shared)
            : new TransformEngine<SingleLanes, Vector256<float>, float>(rows, columns, shared);
    }

    /// <inheritdoc cref="RealTransform.CreateSymbol(Func{int, int, double})"/>
    public Symbol CreateSymbol(Func<int, int, double> symbol) => engine.CreateSymbol(symbol);

    /// <inheritdoc cref="RealTransform.Convolve(double[], int, int, Symbol, double[])"/>
    public void Convolve(float[] input, int fieldRows, int fieldColumns, Symbol symbol, float[] output)
    {
        if (fieldRows > rows || fieldColumns > columns) throw new ArgumentException($"a field of {fieldRows} × {fieldColumns} does not fit a grid of {rows} × {columns}");
        if (input.Length < fieldRows * fieldColumns || output.Length < fieldRows * fieldColumns) throw new ArgumentException($"{fieldRows} × {fieldColumns} points need {fieldRows * fieldColumns} numbers; found {input.Length} and {output.Length}");
        engine.Convolve(input, fieldRows, fieldColumns, symbol, output);
    }
}
