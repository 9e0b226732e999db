using System.Numerics;

namespace Isobar.Impedance.Circuits;

/// <summary>
/// The angular frequencies of a sweep with their logarithms, filled up with the last one to whole vectors, so that inner loops have no
/// remainder. An array over the grid holds the real parts and then the imaginary parts: 2·<see cref="Padded"/> numbers.
/// </summary>
internal sealed class FrequencyGrid
{
    public FrequencyGrid(ReadOnlySpan<double> hertz)
    {
        Count = hertz.Length;
        Padded = (Count + 3) / 4 * 4;
        Omega = new double[Padded];
        LogOmega = new double[Padded];
        for (int i = 0; i < Padded; i++)
        {
            Omega[i] = 2 * Math.PI * hertz[Math.Min(i, Count - 1)];
            LogOmega[i] = Math.Log(Omega[i]);
        }
    }

    public int Count { get; }

    public int Padded { get; }

    public double[] Omega { get; }

    public double[] LogOmega { get; }

    public static Complex At(ReadOnlySpan<double> values, int padded, int i) => new(values[i], values[padded + i]);
}
