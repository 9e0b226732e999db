using System.Globalization;

namespace Isobar.Tests.Published;

/// <summary>A table computed elsewhere that lies beside the sources in a folder shared/data; tests that need one are skipped where it is missing.</summary>
internal sealed class ReferenceTable
{
    private readonly string[] _columns;
    private readonly string[][] _rows;

    private ReferenceTable(string[] columns, string[][] rows)
    {
        _columns = columns;
        _rows = rows;
    }

    public int Count => _rows.Length;

    /// <summary>Opens a table below a shared/data folder above the tests; null when there is none.</summary>
    public static ReferenceTable? TryRead(params string[] path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine([folder.FullName, "shared", "data", .. path]);
            if (!File.Exists(file)) continue;
            string[] lines = [.. File.ReadAllLines(file).Where(line => line.Length > 0 && !line.StartsWith('#'))];
            return new ReferenceTable(lines[0].Split(','), [.. lines.Skip(1).Select(line => line.Split(','))]);
        }

        return null;
    }

    public string Text(int row, string column) => _rows[row][IndexOf(column)];

    public double Number(int row, string column) => double.Parse(Text(row, column), CultureInfo.InvariantCulture);

    private int IndexOf(string column)
    {
        int index = Array.IndexOf(_columns, column);
        return index >= 0 ? index : throw new ArgumentException($"no column '{column}'; there are {string.Join(", ", _columns)}", nameof(column));
    }
}
