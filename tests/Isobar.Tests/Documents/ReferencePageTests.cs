using System.Globalization;
using System.Text;
using Isobar.Materials;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Documents;

/// <summary>
/// The reference pages are written from the declarations themselves: ISOBAR_ACCEPT=1 rewrites them after a constant or a unit changed.
/// </summary>
public sealed class ReferencePageTests
{
    private const string Origin = "<!-- Written from the declarations in src/Isobar by ReferencePageTests; change those, then run the tests with ISOBAR_ACCEPT=1. -->";

    [Fact]
    public void The_page_of_constants_shows_every_constant_as_it_is_declared()
    {
        var page = new StringBuilder();
        page.Append("# Material constants\n\n").Append(Origin).Append("\n\n");
        page.Append("The keys of a material file or of `materials:` in a cell file. Every value has a unit, a source and, behind ±, one standard\n");
        page.Append("uncertainty. \"Band\" says on which scale that uncertainty is symmetric: a logarithmic band never reaches zero, a logit band\n");
        page.Append("stays between zero and one.\n\n");
        page.Append("| key | symbol | meaning | units | possible | band |\n|---|---|---|---|---|---|\n");
        foreach (ConstantDefinition constant in MaterialConstants.All)
        {
            string units = string.Join(", ", constant.Dimension.Units.Select(unit => unit.Symbol.Length == 0 ? "(none)" : Code(unit.Symbol)));
            page.Append(CultureInfo.InvariantCulture, $"| {Code(constant.Key)} | {Cell(constant.Symbol)} | {Cell(constant.Meaning)} | {units} | {Range(constant)} | {Band(constant.Scale)} |\n");
        }

        Golden.Check(page.ToString(), "docs", "reference", "constants.md");
    }

    [Fact]
    public void The_page_of_units_shows_every_unit_as_it_is_declared()
    {
        var page = new StringBuilder();
        page.Append("# Units\n\n").Append(Origin).Append("\n\n");
        page.Append("A quantity is a number and a unit: `3 t`, `29.4kN`, `1.27 cm²`, `10 mm ± 0.02 mm`. The decimal sign is a point. µ and u, Ω and ohm,\n");
        page.Append("² and 2, · and a space are the same. Capitals count: `mN` is not `MN`. Bold units are those in which Isobar prints.\n\n");
        foreach (Dimension dimension in Dimensions().OrderBy(dimension => dimension.Name, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {dimension.Name}\n\n| unit | also written | in {SiName(dimension)} |\n|---|---|---|\n");
            foreach (Unit unit in dimension.Units)
            {
                string symbol = unit.Symbol.Length == 0 ? "(none)" : Code(unit.Symbol);
                string offset = unit.Offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" + {unit.Offset:G15}");
                page.Append(CultureInfo.InvariantCulture, $"| {(unit.Printed ? $"**{symbol}**" : symbol)} | {string.Join(", ", unit.Aliases.Select(Code))} | {unit.ToSi:G15}{offset} |\n");
            }

            page.Append('\n');
            foreach (RefusedUnit refused in dimension.Refused) page.Append(CultureInfo.InvariantCulture, $"- {Code(refused.Symbol)} is refused: {refused.Reason}.\n");
            if (dimension.Refused.Length > 0) page.Append('\n');
        }

        Golden.Check(page.ToString(), "docs", "reference", "units.md");
    }

    private static IEnumerable<Dimension> Dimensions() => typeof(Quantity).Assembly.GetTypes()
        .Where(type => type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IQuantity<>)))
        .Select(type => (Dimension)type.GetProperty(nameof(Dimension))!.GetValue(null)!);

    private static string Range(ConstantDefinition constant)
    {
        Unit unit = constant.Dimension.PrintUnit(constant.Highest);
        string symbol = unit.Symbol.Length == 0 ? "" : " " + Quantity.Pretty(unit.Symbol);
        return $"{Number(unit.FromSiValue(constant.Lowest))} to {Number(unit.FromSiValue(constant.Highest))}{symbol}";
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string SiName(Dimension dimension) => dimension.SiUnit.Symbol.Length == 0 ? "one" : Quantity.Pretty(dimension.SiUnit.Symbol);

    private static string Band(EstimateScale scale) => scale switch
    {
        EstimateScale.Linear => "linear",
        EstimateScale.Logarithmic => "logarithmic",
        _ => "logit",
    };

    private static string Code(string text) => $"`{text}`";

    // A bar would end the cell of the table.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
