using System.Buffers.Binary;
using System.Globalization;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.BioLogic;

/// <summary>Where the columns stand in a row.</summary>
internal sealed class MprLayout
{
    private readonly List<(MprColumn Column, int Offset)> _placed = [];
    private readonly int _rowBytes;

    private MprLayout(int rowBytes)
    {
        _rowBytes = rowBytes;
    }

    public List<string> Notes { get; } = [];

    public static MprLayout Of(FileContent content, int[] ids, int rowBytes)
    {
        var layout = new MprLayout(rowBytes);
        MprColumn?[] columns = [.. ids.Select(MprColumn.Find)];
        int known = columns.Sum(column => column?.Size ?? 0) + (columns.Any(column => column?.Type == MprType.Flag) ? 1 : 0);
        int unknown = columns.Count(column => column is null), left = rowBytes - known;
        string numbers = string.Join(", ", ids.Where((_, i) => columns[i] is null).Select(id => id.ToString(CultureInfo.InvariantCulture)));
        if (unknown == 0 ? left != 0 : left < unknown || left > 8 * unknown)
        {
            throw content.Error(
                $"the rows have {rowBytes} bytes and the columns need {known}" + (unknown == 0 ? "" : $" and those of unknown columns ({numbers})"), "rows that the columns fill",
                "export the file as text (.mpt) from EC-Lab");
        }

        layout.PlaceFromFront(columns);
        if (unknown > 0)
        {
            layout.PlaceFromBack(columns);
            if (layout._placed.Count == 0) throw content.Error($"no column has a place that is certain; unknown are those of number {numbers}", "columns of known numbers at the beginning or end of the row", "export the file as text (.mpt) from EC-Lab");
            int lost = columns.Count(column => column is not null) - layout._placed.Count;
            layout.Notes.Add(
                $"{Plural.Of(unknown, "column")} of a number that is not known ({numbers}) {(unknown == 1 ? "is" : "are")} left out" + (lost > 0 ? $", and {Plural.Of(lost, "known column")} between them, whose place is not certain" : "")
                + "; the others are placed from the ends of the row");
        }

        // Flags alone are no table.
        if (layout._placed.Count == 0) throw content.Error("the block of data has no column of numbers", "at least time and what was measured", "the file is damaged: copy it again");
        return layout;
    }

    public NumberTable Read(FileContent content, int start, int rows)
    {
        var table = new NumberTable(content, [.. _placed.Select(each => new TableHeading(each.Column.Name, -1, 0))]) { IsBinary = true };
        ReadOnlySpan<byte> bytes = content.Bytes.Span;
        for (int row = 0; row < rows; row++)
        {
            table.BeginRow(row);
            ReadOnlySpan<byte> here = bytes.Slice(start + (row * _rowBytes), _rowBytes);
            for (int i = 0; i < _placed.Count; i++) table.Add(i, Value(_placed[i].Column.Type, here[_placed[i].Offset..]));
        }

        return table;
    }

    private void PlaceFromFront(MprColumn?[] columns)
    {
        int offset = 0, flags = -1;
        foreach (MprColumn? column in columns)
        {
            if (column is null) return;
            if (column.Type == MprType.Flag)
            {
                // All flags are bits of one byte, which stands where the first of them does.
                if (flags < 0) flags = offset++;
                continue;
            }

            _placed.Add((column, offset));
            offset += column.Size;
        }
    }

    private void PlaceFromBack(MprColumn?[] columns)
    {
        int offset = _rowBytes;
        for (int i = columns.Length - 1; i >= 0 && columns[i] is { } column; i--)
        {
            // Where the byte of flags stands from behind depends on the first flag, which may lie before the unknown column.
            if (column.Type == MprType.Flag) return;
            offset -= column.Size;
            _placed.Add((column, offset));
        }
    }

    private static double Value(MprType type, ReadOnlySpan<byte> bytes) => type switch
    {
        MprType.UInt8 => bytes[0],
        MprType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        MprType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        MprType.Single => Finite(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        _ => Finite(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
    };

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
