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
}
