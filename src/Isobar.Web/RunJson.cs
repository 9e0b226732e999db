using System.Globalization;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Web;

/// <summary>A run as machines read it.</summary>
/// <param name="Id">Its name in the laboratory database.</param>
/// <param name="Name">Name of the cell or the protocol.</param>
/// <param name="Goal">Goal of the plan, when there is one.</param>
/// <param name="Press">Press it was done with.</param>
/// <param name="Started">When it began, ISO 8601.</param>
/// <param name="Outcome">running, completed, stopped, aborted or interrupted.</param>
/// <param name="Digest">Digest of inputs and results.</param>
/// <param name="Report">Path of its report.</param>
internal sealed record RunJson(string Id, string Name, string? Goal, string Press, string Started, string Outcome, string? Digest, string Report)
{
    public static RunJson Of(RunSummary run) => new(
        run.Id,
        run.Name,
        run.Goal,
        run.Press,
        run.Started.ToString("O", CultureInfo.InvariantCulture),
        Word(run.Outcome),
        run.Digest,
        "/runs/" + Uri.EscapeDataString(run.Id));

    public static string Word(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Running => "running",
        RunOutcome.Completed => "completed",
        RunOutcome.Stopped => "stopped",
        RunOutcome.Aborted => "aborted",
        RunOutcome.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "an outcome without a name"),
    };
}
