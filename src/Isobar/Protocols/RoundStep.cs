using System.Collections.Immutable;
using System.Globalization;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>When a cycle that is not counted has had enough. Exactly one of its conditions is given; a round that was begun is finished.</summary>
/// <param name="Most">Largest number of rounds.</param>
public sealed record CycleEnd(int Most)
{
    /// <summary>Rounds are begun until this time is over, rests left out.</summary>
    public Duration? After { get; init; }

    /// <summary>Rounds are done until the thickness at the end of one differs from the one before by less than this share, either way.</summary>
    public Fraction? Thickness { get; init; }

    /// <summary>Rounds are done until the interface resistance measured in one is lower than in the one before by less than this share.</summary>
    public Fraction? Resistance { get; init; }

    /// <summary>Whether exactly one condition is given.</summary>
    public bool IsClear => (After is null ? 0 : 1) + (Thickness is null ? 0 : 1) + (Resistance is null ? 0 : 1) == 1;
}

/// <summary>
/// Stands before every round of a cycle that ends by time or by what it has reached, and after its last. It takes no time: it lets the next round
/// begin, or passes over those that are not needed. <see cref="StepSequence.Repeat"/> writes them.
/// </summary>
/// <param name="Name">Short name.</param>
/// <param name="Round">Round that would begin, from 1; one more than the most behind the last.</param>
/// <param name="Steps">Number of steps of that round; zero behind the last.</param>
/// <param name="End">When the cycle has had enough.</param>
public sealed record RoundStep(string Name, int Round, int Steps, CycleEnd End) : Step(Name)
{
    private const string Over = " over";

    /// <summary>Name of the cycle; null when the step is not named like one of a cycle.</summary>
    public string? Cycle
    {
        get
        {
            string suffix = Round > End.Most ? Over : Suffix(Round, End.Most);
            return Name.Length > suffix.Length && Name.EndsWith(suffix, StringComparison.Ordinal) ? Name[..^suffix.Length] : null;
        }
    }

    /// <summary>Name of a round of a cycle, and of the step before it.</summary>
    internal static string NameOf(string cycle, int round, int most) => cycle + (round > most ? Over : Suffix(round, most));

    /// <summary>Index of the step behind the whole cycle; null when its rounds do not follow each other.</summary>
    internal static int? Behind(ImmutableArray<Step> steps, int index)
    {
        for (int at = index; at < steps.Length && steps[at] is RoundStep round;)
        {
            if (round.Round > round.End.Most) return at + 1;
            int next = at + 1 + round.Steps;
            if (round.Steps < 1 || next >= steps.Length || steps[next] is not RoundStep follows || follows.Round != round.Round + 1 || follows.End != round.End) return null;
            at = next;
        }

        return null;
    }

    private static string Suffix(int round, int most) => string.Create(CultureInfo.InvariantCulture, $" {round} of up to {most}");
}
