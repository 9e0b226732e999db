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
        if (!decimalComma && text[0] != '−' && Plain(text, out value)) return true;
        Span<char> buffer = stackalloc char[Longest];
        bool grouped = IsGrouped(text, decimalComma);
        int length = 0;
        foreach (char c in text)
        {
            bool group = c == (decimalComma ? '.' : ',');
            if (group && !grouped) return false;
            if (group) continue;
            // Fortran writes exponents of double precision with a D.
            buffer[length++] = c switch { ',' => '.', '−' => '-', 'D' or 'd' => 'E', _ => c };
        }

        return Plain(buffer[..length], out value);
    }

    // "1,000,000.00" has both marks and can only mean groups of thousands; "1,000" alone may be one.
    private static bool IsGrouped(ReadOnlySpan<char> text, bool decimalComma)
    {
        (char group, char point) = decimalComma ? ('.', ',') : (',', '.');
        int end = text.IndexOf(point), from = text.Length > 0 && text[0] is '-' or '+' or '−' ? 1 : 0;
        if (end < 0) return false;
        ReadOnlySpan<char> whole = text[from..Math.Max(from, end)];
        int first = whole.IndexOf(group);
        if (first is < 1 or > 3 || (whole.Length - first) % 4 != 0) return false;
        for (int i = 0; i < whole.Length; i++)
        {
            bool mark = i >= first && (i - first) % 4 == 0;
            if (mark ? whole[i] != group : !char.IsAsciiDigit(whole[i])) return false;
        }

        return text[end..].IndexOf(group) < 0;
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
