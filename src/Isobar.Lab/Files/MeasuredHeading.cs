using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// A heading with its unit: <c>resistance_ohm</c>, <c>R (Ω)</c>, <c>stack [MPa]</c>, <c>conductivity_mS_cm</c>, <c>U / V</c>.
/// </summary>
/// <param name="Text">As it stands.</param>
/// <param name="Name">Before the unit.</param>
/// <param name="UnitText">What stands where a unit belongs; empty when nothing does.</param>
/// <param name="Unit">The unit; null when it is not one of those that Isobar reads.</param>
/// <param name="Dimension">What the unit measures.</param>
internal sealed record MeasuredHeading(string Text, string Name, string UnitText, Unit? Unit, Dimension? Dimension)
{
    // Where two quantities share a spelling, the one that cells are measured by comes first.
    private static readonly Dimension[] s_dimensions =
    [
        Resistance.Dimension, ArealResistance.Dimension, Conductivity.Dimension, SamplePressure.Dimension, Force.Dimension, Voltage.Dimension, Capacity.Dimension, ArealCapacity.Dimension,
        SpecificCapacity.Dimension, CurrentDensity.Dimension, Current.Dimension, Length.Dimension, Mass.Dimension, ArealMass.Dimension, MassDensity.Dimension, Duration.Dimension,
        Temperature.Dimension, Fraction.Dimension, Frequency.Dimension, Area.Dimension,
    ];

    /// <summary>Whether the column may hold what is measured on cells when none is named.</summary>
    public bool IsUsualMeasure => ReferenceEquals(Dimension, Resistance.Dimension) || ReferenceEquals(Dimension, ArealResistance.Dimension) || ReferenceEquals(Dimension, Conductivity.Dimension);

    /// <summary>Whether numbers of this column are above zero by nature.</summary>
    public bool IsPositive => IsUsualMeasure || ReferenceEquals(Dimension, SamplePressure.Dimension) || ReferenceEquals(Dimension, Mass.Dimension) || ReferenceEquals(Dimension, Length.Dimension);

    public static MeasuredHeading Of(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.IndexOfAny(['(', '[']) is > 0 and var open && trimmed[^1] is ')' or ']') return Found(trimmed, trimmed[..open].Trim(), trimmed[(open + 1)..^1].Trim());
        if (trimmed.IndexOf(" / ", StringComparison.Ordinal) is > 0 and var slash) return Found(trimmed, trimmed[..slash].Trim(), trimmed[(slash + 3)..].Trim());
        string[] parts = trimmed.Split('_');
        // The longest ending that is a unit: conductivity_mS_cm is mS/cm and not cm.
        for (int from = 1; from < parts.Length; from++)
        {
            MeasuredHeading heading = Found(trimmed, string.Join('_', parts[..from]), string.Join('_', parts[from..]));
            if (heading.Unit is not null) return heading;
        }

        return parts.Length > 1 && s_dimensions.Any(dimension => dimension.FindRefused(parts[^1]) is not null)
            ? new MeasuredHeading(trimmed, string.Join('_', parts[..^1]), parts[^1], null, null)
            : new MeasuredHeading(trimmed, trimmed, "", null, null);
    }

    private static MeasuredHeading Found(string text, string name, string unitText)
    {
        foreach (string spelling in (string[])[unitText, unitText.Replace('_', '/'), unitText.Replace('_', ' ')])
        {
            foreach (Dimension dimension in s_dimensions)
            {
                // A plain number is no unit that somebody wrote.
                if (dimension.Find(spelling) is { Symbol.Length: > 0 } unit) return new MeasuredHeading(text, name, unitText, unit, dimension);
            }
        }

        return new MeasuredHeading(text, name, unitText, null, null);
    }
}
