using System.Globalization;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Columns of a table whose heading is a name and a unit, such as force_kN.</summary>
internal static class UnitColumn
{
    /// <summary>Place and factor of the column that begins with a name; null when there is none.</summary>
    public static (int Index, double Factor)? Find<T>(CsvTable table, string name) where T : struct, IQuantity<T>
    {
        for (int i = 0; i < table.Heading.Count; i++)
        {
            CsvField field = table.Heading[i];
            if (!field.Text.StartsWith(name + "_", StringComparison.OrdinalIgnoreCase)) continue;
            string unit = field.Text[(name.Length + 1)..];
            if (!Quantity.TryParse("1 " + unit, out T one, out string error)) throw field.Error(error, $"{name}_ and a unit of {T.Dimension.Name}, one of {T.Dimension.UnitList()}", "correct the heading");
            return (i, one.Si);
        }

        return null;
    }

    /// <summary>A number of a row in SI.</summary>
    public static double Read(CsvField field, double factor) =>
        double.TryParse(field.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value * factor
            : throw field.Error($"'{field.Text}' is no number", "a number with a decimal point", "correct the field");
}
