using System.Text;
using Spectre.Console;

namespace Isobar.Cli;

/// <summary>Running text on a page: broken between words only, its further lines set in.</summary>
internal static class Prose
{
    /// <summary>Prints a text; lines after the first begin <paramref name="hanging"/> places in.</summary>
    public static void Write(IAnsiConsole page, string text, int hanging = 0)
    {
        foreach (string line in Lines(text, page.Profile.Width, hanging)) page.WriteLine(line);
    }

    /// <summary>The lines of a text. Blanks within a line stay as they are, so that labels keep their columns.</summary>
    internal static IEnumerable<string> Lines(string text, int width, int hanging)
    {
        var line = new StringBuilder(text.Length);
        int end = text.Length - text.AsSpan().TrimStart(' ').Length;
        line.Append(' ', end);
        bool begun = false;
        while (end < text.Length)
        {
            int start = end;
            while (start < text.Length && text[start] == ' ') start++;
            int next = start;
            while (next < text.Length && text[next] != ' ') next++;
            if (begun && line.Length + next - end > width)
            {
                yield return line.ToString();
                line.Clear().Append(' ', hanging).Append(text, start, next - start);
            }
            else
            {
                line.Append(text, end, next - end);
            }

            begun = true;
            end = next;
        }

        yield return line.ToString();
    }
}
