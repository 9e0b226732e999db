using System.Globalization;
using System.Text;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>What the methods section of a paper should say of a set of cells: n, spread with interval, odd cells with the rule, what was left out (nothing).</summary>
internal static class MethodsSentence
{
    public static string Of(CellSetAnswer answer)
    {
        CellSet set = answer.Set;
        Spread spread = answer.Spread;
        var text = new StringBuilder();
        string unit = set.Unit.Length == 0 ? "" : " " + set.Unit;
        text.Append(CultureInfo.InvariantCulture, $"The {set.MeasureName} of {spread.Count} {set.RowName}{(spread.Count == 1 ? "" : "s")} was {Number(spread.Mean)}{unit}");
        if (spread.Count > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $" (mean; standard deviation {Number(spread.StandardDeviation)}{unit}, {Percent(spread.CoefficientOfVariation)}; {Percent(spread.Coverage)} interval of the standard deviation {Number(spread.DeviationInterval.Low)} to {Number(spread.DeviationInterval.High)}{unit})");
        }

        text.Append(". ");
        if (answer.OddCells is { } odd)
        {
            string rule = odd.Rule.Split(';')[0];
            text.Append(odd.Odd.IsEmpty
                ? $"No {set.RowName} was shown to be odd ({rule}). "
                : $"Odd by {(rule.StartsWith("Grubbs", StringComparison.Ordinal) ? "" : "the ")}{rule}: {string.Join(", ", odd.Odd.Select(cell => $"{cell.Id} (p = {Number(cell.Probability, 2)})"))}. ");
        }

        text.Append(CultureInfo.InvariantCulture, $"No {set.RowName} was left out of these numbers.");
        if (answer.Pressure is { } pressure)
        {
            text.Append(CultureInfo.InvariantCulture, $" {Percent(pressure.Share)} of the variance of ln {set.MeasureName} went with ln {set.PressureName} (slope {Number(pressure.Slope, 2)}, {Percent(spread.Coverage)} interval {Number(pressure.SlopeInterval.Low, 2)} to {Number(pressure.SlopeInterval.High, 2)}, n = {pressure.Count}).");
        }

        if (answer.Components is { } components)
        {
            string shares = string.Join(", ", components.Components.Select(component => $"{component.Name} {Percent(component.Share)}"));
            text.Append(CultureInfo.InvariantCulture, $" Shares of the variance by restricted maximum likelihood: {shares}, {set.ResidualName} {Percent(components.ResidualShare)}.");
        }

        return text.ToString();
    }

    private static string Number(double value, int digits = 3) => Quantity.Number(value, digits);

    private static string Percent(double share)
    {
        string number = Quantity.Number(100 * share, 2);
        return (number.EndsWith(".0", StringComparison.Ordinal) ? number[..^2] : number) + " %";
    }
}
