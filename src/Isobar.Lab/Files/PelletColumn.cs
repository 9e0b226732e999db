using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>A column of a pellet file: its name, what it holds and in which unit. Declared once; headings, messages and pages read it.</summary>
/// <param name="Name">Name in the heading, before the unit.</param>
/// <param name="Meaning">What stands in it.</param>
/// <param name="Usual">The unit in which it is usually written.</param>
/// <param name="Dimension">Its dimension.</param>
internal sealed record PelletColumn(string Name, string Meaning, string Usual, Dimension Dimension)
{
    public static PelletColumn Pressure { get; } = new("pressure", "largest pressure on the sample", "MPa", SamplePressure.Dimension);

    public static PelletColumn ThicknessLoad { get; } = new("thickness_load", "thickness under load", "mm", Length.Dimension);

    public static PelletColumn ThicknessReleased { get; } = new("thickness_released", "thickness after release", "mm", Length.Dimension);

    public static PelletColumn Mass { get; } = new("mass", "mass of powder", "mg", Quantities.Mass.Dimension);

    public static PelletColumn Die { get; } = new("die", "inner diameter of the die", "mm", Length.Dimension);

    public static PelletColumn Hold { get; } = new("hold", "time at the pressure", "s", Duration.Dimension);

    public static PelletColumn Resistance { get; } = new("resistance", "resistance of the pellet", "ohm", Quantities.Resistance.Dimension);

    public static PelletColumn Conductivity { get; } = new("conductivity", "conductivity", "mS_cm", Quantities.Conductivity.Dimension);

    public static PelletColumn Stack { get; } = new("stack", "pressure during the resistance measurement", "MPa", SamplePressure.Dimension);

    public static PelletColumn Temperature { get; } = new("temperature", "temperature", "C", Quantities.Temperature.Dimension);

    public static IReadOnlyList<PelletColumn> All { get; } = [Pressure, ThicknessLoad, ThicknessReleased, Mass, Die, Hold, Resistance, Conductivity, Stack, Temperature];

    /// <summary>The name with its usual unit, as a heading is written.</summary>
    public string Heading => $"{Name}_{Usual}";
}

/// <summary>A column that a file has: which one, in which unit, at which place of a row.</summary>
/// <param name="Column">Which column.</param>
/// <param name="Unit">Its unit; of a force when the file gives pressures as a load on a die.</param>
/// <param name="Index">Place in a row, from 0.</param>
/// <param name="IsForce">Whether a pressure column holds a force.</param>
internal sealed record FoundColumn(PelletColumn Column, Unit Unit, int Index, bool IsForce)
{
    // What a laboratory notes of a pellet without measuring it.
    private static readonly string[] s_labels = ["sample", "name", "id", "label", "date", "operator", "comment", "note", "remark"];

    /// <summary>Whether a column only names or remarks on the pellet and is not read.</summary>
    public static bool IsLabel(CsvField heading) => s_labels.Contains(heading.Text.TrimEnd('s'), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the heading of a pellet file.</summary>
    public static IReadOnlyDictionary<PelletColumn, FoundColumn> Read(CsvTable table)
    {
        Dictionary<PelletColumn, FoundColumn> found = [];
        for (int i = 0; i < table.Heading.Count; i++)
        {
            if (IsLabel(table.Heading[i])) continue;
            FoundColumn column = ReadOne(table.Heading[i], i);
            if (found.TryGetValue(column.Column, out FoundColumn? other))
            {
                throw table.Heading[i].Error($"'{table.Heading[i].Text}' is the second column of {column.Column.Meaning}; the first is '{table.Heading[other.Index].Text}'", "each quantity in one column and one unit", "remove one of the two columns");
            }

            found.Add(column.Column, column);
        }

        return found.ContainsKey(PelletColumn.Pressure)
            ? found
            : throw table.Heading[0].Error("there is no column of pressures", "the column 'pressure_MPa'", "add the largest pressure on the sample of each row, in MPa");
    }

    private static FoundColumn ReadOne(CsvField field, int index)
    {
        string name = string.Join('_', field.Text.Split([' ', '[', ']', '(', ')', '_'], StringSplitOptions.RemoveEmptyEntries));
        // thickness_load before a column whose name would be its beginning: the longest name wins.
        PelletColumn? column = PelletColumn.All.Where(each => Begins(name, each.Name)).MaxBy(each => each.Name.Length);
        if (column is null)
        {
            string[] headings = [.. PelletColumn.All.Select(each => each.Heading)];
            throw field.Error($"'{field.Text}' is not a column of a pellet file", Spelling.DidYouMean(name, headings) + "the columns are " + string.Join(", ", headings), "correct the heading, or remove the column");
        }

        if (name.Length == column.Name.Length)
        {
            throw field.Error($"the column '{field.Text}' has no unit", $"{column.Meaning} with its unit behind the name, for example '{column.Heading}'", $"write '{column.Heading}' when the numbers are in {column.Usual.Replace('_', '/')}");
        }

        string spelled = name[(column.Name.Length + 1)..], unitText = spelled.Replace('_', '/');
        Unit? unit = column.Dimension.Find(unitText) ?? column.Dimension.Find(spelled.Replace('_', ' '));
        if (unit is not null) return new FoundColumn(column, unit, index, false);
        if (column == PelletColumn.Pressure && Force.Dimension.Find(unitText) is { } force) return new FoundColumn(column, force, index, true);
        bool isPressure = column == PelletColumn.Pressure;
        string? reason = (isPressure ? Force.Dimension.FindRefused(unitText)?.Reason : null) ?? column.Dimension.FindRefused(unitText)?.Reason;
        throw field.Error(
            $"the column '{field.Text}' has the unit '{unitText}'" + (reason is null ? "" : $": {reason}"), $"{column.Meaning} in one unit, one of {column.Dimension.UnitList()}" + (isPressure ? $"; or the force on it with the diameter of the die, one of {Force.Dimension.UnitList()}" : ""),
            $"write for example '{column.Heading}'" + (isPressure ? ", or 'pressure_t' for metric tons with the column die_mm" : ""));
    }

    private static bool Begins(string name, string column) =>
        name.StartsWith(column, StringComparison.OrdinalIgnoreCase) && (name.Length == column.Length || name[column.Length] == '_');
}
