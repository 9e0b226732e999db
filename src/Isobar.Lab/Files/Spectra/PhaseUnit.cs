namespace Isobar.Lab.Files.Spectra;

/// <summary>
/// Tells radians from degrees where a heading does not: by Re and Im beside them, or, in a file of |Z| and phase, by the slope of ln|Z|, which the phase in radians follows
/// (arg Z ≈ (π/2) d ln|Z|/d ln ω, the local form of the Kramers-Kronig relation).
/// </summary>
internal static class PhaseUnit
{
    // A quarter turn and what noise adds to it: no phase of a passive sample is larger.
    private const double MostRadians = 1.7;
    private const double DegreesPerRadian = 180 / Math.PI;
    private const double Sure = 0.7;

    public static bool IsRadian(ReadOnlySpan<double> phases, ReadOnlySpan<double> hertz, ReadOnlySpan<double> moduli, ReadOnlySpan<double> angles)
    {
        double product = 0, squares = 0, given = 0;
        for (int i = 0; i < phases.Length; i++)
        {
            if (!double.IsFinite(phases[i])) continue;
            if (Math.Abs(phases[i]) > MostRadians) return false;
            double expected = angles.IsEmpty ? Slope(hertz, moduli, i) : angles[i];
            if (!double.IsFinite(expected)) continue;
            product += phases[i] * expected;
            squares += expected * expected;
            given += phases[i] * phases[i];
        }

        // One, or as many as degrees are in a radian: the limit lies half-way between on a logarithmic scale.
        return Math.Abs(product) > Sure * Math.Sqrt(squares * given) && Math.Abs(product) < Math.Sqrt(DegreesPerRadian) * squares;
    }

    private static double Slope(ReadOnlySpan<double> hertz, ReadOnlySpan<double> moduli, int i)
    {
        if (i < 1 || i > hertz.Length - 2) return double.NaN;
        return Math.PI / 2 * Math.Log(moduli[i + 1] / moduli[i - 1]) / Math.Log(hertz[i + 1] / hertz[i - 1]);
    }

    public const string Note = "states no unit: taken as radians, which fit the other columns; degrees would not";
}
