using System.CommandLine;
using Isobar.Lab.Store;

namespace Isobar.Cli.Commands;

/// <summary>A stored run that a command works on, checked before anything is made of it.</summary>
internal static class RunChoice
{
    public static Argument<string> Argument() => new("run") { Description = "Id of the run, its first characters, or 'latest'; isobar runs lists them" };

    /// <summary>Opens the run and refuses one whose record is not as it was written.</summary>
    public static (StoredRun Run, RunVerification Verification) Open(LabDatabase database, string prefix, string consequence)
    {
        StoredRun run = database.Open(LabPlace.FindRun(database, prefix));
        RunVerification verification = database.Verify(run.Summary.Id);
        return verification.Intact
            ? (run, verification)
            : throw new Failure(verification.Text, "a record as it was written", $"restore the database from a copy; {consequence}", run.Summary.Id, ExitCode.LimitFailed);
    }
}
