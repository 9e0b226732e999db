using System.Globalization;
using System.Text;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Documents;

/// <summary>The page of built-in materials is written from their files: ISOBAR_ACCEPT=1 rewrites it after one has changed.</summary>
public sealed class MaterialPageTests
{
    [Fact]
    public void The_page_of_materials_shows_every_constant_with_its_source()
    {
        var page = new StringBuilder();
        page.Append("# Built-in materials\n\n<!-- Written from data/materials by MaterialPageTests; change those files, then run the tests with ISOBAR_ACCEPT=1. -->\n\n");
        page.Append("The name in a cell file, what it is, and every constant with one standard uncertainty and its source. What nobody measured is called judgement.\n");
        page.Append("Any of them is replaced under `materials:` of a [cell file](cell-file.md), or by [your own pellets](../howto/calibrate.md). The meaning of the keys stands under\n");
        page.Append("[material constants](constants.md).\n\n| name | material | kind |\n|---|---|---|\n");
        Material[] all = [.. BuiltInMaterials.Library.All.OrderBy(material => material.Kind).ThenBy(material => material.Id, StringComparer.Ordinal)];
        foreach (Material material in all) page.Append(CultureInfo.InvariantCulture, $"| [`{material.Id}`](#{Anchor(material)}) | {material.Name} | {Kind(material)} |\n");
        foreach (Material material in all)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {material.Id}\n\n{material.Name}\n\n| constant | value | source |\n|---|---|---|\n");
            foreach (ConstantDefinition definition in MaterialConstants.All)
            {
                if (material.Find(definition) is { } constant) page.Append(CultureInfo.InvariantCulture, $"| `{definition.Key}` | {Value(constant)} | {Source(constant)} |\n");
            }
        }

        Golden.Check(page.ToString(), "docs", "reference", "materials.md");
    }

    private static string Kind(Material material) => MaterialFile.Kinds.First(pair => pair.Value == material.Kind).Word;

    // As a heading becomes an anchor: lower case, without points.
    private static string Anchor(Material material) => material.Id.Replace(".", "", StringComparison.Ordinal);

    private static string Value(Constant constant)
    {
        Dimension dimension = constant.Definition.Dimension;
        double size = constant.Estimate.Value == 0 ? constant.Estimate.StandardUncertainty : constant.Estimate.Value;
        Unit unit = dimension == Fraction.Dimension ? dimension.SiUnit : dimension.PrintUnit(size);
        double step = constant.Estimate.StandardUncertainty / unit.ToSi;
        string symbol = unit.Symbol.Length == 0 ? "" : " " + Quantity.Pretty(unit.Symbol);
        return $"{unit.FromSiValue(constant.Estimate.Value).ToString("G5", CultureInfo.InvariantCulture)} ± {step.ToString("G2", CultureInfo.InvariantCulture)}{symbol}";
    }

    private static string Source(Constant constant)
    {
        string text = constant.Source.Replace("|", "\\|", StringComparison.Ordinal);
        return constant.Doi is { } doi ? $"{text}, [doi](https://doi.org/{doi})" : text;
    }
}
