using System.Numerics;

namespace Isobar.Impedance.Circuits;

/// <summary>Hyperbolic functions of v with Re v ≥ 0 that neither overflow at large nor lose digits at small |v|.</summary>
internal readonly struct Hyperbolic
{
    private const double Small = 0.02;

    public Hyperbolic(Complex v)
    {
        V = v;
        if (v.Magnitude < Small)
        {
            Complex square = v * v;
            Tanh = v * (1 - (square * ((1.0 / 3) - (square * ((2.0 / 15) - (square * 17 / 315))))));
            InverseSinh = 1 / (v * (1 + (square * ((1.0 / 6) + (square * ((1.0 / 120) + (square / 5040)))))));
        }
        else
        {
            Complex decay = Complex.Exp(-v), twice = decay * decay;
            Tanh = (1 - twice) / (1 + twice);
            InverseSinh = 2 * decay / (1 - twice);
        }
    }

    public Complex V { get; }

    public Complex Tanh { get; }

    /// <summary>1/sinh v.</summary>
    public Complex InverseSinh { get; }

    public Complex Coth => 1 / Tanh;
}
