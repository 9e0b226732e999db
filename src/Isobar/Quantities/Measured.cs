using System.Globalization;

namespace Isobar.Quantities;

/// <summary>A quantity as a person wrote it: a value and, when it was written, one standard uncertainty.</summary>
/// <typeparam name="T">The quantity.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="StandardUncertainty">What stood after ±, as an absolute quantity; null when nothing stood there. For a temperature a difference.</param>
public readonly record struct Measured<T>(T Value, T? StandardUncertainty) where T : struct, IQuantity<T>
{
    /// <summary>The estimate, with <paramref name="unstated"/> as the standard uncertainty when the text gave none.</summary>
    public Estimate<T> OrUnstated(T unstated) => new(Value, StandardUncertainty ?? unstated);
}

/// <summary>
/// Reading of values with uncertainty: <c>10 mm ± 0.02 mm</c>, <c>10 ± 0.02 mm</c>, <c>0.25 S/m ± 20 %</c>, <c>7.7e-3 ± 1e-3</c>.
/// What stands after ± (also written +- or +/-) is one standard uncertainty.
/// <para>A per cent sign after ± is a share of the value, except for shares themselves: <c>12 % ± 1 %</c> means 11 % to 13 %,
/// and <c>0.5 ± 10 %</c> is refused because it can be read both ways.</para>
/// </summary>
public static class Measured
{
    private static readonly string[] PlusMinus = ["±", "+-", "+/-"];

    /// <summary>Reads a value with or without uncertainty.</summary>
    /// <exception cref="QuantityException">The text is not that; the message says what was found and what to write.</exception>
    public static Measured<T> Parse<T>(string text) where T : struct, IQuantity<T> =>
        TryParse(text, out Measured<T> value, out string error) ? value : throw new QuantityException(error);

    /// <summary>Reads a value with or without uncertainty; on failure <paramref name="error"/> says what was found and what to write.</summary>
    public static bool TryParse<T>(string? text, out Measured<T> value, out string error) where T : struct, IQuantity<T>
    {
        value = default;
        if (!TryParse(text, T.Dimension, out double si, out double? uncertaintySi, out error)) return false;
        value = new Measured<T>(T.FromSi(si), uncertaintySi is { } u ? T.FromSi(u) : null);
        return true;
    }

    /// <summary>Reads a value with or without uncertainty of a dimension that is known only at run time, in SI units.</summary>
    public static bool TryParse(string? text, Dimension dimension, out double valueSi, out double? uncertaintySi, out string error)
    {
        valueSi = 0;
        uncertaintySi = null;
        (int at, int length) = FindPlusMinus(text);
        string valueText = at < 0 ? text ?? "" : text![..at];
        if (!Quantity.TrySplit(valueText, dimension, out double number, out string unitText, out error)) return false;
        if (at < 0)
        {
            if (!Quantity.TryUnit(dimension, text!, unitText, out Unit plainUnit, out error)) return false;
            valueSi = plainUnit.ToSiValue(number);
            return true;
        }

        string spreadText = text![(at + length)..].Trim();
        if (!TrySplitSpread(text, spreadText, out double spread, out string spreadUnitText, out error)) return false;

        // "10 ± 0.02 mm": the unit behind the uncertainty belongs to both numbers.
        bool sharedUnit = unitText.Length == 0 && spreadUnitText.Length > 0 && spreadUnitText is not "%";
        if (!Quantity.TryUnit(dimension, text, sharedUnit ? spreadUnitText : unitText, out Unit unit, out error)) return false;
        valueSi = unit.ToSiValue(number);
        if (sharedUnit || spreadUnitText.Length == 0)
        {
            uncertaintySi = spread * unit.ToSi;
            return true;
        }

        return TrySpread(text, dimension, unit, valueSi, spread, spreadUnitText, out uncertaintySi, out error);
    }

    private static bool TrySpread(
        string text, Dimension dimension, Unit unit, double valueSi, double spread, string spreadUnitText, out double? uncertaintySi, out string error)
    {
        uncertaintySi = null;
        error = "";
        bool isShare = dimension.Find("%") is not null;
        if (spreadUnitText is "%" && !isShare)
        {
            if (unit.Offset != 0 || dimension == Temperature.Dimension)
            {
                error = $"'{text}' gives a share of a temperature, which depends on the scale; write the difference, for example '25 °C ± 1 K'";
                return false;
            }

            uncertaintySi = Math.Abs(valueSi) * spread / 100;
            return true;
        }

        if (spreadUnitText is "%" && unit.Symbol.Length == 0)
        {
            string number = Quantity.Number(valueSi, 3), share = Quantity.Number(Math.Abs(valueSi) * spread / 100, 2);
            error = $"'{text}' can be read in two ways; write the uncertainty in the unit of the value, for example '{number} ± {share}'";
            return false;
        }

        if (!Quantity.TryUnit(dimension, text, spreadUnitText, out Unit spreadUnit, out error)) return false;
        uncertaintySi = spread * spreadUnit.ToSi;
        return true;
    }

    private static bool TrySplitSpread(string text, string spreadText, out double spread, out string unitText, out string error)
    {
        error = "";
        unitText = "";
        int end = Quantity.NumberLength(spreadText);
        if (end == 0 || !double.TryParse(spreadText.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out spread) || !double.IsFinite(spread))
        {
            spread = 0;
            error = $"'{text}' has no number after ±; write one standard uncertainty there, for example '10 mm ± 0.02 mm' or '10 mm ± 0.2 %'";
            return false;
        }

        if (spread < 0)
        {
            error = $"'{text}' has a negative uncertainty; write it without a sign";
            return false;
        }

        if (end < spreadText.Length && spreadText[end] == ',')
        {
            error = $"'{text}' has a comma; the decimal sign is a point and thousands are not separated";
            return false;
        }

        unitText = spreadText[end..].Trim();
        return true;
    }

    private static (int At, int Length) FindPlusMinus(string? text)
    {
        if (text is null) return (-1, 0);
        foreach (string sign in PlusMinus)
        {
            int at = text.IndexOf(sign, StringComparison.Ordinal);
            if (at >= 0) return (at, sign.Length);
        }

        return (-1, 0);
    }
}
