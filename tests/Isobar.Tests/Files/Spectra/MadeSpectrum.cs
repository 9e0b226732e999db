using System.Globalization;
using System.Numerics;
using System.Text;

namespace Isobar.Tests.Files.Spectra;

/// <summary>A spectrum that the tests make, 10 Ω + ZARC(40 Ω, 1 ms, 0.8), and the files that instruments would write of it.</summary>
internal static class MadeSpectrum
{
    public const int Count = 31;

    /// <summary>1 MHz to 1 Hz, descending.</summary>
    public static double[] Hertz { get; } = [.. Enumerable.Range(0, Count).Select(i => Math.Pow(10, 6 - (0.2 * i)))];

    public static Complex[] Ohms { get; } = [.. Hertz.Select(Z)];

    public static Complex Z(double hertz) => 10 + (40 / (1 + Complex.Pow(new Complex(0, 2 * Math.PI * hertz * 1e-3), 0.8)));

    /// <summary>Rows of text: each is the values of one point, written by <paramref name="row"/>.</summary>
    public static string Rows(Func<double, Complex, int, string> row, bool ascending = false)
    {
        var text = new StringBuilder();
        IEnumerable<int> order = Enumerable.Range(0, Count);
        foreach (int i in ascending ? order.Reverse() : order) text.Append(row(Hertz[i], Ohms[i], i)).Append('\n');
        return text.ToString();
    }

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Values with a separator between them.</summary>
    public static string Join(string separator, params double[] values) => string.Join(separator, values.Select(Number));

    public static string Simple(string heading, string separator = ",", double hertz = 1, double ohms = 1, int sign = 1, bool ascending = false) =>
        (heading.Length == 0 ? "" : heading + "\n") + Rows((f, z, _) => Join(separator, f * hertz, z.Real * ohms, sign * z.Imaginary * ohms), ascending);

    public static double Degrees(Complex z) => z.Phase * 180 / Math.PI;
}
