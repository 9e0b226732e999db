using Isobar.Protocols;

namespace Isobar.Web;

/// <summary>A run as the list shows it.</summary>
/// <param name="Id">Its name in the laboratory database.</param>
/// <param name="Name">Name of the cell or the protocol.</param>
/// <param name="Started">When it began; null for a simulated run, which has no date.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Digest">Digest of inputs and results, when there is one.</param>
public sealed record RunSummary(string Id, string Name, DateTimeOffset? Started, RunOutcome Outcome, string? Digest);

/// <summary>Where the bench reads runs from. Called from several requests at once.</summary>
public interface IRunCatalogue
{
    /// <summary>All runs, newest first.</summary>
    IReadOnlyList<RunSummary> List();

    /// <summary>One run; null when there is none of that name.</summary>
    RunSummary? Find(string id);

    /// <summary>The stored report of a run as HTML; null when the run has none.</summary>
    string? ReportHtml(string id);
}
