using System.Collections.Immutable;
using System.Numerics;

namespace Isobar.Impedance;

/// <summary>
/// An impedance sweep per electrode area, as models give it and <see cref="Spectrum.PerArea"/> shows a measured one:
/// frequencies in Hz, descending, and impedances in Ω m². Immutable.
/// </summary>
/// <param name="Hertz">Frequencies, descending.</param>
/// <param name="OhmSquareMetres">Impedances, one per frequency.</param>
public sealed record ArealSpectrum(ImmutableArray<double> Hertz, ImmutableArray<Complex> OhmSquareMetres)
{
    /// <summary>
    /// The resistance at high frequency: the real part where the negative imaginary part is smallest above
    /// <paramref name="fromHertz"/>, the valley between the electrolyte's own arc and the interfaces.
    /// </summary>
    public double HighFrequencyResistance(double fromHertz = 1e4)
    {
        int best = -1;
        for (int i = 0; i < Hertz.Length && Hertz[i] >= fromHertz; i++)
        {
            if (best < 0 || Math.Abs(OhmSquareMetres[i].Imaginary) < Math.Abs(OhmSquareMetres[best].Imaginary)) best = i;
        }

        return best < 0
            ? throw new InvalidOperationException($"the sweep has no frequency at or above {fromHertz:G3} Hz; the high-frequency resistance needs one")
            : OhmSquareMetres[best].Real;
    }

    /// <summary>The real part at the lowest frequency: the direct-current resistance where no diffusion is seen.</summary>
    public double LowFrequencyResistance() => OhmSquareMetres[^1].Real;
}
