namespace Isobar.Lab.Files.Tables;

/// <summary>
/// The text of a file with its lines. A line ends in LF, CR LF, CR CR LF (a file that went through two conversions) or, in a file without LF, in CR;
/// so line numbers are those an editor shows. Lines count from 1 in messages and from 0 here.
/// </summary>
internal sealed class FileText
{
    // An error shows a line, not a page.
    private const int LongestShown = 240;

    private readonly string _text;
    private readonly List<(int Start, int Length)> _lines = [];

    public FileText(string path, string text, string encoding)
    {
        Path = path;
        Encoding = encoding;
        _text = text;
        char end = text.Contains('\n', StringComparison.Ordinal) ? '\n' : '\r';
        int start = 0;
        while (start < text.Length)
        {
            int stop = text.IndexOf(end, start);
            if (stop < 0) stop = text.Length;
            _lines.Add((start, text.AsSpan(start, stop - start).TrimEnd('\r').Length));
            start = stop + 1;
        }
    }

    public string Path { get; }

    /// <summary>How the bytes were read.</summary>
    public string Encoding { get; }

    public int Count => _lines.Count;

    public ReadOnlySpan<char> this[int line] => _text.AsSpan(_lines[line].Start, _lines[line].Length);

    /// <summary>A line as a text of its own.</summary>
    public string Line(int line) => line < Count ? this[line].ToString() : "";

    public bool IsBlank(int line) => this[line].IsWhiteSpace();

    /// <summary>The first line from <paramref name="from"/> that starts so, after blanks; -1 when there is none.</summary>
    public int FindStart(string start, int from = 0, int to = int.MaxValue)
    {
        for (int line = from; line < Math.Min(Count, to); line++)
        {
            if (this[line].TrimStart().StartsWith(start, StringComparison.OrdinalIgnoreCase)) return line;
        }

        return -1;
    }

    /// <summary>What follows a label such as "Date:" in the lines before <paramref name="to"/>; null when no line has it.</summary>
    public string? After(string label, int to = int.MaxValue)
    {
        int line = FindStart(label, 0, to);
        return line < 0 ? null : this[line].TrimStart()[label.Length..].Trim().Trim(':').Trim().ToString();
    }

    /// <summary>An error at a line and column, both from 0.</summary>
    public IsobarFileException Error(int line, int column, string found, string expected, string next)
    {
        ReadOnlySpan<char> text = line >= 0 && line < Count ? this[line] : "";
        // A window around the column, so that one endless line does not fill the screen.
        int from = text.Length <= LongestShown || column < LongestShown - 40 ? 0 : Math.Min(column - 40, text.Length - 40);
        string shown = text[from..Math.Min(text.Length, from + LongestShown)].ToString();
        return new IsobarFileException(Path, line + 1, column + 1, Printable(shown), found, expected, next);
    }

    /// <summary>A piece of the file for a message: short, and without characters that move a terminal.</summary>
    public static string Quote(ReadOnlySpan<char> text) => "'" + Printable((text.Length <= 40 ? text : text[..40]).ToString()) + (text.Length <= 40 ? "'" : "...'");

    private static string Printable(string text) => string.Create(text.Length, text, static (span, given) =>
    {
        for (int i = 0; i < span.Length; i++) span[i] = char.IsControl(given[i]) && given[i] != '\t' ? '\uFFFD' : given[i];
    });
}
