using System.Collections.Immutable;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;

namespace Isobar.Impedance.Series;

/// <summary>Gives the arcs of a fit the names of those of its neighbour that they continue.</summary>
internal static class ArcMatching
{
    // Seven arcs have 5040 orders; more are never interchangeable in a circuit that means something.
    private const int MostArcs = 7;

    // A capacitance is geometry and hardly moves while contacts close; a resistance moves a lot.
    private const double CapacitanceWeight = 4;

    public static CircuitFitResult Like(CircuitFitResult neighbour, CircuitFitResult fit, Circuit circuit)
    {
        foreach (ImmutableArray<int> alike in ArcRanking.Interchangeable(circuit))
        {
            if (alike.Length is < 2 or > MostArcs) continue;
            FittedArc[] before = [.. alike.Select(first => ArcAt(neighbour, first))], now = [.. alike.Select(first => ArcAt(fit, first))];
            int[] order = Best(before, now);
            if (order.Select((from, to) => from == to).All(same => same)) continue;
            fit = Reordered(fit, alike, order);
        }

        return fit;
    }

    private static FittedArc ArcAt(CircuitFitResult fit, int first) => ArcRanking.ArcAt(fit.Circuit, first);

    private static int[] Best(FittedArc[] before, FittedArc[] now)
    {
        int[] best = [.. Enumerable.Range(0, now.Length)];
        double least = double.PositiveInfinity;
        foreach (int[] order in Orders([.. best], 0))
        {
            double cost = 0;
            for (int k = 0; k < order.Length; k++)
            {
                double ohms = Math.Log(now[order[k]].Ohms / before[k].Ohms), farads = Math.Log(now[order[k]].Farads / before[k].Farads);
                cost += (ohms * ohms) + (CapacitanceWeight * farads * farads);
            }

            if (cost < least) (least, best) = (cost, [.. order]);
        }

        return best;
    }

    private static IEnumerable<int[]> Orders(int[] places, int from)
    {
        if (from == places.Length)
        {
            yield return places;
            yield break;
        }

        for (int i = from; i < places.Length; i++)
        {
            (places[from], places[i]) = (places[i], places[from]);
            foreach (int[] order in Orders(places, from + 1)) yield return order;
            (places[from], places[i]) = (places[i], places[from]);
        }
    }

    // Moves values, errors, intervals and correlations from part to part; the impedance stays what it is.
    private static CircuitFitResult Reordered(CircuitFitResult fit, ImmutableArray<int> alike, int[] order)
    {
        int width = ArcRanking.WidthAt(fit.Circuit, alike[0]);
        int[] from = [.. Enumerable.Range(0, fit.Parameters.Length)];
        for (int k = 0; k < alike.Length; k++)
        {
            for (int i = 0; i < width; i++) from[alike[k] + i] = alike[order[k]] + i;
        }

        ImmutableArray<FittedParameter> parameters = [.. from.Select((source, to) => fit.Parameters[source] with { Name = fit.Parameters[to].Name })];
        int n = fit.FreeNames.Length;
        int[] free = [.. fit.FreeNames.Select(name => fit.FreeNames.IndexOf(fit.Parameters[from[fit.Circuit.PlaceOf(name)]].Name))];
        Circuit circuit = fit.Circuit.WithValues(parameters.Select(parameter => parameter.Value).ToArray());
        return fit with
        {
            Circuit = circuit,
            Parameters = parameters,
            Correlations = [.. Enumerable.Range(0, n * n).Select(at => fit.Correlations[(free[at / n] * n) + free[at % n]])],
            Arcs = ArcRanking.Arcs(circuit, parameters.Select(parameter => parameter.Value).ToArray()),
        };
    }
}
