using System.Globalization;
using System.Text;

namespace Isobar.Lab.Files;

/// <summary>A file that cannot be used; it says where, what was found, what was expected and what to do next, and shows the line.</summary>
public sealed class IsobarFileException : Exception
{
    /// <summary>Describes one fault at one place of one file.</summary>
    public IsobarFileException(string path, int line, int column, string lineText, string found, string expected, string next, Exception? cause = null)
        : base(Compose(path, line, column, lineText, found, expected, next), cause)
    {
        Path = path;
        Line = line;
        Column = column;
        LineText = lineText;
        Found = found;
        Expected = expected;
        Next = next;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Line, from 1.</summary>
    public int Line { get; }

    /// <summary>Column, from 1.</summary>
    public int Column { get; }

    /// <summary>The line itself.</summary>
    public string LineText { get; }

    /// <summary>What was found there.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }

    /// <summary>What to do next.</summary>
    public string Next { get; }

    private static string Compose(string path, int line, int column, string lineText, string found, string expected, string next)
    {
        string number = line.ToString(CultureInfo.InvariantCulture);
        StringBuilder message = new();
        message.Append(CultureInfo.InvariantCulture, $"{path}:{line}:{column}: {found}\n");
        message.Append(CultureInfo.InvariantCulture, $"  {number} | {lineText}\n");
        message.Append(' ', number.Length + 2).Append(" | ").Append(Indent(lineText, column)).Append("^\n");
        message.Append("  expected: ").Append(expected).Append('\n');
        message.Append("  next: ").Append(next);
        return message.ToString();
    }

    // Tabs stay tabs, so that the caret stands below the column in any terminal.
    private static string Indent(string lineText, int column)
    {
        int width = Math.Max(0, column - 1);
        return string.Create(width, lineText, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = i < text.Length && text[i] == '\t' ? '\t' : ' ';
        });
    }
}
