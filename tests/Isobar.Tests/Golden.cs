using Xunit;

namespace Isobar.Tests;

/// <summary>
/// Compares a text with a reviewed file of the repository. On a difference the text is written beside it as *.received;
/// ISOBAR_ACCEPT=1 replaces the reviewed file instead.
/// </summary>
internal static class Golden
{
    public static void Check(string actual, params string[] path)
    {
        string file = Repository.PathOf(path);
        string text = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        string? reviewed = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : null;
        if (string.Equals(reviewed, text, StringComparison.Ordinal))
        {
            File.Delete(file + ".received");
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (string.Equals(Environment.GetEnvironmentVariable("ISOBAR_ACCEPT"), "1", StringComparison.Ordinal))
        {
            File.WriteAllText(file, text);
            return;
        }

        File.WriteAllText(file + ".received", text);
        string[] was = (reviewed ?? "").Split('\n'), now = text.Split('\n');
        int line = 0;
        while (line < was.Length && line < now.Length && string.Equals(was[line], now[line], StringComparison.Ordinal)) line++;
        Assert.Fail(
            $"""
            {string.Join('/', path)} line {line + 1} differs.
              reviewed: {(line < was.Length ? was[line] : "(end)")}
              now:      {(line < now.Length ? now[line] : "(end)")}
            The whole text is in {string.Join('/', path)}.received; when it is right, run the tests again with ISOBAR_ACCEPT=1 and review the change.
            """);
    }
}
