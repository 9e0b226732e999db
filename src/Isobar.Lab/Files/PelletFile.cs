using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Files.Tables;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>What a pellet file need not say in each row.</summary>
/// <param name="Dense">Density of the powder without pores.</param>
public sealed record PelletFileContext(MassDensity Dense)
{
    /// <summary>Mass of every pellet, when the file has no column for it.</summary>
    public Estimate<Mass>? Mass { get; init; }

    /// <summary>Inner diameter of the die, when the file has no column for it.</summary>
    public Estimate<Length>? Die { get; init; }

    /// <summary>Standard uncertainty of a thickness; 5 µm is a micrometer screw.</summary>
    public Length ThicknessUncertainty { get; init; } = CellDefaults.ThicknessUncertainty;

    /// <summary>A conductivity that no powder of this kind has; null when there is no such limit.</summary>
    public Conductivity? ImpossibleConductivity { get; init; }

    /// <summary>Whether each row is a pellet of its own; null to read it from the masses and stack pressures.</summary>
    public bool? SeparatePellets { get; init; }
}

/// <summary>The pellets of a file.</summary>
/// <param name="Series">The points.</param>
/// <param name="Readings">Every thickness that became a density, for the uncertainty that dominates.</param>
/// <param name="Notes">What was assumed.</param>
public sealed record PelletTable(PelletSeries Series, ImmutableArray<PelletReading> Readings, ImmutableArray<string> Notes);

/// <summary>
/// Reads a table of pellets: comma, semicolon or tab separated, with the unit in the heading (<c>pressure_MPa, thickness_load_mm, thickness_released_mm,
/// mass_mg, die_mm, hold_s, resistance_ohm, conductivity_mS_cm, stack_MPa, temperature_C</c>, any subset with the pressure). What cannot be is refused with
/// row, column and reason: a density above one, a negative mass, units mixed in one column, a single pellet.
/// </summary>
public static class PelletFile
{
    // Nobody presses a film and a puck of the same powder in one series, and nobody steps from one pressure to a hundred times the next: between
    // neighbours of a sorted column such a gap is a change of unit.
    private static readonly UnitGap s_fifty = new(50, "fifty times", "a fiftieth"), s_hundred = new(100, "a hundred times", "a hundredth");

    /// <summary>Reads pellets from a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a table of possible pellets.</exception>
    public static PelletTable Read(string path, PelletFileContext context) => Read(TextFile.Read(path), context);

    /// <summary>Reads pellets from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a table of possible pellets.</exception>
    public static PelletTable Parse(string text, string pathForMessages, PelletFileContext context) => Read(new SourceText(pathForMessages, text), context);

    private static PelletTable Read(SourceText source, PelletFileContext context)
    {
        CsvTable table = CsvTable.Read(source);
        IReadOnlyDictionary<PelletColumn, FoundColumn> columns = FoundColumn.Read(table);
        if (table.Rows.Count < 2)
        {
            string found = table.Rows.Count == 0 ? "the file has no pellet" : "the file has one pellet only";
            throw (table.Rows.Count == 0 ? table.Heading[0] : table.Rows[0][0]).Error(
                found, "two rows at least, better three or four pressures",
                (table.Rows.Count == 0 ? "write one row per pellet" : "a single point cannot tell this laboratory from its own scatter; press at a second pressure") + ". What is known without pellets: isobar pellet --material NAME");
        }

        bool decimalComma = HasDecimalCommas(table, columns);
        PelletRow[] rows = [.. table.Rows.Select((fields, i) => new PelletRow(fields, columns, context, decimalComma, i + 1))];
        foreach (PelletColumn column in (PelletColumn[])[PelletColumn.ThicknessLoad, PelletColumn.ThicknessReleased, PelletColumn.Mass, PelletColumn.Die, PelletColumn.Conductivity, PelletColumn.Resistance])
        {
            RequireOneUnit(rows, column, s_fifty);
        }

        List<PelletReading> readings = [];
        ImmutableArray<PelletPoint> points = [.. rows.Select(row => row.ToPoint(readings))];
        RequireOneUnit(rows, PelletColumn.Pressure, s_hundred);
        RequireOneUnit(rows, PelletColumn.Stack, s_hundred);
        List<string> notes = [];
        string[] labels = [.. table.Heading.Where(FoundColumn.IsLabel).Select(heading => $"'{heading.Text}'")];
        if (labels.Length > 0) notes.Add($"not read, since it says nothing that counts here: {string.Join(", ", labels)}");
        bool separate = context.SeparatePellets ?? LooksSeparate(rows, points, notes);
        RequireRising(rows, points, separate, PelletColumn.ThicknessLoad, static point => point.Loaded);
        RequireRising(rows, points, separate, PelletColumn.ThicknessReleased, static point => point.Released);
        if (columns.ContainsKey(PelletColumn.Resistance) && columns.ContainsKey(PelletColumn.Conductivity)) notes.Add("the file has resistances and conductivities; where a row has both, its conductivity is used");
        if (points.Select(point => point.Pressure).Distinct().Count() == 1) notes.Add($"all rows are at {points[0].Pressure}: what is told of other pressures is the known material, shifted to this one; press at a second pressure");
        if (columns[PelletColumn.Pressure].IsForce) notes.Add("pressures are forces over the area of the die; the friction of its wall is not taken off");
        return new PelletTable(new PelletSeries(points, separate), [.. readings], [.. notes]);
    }

    // Different masses are different pellets; so are pellets whose conductivity was measured below the pressure that made them.
    private static bool LooksSeparate(PelletRow[] rows, ImmutableArray<PelletPoint> points, List<string> notes)
    {
        double[] masses = [.. rows.Select(row => row.Find(PelletColumn.Mass)).OfType<double>().Distinct()];
        bool released = points.Any(point => point.Stack is { } stack && stack < point.Pressure) && points.Select(point => point.Pressure).Distinct().Count() > 1;
        bool separate = masses.Length > 1 || (masses.Length == 0 && released);
        notes.Add(separate
            ? "rows of different mass or pressure are taken as separate pellets, which scatter by 1.2 % in relative density; --pellets one says otherwise"
            : "all rows are taken as one pellet pressed step by step; --pellets separate says otherwise");
        return separate;
    }

    // No powder is less dense after more pressure. Five standard deviations of the difference are no scatter but a wrong number, a wrong unit or another powder.
    private static void RequireRising(PelletRow[] rows, ImmutableArray<PelletPoint> points, bool separate, PelletColumn column, Func<PelletPoint, Estimate<Fraction>?> of)
    {
        double scatter = separate ? PelletPrior.PelletScatter : 0;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (int more, int less) = points[i].Pressure > points[j].Pressure ? (i, j) : (j, i);
                if (points[more].Pressure == points[less].Pressure || of(points[more]) is not { } high || of(points[less]) is not { } low) continue;
                double drop = low.Value.Value - high.Value.Value;
                double u = Math.Sqrt(Square(low.Si.StandardUncertainty) + Square(high.Si.StandardUncertainty) + (2 * (Square(PelletPrior.SampleNoise) + Square(scatter))));
                if (drop <= 5 * u) continue;
                throw rows[i].Error(
                    column,
                    $"at {points[more].Pressure} (row {more + 1}) the pellet has {Percent(high)} density, at only {points[less].Pressure} (row {less + 1}) already {Percent(low)}",
                    "more density at more pressure",
                    "check pressure, thickness and mass of both rows and the unit of the pressure; when they are two powders, calibrate them apart");
            }
        }

        static double Square(double x) => x * x;
        static string Percent(Estimate<Fraction> density) => Quantity.Number(100 * density.Value.Value, 3) + " %";
    }

    // A comma is a decimal sign where it does not separate the columns and no number has a point.
    private static bool HasDecimalCommas(CsvTable table, IReadOnlyDictionary<PelletColumn, FoundColumn> columns)
    {
        if (table.Separator == ',') return false;
        string[] numbers = [.. table.Rows.SelectMany(row => columns.Values.Select(column => row[column.Index].Text))];
        return numbers.Any(text => NumberText.HasDecimalComma(text)) && !numbers.Any(text => text.Contains('.', StringComparison.Ordinal));
    }

    private static void RequireOneUnit(PelletRow[] rows, PelletColumn column, UnitGap gap)
    {
        (PelletRow Row, double Value)[] all = [.. rows.Where(row => row.Find(column) is not null).Select(row => (row, row.Find(column)!.Value)).OrderBy(each => each.Value)];
        for (int i = 1; i < all.Length; i++)
        {
            if (all[i].Value <= gap.Factor * all[i - 1].Value) continue;
            // The fewer values are those in another unit; of two equal parts, the one that comes later in the file.
            (PelletRow Row, double Value)[] below = all[..i], above = all[i..];
            bool isAbove = above.Length < below.Length || (above.Length == below.Length && above.Min(each => each.Row.Number) > below.Min(each => each.Row.Number));
            PelletRow stray = (isAbove ? above : below).MinBy(each => each.Row.Number).Row, neighbour = (isAbove ? below[^1] : above[0]).Row;
            throw stray.Error(
                column, $"{stray.Text(column)} is {(isAbove ? $"more than {gap.Times}" : $"less than {gap.Share} of")} {neighbour.Text(column)} of row {neighbour.Number}",
                $"one unit in the whole column, {column.Heading}", "write all rows in the unit of the heading");
        }
    }

    private sealed record UnitGap(double Factor, string Times, string Share);
}

/// <summary>One row of a pellet file as numbers in SI units; knows its place for messages.</summary>
internal sealed class PelletRow
{
    private readonly IReadOnlyList<CsvField> _fields;
    private readonly IReadOnlyDictionary<PelletColumn, FoundColumn> _columns;
    private readonly PelletFileContext _context;
    private readonly bool _decimalComma;
    private readonly Dictionary<PelletColumn, double> _values = [];

    public PelletRow(IReadOnlyList<CsvField> fields, IReadOnlyDictionary<PelletColumn, FoundColumn> columns, PelletFileContext context, bool decimalComma, int number)
    {
        (_fields, _columns, _context, _decimalComma, Number) = (fields, columns, context, decimalComma, number);
        foreach (FoundColumn column in columns.Values)
        {
            if (fields[column.Index].Text.Length > 0) _values.Add(column.Column, ReadNumber(column));
        }
    }

    /// <summary>Which row it is, from 1.</summary>
    public int Number { get; }

    public double? Find(PelletColumn column) => _values.TryGetValue(column, out double value) ? value : null;

    public string Text(PelletColumn column) => $"'{_fields[_columns[column].Index].Text}'";

    public IsobarFileException Error(PelletColumn column, string found, string expected, string next)
    {
        bool present = _columns.TryGetValue(column, out FoundColumn? place);
        return (present ? _fields[place!.Index] : _fields[0]).Error($"row {Number}, column {column.Name}: {found}", expected, next);
    }

    public PelletPoint ToPoint(List<PelletReading> readings)
    {
        double? loadMetres = Find(PelletColumn.ThicknessLoad), releasedMetres = Find(PelletColumn.ThicknessReleased);
        double? siemens = Find(PelletColumn.Conductivity), ohms = Find(PelletColumn.Resistance);
        if (loadMetres is null && releasedMetres is null && siemens is null && ohms is null) throw Error(PelletColumn.Pressure, "nothing was measured in this row", "a thickness or a conductivity", "fill one of them, or remove the row");
        var pressure = new SamplePressure(PressurePa());
        Estimate<Fraction>? loaded = Density(PelletColumn.ThicknessLoad, loadMetres, readings), released = Density(PelletColumn.ThicknessReleased, releasedMetres, readings);
        double allowed = 4 * _context.ThicknessUncertainty.Metres;
        if (releasedMetres < loadMetres - allowed)
        {
            throw Error(PelletColumn.ThicknessReleased, $"the released pellet, {Text(PelletColumn.ThicknessReleased)}, is thinner than under load, {Text(PelletColumn.ThicknessLoad)}", "a pellet that recovers on release", "exchange the two columns, or correct the thickness");
        }

        double? stackPa = Find(PelletColumn.Stack);
        if (siemens is null && ohms is not null)
        {
            bool underLoad = stackPa is null || stackPa >= 0.999 * pressure.Pascals;
            double metres = (underLoad ? loadMetres ?? releasedMetres : releasedMetres ?? loadMetres)
                ?? throw Error(PelletColumn.Resistance, "a resistance without a thickness", "a thickness in the same row", "add the thickness, or give the conductivity instead");
            siemens = metres / (ohms.Value * Die.AreaOf(Diameter().Value).SquareMetres);
        }

        if (_context.ImpossibleConductivity is { } impossible && siemens >= impossible.SiemensPerMetre)
        {
            PelletColumn column = Find(PelletColumn.Conductivity) is null ? PelletColumn.Resistance : PelletColumn.Conductivity;
            throw Error(column, $"{Text(column)} means a conductivity of {Quantities.Quantity.Format(new Conductivity(siemens.Value), 3)}, more than any solid electrolyte has", $"a conductivity below {impossible}", $"check the unit of the heading, {column.Heading}");
        }

        return new PelletPoint(pressure)
        {
            Loaded = loaded,
            Released = released,
            Hold = Find(PelletColumn.Hold) is { } seconds ? new Duration(seconds) : null,
            Temperature = Find(PelletColumn.Temperature) is { } kelvins ? new Temperature(kelvins) : null,
            Conductivity = siemens is { } sigma ? new Conductivity(sigma) : null,
            Stack = stackPa is { } stack ? new SamplePressure(stack) : null,
        };
    }

    private double PressurePa()
    {
        double value = Find(PelletColumn.Pressure) ?? throw Error(PelletColumn.Pressure, "the pressure is missing", "the largest pressure on the sample", "fill it, or remove the row");
        if (!_columns[PelletColumn.Pressure].IsForce)
        {
            return value <= 5e9 ? value : throw Error(PelletColumn.Pressure, $"{Text(PelletColumn.Pressure)} is more than any die carries", "a pressure on the sample below 5 GPa", "check the unit of the heading");
        }

        if (Find(PelletColumn.Die) is null && _context.Die is null)
        {
            throw Error(PelletColumn.Pressure, "the pressure is a force and there is no die", "the diameter of the die, which turns the force into a pressure", "add the column die_mm or --die 10mm, or convert first: isobar convert 3t --die 10mm");
        }

        return value / Die.AreaOf(Diameter().Value).SquareMetres;
    }

    private Estimate<Length> Diameter() => Find(PelletColumn.Die) is { } metres
        ? new Estimate<Length>(new Length(metres), CellDefaults.DiameterUncertainty)
        : _context.Die ?? throw Error(PelletColumn.Die, "the diameter of the die is missing", "the column die_mm, or one die for all rows", "fill it, or add --die 10mm");

    private Estimate<Mass> MassOf() => Find(PelletColumn.Mass) is { } kilograms
        ? new Estimate<Mass>(new Mass(kilograms), CellDefaults.MassUncertainty)
        : _context.Mass ?? throw Error(PelletColumn.Mass, "the mass is missing", "the column mass_mg, or one mass for all rows", "fill it, or add --mass 80mg");

    private Estimate<Fraction>? Density(PelletColumn column, double? metres, List<PelletReading> readings)
    {
        if (metres is null) return null;
        var reading = new PelletReading(MassOf(), Diameter(), new Estimate<Length>(new Length(metres.Value), _context.ThicknessUncertainty), _context.Dense);
        double density = reading.RelativeDensity.Value.Value;
        if (density >= 1)
        {
            throw Error(
                column, $"a thickness of {Text(column)} is thinner than the pellet without any pores, {reading.DenseThickness} (relative density {Quantity.Number(density, 3)})",
                $"a thickness above {reading.DenseThickness}", "check thickness, mass, die and the density of the material (--density)");
        }

        if (density < 0.15)
        {
            throw Error(column, $"a thickness of {Text(column)} makes a relative density of {Quantity.Number(density, 2)}, less than any poured powder", "a relative density above 0.15", "check the units of thickness, mass and die");
        }

        readings.Add(reading);
        return reading.RelativeDensity;
    }

    private double ReadNumber(FoundColumn column)
    {
        CsvField field = _fields[column.Index];
        string text = field.Text.Replace('−', '-');
        string unit = Quantities.Quantity.Pretty(column.Unit.Symbol);
        bool comma = text.Contains(',', StringComparison.Ordinal);
        if (comma && !_decimalComma) throw Error(column.Column, $"'{field.Text}' has a comma", $"a number with a decimal point, in {unit}", $"write '{text.Replace(',', '.')}'; decimal commas are read where semicolons or tabs separate the columns and no number has a point");
        if (!NumberText.TryParse(text, comma, out double number))
        {
            bool hasUnit = text.Any(char.IsAsciiDigit) && text.Any(char.IsLetter);
            throw Error(
                column.Column, hasUnit ? $"'{field.Text}' is not a plain number; the unit stands in the heading, {unit} for the whole column" : $"'{field.Text}' is not a number", $"a number in {unit}",
                "write the number in the unit of the heading, and leave the field empty where nothing was measured");
        }

        double si = column.Unit.ToSiValue(number);
        if (si > 0) return si;
        // Without pressure the electrodes hardly touch, and what is measured is theirs.
        string next = column.Column == PelletColumn.Stack && si == 0 ? "leave this row's conductivity or resistance empty, or measure it under a pressure" : "correct the number";
        throw Error(column.Column, $"'{field.Text}' is not possible", $"{column.Column.Meaning} above zero", next);
    }
}
