using System.Globalization;
using System.Text;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Writes quantities and texts so that reading gives back exactly the same bits.</summary>
internal static class ExactText
{
    /// <summary>The quantity in the unit a person wants to read, if that reads back exactly, else in another unit that does.</summary>
    public static string Of<T>(T value) where T : struct, IQuantity<T>
    {
        Unit preferred = T.Dimension.PrintUnit(value.Si);
        if (TryWrite(value.Si, preferred, out string text)) return text;
        foreach (Unit unit in T.Dimension.Units)
        {
            if (TryWrite(value.Si, unit, out text)) return text;
        }

        throw new ArgumentException($"the {T.Dimension.Name} {value.Si.ToString("R", CultureInfo.InvariantCulture)} has no text; only finite numbers can be written", nameof(value));
    }

    /// <summary>A text in double quotes, escaped as YAML reads it.</summary>
    public static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else if (char.IsSurrogate(c) && !IsPair(text, i)) throw new ArgumentException($"the text has half a character at position {i}; it cannot be written as UTF-8", nameof(text));
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPair(string text, int i) =>
        char.IsHighSurrogate(text[i])
            ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
            : i > 0 && char.IsHighSurrogate(text[i - 1]);

    // Dividing by the unit rounds; one of the neighbours of the quotient reads back to the very same value more often than not.
    private static bool TryWrite(double si, Unit unit, out string text)
    {
        double number = unit.FromSiValue(si);
        foreach (double candidate in (ReadOnlySpan<double>)[number, Math.BitIncrement(number), Math.BitDecrement(number)])
        {
            text = candidate.ToString("R", CultureInfo.InvariantCulture) + (unit.Symbol.Length > 0 ? " " + Quantity.Pretty(unit.Symbol) : "");
            if (double.IsFinite(candidate) && BitConverter.DoubleToInt64Bits(unit.ToSiValue(candidate)) == BitConverter.DoubleToInt64Bits(si)) return true;
        }

        text = "";
        return false;
    }
}
