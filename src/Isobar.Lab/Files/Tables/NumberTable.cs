using System.Runtime.InteropServices;

namespace Isobar.Lab.Files.Tables;

/// <summary>A heading of a column, with its place in the file (from 0).</summary>
/// <param name="Text">The heading as the file has it, without quotes.</param>
/// <param name="Line">Line of the heading; -1 when the table has none.</param>
/// <param name="Column">Column of its first character.</param>
internal sealed record TableHeading(string Text, int Line, int Column)
{
    /// <summary>Unit from a row of units below the headings.</summary>
    public string? Unit { get; init; }
}

/// <summary>A cell that is not a number, with its place (from 0).</summary>
/// <param name="Row">Row of the table.</param>
/// <param name="Line">Line of the file.</param>
/// <param name="Column">Column of the line.</param>
/// <param name="Text">What stands there.</param>
internal sealed record OddCell(int Row, int Line, int Column, string Text);

/// <summary>
/// Columns of numbers with the line of each row. An empty cell is NaN; a cell with text is NaN too, and the first one of each column is kept, so that
/// a column that is needed can be refused where the text stands.
/// </summary>
internal sealed class NumberTable
{
    private readonly List<double>[] _columns;
    private readonly OddCell?[] _odd;
    private readonly List<int> _lines = [];

    public NumberTable(FileContent content, IReadOnlyList<TableHeading> headings)
    {
        Content = content;
        Headings = headings;
        _columns = [.. headings.Select(_ => new List<double>())];
        _odd = new OddCell?[headings.Count];
    }

    public FileContent Content { get; }

    public IReadOnlyList<TableHeading> Headings { get; }

    public int Count => _lines.Count;

    /// <summary>What is worth saying about how the rows were read.</summary>
    public List<string> Notes { get; } = [];

    public ReadOnlySpan<double> Column(int column) => CollectionsMarshal.AsSpan(_columns[column]);

    public OddCell? Odd(int column) => _odd[column];

    /// <summary>Line of a row in the file, from 0; of a binary file the row itself.</summary>
    public int LineOf(int row) => _lines[row];

    public void BeginRow(int line) => _lines.Add(line);

    public void Add(int column, double value) => _columns[column].Add(value);

    public void AddOdd(int column, OddCell cell)
    {
        _columns[column].Add(double.NaN);
        _odd[column] ??= cell;
    }

    /// <summary>An error at the heading of a column.</summary>
    public IsobarFileException HeadingError(int column, string found, string expected, string next)
    {
        TableHeading heading = Headings[column];
        return heading.Line < 0 ? Content.Error(found, expected, next) : Content.Text.Error(heading.Line, heading.Column, found, expected, next);
    }

    /// <summary>An error at a row.</summary>
    public IsobarFileException RowError(int row, string found, string expected, string next) =>
        IsBinary ? Content.Error($"{found} (row {row + 1})", expected, next) : Content.Text.Error(_lines[row], 0, found, expected, next);

    /// <summary>Whether the rows are not lines of text.</summary>
    public bool IsBinary { get; init; }
}
