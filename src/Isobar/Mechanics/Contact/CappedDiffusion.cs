using MathNet.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>
/// Diffusion of a stress that starts at p between absorbing ends at 0 (contact lost) and H (flow), ∂P/∂G = ∂²P/∂σ²; see <see cref="PerssonContact"/>.
/// </summary>
internal static class CappedDiffusion
{
    // Below this G/H² the images converge in a term or two; above it the series does.
    private const double SeriesFrom = 0.05;

    /// <summary>Share in contact (flowing part included) and share that flows.</summary>
    public static (double Area, double Plastic) Areas(double pressurePa, double? hardnessPa, double widening)
    {
        if (widening <= 0) return (1, 0);
        double root = 2 * Math.Sqrt(widening);
        if (hardnessPa is not { } cap) return (SpecialFunctions.Erf(pressurePa / root), 0);
        return widening / (cap * cap) < SeriesFrom ? Images(pressurePa, cap, root) : Series(pressurePa / cap, widening / (cap * cap));
    }

    private static (double Area, double Plastic) Images(double p, double cap, double root)
    {
        double lost = 0, flowing = 0;
        for (int k = 0; k < 4; k++)
        {
            lost += SpecialFunctions.Erfc(((2 * k * cap) + p) / root) - SpecialFunctions.Erfc(((2 * (k + 1) * cap) - p) / root);
            flowing += SpecialFunctions.Erfc(((((2 * k) + 1) * cap) - p) / root) - SpecialFunctions.Erfc(((((2 * k) + 1) * cap) + p) / root);
        }

        return (1 - lost, flowing);
    }

    // Σ (2/nπ)(−1)^{n+1} sin(nπx) is x itself and Σ (2/nπ) sin(nπx) is 1 − x, so only the decaying parts are summed.
    private static (double Area, double Plastic) Series(double x, double g)
    {
        double lost = 1 - x, flowing = x;
        for (int n = 1; n * n * Math.PI * Math.PI * g < 745; n++)
        {
            double term = 2 / (n * Math.PI) * Math.Sin(n * Math.PI * x) * Math.Exp(-n * n * Math.PI * Math.PI * g);
            lost -= term;
            flowing -= n % 2 == 1 ? term : -term;
        }

        return (1 - lost, flowing);
    }
}
