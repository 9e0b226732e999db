using System.Numerics;

namespace Isobar.Impedance;

/// <summary>One point of an impedance sweep.</summary>
/// <param name="Hertz">Frequency, positive.</param>
/// <param name="Ohms">Impedance; a negative imaginary part is capacitive.</param>
public readonly record struct SpectrumPoint(double Hertz, Complex Ohms)
{
    /// <summary>Seconds since the sweep began; NaN when the time was not recorded.</summary>
    public double Seconds { get; init; } = double.NaN;

    /// <summary>
    /// How much the point counts beside the others, not negative: the square of (usual noise over its noise). One where nothing is known.
    /// </summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether tests and fits leave the point out.</summary>
    public bool LeftOut { get; init; }
}
