using System.Text;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads a table of separated values row by row, so that a file of hundreds of megabytes needs the memory of one row. The form is that of <see cref="CsvTable"/>: comma,
/// semicolon or tab, whichever the heading has most; double quotes around a field; comments above the heading; every row as wide as the heading.
/// </summary>
internal sealed class RowReader : IDisposable
{
    // Longer lines are no table: a picture, an archive, a file without line ends.
    private const int LongestLine = 1_000_000;

    private readonly string _path;
    private readonly StreamReader _reader;
    private readonly List<(int Start, int End)> _fields = [];
    private readonly char[] _buffer = new char[1 << 16];
    private readonly StringBuilder _long = new();
    private int _at;
    private int _filled;
    private int _linesRead;
    private string _text = "";
    private char _separator = ',';

    public RowReader(Stream stream, string path)
    {
        _path = path;
        _reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
        string? first;
        do
        {
            first = Line();
        }
        while (first is not null && (first.StartsWith('#') || first.AsSpan().Trim().IsEmpty));
        if (first is null) throw new IsobarFileException(path, 1, 1, "", "the table is empty", "a heading with column names and units, then one row per cell", "see examples/cells/cells.csv for the form");
        _separator = SeparatorOf(first);
        Begin(first);
        for (int i = 0; i < _fields.Count; i++) Heading.Add(Field(i));
        HeadingLine = RowLine;
        HeadingText = _text;
    }

    /// <summary>Fields of the heading.</summary>
    public List<string> Heading { get; } = [];

    /// <summary>Line on which the heading stands.</summary>
    public int HeadingLine { get; }

    /// <summary>The heading as it stands.</summary>
    public string HeadingText { get; }

    /// <summary>Line on which the present row begins.</summary>
    public int RowLine { get; private set; }

    /// <summary>Number of the present row, from 1 for the first below the heading.</summary>
    public int Row { get; private set; }

    /// <summary>Reads the next row; false at the end.</summary>
    public bool Next()
    {
        string? line = Line();
        if (line is null) return false;
        Row++;
        Begin(line);
        if (_fields.Count == 1 && _text.AsSpan().Trim().IsEmpty)
        {
            // Blank lines at the end are no row; a blank line between rows is.
            while (Line() is { } next)
            {
                if (!next.AsSpan().Trim().IsEmpty) throw Error(0, $"row {Row} is empty", "one cell per row", "remove the empty row");
            }

            return false;
        }

        if (_fields.Count != Heading.Count)
        {
            throw Error(
                _fields.Count - 1, $"row {Row} has {_fields.Count} fields and the heading has {Heading.Count}", "a field for each column, empty where nothing was measured",
                "check the separators; a decimal comma splits a number in two, so write a decimal point, or separate with semicolons");
        }

        return true;
    }

    /// <summary>Text of a field of the present row, without quotes and surrounding blanks.</summary>
    public string Field(int index)
    {
        (int start, int end) = _fields[index];
        ReadOnlySpan<char> text = _text.AsSpan(start, end - start).Trim();
        if (text.Length >= 2 && text[0] == '"') return text[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal).Trim();
        return text.ToString();
    }

    /// <summary>A fault in a field of the present row.</summary>
    public IsobarFileException Error(int field, string found, string expected, string next) => new(_path, RowLine, _fields[field].Start + 1, Shown(_text), found, expected, next);

    /// <summary>A fault in a field of the heading.</summary>
    public IsobarFileException HeadingError(int field, string found, string expected, string next)
    {
        int column = 1;
        for (int i = 0; i < field; i++) column += Heading[i].Length + 1;
        return new IsobarFileException(_path, HeadingLine, column, Shown(HeadingText), found, expected, next);
    }

    public void Dispose() => _reader.Dispose();

    private static string Shown(string line) => line.Length <= 200 ? line : line[..200] + "...";

    private void Begin(string line)
    {
        RowLine = _linesRead;
        _text = line;
        while (!Split(_text))
        {
            string? more = Line();
            if (more is null || _text.Length > LongestLine) throw new IsobarFileException(_path, RowLine, 1, Shown(line), "a quoted field does not end", "a closing quote", "add the closing quote");
            _text += "\n" + more;
        }
    }

    // Finds the fields of a row; false when a quoted field goes on in the next line.
    private bool Split(string text)
    {
        _fields.Clear();
        int at = 0;
        while (true)
        {
            int start = at;
            while (at < text.Length && text[at] == ' ') at++;
            if (at < text.Length && text[at] == '"')
            {
                at++;
                while (true)
                {
                    int quote = text.IndexOf('"', at);
                    if (quote < 0) return false;
                    at = quote + 1;
                    if (at >= text.Length || text[at] != '"') break;
                    at++;
                }

                while (at < text.Length && text[at] == ' ') at++;
                if (at < text.Length && text[at] != _separator) throw new IsobarFileException(_path, RowLine, at + 1, Shown(text), "text follows a closing quote", "a separator or the end of the line", "put the whole field in quotes");
            }
            else
            {
                int next = text.IndexOf(_separator, at);
                at = next < 0 ? text.Length : next;
                int quote = text.AsSpan(start, at - start).IndexOf('"');
                if (quote >= 0) throw new IsobarFileException(_path, RowLine, start + quote + 1, Shown(text), "a quote stands inside a field", "quotes around the whole field, or none", "remove the quote, or write it twice inside a quoted field");
            }

            _fields.Add((start, at));
            if (at >= text.Length) return true;
            at++;
        }
    }

    private string? Line()
    {
        _long.Clear();
        while (true)
        {
            if (_at == _filled)
            {
                _filled = Fill();
                _at = 0;
                if (_filled == 0) return _long.Length == 0 ? null : Ended(_long.ToString());
            }

            int end = _buffer.AsSpan(_at, _filled - _at).IndexOf('\n');
            int length = end < 0 ? _filled - _at : end;
            if (_long.Length + length > LongestLine)
            {
                throw new IsobarFileException(_path, _linesRead + 1, 1, Shown(new string(_buffer, _at, Math.Min(80, length))), "a line has more than a million characters", "a table with one cell per line", "check that this is the file you mean");
            }

            if (end >= 0 && _long.Length == 0)
            {
                string whole = new(_buffer, _at, length);
                _at += length + 1;
                return Ended(whole);
            }

            _long.Append(_buffer, _at, length);
            _at += length;
            if (end < 0) continue;
            _at++;
            return Ended(_long.ToString());
        }
    }

    private string Ended(string line)
    {
        _linesRead++;
        return line.EndsWith('\r') ? line[..^1] : line;
    }

    private int Fill()
    {
        try
        {
            return _reader.Read(_buffer, 0, _buffer.Length);
        }
        catch (DecoderFallbackException fault)
        {
            throw new IsobarFileException(_path, _linesRead + 1, 1, "", "the file is not UTF-8 text", "a table in UTF-8", "save it again with the encoding UTF-8 (in a spreadsheet: CSV UTF-8)", fault);
        }
    }

    private static char SeparatorOf(string line)
    {
        char best = ',';
        int most = 0;
        foreach (char separator in (ReadOnlySpan<char>)[',', ';', '\t'])
        {
            bool quoted = false;
            int count = 0;
            foreach (char c in line)
            {
                if (c == '"') quoted = !quoted;
                else if (c == separator && !quoted) count++;
            }

            if (count > most) (best, most) = (separator, count);
        }

        return best;
    }
}
