using System.Collections.Immutable;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Cli;

/// <summary>Which run in progress a word on the command line means: the beginning of its id, its press, or nothing where there is only one.</summary>
internal static class RunPlace
{
    public static RunSummary Running(LabDatabase database, string? word)
    {
        ImmutableArray<RunSummary> running = [.. database.Runs().Where(run => run.Outcome == RunOutcome.Running)];
        ImmutableArray<RunSummary> found = word is null
            ? running
            : [.. running.Where(run => run.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase) || run.Press.Equals(word, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1) return found[0];
        throw new Failure(
            running.IsEmpty ? $"no run is in progress in {database.DatabasePath}" : found.IsEmpty ? $"no run in progress begins with '{word}' or is on a press of this name" : $"{found.Length} runs are in progress",
            running.IsEmpty ? "a run that another process makes with this laboratory" : "the beginning of one run's id, or the name of its press",
            running.IsEmpty ? "isobar runs lists what was done; name its laboratory with --lab" : "name one of those below",
            facts: [.. running.Select(run => KeyValuePair.Create(run.Id, $"{run.Name} on {run.Press}"))]);
    }
}
