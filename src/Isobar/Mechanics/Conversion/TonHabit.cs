using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Mechanics.Conversion;

/// <summary>
/// A pressure that comes from a round number of metric tons on a die and not from the material: 74 MPa is 1 t on 13 mm.
/// Computed from the die, so that it holds for any diameter.
/// </summary>
/// <param name="Tons">Metric tons, a multiple of one half.</param>
/// <param name="DieDiameter">The die on which they make the pressure.</param>
/// <param name="Pressure">The pressure they make.</param>
/// <param name="Printed">The pressure as people print it, rounded.</param>
public sealed record TonHabit(double Tons, Length DieDiameter, SamplePressure Pressure, SamplePressure Printed)
{
    // People round 369.4 to 370 and 73.9 to 74: a fifth of a per cent. Much wider, and with ten tons in half steps every pressure
    // would be a habit (the share of pressures within ±tolerance of a step is 4·tons·tolerance).
    private const double RoundingTolerance = 0.0025;
    private const double LargestTons = 10;

    /// <summary>Whether the load is a whole number of tons and not a half.</summary>
    public bool IsWhole => Math.Abs(Tons - Math.Round(Tons)) < 1e-9;

    /// <summary>The round load behind a force on a die; null when the force is not a round load.</summary>
    public static TonHabit? Of(Force force, Length dieDiameter)
    {
        double tons = force.MetricTons;
        double round = Math.Round(2 * tons, MidpointRounding.AwayFromZero) / 2;
        if (round is < 0.5 or > LargestTons || Math.Abs(tons - round) > RoundingTolerance * round) return null;
        double pressurePa = round * Force.NewtonsPerMetricTon / Die.AreaOf(dieDiameter).SquareMetres;
        return new TonHabit(round, dieDiameter, new SamplePressure(pressurePa), AsPrinted(pressurePa));
    }

    /// <summary>The round load behind a pressure, on the first of the given dies on which there is one.</summary>
    public static TonHabit? Of(SamplePressure pressure, params ReadOnlySpan<Length> dieDiameters)
    {
        foreach (Length diameter in dieDiameters)
        {
            if (Of(new Force(pressure.Pascals * Die.AreaOf(diameter).SquareMetres), diameter) is { } habit) return habit;
        }

        return null;
    }

    /// <summary>"1 t on a 13 mm die".</summary>
    public override string ToString() => $"{Plain(Tons)} t on a {Plain(DieDiameter.Millimetres)} mm die";

    internal static string Plain(double value) => Math.Round(value, 6).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);

    // To 5 MPa where that is within the tolerance people allow themselves (374.6 is printed 375), else to 1 MPa.
    private static SamplePressure AsPrinted(double pressurePa)
    {
        double fives = Math.Round(pressurePa / 5e6) * 5e6;
        return new SamplePressure(Math.Abs(fives - pressurePa) <= RoundingTolerance * pressurePa ? fives : Math.Round(pressurePa / 1e6) * 1e6);
    }
}
