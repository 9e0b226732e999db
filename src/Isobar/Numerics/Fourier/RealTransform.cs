using System.Numerics;
using System.Runtime.Intrinsics;

namespace Isobar.Numerics.Fourier;

/// <summary>Which vector instructions a transform uses; every choice gives the same bits.</summary>
internal enum LaneWidth
{
    /// <summary>The widest the processor has.</summary>
    Widest,

    /// <summary>One number at a time.</summary>
    Scalar,

    /// <summary>256 bits.</summary>
    Four,

    /// <summary>512 bits.</summary>
    Eight,
}

/// <summary>
/// The discrete transform of real fields on a grid of rows × columns, F(f) = Σ x·exp(−2πi(f_r·r/rows + f_c·c/columns)), and convolution with a real, even kernel
/// in one go. Lengths are 2^a·3^b·5^c. One instance holds one working array: use it from one thread at a time.
/// </summary>
internal sealed class RealTransform
{
    private readonly TransformEngine<double> engine;

    public RealTransform(int rows, int columns, ParallelLoop? loop = null, LaneWidth lanes = LaneWidth.Widest)
    {
        RefuseRough(rows, columns);
        (Rows, Columns) = (rows, columns);
        ParallelLoop shared = loop ?? ParallelLoop.Sequential;
        LaneWidth chosen = lanes is not LaneWidth.Widest ? lanes : Vector512.IsHardwareAccelerated ? LaneWidth.Eight : Vector256.IsHardwareAccelerated ? LaneWidth.Four : LaneWidth.Scalar;
        engine = chosen switch
        {
            LaneWidth.Eight => new TransformEngine<Lanes512, Vector512<double>, double>(rows, columns, shared),
            LaneWidth.Four => new TransformEngine<Lanes256, Vector256<double>, double>(rows, columns, shared),
            _ => new TransformEngine<ScalarLanes, double, double>(rows, columns, shared),
        };
    }

    public int Rows { get; }

    public int Columns { get; }

    public static bool IsSmooth(int length)
    {
        int rest = length;
        foreach (int prime in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (rest > 1 && rest % prime == 0) rest /= prime;
        }

        return rest == 1;
    }

    /// <summary>The smallest length 2^a·3^b·5^c that is not below this one.</summary>
    public static int NextSmooth(int length)
    {
        int next = Math.Max(length, 1);
        while (!IsSmooth(next)) next++;
        return next;
    }

    public static void RefuseRough(int rows, int columns)
    {
        if (rows < 1 || columns < 2 || !IsSmooth(rows) || !IsSmooth(columns))
            throw new ArgumentException($"a grid of {rows} × {columns} has a length that is not 2^a·3^b·5^c; the next ones are {NextSmooth(rows)} × {NextSmooth(Math.Max(columns, 2))}");
    }

    /// <summary>A symbol from its value at signed frequencies (row −rows/2 … rows/2, column 0 … columns/2), even in both.</summary>
    public Symbol CreateSymbol(Func<int, int, double> symbol) => engine.CreateSymbol(symbol);

    /// <summary>The symbol of a kernel given in space, which must be even.</summary>
    public Symbol CreateSymbol(double[] kernel) => engine.CreateSymbol(SymbolOf(kernel));

    /// <summary>The function of the wave vector that a kernel given in space is.</summary>
    public Func<int, int, double> SymbolOf(double[] kernel)
    {
        Complex[] spectrum = Forward(kernel);
        int half = (Columns / 2) + 1;
        return (row, column) => spectrum[((row < 0 ? row + Rows : row) * half) + column].Real;
    }

    /// <summary>Periodic convolution of a whole field; input and output may be the same array.</summary>
    public void Convolve(double[] input, Symbol symbol, double[] output) => Convolve(input, Rows, Columns, symbol, output);

    /// <summary>Convolution of a smaller field that is continued by zeros; only its own window is returned.</summary>
    public void Convolve(double[] input, int rows, int columns, Symbol symbol, double[] output)
    {
        if (rows > Rows || columns > Columns) throw new ArgumentException($"a field of {rows} × {columns} does not fit a grid of {Rows} × {Columns}");
        if (input.Length < rows * columns || output.Length < rows * columns) throw new ArgumentException($"{rows} × {columns} points need {rows * columns} numbers; found {input.Length} and {output.Length}");
        engine.Convolve(input, rows, columns, symbol, output);
    }

    /// <summary>The half spectrum: rows × (columns/2 + 1), row frequencies 0 … rows − 1.</summary>
    public Complex[] Forward(double[] field)
    {
        if (field.Length != Rows * Columns) throw new ArgumentException($"a grid of {Rows} × {Columns} has {Rows * Columns} points; found {field.Length}", nameof(field));
        var spectrum = new Complex[Rows * ((Columns / 2) + 1)];
        engine.Forward(field, spectrum);
        return spectrum;
    }

    /// <summary>The field of a half spectrum, so that Inverse(Forward(x)) is x.</summary>
    public double[] Inverse(Complex[] spectrum)
    {
        if (spectrum.Length != Rows * ((Columns / 2) + 1)) throw new ArgumentException($"a grid of {Rows} × {Columns} has {Rows * ((Columns / 2) + 1)} frequencies; found {spectrum.Length}", nameof(spectrum));
        double[] field = new double[Rows * Columns];
        engine.Inverse(spectrum, field);
        return field;
    }
}
