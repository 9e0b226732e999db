using Isobar.Tests.Cli;
using Xunit;

namespace Isobar.Tests.Documents;

/// <summary>
/// Runs every line "$ isobar ..." of the console blocks in README.md and docs/, block by block in an empty folder that holds
/// a copy of examples/, and compares the lines printed beneath it. A line "..." stands for any number of lines.
/// </summary>
public sealed class DocumentedCommandTests
{
    private const string Prompt = "$ isobar ";

    public static TheoryData<string> Documents() =>
    [
        .. Repository.TrackedFiles()
            .Where(file => string.Equals(file, "README.md", StringComparison.Ordinal) || (file.StartsWith("docs/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal)))
            .Where(file => File.ReadAllText(Repository.PathOf(file)).Contains(Prompt, StringComparison.Ordinal)),
    ];

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
                string[] printed = (result.Out + result.Error).TrimEnd('\n').Split('\n');
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
            return j < printed.Count && string.Equals(shown[i].TrimEnd(), printed[j].TrimEnd(), StringComparison.Ordinal) && From(i + 1, j + 1);
        }
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
                open = line.StartsWith(Prompt, StringComparison.Ordinal) ? new Transcript(i + 1, line[Prompt.Length..], []) : null;
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
