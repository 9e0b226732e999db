using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Spectra;

/// <summary>Gives columns the units that a person states or that their neighbours have, and says what had to be assumed.</summary>
internal static class ColumnUnits
{
    private static readonly ImpedanceRole[] s_impedances = [ImpedanceRole.Real, ImpedanceRole.Imaginary, ImpedanceRole.Modulus];

    public static SpectrumTable Complete(FileContent content, SpectrumTable table, SpectrumFileOptions options, List<string> notes)
    {
        ImpedanceColumn[] columns = [.. table.Columns];
        ImpedanceColumn? stated = UnitOf(content, options.Unit) ?? columns.FirstOrDefault(column => s_impedances.Contains(column.Role) && column.Unit.Length > 0);
        bool assumedOhm = false, assumedHertz = false;
        for (int i = 0; i < columns.Length; i++)
        {
            ImpedanceColumn column = columns[i];
            if (s_impedances.Contains(column.Role))
            {
                if (stated is null) assumedOhm = true;
                else if (options.Unit is not null || column.Unit.Length == 0)
                {
                    columns[i] = column with { Factor = column.IsNegated ? -stated.Factor : stated.Factor, Unit = stated.Unit, PerArea = stated.PerArea };
                }
            }
            else if (column.Role == ImpedanceRole.Frequency)
            {
                assumedHertz |= column.Unit.Length == 0 && !column.Angular && options.Angular is null;
                if (options.Angular is { } angular) columns[i] = column with { Factor = angular ? 1 / (2 * Math.PI) : 1, Angular = angular, Unit = angular ? "rad/s" : "Hz" };
            }
        }

        if (columns.Where(column => s_impedances.Contains(column.Role)).Select(column => column.PerArea).Distinct().Count() > 1)
        {
            int odd = Array.FindIndex(columns, column => column.PerArea);
            throw table.Table.HeadingError(odd, "some impedances are per area and others are not", "all of them in ohm, or all in ohm cm2", "correct the units of the heading");
        }

        if (assumedHertz && !table.UnitsAreKnown) Add("no unit of the frequency is stated: taken as Hz (--rad-per-s where it is angular)");
        if (assumedOhm && !table.UnitsAreKnown) Add("no unit of the impedance is stated: taken as ohm (--unit where it is another)");
        return table with { Columns = columns };

        void Add(string note)
        {
            if (!notes.Contains(note, StringComparer.Ordinal)) notes.Add(note);
        }
    }

    private static ImpedanceColumn? UnitOf(FileContent content, string? unit)
    {
        if (unit is null) return null;
        return ImpedanceUnit.Impedance(unit) is var (factor, perArea)
            ? new ImpedanceColumn(ImpedanceRole.Real, factor, unit) { PerArea = perArea }
            : throw content.Error($"'{unit}' is not a unit of impedance", "ohm, kohm, mohm, Mohm, or one of them times cm2", "correct the unit");
    }
}
