using System.Text;

namespace Isobar.Lab.Files.Spectra;

/// <summary>The units that impedance tables state, of any spelling.</summary>
internal static class ImpedanceUnit
{
    private static readonly List<Isobar.Quantities.Dimension> s_dimensions =
        [Isobar.Quantities.SamplePressure.Dimension, Isobar.Quantities.OilPressure.Dimension, Isobar.Quantities.Temperature.Dimension, Isobar.Quantities.Area.Dimension, Isobar.Quantities.Length.Dimension];

    public static bool IsUnit(string unit) =>
        unit.Length is > 0 and < 32
        && (Frequency(unit) ?? AngularFrequency(unit, true) ?? Angle(unit) ?? Time(unit)) is not null | Impedance(unit) is not null
        | s_dimensions.Exists(dimension => dimension.Find(Spelled(unit)) is not null);

    /// <summary>Hz in one of the unit.</summary>
    public static double? Frequency(string unit) => Plain(unit) switch
    {
        "Hz" or "hz" or "HZ" or "hertz" or "Hertz" or "cps" => 1,
        "kHz" or "khz" or "KHz" or "KHZ" or "kilohertz" => 1e3,
        "MHz" or "MHZ" or "megahertz" => 1e6,
        "GHz" or "GHZ" => 1e9,
        "mHz" or "millihertz" => 1e-3,
        _ => null,
    };

    /// <summary>rad/s in one of the unit; "1/s" only under a name that says angular.</summary>
    public static double? AngularFrequency(string unit, bool angularName) => Plain(unit) switch
    {
        "rad/s" or "rads-1" or "rad/sec" or "radpersecond" or "rad/second" or "radians/s" or "rads^-1" or "radianpersecond" => 1,
        "krad/s" or "krads-1" => 1e3,
        "Mrad/s" or "Mrads-1" => 1e6,
        "1/s" or "s-1" or "s^-1" when angularName => 1,
        _ => null,
    };

    /// <summary>Ω, or Ω m² per area, in one of the unit.</summary>
    public static (double Factor, bool PerArea)? Impedance(string unit)
    {
        string plain = Plain(unit);
        double area = 0;
        foreach ((string suffix, double squareMetres) in (ReadOnlySpan<(string, double)>)[("cm2", 1e-4), ("mm2", 1e-6), ("m2", 1)])
        {
            if (!plain.EndsWith(suffix, StringComparison.Ordinal)) continue;
            area = squareMetres;
            plain = plain[..^suffix.Length];
            break;
        }

        if (plain.EndsWith("ohms", StringComparison.OrdinalIgnoreCase)) plain = plain[..^1];
        if (!plain.EndsWith("ohm", StringComparison.OrdinalIgnoreCase)) return null;
        double? ohms = plain[..^3] switch
        {
            "" => 1,
            "k" or "K" or "kilo" => 1e3,
            "M" or "mega" or "Mega" or "Meg" => 1e6,
            "G" or "giga" => 1e9,
            "m" or "milli" => 1e-3,
            "u" or "micro" => 1e-6,
            _ => null,
        };
        return ohms is { } factor ? (factor * (area > 0 ? area : 1), area > 0) : null;
    }

    /// <summary>Radians in one of the unit; degrees where none is stated.</summary>
    public static double? Angle(string? unit) => unit is null ? Math.PI / 180 : Plain(unit) switch
    {
        "deg" or "Deg" or "DEG" or "°" or "degree" or "degrees" or "Degree" or "Degrees" => Math.PI / 180,
        "rad" or "radian" or "radians" or "Rad" => 1,
        "mrad" => 1e-3,
        _ => null,
    };

    /// <summary>Seconds in one of the unit; seconds where none is stated.</summary>
    public static double? Time(string? unit) => unit is null ? 1 : Plain(unit) switch
    {
        "s" or "sec" or "Sec" or "second" or "seconds" or "S" => 1,
        "ms" => 1e-3,
        "µs" or "us" => 1e-6,
        "min" or "minute" or "minutes" => 60,
        "h" or "hr" or "hour" or "hours" => 3600,
        "d" or "day" or "days" => 86400,
        _ => null,
    };

    /// <summary>A unit in the spelling of the quantities: "pa" of table names is Pa.</summary>
    public static string Spelled(string unit) => unit switch
    {
        "pa" or "pascal" => "Pa",
        "kpa" => "kPa",
        "mpa" => "MPa",
        "celsius" or "degC" or "deg C" or "°C" or "C" => "°C",
        "kelvin" => "K",
        _ => unit,
    };

    private static string Plain(string unit)
    {
        var plain = new StringBuilder(unit.Length);
        foreach (char c in unit)
        {
            plain.Append(c switch
            {
                ' ' or '.' or '·' or '*' or '×' or '⋅' or '^' or '_' => "",
                'Ω' or 'Ω' => "ohm",
                'µ' or 'μ' => "u",
                '²' => "2",
                '⁻' => "-",
                '¹' => "1",
                _ => c.ToString(),
            });
        }

        return plain.ToString();
    }
}
