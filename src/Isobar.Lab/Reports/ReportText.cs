using System.Globalization;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>A value with its 90 % band in one unit, as text.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">Lower end of the band.</param>
/// <param name="High">Upper end of the band.</param>
/// <param name="Unit">The unit as it is typeset; empty for a plain number.</param>
internal readonly record struct BandText(string Value, string Low, string High, string Unit)
{
    /// <summary>"38.2 Ω cm²".</summary>
    public string ValueWithUnit => ReportText.WithUnit(Value, Unit);

    /// <summary>"31.0 to 47.1 Ω cm²".</summary>
    public string BandWithUnit => ReportText.WithUnit($"{Low} to {High}", Unit);

    /// <summary>"38.2 Ω cm² (31.0 to 47.1)".</summary>
    public override string ToString() => $"{ValueWithUnit} ({Low} to {High})";
}

/// <summary>Numbers as reports print them: a point in every culture, three figures for what is uncertain, a unit always.</summary>
internal static class ReportText
{
    /// <summary>A number with a fixed count of decimals and a typographic minus.</summary>
    public static string Fixed(double value, int decimals)
    {
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        bool zero = text.AsSpan().TrimStart('-').IndexOfAnyExcept('0', '.') < 0;
        return text[0] == '-' ? (zero ? text[1..] : "−" + text[1..]) : text;
    }

    /// <summary>A number to some significant digits, with a typographic minus.</summary>
    public static string Number(double value, int digits = 3) => Quantity.Number(value, digits).Replace('-', '−');

    /// <summary>A count.</summary>
    public static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A quantity in the unit a person wants to read.</summary>
    public static string Of<T>(T value, int digits = 3) where T : struct, IQuantity<T> => Quantity.Format(value, digits).Replace('-', '−');

    /// <summary>A pressure in MPa without the unit, for columns whose header names it.</summary>
    public static string Megapascals(SamplePressure pressure) => Number(pressure.Megapascals);

    /// <summary>A share in per cent without the sign, for columns whose header names it.</summary>
    public static string Percent(Fraction share, int digits = 2) => Number(share.Percent, digits);

    /// <summary>A value with its 90 % band.</summary>
    public static BandText Band<T>(Estimate<T> estimate) where T : struct, IQuantity<T> => Band(T.Dimension, estimate.Si);

    /// <summary>A value with its 90 % band, in the unit that suits the value.</summary>
    public static BandText Band(Dimension dimension, Estimate estimate) => Band(dimension.PrintUnit(estimate.Value), estimate);

    /// <summary>A value with its 90 % band, in a unit that is given.</summary>
    public static BandText Band(Unit unit, Estimate estimate)
    {
        Interval band = estimate.Band90;
        return new BandText(
            Number(unit.FromSiValue(estimate.Value)),
            Number(unit.FromSiValue(band.Low)),
            Number(unit.FromSiValue(band.High)),
            Quantity.Pretty(unit.Symbol));
    }

    /// <summary>
    /// The text with a replacement sign for each character that no document may hold: a reader sees that something was there.
    /// </summary>
    public static string Printable(string text) =>
        text.Any(IsForbidden) ? string.Concat(text.Select(c => IsForbidden(c) ? '\ufffd' : c)) : text;

    /// <summary>The text with a capital first letter, for headings.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string WithUnit(string number, string unit) => unit.Length == 0 ? number : $"{number} {unit}";

    /// <summary>A time as a person reads a clock: "45 s", "3 min 20 s", "2 h 5 min".</summary>
    public static string Time(Duration duration)
    {
        double seconds = duration.Seconds;
        if (seconds < 60) return (seconds == Math.Truncate(seconds) ? Fixed(seconds, 0) : Number(seconds)) + " s";
        long whole = (long)Math.Round(seconds);
        (long hours, long rest) = Math.DivRem(whole, 3600);
        (long minutes, long left) = Math.DivRem(rest, 60);
        string first = hours > 0 ? Whole(hours, "h") : Whole(minutes, "min");
        (long second, string unit) = hours > 0 ? (minutes, "min") : (left, "s");
        return second == 0 ? first : $"{first} {Whole(second, unit)}";
    }

    private static bool IsForbidden(char c) => c is < ' ' and not ('\n' or '\t' or '\r') or '\u007f' or '\ufffe' or '\uffff';

    private static string Whole(long number, string unit) => number.ToString(CultureInfo.InvariantCulture) + " " + unit;
}
