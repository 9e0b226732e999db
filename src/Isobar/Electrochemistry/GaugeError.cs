using Isobar.Mechanics;

namespace Isobar.Electrochemistry;

/// <summary>
/// What the pressure on the sample is when the press indicates a pressure: the error of one laboratory, common to all its steps. A class of the reading is a factor, a class of
/// the full scale (a dial) and the resolution are a shift s = |z|·a. A gauge that reads too little has x + s·x/(x + s/10) behind its reading x: x + s far above the shift, and
/// nothing at nothing, since a press that carries nothing shows nothing. A gauge that reads too much is its mirror. Both rise at every pressure. How the shift fades below itself is
/// a judgement; above, it is that of the class.
/// </summary>
/// <param name="Rank">z, place of this laboratory's gauge among all that keep the class, in standard deviations.</param>
/// <param name="RelativeShare">Standard uncertainty relative to the reading.</param>
/// <param name="AbsolutePa">a, standard uncertainty whatever the reading, Pa on the sample.</param>
/// <param name="AreaFactor">Nominal over true area of the die.</param>
public readonly record struct GaugeError(double Rank, double RelativeShare, double AbsolutePa, double AreaFactor)
{
    // Share of the shift at which it has faded to a half.
    private const double Fading = 0.1;

    private double Factor => AreaFactor * Math.Exp(Rank * RelativeShare);

    private double ShiftPa => Math.Abs(Rank) * AbsolutePa;

    /// <summary>Pressure on the sample, Pa.</summary>
    /// <param name="indicatedPa">Pressure that the press indicates, Pa; not negative.</param>
    public double TruePa(double indicatedPa)
    {
        double x = indicatedPa * Factor;
        return Rank < 0 ? Less(x, ShiftPa) : More(x, ShiftPa);
    }

    /// <summary>Pressure that the press indicates when this much is on the sample, Pa.</summary>
    /// <param name="truePa">Pressure on the sample, Pa; not negative.</param>
    public double IndicatedPa(double truePa) => (Rank < 0 ? More(truePa, ShiftPa) : Less(truePa, ShiftPa)) / Factor;

    /// <summary>A history of indicated pressures as the sample saw it.</summary>
    public LoadHistory True(LoadHistory indicated) => new(TruePa(indicated.PresentPa), TruePa(indicated.LargestPa));

    private static double More(double x, double shift) => x > 0 ? x * (1 + (shift / (x + (Fading * shift)))) : x;

    // The inverse: the positive root of y² + (s/10 + s − x)·y − x·s/10 = 0, without cancellation.
    private static double Less(double x, double shift)
    {
        double half = 0.5 * ((Fading * shift) + shift - x), product = x * Fading * shift, root = Math.Sqrt((half * half) + product);
        return half > 0 ? product / (half + root) : root - half;
    }
}
