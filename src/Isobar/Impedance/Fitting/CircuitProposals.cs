using System.Collections.Immutable;
using System.Globalization;

namespace Isobar.Impedance.Fitting;

/// <summary>A circuit that a kind of sample suggests, with what its parts stand for.</summary>
/// <param name="Text">The circuit.</param>
/// <param name="Name">What it describes.</param>
/// <param name="Roles">What each resistance and tail stands for, by its name in the circuit.</param>
public sealed record CircuitProposal(string Text, string Name, ImmutableArray<(string Element, string Meaning)> Roles)
{
    internal bool HasCable => Text.StartsWith('L');
}

/// <summary>The circuits that are tried for each kind of sample, from small to large.</summary>
internal static class CircuitProposals
{
    private const int MostArcs = 4;

    private static readonly string[] s_pellet = ["grain boundaries", "second step in the pellet, or constriction at the contacts"];
    private static readonly string[] s_symmetric = ["grain boundaries", "electrode interface", "second step of the interface", "slow step of the interface"];
    private static readonly string[] s_full = ["grain boundaries or contact", "anode interface", "cathode interface", "charge transfer"];

    public static ImmutableArray<CircuitProposal> For(SampleKind kind) => kind switch
    {
        SampleKind.BlockingPellet =>
        [
            Ladder(false, true, 0, true, s_pellet), Ladder(true, true, 0, true, s_pellet),
            Ladder(false, false, 1, true, s_pellet), Ladder(true, false, 1, true, s_pellet), Ladder(false, true, 1, true, s_pellet), Ladder(true, true, 1, true, s_pellet),
            Ladder(false, false, 2, true, s_pellet), Ladder(false, true, 2, true, s_pellet), Ladder(true, true, 2, true, s_pellet),
        ],
        SampleKind.SymmetricCell => Ladders(false, s_symmetric),
        _ => Ladders(true, s_full),
    };

    // The bulk is a resistance, or where the sweep reaches high enough an arc of its own; with or without the inductance of the cable.
    private static ImmutableArray<CircuitProposal> Ladders(bool tail, string[] meanings) =>
    [
        Ladder(false, true, 1, tail, meanings), Ladder(true, true, 1, tail, meanings),
        .. Enumerable.Range(2, MostArcs - 1).SelectMany(arcs => (CircuitProposal[])
        [
            Ladder(false, false, arcs, tail, meanings), Ladder(true, false, arcs, tail, meanings), Ladder(false, true, arcs, tail, meanings), Ladder(true, true, arcs, tail, meanings),
        ]),
    ];

    private static CircuitProposal Ladder(bool cable, bool bulk, int arcs, bool tail, string[] meanings)
    {
        var parts = new List<string>();
        var roles = ImmutableArray.CreateBuilder<(string, string)>();
        if (cable)
        {
            parts.Add("L0");
            roles.Add(("L0", "cable"));
        }

        if (bulk)
        {
            parts.Add("R0");
            roles.Add(("R0", "bulk of the electrolyte, leads"));
        }

        for (int k = 1; k <= arcs; k++)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"p(R{k},CPE{k})"));
            // Without a resistance in front the fastest arc is the bulk.
            int meaning = bulk ? k - 1 : k - 2;
            roles.Add((string.Create(CultureInfo.InvariantCulture, $"R{k}"), meaning < 0 ? arcs > 1 ? "bulk of the electrolyte" : "bulk and grain boundaries" : meanings[Math.Min(meaning, meanings.Length - 1)]));
        }

        if (tail)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"CPE{arcs + 1}"));
            roles.Add((string.Create(CultureInfo.InvariantCulture, $"CPE{arcs + 1}"), ReferenceEquals(meanings, s_pellet) ? "blocking contacts" : "storage and diffusion"));
        }

        string name = string.Join(", ", roles.Select(role => role.Item2));
        return new CircuitProposal(string.Join('-', parts), name, roles.ToImmutable());
    }
}
