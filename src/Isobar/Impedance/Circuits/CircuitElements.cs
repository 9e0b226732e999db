using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Isobar.Impedance.Circuits;

/// <summary>Every element that a circuit may be made of.</summary>
public static class CircuitElements
{
    /// <summary>All elements, in the order of the reference page.</summary>
    public static ImmutableArray<CircuitElement> All { get; } =
    [
        new Resistor(), new Capacitor(), new Inductor(), new LossyInductor(), new ConstantPhaseElement(),
        new Zarc(), new VoigtArc(), new HavriliakNegami(), new Constriction(),
        new Warburg(), new OpenWarburg(), new ShortWarburg(), new GeneralisedOpenWarburg(), new GeneralisedShortWarburg(), new Gerischer(),
        new BlockingLine(), new ReactingLine(), new TwoRailsThrough(), new TwoRailsOneSide(),
    ];

    private static FrozenDictionary<string, CircuitElement> Spellings { get; } =
        All.SelectMany(element => element.Aliases.Append(element.Symbol), (element, spelling) => (element, spelling)).ToFrozenDictionary(pair => pair.spelling, pair => pair.element, StringComparer.Ordinal);

    private static int LongestSpelling { get; } = Spellings.Keys.Max(spelling => spelling.Length);

    /// <summary>The element whose spelling is the longest at the start of a text; null when there is none.</summary>
    internal static (CircuitElement Element, int Length)? LongestAt(ReadOnlySpan<char> text)
    {
        FrozenDictionary<string, CircuitElement>.AlternateLookup<ReadOnlySpan<char>> lookup = Spellings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int length = Math.Min(LongestSpelling, text.Length); length > 0; length--)
        {
            if (lookup.TryGetValue(text[..length], out CircuitElement? element)) return (element, length);
        }

        return null;
    }
}
