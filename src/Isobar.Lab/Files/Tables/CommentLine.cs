namespace Isobar.Lab.Files.Tables;

/// <summary>Lines that a program or a person put between rows: they begin with a mark that no number has.</summary>
internal static class CommentLine
{
    private static readonly string[] s_marks = ["#", "%", "//", "!", "*"];

    public static bool Is(ReadOnlySpan<char> line) => Marks(line) > 0;

    /// <summary>How many characters the blanks and marks before the text of a line take; zero when there is no mark.</summary>
    public static int Marks(ReadOnlySpan<char> line)
    {
        int at = Blanks(line, 0), before = at;
        foreach (string mark in s_marks)
        {
            if (line[at..].StartsWith(mark, StringComparison.Ordinal)) at += mark.Length;
        }

        return at == before ? 0 : at;
    }

    private static int Blanks(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at])) at++;
        return at;
    }
}
