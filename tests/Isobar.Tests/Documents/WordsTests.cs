using System.Text.RegularExpressions;
using Xunit;

namespace Isobar.Tests.Documents;

/// <summary>What must not be in any tracked text file.</summary>
public sealed class WordsTests
{
    private static readonly string[] TextFiles =
        [".cs", ".md", ".yaml", ".yml", ".json", ".csproj", ".props", ".slnx", ".csv", ".ts", ".js", ".css", ".html", ".sh", ".cmd", ".cff", ".txt", ".editorconfig", ""];

    // Written in pieces, so that this file does not contain what it looks for.
    private static readonly (string Name, Regex Pattern)[] Forbidden =
    [
        ("a path of one machine", new Regex(@"(?<![\w.:/])/(ho" + @"me|wo" + @"rk|ro" + @"ot|Us" + @"ers)/\w", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))),
        ("a path of one machine", new Regex(@"(?<![\w])C:\\Us" + @"ers\\", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))),
        ("an open end", new Regex(@"\b(TO" + @"DO|FIX" + @"ME|XX" + @"X|HA" + @"CK)\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))),
        ("a package registry", new Regex(@"(api\.nug" + @"et\.org|registry\.npm" + @"js\.org|pypi\.o" + @"rg/simple)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))),
    ];

    [Fact]
    public void No_tracked_text_file_names_a_machine_an_open_end_or_a_registry()
    {
        var found = new List<string>();
        int read = 0;
        foreach (string file in Repository.TrackedFiles().Where(IsText))
        {
            read++;
            int number = 0;
            foreach (string line in File.ReadLines(Repository.PathOf(file)))
            {
                number++;
                foreach ((string name, Regex pattern) in Forbidden)
                {
                    if (pattern.IsMatch(line)) found.Add($"{file}:{number}: {name}: {line.Trim()}");
                }
            }
        }

        Assert.True(read > 30, $"only {read} files were read");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("cd /ho@me/somebody", true)]
    [InlineData("// TO@DO later", true)]
    [InlineData("the home/work balance", false)]
    [InlineData("https://example.org/home/page", false)]
    public void The_search_finds_what_it_looks_for(string line, bool found)
    {
        string text = line.Replace("@", "", StringComparison.Ordinal);
        Assert.Equal(found, Forbidden.Any(each => each.Pattern.IsMatch(text)));
    }

    private static bool IsText(string file) =>
        TextFiles.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !file.EndsWith("packages.lock.json", StringComparison.Ordinal);
}
