using System.Globalization;

namespace Isobar.Lab.Cards;

/// <summary>Numbers of a card: as many decimals as the uncertainty has, two of its digits; without one at most four digits, and none that say nothing.</summary>
internal static class CardNumber
{
    private const int MostDecimals = 12;

    public static string Of(double value, double? uncertainty)
    {
        if (!double.IsFinite(value)) return "not a number";
        if (uncertainty is not ({ } u and > 0) || !double.IsFinite(u)) return Plain(value);
        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(u)), 0, MostDecimals);
        string form = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return $"{value.ToString(form, CultureInfo.InvariantCulture)} ± {u.ToString(form, CultureInfo.InvariantCulture)}";
    }

    private static string Plain(double value)
    {
        if (value == 0) return "0";
        int decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, MostDecimals);
        return Math.Round(value, decimals).ToString("0.############", CultureInfo.InvariantCulture);
    }
}
