using System.CommandLine.Parsing;
using Isobar.Cli;

namespace Isobar.Tests.Cli;

/// <summary>Runs the isobar command inside the test process, as a user would type it.</summary>
internal static class CommandLine
{
    internal sealed record Result(int ExitCode, string Out, string Error);

    public static async Task<Result> RunAsync(string commandLine, string? folder = null)
    {
        using StringWriter output = new(), error = new();
        string[] args = [.. CommandLineParser.SplitCommandLine(commandLine.Replace('\'', '"'))];
        string place = folder ?? Path.GetTempPath();
        // The laboratory of a test lives and dies with its folder; the user's own is never touched.
        var surroundings = new Surroundings(output, error) { Folder = place, LabFolder = Path.Combine(place, "lab") };
        int exitCode = await IsobarProgram.RunAsync(args, surroundings, CancellationToken.None);
        return new Result(exitCode, Plain(output), Plain(error));
    }

    private static string Plain(StringWriter writer) =>
        string.Join('\n', writer.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
}
