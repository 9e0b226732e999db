using System.Globalization;

namespace Isobar.Lab.Files.Tables;

/// <summary>Reads a number as instruments write it.</summary>
internal static class NumberText
{
    // The longest number that is still one: sign, 20 digits, point, exponent.
    private const int Longest = 64;

    /// <summary>A number, with a decimal point or, where <paramref name="decimalComma"/> says so, a decimal comma. NaN and infinite are not numbers.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, bool decimalComma, out double value)
    {
        value = double.NaN;
        if (text.Length is 0 or > Longest) return false;
        if (!decimalComma && text[0] != '−') return Plain(text, out value);
        Span<char> buffer = stackalloc char[Longest];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (decimalComma && c == '.') return false;
            buffer[i] = c switch { ',' => '.', '−' => '-', _ => c };
        }

        return Plain(buffer[..text.Length], out value);
    }

    /// <summary>Whether a text is a number with a decimal comma.</summary>
    public static bool HasDecimalComma(ReadOnlySpan<char> text)
    {
        int comma = text.IndexOf(',');
        return comma >= 0 && text[(comma + 1)..].IndexOf(',') < 0 && text.IndexOf('.') < 0 && TryParse(text, true, out _);
    }

    private static bool Plain(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
