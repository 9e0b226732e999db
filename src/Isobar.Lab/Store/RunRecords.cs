using System.Collections.Immutable;
using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>What a run is, before it begins.</summary>
/// <param name="Name">Its name, usually the cell's.</param>
/// <param name="Protocol">What is to be done.</param>
/// <param name="Press">Press it is done with.</param>
/// <param name="ProtocolText">The protocol as the person wrote it.</param>
/// <param name="Goal">Goal of the plan, when there is one.</param>
/// <param name="CellText">The cell as the person wrote it.</param>
/// <param name="PlanJson">The plan.</param>
public sealed record RunDescription(
    string Name,
    Protocol Protocol,
    string Press,
    string ProtocolText,
    string? Goal = null,
    string? CellText = null,
    string? PlanJson = null)
{
    /// <summary>What stands between the press and the numbers of the run.</summary>
    public RunTerms Terms { get; init; } = RunTerms.Plain;
}

/// <summary>A run in the list.</summary>
/// <param name="Id">Its ULID.</param>
/// <param name="Name">Its name.</param>
/// <param name="Goal">Goal of the plan, when there is one.</param>
/// <param name="Press">Press it was done with.</param>
/// <param name="Started">When it began.</param>
/// <param name="Outcome">How it ended; a run whose process died reads <see cref="RunOutcome.Interrupted"/>.</param>
/// <param name="Digest">Digest of what was done; null while it is not finished.</param>
public sealed record RunSummary(string Id, string Name, string? Goal, string Press, DateTimeOffset Started, RunOutcome Outcome, string? Digest)
{
    /// <summary>Whether the press is a simulated one: those carry the word in front of their name.</summary>
    public bool IsSimulated => Press.StartsWith("simulated", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A run with everything that was kept of it.</summary>
/// <param name="Summary">Its line in the list.</param>
/// <param name="Record">What was done.</param>
/// <param name="ProtocolText">The protocol as the person wrote it.</param>
/// <param name="CellText">The cell as the person wrote it.</param>
/// <param name="PlanJson">The plan.</param>
/// <param name="Artefacts">Names of what else is kept, for example spectra and the report.</param>
public sealed record StoredRun(
    RunSummary Summary,
    RunRecord Record,
    string ProtocolText,
    string? CellText,
    string? PlanJson,
    ImmutableArray<string> Artefacts);

/// <summary>Whether the record of a run is as it was written.</summary>
/// <param name="Intact">Every record is there and unchanged.</param>
/// <param name="FirstBadRecord">Number of the first record that is not, from 0; null when intact.</param>
/// <param name="Text">What was checked, or what is wrong.</param>
public sealed record RunVerification(bool Intact, long? FirstBadRecord, string Text);
