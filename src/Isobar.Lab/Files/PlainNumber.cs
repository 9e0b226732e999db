using System.Globalization;

namespace Isobar.Lab.Files;

/// <summary>A number in SI units without its unit, with or without uncertainty: <c>4e-15</c>, <c>4e-15 ± 1e-15</c>, <c>4e-15 ± 30 %</c> of the value.</summary>
internal static class PlainNumber
{
    private static readonly string[] s_plusMinus = ["±", "+-", "+/-"];

    public static bool TryParse(string text, out double value, out double uncertainty, out string error)
    {
        uncertainty = 0;
        string[] parts = text.Split(s_plusMinus, StringSplitOptions.TrimEntries);
        if (!TryNumber(parts[0], out value, out error)) return false;
        if (parts.Length == 1) return true;
        bool percent = parts[1].EndsWith('%');
        if (parts.Length > 2 || !TryNumber(parts[1].TrimEnd('%').TrimEnd(), out uncertainty, out error) || uncertainty < 0)
        {
            error = $"'{text}' is not a number with one ± behind it";
            return false;
        }

        if (percent) uncertainty *= 0.01 * Math.Abs(value);
        return true;
    }

    private static bool TryNumber(string text, out double value, out string error)
    {
        error = "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)) return true;
        error = text.Contains(',', StringComparison.Ordinal) ? $"'{text}' has a comma; the decimal sign is a point" : $"'{text}' is not a plain number";
        return false;
    }
}
