using System.Globalization;
using System.Text.RegularExpressions;
using Isobar.Lab.Presses.Modbus;

namespace Isobar.Lab.Presses.Serial;

/// <summary>How a load cell or indicator speaks on a serial line: one line of text per reading.</summary>
/// <param name="Serial">The line.</param>
/// <param name="Pattern">Pattern of a line; its group 'value' is the number.</param>
/// <param name="NewtonsPerCount">What one count of that number is worth, N.</param>
/// <param name="RateHertz">How many readings it gives in a second.</param>
/// <param name="Request">What asks for a reading; null for an indicator that speaks by itself.</param>
public sealed record IndicatorProfile(SerialSettings Serial, Regex Pattern, double NewtonsPerCount, double RateHertz, string? Request)
{
    internal const string ValueGroup = "value";

    /// <summary>The force of a line, N; null for a line that is none. A number is never taken from a part of a line that the pattern does not name.</summary>
    public double? ForceOf(string line)
    {
        try
        {
            Match match = Pattern.Match(line);
            if (!match.Success) return null;
            // Indicators put blanks between sign and digits.
            string number = match.Groups[ValueGroup].Value.Replace(" ", "", StringComparison.Ordinal);
            return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value * NewtonsPerCount
                : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
