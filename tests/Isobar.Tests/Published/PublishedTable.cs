using System.Globalization;
using Isobar.Materials;

namespace Isobar.Tests.Published;

/// <summary>A published table that travels inside the library, row by row with named columns.</summary>
internal static class PublishedTable
{
    /// <summary>Rows of <c>published/{name}.csv</c>.</summary>
    public static IReadOnlyList<PublishedRow> Read(string name)
    {
        using var reader = new StreamReader(BuiltInData.Open($"published/{name}.csv"));
        string[] lines = [.. reader.ReadToEnd().TrimEnd('\n').Split('\n').SkipWhile(line => line.StartsWith('#'))];
        string[] columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => new PublishedRow(name, columns, line.Split(',')))];
    }
}

/// <summary>One row of a published table.</summary>
internal sealed class PublishedRow(string table, string[] columns, string[] fields)
{
    /// <summary>The text in a column.</summary>
    public string this[string column] => fields[IndexOf(column)];

    /// <summary>The number in a column.</summary>
    public double Number(string column) => double.Parse(this[column], CultureInfo.InvariantCulture);

    /// <summary>The numbers of all columns whose name begins like this and which are not empty, with the number in their name.</summary>
    public IEnumerable<(double At, double Value)> Numbers(string prefix) => columns
        .Where(column => column.StartsWith(prefix, StringComparison.Ordinal) && this[column].Length > 0 && double.TryParse(column[prefix.Length..], CultureInfo.InvariantCulture, out _))
        .Select(column => (double.Parse(column[prefix.Length..], CultureInfo.InvariantCulture), Number(column)));

    /// <inheritdoc/>
    public override string ToString() => $"{table}: {string.Join(',', fields)}";

    private int IndexOf(string column)
    {
        int index = Array.IndexOf(columns, column);
        return index >= 0 ? index : throw new ArgumentException($"{table} has no column '{column}'; it has {string.Join(", ", columns)}", nameof(column));
    }
}
