using System.Collections.Immutable;
using Isobar.Impedance.Circuits;

namespace Isobar.Impedance.Fitting;

/// <summary>Arcs of a circuit: their times, and their order. Parts of one kind are interchangeable, so names would swap from fit to fit; they are ranked by time, shortest first.</summary>
internal static class ArcRanking
{
    /// <summary>The arcs at the top of a circuit, in its order.</summary>
    public static ImmutableArray<FittedArc> Arcs(Circuit circuit, ReadOnlySpan<double> values)
    {
        var arcs = ImmutableArray.CreateBuilder<FittedArc>();
        foreach (CircuitNode part in Parts(circuit.Root))
        {
            if (ArcOf(part, circuit, values) is { } arc) arcs.Add(arc);
        }

        return arcs.ToImmutable();
    }

    /// <summary>Sorts the values of interchangeable parts by time.</summary>
    public static void Rank(Circuit circuit, Span<double> values)
    {
        double[] sorted = values.ToArray();
        foreach (IGrouping<string, CircuitNode> alike in Parts(circuit.Root).Where(part => IsPlain(part, circuit)).GroupBy(Kind, StringComparer.Ordinal))
        {
            CircuitNode[] places = [.. alike];
            double[] old = values.ToArray();
            CircuitNode[] byTime = [.. places.OrderBy(part => ArcOf(part, circuit, old)?.Seconds ?? 0)];
            for (int k = 0; k < places.Length; k++)
            {
                for (int i = 0; i < places[k].ParameterCount; i++) sorted[places[k].FirstParameter + i] = old[byTime[k].FirstParameter + i];
            }
        }

        sorted.CopyTo(values);
    }

    /// <summary>First parameters of the parts of one kind that may change places, kind by kind; only kinds with a time.</summary>
    public static IEnumerable<ImmutableArray<int>> Interchangeable(Circuit circuit)
    {
        double[] values = [.. circuit.Parameters.Select(parameter => parameter.Value)];
        return Parts(circuit.Root)
            .Where(part => IsPlain(part, circuit) && ArcOf(part, circuit, values) is not null)
            .GroupBy(Kind, StringComparer.Ordinal)
            .Select(alike => alike.Select(part => part.FirstParameter).ToImmutableArray());
    }

    /// <summary>The arc whose first parameter stands at a place.</summary>
    public static FittedArc ArcAt(Circuit circuit, int first) =>
        ArcOf(Parts(circuit.Root).First(part => part.FirstParameter == first), circuit, circuit.Parameters.Select(parameter => parameter.Value).ToArray())
        ?? throw new ArgumentException($"no arc of {circuit} begins at parameter {first}", nameof(first));

    /// <summary>How many parameters the part has whose first one stands at a place.</summary>
    public static int WidthAt(Circuit circuit, int first) => Parts(circuit.Root).First(part => part.FirstParameter == first).ParameterCount;

    private static ImmutableArray<CircuitNode> Parts(CircuitNode root) => root is SeriesNode series ? series.Parts : [root];

    // What the user has fixed, tied, limited or knows stays where it was written.
    private static bool IsPlain(CircuitNode part, Circuit circuit) => Enumerable.Range(part.FirstParameter, part.ParameterCount).All(i =>
        circuit.Parameters[i] is { IsFree: true, Prior: null, Given: false } parameter
        && !circuit.Parameters.Any(other => other.Tie?.Other == parameter.Name));

    private static string Kind(CircuitNode part) => part switch
    {
        ElementNode element => element.Element.Symbol,
        ParallelNode beside => $"({string.Join(' ', beside.Parts.Select(Kind))})",
        SeriesNode series => $"[{string.Join(' ', series.Parts.Select(Kind))}]",
        _ => throw new InvalidOperationException($"a circuit has no {part.GetType().Name}"),
    };

    private static FittedArc? ArcOf(CircuitNode part, Circuit circuit, ReadOnlySpan<double> values)
    {
        int at = part.FirstParameter;
        string name = circuit.Parameters[at].Name;
        return part switch
        {
            ParallelNode { Parts: [ElementNode { Element: Resistor }, ElementNode { Element: ConstantPhaseElement }] } => Depressed(name, values[at], Math.Pow(values[at] * values[at + 1], 1 / values[at + 2]), values[at + 2]),
            ParallelNode { Parts: [ElementNode { Element: ConstantPhaseElement }, ElementNode { Element: Resistor }] } => Depressed(circuit.Parameters[at + 2].Name, values[at + 2], Math.Pow(values[at + 2] * values[at], 1 / values[at + 1]), values[at + 1]),
            ParallelNode { Parts: [ElementNode { Element: Resistor }, ElementNode { Element: Capacitor }] } => Depressed(name, values[at], values[at] * values[at + 1], 1),
            ParallelNode { Parts: [ElementNode { Element: Capacitor }, ElementNode { Element: Resistor }] } => Depressed(circuit.Parameters[at + 1].Name, values[at + 1], values[at] * values[at + 1], 1),
            ElementNode { Element: Constriction } => Depressed(name, values[at], values[at] * values[at + 1], 1),
            ElementNode { Element: Zarc or HavriliakNegami } => Depressed(name, values[at], values[at + 1], values[at + 2]),
            ElementNode { Element: VoigtArc or Gerischer or ShortWarburg } => Depressed(name, values[at], values[at + 1], 1),
            _ => null,
        };
    }

    private static FittedArc Depressed(string name, double ohms, double seconds, double exponent) => new(name, ohms, seconds, seconds / ohms, exponent);
}
