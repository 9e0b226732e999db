using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>Fourier transforms of whole maps of any size, for spectra and autocorrelations.</summary>
internal static class SurfaceTransform
{
    /// <summary>h_q = N⁻¹ Σ h·e^{−iqx} without the mean; windowed where the map does not repeat.</summary>
    public static Complex[] Amplitudes(HeightMap map, bool periodic)
    {
        HeightMap levelled = SurfaceLevelling.Level(RequireWhole(map), periodic ? 0 : 1);
        var values = new Complex[map.Rows * map.Columns];
        double[] alongRows = Window(map.Rows, periodic), alongColumns = Window(map.Columns, periodic);
        for (int row = 0; row < map.Rows; row++)
        {
            for (int column = 0; column < map.Columns; column++) values[(row * map.Columns) + column] = alongRows[row] * alongColumns[column] * levelled[row, column] / values.Length;
        }

        Transform(values, map.Rows, map.Columns, forward: true);
        return values;
    }

    /// <summary>
    /// Autocorrelation ⟨h(x)h(x + t)⟩/⟨h²⟩ by shift of rows and columns, zero shift first; a map that does not repeat is compared with itself where both copies lie.
    /// The array has twice the rows and columns of such a map.
    /// </summary>
    public static (double[] Values, int Rows, int Columns) Autocorrelation(HeightMap map, bool periodic)
    {
        RequireWhole(map);
        int rows = periodic ? map.Rows : 2 * map.Rows, columns = periodic ? map.Columns : 2 * map.Columns;
        var values = new Complex[rows * columns];
        for (int row = 0; row < map.Rows; row++)
        {
            for (int column = 0; column < map.Columns; column++) values[(row * columns) + column] = map[row, column] - map.MeanM;
        }

        Transform(values, rows, columns, forward: true);
        for (int i = 0; i < values.Length; i++) values[i] = (values[i].Real * values[i].Real) + (values[i].Imaginary * values[i].Imaginary);
        Transform(values, rows, columns, forward: false);
        var result = new double[values.Length];
        double zero = values[0].Real / ((double)map.Rows * map.Columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double overlap = periodic ? (double)rows * columns : (double)Math.Max(0, map.Rows - Math.Min(row, rows - row)) * Math.Max(0, map.Columns - Math.Min(column, columns - column));
                result[(row * columns) + column] = overlap > 0 ? values[(row * columns) + column].Real / overlap / zero : 0;
            }
        }

        return (result, rows, columns);
    }

    private static HeightMap RequireWhole(HeightMap map) =>
        map.MissingCount == 0 ? map : throw new ArgumentException($"{map.MissingCount} pixels are missing; fill them before a spectrum or a correlation is taken");

    // Hann, scaled so that the mean of its square is one.
    private static double[] Window(int count, bool periodic)
    {
        var window = new double[count];
        for (int i = 0; i < count; i++) window[i] = periodic ? 1 : Math.Sqrt(2.0 / 3) * (1 - Math.Cos(2 * Math.PI * (i + 0.5) / count));
        return window;
    }

    private static void Transform(Complex[] values, int rows, int columns, bool forward)
    {
        var line = new Complex[columns];
        for (int row = 0; row < rows; row++)
        {
            Array.Copy(values, row * columns, line, 0, columns);
            Apply(line, forward);
            Array.Copy(line, 0, values, row * columns, columns);
        }

        line = new Complex[rows];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++) line[row] = values[(row * columns) + column];
            Apply(line, forward);
            for (int row = 0; row < rows; row++) values[(row * columns) + column] = line[row];
        }
    }

    // No scaling forward, 1/N backward.
    private static void Apply(Complex[] line, bool forward)
    {
        if (forward) Fourier.Forward(line, FourierOptions.AsymmetricScaling);
        else Fourier.Inverse(line, FourierOptions.AsymmetricScaling);
    }
}
