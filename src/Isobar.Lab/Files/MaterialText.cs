using System.Globalization;
using System.Text;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Writes a material file.</summary>
internal static class MaterialText
{
    public static string Write(CalibratedPowder powder, string format, string comment)
    {
        Material material = powder.Material;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {comment.ReplaceLineEndings(" ")}\nisobar: {format}\nid: {material.Id}\nname: {ExactText.Quoted(material.Name)}\n");
        text.Append(CultureInfo.InvariantCulture, $"kind: {MaterialFile.Kinds.First(pair => pair.Value == material.Kind).Word}\nconstants:\n");
        foreach (ConstantDefinition definition in MaterialConstants.All)
        {
            if (material.Find(definition) is { } constant) Write(text, constant);
        }

        if (powder.Calibration is { } calibration) CalibrationText.Write(text, calibration, powder.Points);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Constant constant)
    {
        // Exponents and shares have one dimension; plain numbers read well for both.
        Dimension dimension = constant.Definition.Dimension;
        Unit unit = dimension == Fraction.Dimension ? dimension.SiUnit : dimension.PrintUnit(constant.Estimate.Value);
        text.Append(CultureInfo.InvariantCulture, $"  {constant.Definition.Key}:\n");
        text.Append(CultureInfo.InvariantCulture, $"    value: {Number(constant.Estimate.Value, unit)} ± {Number(constant.Estimate.StandardUncertainty, unit)}\n");
        if (constant.Range is { } range) text.Append(CultureInfo.InvariantCulture, $"    range: {Number(range.Low, unit)} to {Number(range.High, unit)}\n");
        text.Append(CultureInfo.InvariantCulture, $"    source: {ExactText.Quoted(constant.Source)}\n");
        if (constant.Doi is not null) text.Append(CultureInfo.InvariantCulture, $"    doi: {constant.Doi}\n");
    }

    // Seven digits: more than any constant is known to, and short enough to be read. The calibration keeps every bit.
    private static string Number(double si, Unit unit)
    {
        string number = unit.FromSiValue(si).ToString("G7", CultureInfo.InvariantCulture);
        return unit.Symbol.Length == 0 ? number : $"{number} {unit.Symbol}";
    }
}
