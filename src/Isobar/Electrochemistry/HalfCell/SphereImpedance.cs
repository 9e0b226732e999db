using System.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// Diffusion in a sphere under a small alternating flux: δx_s/δg = f(s) = tanh s/(s − tanh s), s = R_p·√(jω/D), g the flux in units of
/// F·D·c_max/R_p (T. Jacobsen, K. West, Electrochim. Acta 40 (1995) 255, 10.1016/0013-4686(94)E0192-3). f → 3/s² + 1/5 at low frequency, 1/s at high.
/// </summary>
internal static class SphereImpedance
{
    // Below this |s| the difference s − tanh s cancels and its series, good to s⁸, is the better one.
    private const double Series = 0.05;

    /// <summary>f(s) and its derivative.</summary>
    public static (Complex Value, Complex Slope) Transfer(Complex s)
    {
        Complex square = s * s;
        if (Complex.Abs(s) < Series)
        {
            // 3/s² + 1/5 − s²/175 + 2s⁴/7875 − …
            Complex value = (3 / square) + 0.2 - (square / 175 * (1 - (square * (2.0 / 45))));
            Complex slope = (-6 / (square * s)) - (2 * s / 175 * (1 - (square * (4.0 / 45))));
            return (value, slope);
        }

        Complex decay = Complex.Exp(-2 * s), tanh = (1 - decay) / (1 + decay), rest = s - tanh;
        return (tanh / rest, ((s * (1 - (tanh * tanh))) - tanh) / (rest * rest));
    }
}
