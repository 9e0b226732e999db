using Isobar.Tests;
using Isobar.Tests.Cli;
using Xunit;

namespace Isobar.Lab.Tests.Docs;

/// <summary>
/// Runs every line "$ isobar ..." or "$ ./isobar ..." of the console blocks in README.md and docs/, block by block in an empty folder that holds
/// a copy of examples/, and compares the lines printed beneath it. A line "..." stands for any number of lines,
/// three points at the end of a line for the rest of it.
/// </summary>
public sealed class DocumentedCommandTests
{
    private const string Prompt = "$ isobar ";

    public static TheoryData<string> Documents() =>
    [
        .. Repository.TrackedFiles()
            .Where(file => string.Equals(file, "README.md", StringComparison.Ordinal) || (file.StartsWith("docs/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal)))
            .Where(file => File.ReadAllText(Repository.PathOf(file)).Replace("$ ./isobar", "$ isobar", StringComparison.Ordinal).Contains(Prompt, StringComparison.Ordinal)),
    ];

    /// <summary>The second command of the README is the one that continuous integration calls, to the letter.</summary>
    [Fact]
    public void The_test_command_of_the_readme_is_the_one_that_is_run()
    {
        string readme = File.ReadAllText(Repository.PathOf("README.md")), check = File.ReadAllText(Repository.PathOf(".ci/run"));
        string command = readme.Split('\n').Select(line => line.TrimEnd('\r')).Single(line => line.StartsWith("$ dotnet test", StringComparison.Ordinal))[2..];
        Assert.Contains(command + " 2>&1", check, StringComparison.Ordinal);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Documents))]
    public async Task What_a_page_shows_is_what_the_command_prints(string document)
    {
        string folder = Directory.CreateTempSubdirectory("isobar-documents-").FullName;
        try
        {
            CopyExamples(folder);
            foreach (Transcript transcript in Transcripts(document))
            {
                CommandLine.Result result = await CommandLine.RunAsync(transcript.CommandLine, folder);
                // What a command says of its progress is for the moment; of a failure it is the answer.
                string[] printed = (result.ExitCode == 0 ? result.Out : result.Out + result.Error).TrimEnd('\n').Split('\n');
                if (!Matches(transcript.Expected, printed))
                {
                    Assert.Fail($"{document}:{transcript.Line}: $ isobar {transcript.CommandLine}\nshown:\n{string.Join('\n', transcript.Expected)}\nprinted:\n{string.Join('\n', printed)}");
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("a|...|d", "a|b|c|d", true)]
    [InlineData("a|...", "a", true)]
    [InlineData("...|c|...|e", "a|b|c|d|e", true)]
    [InlineData("a|c", "a|b|c", false)]
    [InlineData("a", "a|b", false)]
    [InlineData("ab...|d", "abc|d", true)]
    [InlineData("ab...|d", "acc|d", false)]
    [InlineData("", "anything", true)]
    public void Three_points_stand_for_any_number_of_lines(string shown, string printed, bool matches) =>
        Assert.Equal(matches, Matches(shown.Length == 0 ? [] : shown.Split('|'), printed.Split('|')));

    // A command with nothing beneath it is run for its exit and its files; its output is not shown.
    private static bool Matches(IReadOnlyList<string> shown, IReadOnlyList<string> printed)
    {
        return shown.Count == 0 || From(0, 0);

        bool From(int i, int j)
        {
            if (i == shown.Count) return j == printed.Count;
            if (shown[i].Trim() is "...") return Enumerable.Range(j, printed.Count - j + 1).Any(next => From(i + 1, next));
            return j < printed.Count && SameLine(shown[i].TrimEnd(), printed[j].TrimEnd()) && From(i + 1, j + 1);
        }

        static bool SameLine(string shown, string printed) => shown.EndsWith("...", StringComparison.Ordinal)
            ? printed.StartsWith(shown[..^3], StringComparison.Ordinal)
            : string.Equals(shown, printed, StringComparison.Ordinal);
    }

    private static IEnumerable<Transcript> Transcripts(string document)
    {
        string[] lines = File.ReadAllLines(Repository.PathOf(document));
        bool console = false;
        Transcript? open = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (open is not null) yield return open;
                open = null;
                console = !console && line.StartsWith("```console", StringComparison.Ordinal);
            }
            else if (console && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                if (open is not null) yield return open;
                string command = line.Replace("$ ./isobar", "$ isobar", StringComparison.Ordinal);
                open = command.StartsWith(Prompt, StringComparison.Ordinal) ? new Transcript(i + 1, command[Prompt.Length..], []) : null;
            }
            else if (console)
            {
                open?.Expected.Add(line);
            }
        }
    }

    private static void CopyExamples(string folder)
    {
        string examples = Repository.PathOf("examples");
        if (!Directory.Exists(examples)) return;
        foreach (string file in Directory.EnumerateFiles(examples, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, "examples", Path.GetRelativePath(examples, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private sealed record Transcript(int Line, string CommandLine, List<string> Expected);
}
