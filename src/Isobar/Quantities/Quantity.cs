using System.Globalization;

namespace Isobar.Quantities;

/// <summary>Reading and printing of quantities. Numbers use the decimal point in every culture.</summary>
public static class Quantity
{
    /// <summary>Reads a number with its unit, for example <c>3 t</c>, <c>29.4kN</c>, <c>1.27 cm²</c>.</summary>
    /// <exception cref="QuantityException">The text has no number, no unit, or a unit that does not fit or is ambiguous; the message says which and what to write.</exception>
    public static T Parse<T>(string text) where T : struct, IQuantity<T> =>
        TryParse(text, out T value, out string error) ? value : throw new QuantityException(error);

    /// <summary>Reads a number with its unit; on failure <paramref name="error"/> says what was found, what was expected and what to write.</summary>
    public static bool TryParse<T>(string? text, out T value, out string error) where T : struct, IQuantity<T>
    {
        value = default;
        Dimension dimension = T.Dimension;
        if (!TrySplit(text, dimension, out double number, out string unitText, out error)) return false;
        if (!TryUnit(dimension, text!, unitText, out Unit unit, out error)) return false;
        value = T.FromSi(unit.ToSiValue(number));
        return true;
    }

    /// <summary>Splits "29.4 kN" into number and unit text without judging the unit.</summary>
    internal static bool TrySplit(string? text, Dimension dimension, out double number, out string unitText, out string error)
    {
        number = 0;
        unitText = "";
        error = "";
        string example = $"for example '{Example(dimension)}'";
        if (string.IsNullOrWhiteSpace(text))
        {
            error = $"a {dimension.Name} is missing; write a number with its unit, {example}";
            return false;
        }

        string trimmed = text.Trim().Replace('−', '-');
        int end = NumberLength(trimmed);
        if (end == 0)
        {
            error = $"'{text}' does not start with a number; a {dimension.Name} is a number with its unit, {example}";
            return false;
        }

        if (end < trimmed.Length && trimmed[end] == ',')
        {
            error = $"'{text}' has a comma; the decimal sign is a point and thousands are not separated: '{trimmed.Replace(',', '.')}'";
            return false;
        }

        if (!double.TryParse(trimmed.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out number) || !double.IsFinite(number))
        {
            error = $"'{trimmed[..end]}' in '{text}' is not a finite number; a {dimension.Name} is a number with its unit, {example}";
            return false;
        }

        unitText = trimmed[end..].Trim();
        return true;
    }

    internal static bool TryUnit(Dimension dimension, string text, string unitText, out Unit unit, out string error)
    {
        error = "";
        Unit? found = dimension.Find(unitText);
        unit = found ?? dimension.SiUnit;
        if (found is not null) return true;
        if (dimension.FindRefused(unitText) is { } refused) error = $"'{text}' is not a {dimension.Name}: {refused.Reason}";
        else if (unitText.Length == 0) error = $"'{text}' has no unit; a {dimension.Name} is in one of {dimension.UnitList()}";
        else error = $"'{unitText}' in '{text}' is not a unit of {dimension.Name}; use one of {dimension.UnitList()}";
        return false;
    }

    /// <summary>Prints a quantity in the unit a person wants to read, to four significant digits.</summary>
    public static string Format<T>(T value, int significantDigits = 4) where T : struct, IQuantity<T> =>
        Format(value, T.Dimension.PrintUnit(value.Si), significantDigits);

    /// <summary>Prints a quantity in a given unit.</summary>
    public static string Format<T>(T value, Unit unit, int significantDigits = 4) where T : struct, IQuantity<T>
    {
        // Trailing zeros would claim a precision that only an Estimate may claim.
        string number = Number(unit.FromSiValue(value.Si), significantDigits);
        if (number.Contains('.', StringComparison.Ordinal) && !number.Contains('e', StringComparison.Ordinal)) number = number.TrimEnd('0').TrimEnd('.');
        return unit.Symbol switch
        {
            "" => number,
            "%" => number + " %",
            _ => number + " " + Pretty(unit.Symbol),
        };
    }

    /// <summary>A plain number with the given significant digits, in the invariant culture, without exponent where a person would not write one.</summary>
    public static string Number(double value, int significantDigits = 4)
    {
        if (value == 0) return "0";
        if (double.IsPositiveInfinity(value)) return "∞";
        if (!double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        // Rounding can carry into the next decade (9.9996 to 10.00), so the exponent is taken after rounding.
        double scale = Math.Pow(10, significantDigits - 1 - exponent);
        if (double.IsFinite(scale) && scale != 0 && Math.Abs(Math.Round(value * scale)) >= Math.Pow(10, significantDigits)) exponent++;
        if (exponent is < -4 or > 6) return value.ToString("0." + new string('0', significantDigits - 1) + "e+0", CultureInfo.InvariantCulture);
        int decimals = Math.Clamp(significantDigits - 1 - exponent, 0, 12);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The value counted in a unit named by its symbol.</summary>
    /// <exception cref="QuantityException">The dimension has no such unit.</exception>
    public static double In<T>(this T value, string unitSymbol) where T : struct, IQuantity<T> =>
        (T.Dimension.Find(unitSymbol) ?? throw new QuantityException($"'{unitSymbol}' is not a unit of {T.Dimension.Name}; use one of {T.Dimension.UnitList()}"))
        .FromSiValue(value.Si);

    /// <summary>A unit symbol as it is typeset: µ, Ω, ², °.</summary>
    public static string Pretty(string symbol) => symbol switch
    {
        "degC" => "°C",
        "degF" => "°F",
        _ => symbol.Replace("ohm", "Ω", StringComparison.Ordinal)
            .Replace("um", "µm", StringComparison.Ordinal)
            .Replace("uA", "µA", StringComparison.Ordinal)
            .Replace("uF", "µF", StringComparison.Ordinal)
            .Replace("m2", "m²", StringComparison.Ordinal)
            .Replace("m3", "m³", StringComparison.Ordinal),
    };

    /// <summary>How many characters at the start of the text are one decimal number.</summary>
    internal static int NumberLength(string text)
    {
        int i = 0;
        if (i < text.Length && text[i] is '+' or '-') i++;
        int digits = 0;
        while (i < text.Length && char.IsAsciiDigit(text[i])) { i++; digits++; }
        if (i < text.Length && text[i] == '.')
        {
            i++;
            while (i < text.Length && char.IsAsciiDigit(text[i])) { i++; digits++; }
        }

        if (digits == 0) return 0;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            int j = i + 1;
            if (j < text.Length && text[j] is '+' or '-') j++;
            int exponentStart = j;
            while (j < text.Length && char.IsAsciiDigit(text[j])) j++;
            if (j > exponentStart) i = j;
        }

        return i;
    }

    private static string Example(Dimension dimension)
    {
        foreach (Unit unit in dimension.Units)
        {
            if (unit.Printed) return unit.Symbol.Length == 0 ? "0.5" : "10 " + unit.Symbol;
        }

        return "10 " + dimension.SiUnit.Symbol;
    }
}

/// <summary>A text that is not the quantity it should be; the message says what was found, what was expected and what to write.</summary>
public sealed class QuantityException(string message) : FormatException(message);
