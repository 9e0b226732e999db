using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Store;

namespace Isobar.Cli;

/// <summary>Where the laboratory database is: the option, else the environment, else the user's own folder.</summary>
internal static class LabPlace
{
    private const string DatabaseName = "lab.db";

    public static Option<string?> Option() => new("--lab")
    {
        Description = "Folder of the laboratory database (default: ISOBAR_LAB, else a folder of your user account)",
        HelpName = "folder",
    };

    /// <summary>Opens the database, making it when it is the first time.</summary>
    public static LabDatabase Open(string? folder, Surroundings surroundings)
    {
        string place = folder is null ? surroundings.LabFolder : surroundings.PathOf(folder);
        return LabDatabase.OpenOrCreate(Path.Combine(place, DatabaseName), surroundings.Time);
    }

    /// <summary>Word that stands for the run that was begun last.</summary>
    public const string Latest = "latest";

    /// <summary>The id of the one run that begins like this, or of the latest.</summary>
    public static string FindRun(LabDatabase database, string prefix)
    {
        ImmutableArray<RunSummary> runs = database.Runs();
        if (prefix is Latest && !runs.IsEmpty) return runs[^1].Id;
        ImmutableArray<RunSummary> found = [.. runs.Where(run => run.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1) return found[0].Id;
        const int shown = 5;
        ImmutableArray<RunSummary> candidates = found.IsEmpty ? runs : found;
        throw new Failure(
            found.IsEmpty ? $"no run begins with '{prefix}'" : $"{found.Length} runs begin with '{prefix}'",
            runs.IsEmpty ? $"a run, but there are no runs yet in {database.DatabasePath}" : $"the beginning of one run's id, or '{Latest}'",
            runs.IsEmpty ? "make one: isobar run examples/nmc811-lpscl-li/cell.yaml" : "isobar runs lists all of them; the newest are below",
            exitCode: ExitCode.BadInput,
            facts: [.. candidates.Reverse().Take(shown).Select(run => KeyValuePair.Create(run.Id, $"{run.Name}, {Commands.RunPage.Words(run.Outcome)}"))]);
    }
}
