using System.Numerics;

namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>
/// Samples the continuous surface of a recipe on its grid by two exact one-dimensional sums: first over kₓ for each k_y and row, then over k_y
/// for each row. Waves above half the number of points are sampled as they are, folded and all, as a measurement would.
/// </summary>
internal static class SurfaceSynthesis
{
    /// <summary>Heights, row by row: element i·N + j lies at x = iL/N, y = jL/N.</summary>
    public static double[] Heights(SelfAffineModes modes, int points, CancellationToken cancellation = default)
    {
        int highest = modes.All.Max(mode => mode.Ky);
        (double[] cosines, double[] sines) = UnitCircle(points);
        double[] real = new double[(highest + 1) * points], imaginary = new double[(highest + 1) * points];
        foreach (SurfaceMode mode in modes.All) AddAlongRows(mode, points, cosines, sines, real.AsSpan(mode.Ky * points, points), imaginary.AsSpan(mode.Ky * points, points));
        double[] heights = new double[points * points];
        double[] cosineRow = new double[points], sineRow = new double[points];
        for (int ky = 0; ky <= highest; ky++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int j = 0; j < points; j++)
            {
                int angle = (int)((long)ky * j % points);
                cosineRow[j] = cosines[angle];
                sineRow[j] = sines[angle];
            }

            for (int i = 0; i < points; i++) AddRow(heights.AsSpan(i * points, points), real[(ky * points) + i], imaginary[(ky * points) + i], cosineRow, sineRow);
        }

        return heights;
    }

    private static void AddAlongRows(SurfaceMode mode, int points, double[] cosines, double[] sines, Span<double> real, Span<double> imaginary)
    {
        double a = 2 * mode.Amplitude * Math.Cos(mode.Phase), b = 2 * mode.Amplitude * Math.Sin(mode.Phase);
        int step = ((mode.Kx % points) + points) % points;
        int angle = 0;
        for (int i = 0; i < points; i++)
        {
            real[i] += (a * cosines[angle]) - (b * sines[angle]);
            imaginary[i] += (a * sines[angle]) + (b * cosines[angle]);
            angle += step;
            if (angle >= points) angle -= points;
        }
    }

    private static void AddRow(Span<double> row, double real, double imaginary, double[] cosines, double[] sines)
    {
        int lanes = Vector<double>.Count, j = 0;
        Vector<double> r = new(real), s = new(imaginary);
        for (; j <= row.Length - lanes; j += lanes)
        {
            Vector<double> sum = new Vector<double>(row[j..]) + (r * new Vector<double>(cosines, j)) - (s * new Vector<double>(sines, j));
            sum.CopyTo(row[j..]);
        }

        for (; j < row.Length; j++) row[j] = row[j] + (real * cosines[j]) - (imaginary * sines[j]);
    }

    private static (double[] Cosines, double[] Sines) UnitCircle(int points)
    {
        double[] cosines = new double[points], sines = new double[points];
        for (int m = 0; m < points; m++) (sines[m], cosines[m]) = Math.SinCos(2 * Math.PI * m / points);
        return (cosines, sines);
    }
}
