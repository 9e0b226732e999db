using System.Text;

namespace Isobar.Lab.Files;

/// <summary>One field of a table, with its place in the file. Line and column count from 1.</summary>
internal sealed class CsvField(SourceText source, int line, int column, string text)
{
    public SourceText Source { get; } = source;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Text { get; } = text;

    public IsobarFileException Error(string found, string expected, string next) => Source.Error(Line, Column, found, expected, next);
}

/// <summary>
/// A table of separated values (RFC 4180): fields in double quotes may hold separators, quotes written twice and line breaks; lines end in LF or CRLF.
/// The separator is a comma, a semicolon or a tab, whichever the heading uses. Lines that begin with '#' above the heading are comments, and so is the
/// line 'sep=;' that spreadsheets write there. Rows without any content, which they leave behind, are passed over. Every other row has as many fields as
/// the heading.
/// </summary>
internal sealed class CsvTable
{
    private static readonly char[] s_separators = [',', ';', '\t'];

    private CsvTable(SourceText source, char separator, IReadOnlyList<CsvField> heading, IReadOnlyList<IReadOnlyList<CsvField>> rows)
    {
        Source = source;
        Separator = separator;
        Heading = heading;
        Rows = rows;
    }

    public SourceText Source { get; }

    public char Separator { get; }

    public IReadOnlyList<CsvField> Heading { get; }

    public IReadOnlyList<IReadOnlyList<CsvField>> Rows { get; }

    public static CsvTable Read(SourceText source)
    {
        string text = source.Text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var reader = new Reader(source, text);
        reader.SkipComments();
        if (reader.AtEnd) throw source.Error(1, 1, "the table is empty", "a heading with column names and units, then one row per measurement", "see examples/pellets for the form");
        reader.Separator = SeparatorOf(reader.PresentLine);
        List<CsvField> heading = reader.ReadRow();
        List<IReadOnlyList<CsvField>> rows = [];
        while (!reader.OnlyBlankLinesLeft)
        {
            List<CsvField> row = reader.ReadRow();
            if (row.TrueForAll(field => field.Text.Length == 0)) continue;
            if (row.Count != heading.Count)
            {
                throw row[^1].Error(
                    $"row {rows.Count + 1} has {row.Count} fields and the heading has {heading.Count}", "a field for each column, empty where nothing was measured",
                    "check the separators; a decimal comma splits a number in two, so write a decimal point");
            }

            rows.Add(row);
        }

        return new CsvTable(source, reader.Separator, heading, rows);
    }

    // The character that stands most often in the heading outside of quotes.
    private static char SeparatorOf(string line)
    {
        char best = ',';
        int most = 0;
        foreach (char separator in s_separators)
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

    private sealed class Reader(SourceText source, string text)
    {
        private int _at;
        private int _line = 1;
        private int _lineStart;

        public char Separator { get; set; } = ',';

        public bool AtEnd => _at >= text.Length;

        public bool OnlyBlankLinesLeft => text.AsSpan(_at).IsWhiteSpace();

        public string PresentLine => text[_at..(text.IndexOf('\n', _at) is >= 0 and var end ? end : text.Length)];

        public void SkipComments()
        {
            while (!AtEnd && (text[_at] == '#' || PresentLine.Trim().Length == 0 || PresentLine.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)))
            {
                _at += PresentLine.Length;
                if (!AtEnd) NextLine();
            }
        }

        public List<CsvField> ReadRow()
        {
            List<CsvField> row = [];
            while (true)
            {
                row.Add(ReadField());
                if (AtEnd) return row;
                if (text[_at] == '\n')
                {
                    NextLine();
                    return row;
                }

                _at++;
            }
        }

        private CsvField ReadField()
        {
            int line = _line, column = _at - _lineStart + 1;
            if (!AtEnd && text[_at] == '"') return new CsvField(source, line, column, ReadQuoted(line, column).Trim());
            int start = _at;
            while (!AtEnd && text[_at] != Separator && text[_at] != '\n')
            {
                if (text[_at] == '"') throw source.Error(_line, _at - _lineStart + 1, "a quote stands inside a field", "quotes around the whole field, or none", "remove the quote, or write it twice inside a quoted field");
                _at++;
            }

            return new CsvField(source, line, column, text[start.._at].Trim());
        }

        private string ReadQuoted(int line, int column)
        {
            var content = new StringBuilder();
            _at++;
            while (true)
            {
                if (AtEnd) throw source.Error(line, column, "a quoted field does not end", "a closing quote", "add the closing quote");
                char c = text[_at++];
                if (c == '\n')
                {
                    _line++;
                    _lineStart = _at;
                }

                if (c != '"')
                {
                    content.Append(c);
                    continue;
                }

                if (!AtEnd && text[_at] == '"')
                {
                    content.Append('"');
                    _at++;
                    continue;
                }

                if (AtEnd || text[_at] == Separator || text[_at] == '\n') return content.ToString();
                throw source.Error(_line, _at - _lineStart + 1, "text follows a closing quote", "a separator or the end of the line", "put the whole field in quotes");
            }
        }

        private void NextLine()
        {
            _at++;
            _line++;
            _lineStart = _at;
        }
    }
}
