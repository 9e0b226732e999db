using System.Collections.Immutable;
using System.Globalization;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads the calibration of a press against a transfer load cell: one row per force, a column <c>indicated</c>, one or more columns <c>true</c> (one per series, rising), and where it
/// was taken a column <c>falling</c>, each with its unit of force in the heading.
/// </summary>
public static class ForceTable
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="IsobarFileException">The file is not such a table, or can be read in two ways.</exception>
    public static ImmutableArray<ForceCalibrationPoint> Read(string path)
    {
        if (Directory.Exists(path)) throw new IsobarFileException(path, 1, 1, "", $"'{path}' is a folder", "a table of a calibration", "name the file in it");
        try
        {
            using FileStream stream = File.OpenRead(path);
            using RowReader rows = new(stream, path);
            return Read(rows);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IsobarFileException(path, 1, 1, "", $"the file cannot be read: {fault.Message}", "a readable table", "check the path and the permissions", fault);
        }
    }

    private static ImmutableArray<ForceCalibrationPoint> Read(RowReader rows)
    {
        MeasuredHeading[] headings = [.. rows.Heading.Select(MeasuredHeading.Of)];
        int indicated = -1, falling = -1;
        List<int> series = [];
        for (int i = 0; i < headings.Length; i++)
        {
            string name = headings[i].Name.ToLowerInvariant();
            bool isIndicated = name.StartsWith("indicated", StringComparison.Ordinal), isTrue = name.StartsWith("true", StringComparison.Ordinal), isFalling = name.StartsWith("falling", StringComparison.Ordinal);
            if (!isIndicated && !isTrue && !isFalling) throw rows.HeadingError(i, $"'{headings[i].Text}' is not a column of a calibration", "columns indicated_kN, true_1_kN, true_2_kN, true_3_kN and perhaps falling_kN", "name it so, or remove it");
            if (!ReferenceEquals(headings[i].Dimension, Force.Dimension))
            {
                string? reason = Force.Dimension.FindRefused(headings[i].UnitText)?.Reason;
                throw rows.HeadingError(i, headings[i].UnitText.Length == 0 ? $"the column '{headings[i].Text}' has no unit" : $"the column '{headings[i].Text}' has the unit '{headings[i].UnitText}'{(reason is null ? ", which is not one of force" : ": " + reason)}", "a force with its unit, for example 'true_1_kN'", "write the unit into the heading");
            }

            if (isTrue) series.Add(i);
            else if (isIndicated && indicated < 0) indicated = i;
            else if (isFalling && falling < 0) falling = i;
            else throw rows.HeadingError(i, $"'{headings[i].Text}' is there a second time", "one column indicated, one column falling", "remove one of the two");
        }

        if (indicated < 0 || series.Count == 0) throw rows.HeadingError(0, indicated < 0 ? "there is no column 'indicated'" : "there is no column 'true'", "columns indicated_kN, true_1_kN, true_2_kN, true_3_kN and perhaps falling_kN", "add it, with its unit");
        var points = ImmutableArray.CreateBuilder<ForceCalibrationPoint>();
        while (rows.Next())
        {
            ImmutableArray<Force> readings = [.. series.Where(column => rows.Field(column).Length > 0).Select(column => ForceOf(rows, headings, column))];
            if (readings.IsEmpty) throw rows.Error(series[0], $"row {rows.Row} has no reading of the transfer load cell", "at least one number in the columns true", "fill it in, or remove the row");
            points.Add(new ForceCalibrationPoint(ForceOf(rows, headings, indicated), readings, falling >= 0 && rows.Field(falling).Length > 0 ? ForceOf(rows, headings, falling) : null));
        }

        return points.Count > 0 ? points.ToImmutable() : throw rows.HeadingError(0, "no row follows the heading", "one row per force", "fill in the calibration");
    }

    private static Force ForceOf(RowReader rows, MeasuredHeading[] headings, int column)
    {
        string text = rows.Field(column);
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number) || number <= 0)
        {
            string comma = text.Contains(',', StringComparison.Ordinal) ? "; the decimal sign is a point" : "";
            throw rows.Error(column, $"row {rows.Row}, column {headings[column].Text}: '{text}' is not a force{comma}", "a number above zero, the unit in the heading only", "write the number alone, all rows in one unit");
        }

        return new Force(headings[column].Unit!.ToSiValue(number));
    }
}
