using System.Globalization;

namespace Isobar.Lab.Files.Surfaces;

/// <summary>A list of x, y, z that lie on a regular grid, in any order; points of the grid that are not in the list are missing.</summary>
internal static class PointList
{
    // Positions are printed with a few digits; a hundredth of a step tells rounding from another place.
    private const double PlaceTolerance = 0.01;

    public static RawSurface ToSurface(SurfaceBytes source, TextTable table)
    {
        double[] unit = Units(source, table, out bool stated);
        (double firstX, double stepX, int columns) = Axis(source, table, 0, "x");
        (double firstY, double stepY, int rows) = Axis(source, table, 1, "y");
        if ((long)rows * columns > Math.Max(16, 4L * table.Rows)) throw source.Error(string.Create(CultureInfo.InvariantCulture, $"the {table.Rows} points lie at {columns} places in x and {rows} in y"), "points on a regular grid", "interpolate the points to a grid before");
        if (rows < 2 || columns < 2) throw source.Error("all points lie on one line", "a surface; a profile is not one", "give the map that the profile was taken from");
        double[] heights = new double[rows * columns];
        Array.Fill(heights, double.NaN);
        bool[] taken = new bool[heights.Length];
        for (int i = 0; i < table.Rows; i++)
        {
            int column = Place(source, table, i, 0, firstX, stepX), row = Place(source, table, i, 1, firstY, stepY);
            int place = (row * columns) + column;
            if (taken[place]) throw source.ErrorInLine(table.LineOf(i), 1, Words(table, i), "a point with this x and y stands twice", "each point once", "remove one of the two");
            taken[place] = true;
            heights[place] = table.Numbers[(3 * i) + 2];
        }

        return new RawSurface(rows, columns, heights, stated ? unit[2] : null, stated ? stepX * unit[0] : null, stated ? stepY * unit[1] : null);
    }

    // The distance of the list is believed only with its unit; a list without units is asked for both.
    private static double[] Units(SurfaceBytes source, TextTable table, out bool stated)
    {
        stated = false;
        double[] units = [0, 0, 0];
        if (table.Heading is not { } heading) return units;
        string[] names = heading.Split([',', ';', '\t', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length != 3) throw source.ErrorInLine(table.HeadingLine, 1, heading, $"the heading names {names.Length} columns", "three: x, y and z with their units", "write for example x_um,y_um,z_nm");
        for (int i = 0; i < 3; i++)
        {
            string[] parts = names[i].Split('_', '(', '[');
            if (!parts[0].Trim('"').Equals("xyz"[i..(i + 1)], StringComparison.OrdinalIgnoreCase)) throw source.ErrorInLine(table.HeadingLine, 1, heading, $"column {i + 1} is named '{names[i]}'", $"'{"xyz"[i]}' with its unit", "write for example x_um,y_um,z_nm");
            if (parts.Length < 2) return units;
            string text = parts[1].Trim('"', ')', ']');
            units[i] = SurfaceUnits.Find(text) ?? throw source.ErrorInLine(table.HeadingLine, 1, heading, $"'{text}' is not a unit of length", "m, mm, um or nm", "write for example x_um,y_um,z_nm");
        }

        stated = true;
        return units;
    }

    private static (double First, double Step, int Count) Axis(SurfaceBytes source, TextTable table, int column, string name)
    {
        double[] values = new double[table.Rows];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = table.Numbers[(3 * i) + column];
            if (!double.IsFinite(values[i])) throw source.ErrorInLine(table.LineOf(i), 1, Words(table, i), $"{name} is missing", "x and y for every point", "remove the line, or give its place");
        }

        Array.Sort(values);
        double range = values[^1] - values[0];
        // The step is the smallest difference that is more than rounding of the range.
        double step = double.PositiveInfinity;
        for (int i = 1; i < values.Length; i++)
        {
            double difference = values[i] - values[i - 1];
            if (difference > 1e-6 * range) step = Math.Min(step, difference);
        }

        if (!(range > 0)) return (values[0], 1, 1);
        double count = Math.Round(range / step) + 1;
        if (count > SurfaceFile.MostPoints) throw source.Error($"the places in {name} have no common step", "points on a regular grid", "interpolate the points to a grid before");
        return (values[0], range / (count - 1), (int)count);
    }

    private static int Place(SurfaceBytes source, TextTable table, int point, int column, double first, double step)
    {
        double place = (table.Numbers[(3 * point) + column] - first) / step;
        double whole = Math.Round(place);
        if (Math.Abs(place - whole) <= PlaceTolerance) return (int)whole;
        throw source.ErrorInLine(table.LineOf(point), 1, Words(table, point), $"the point lies {Math.Abs(place - whole).ToString("0.00", CultureInfo.InvariantCulture)} steps off the grid in {"xy"[column]}", "points on a regular grid", "interpolate the points to a grid before");
    }

    private static string Words(TextTable table, int row) => string.Join(", ", Enumerable.Range(3 * row, 3).Select(i => table.Numbers[i].ToString("R", CultureInfo.InvariantCulture)));
}
