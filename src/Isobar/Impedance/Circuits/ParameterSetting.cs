using System.Globalization;

namespace Isobar.Impedance.Circuits;

/// <summary>What stands behind <c>symbol=</c> in the braces of an element: <c>5</c>, <c>5/0/10</c>, <c>.8F</c>, <c>5±0.5</c>, <c>=R1</c>, <c>=2*R1</c>.</summary>
/// <param name="circuit">The whole circuit, for messages.</param>
/// <param name="position">Where the setting begins in it.</param>
/// <param name="text">The setting.</param>
internal sealed class ParameterSetting(string circuit, int position, string text)
{
    public CircuitParameter ApplyTo(CircuitParameter parameter)
    {
        string setting = text.Trim();
        if (setting.StartsWith('=')) return parameter with { Tie = Tie(setting[1..].Trim()) };
        bool fixedValue = setting.EndsWith('F') || setting.EndsWith('f');
        string[] parts = (fixedValue ? setting[..^1] : setting).Split('/');
        if (parts.Length > 3) throw Error($"'{setting}' has {parts.Length} numbers", "value/lowest/highest is expected");
        (double value, double? spread) = ValueOf(parts[0]);
        CircuitParameter result = parameter with { Value = value, Given = true, Fixed = fixedValue, Prior = spread is { } one ? new ParameterPrior(value, one) : null };
        if (parts.Length > 1 && parts[1].Trim().Length > 0) result = result with { Lowest = Limit(parts[1], parameter.Declaration.Lowest) };
        if (parts.Length > 2 && parts[2].Trim().Length > 0) result = result with { Highest = Limit(parts[2], parameter.Declaration.Highest) };
        if (parameter.Declaration.Logarithmic && !(value > 0)) throw Error($"{parameter.Name} is {Text(value)}", "a positive value is expected");
        if (!(result.Lowest <= value && value <= result.Highest))
        {
            throw Error($"{parameter.Name} is {Text(value)} with limits of {Text(result.Lowest)} to {Text(result.Highest)}", "a value between its limits is expected");
        }

        return result;
    }

    // A limit of zero or infinity is none: what is positive never reaches zero.
    private double Limit(string part, double otherwise)
    {
        string number = part.Trim();
        double limit = number is "inf" or "-inf" or "∞" ? double.PositiveInfinity : Number(number);
        return limit <= 0 || double.IsInfinity(limit) ? otherwise : limit;
    }

    private (double Value, double? Spread) ValueOf(string part)
    {
        int at = part.IndexOf('±', StringComparison.Ordinal), length = 1;
        if (at < 0) (at, length) = (part.IndexOf("+-", StringComparison.Ordinal), 2);
        if (at < 0) return (Number(part), null);
        double spread = Number(part[(at + length)..]);
        return spread > 0 ? (Number(part[..at]), spread) : throw Error($"'{part.Trim()}' has an uncertainty of {Text(spread)}", "a positive one is expected behind ±");
    }

    private ParameterTie Tie(string tie)
    {
        int star = tie.IndexOf('*', StringComparison.Ordinal);
        double factor = star < 0 ? 1 : Number(tie[..star]);
        if (!(factor > 0)) throw Error($"a tie with the factor {Text(factor)}", "a positive factor is expected");
        string other = tie[(star + 1)..].Trim();
        return other.Length > 0 ? new ParameterTie(other, factor) : throw Error("a tie without a name", "the name of another parameter is expected, for example {R==R1} or {R==2*R1}");
    }

    private double Number(string part) => double.TryParse(part.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
        ? number
        : throw Error($"'{part.Trim()}' is not a number", "a number with a decimal point is expected");

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private CircuitException Error(string found, string expected) => new(circuit, position, found, expected);
}
