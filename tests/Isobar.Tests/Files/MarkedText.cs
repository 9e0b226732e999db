using Isobar.Lab.Files;
using Xunit;

namespace Isobar.Tests.Files;

/// <summary>A text in which the sign ¤ marks the place at which an error must point.</summary>
internal static class MarkedText
{
    public static void Expect(string marked, Action<string> read, params string[] fragments)
    {
        int at = marked.IndexOf('¤', StringComparison.Ordinal);
        Assert.True(at >= 0, "the text has no mark");
        string before = marked[..at];
        int line = before.Count(c => c == '\n') + 1;
        int column = at - (before.LastIndexOf('\n') + 1) + 1;
        string text = marked.Remove(at, 1);
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => read(text));
        Assert.True(line == fault.Line && column == fault.Column, $"points at {fault.Line}:{fault.Column} and not at {line}:{column}\n{fault.Message}");
        Assert.Equal(text.Split('\n')[line - 1], fault.LineText);
        Assert.StartsWith($"file.yaml:{line}:{column}: ", fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Found);
        Assert.NotEmpty(fault.Expected);
        Assert.NotEmpty(fault.Next);
        foreach (string fragment in fragments) Assert.Contains(fragment, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The text with one piece replaced; fails when the piece is not there exactly once.</summary>
    public static string With(this string text, string piece, string replacement)
    {
        int first = text.IndexOf(piece, StringComparison.Ordinal);
        Assert.True(first >= 0 && text.IndexOf(piece, first + 1, StringComparison.Ordinal) < 0, $"'{piece}' does not stand once in the text");
        return text.Remove(first, piece.Length).Insert(first, replacement);
    }
}
