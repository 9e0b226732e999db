using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Cards;

/// <summary>What the cell file says: materials, die, press, fixture. A value written with ± was measured, one without was set.</summary>
internal static class CellPart
{
    public static void Write(CardDraft card, Cell? cell, FileMap? text)
    {
        if (cell is null || text is null)
        {
            foreach ((string key, string section, string label) in s_withoutCell) card.Missing(key, section, label, "keep the cell with the run: isobar press protocol.yaml --cell cell.yaml");
        }
        else
        {
            Materials(card, cell, text);
            Die(card, cell, text);
            Press(card, cell);
            Fixture(card, cell);
        }

        card.AddRecorded(CardFields.Die);
        card.AddRecorded(CardFields.Press);
    }

    private static readonly (string Key, string Section, string Label)[] s_withoutCell =
    [
        ("materials", CardFields.Materials, "materials, masses, particle sizes"),
        ("die.diameter", CardFields.Die, "diameter"),
        ("die.material", CardFields.Die, "material"),
        ("press.range", CardFields.Press, "range"),
        ("press.class", CardFields.Press, "class"),
        ("stack.device", CardFields.Stack, "device"),
        ("stack.stiffness", CardFields.Stack, "stiffness"),
        ("stack.temperature", CardFields.Stack, "temperature"),
    ];

    private static void Materials(CardDraft card, Cell cell, FileMap text)
    {
        FileList? layers = text.Find("layers") as FileList;
        for (int i = 0; i < cell.Layers.Length; i++)
        {
            Layer layer = cell.Layers[i];
            string name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"layer{i + 1}");
            string composition = string.Join(", ", layer.Composition.Select(part => layer.Composition.Length == 1 ? part.Material.Name : $"{part.Material.Name} {CardNumber.Of(100 * part.MassFraction, null)} %"));
            string coating = string.Concat(layer.Composition.Where(part => part.Coating is not null).Select(part => $", {part.Coating!.Name} {part.Coating.Thickness} on {part.Material.Name}"));
            card.Add($"{name}.material", CardFields.Materials, layer.Name, CardSource.Set, composition + coating);
            FileMap? node = layers is not null && i < layers.Items.Count ? layers.Items[i] as FileMap : null;
            (CardSource source, string? note) = Amount(node);
            card.Add($"{name}.mass", CardFields.Materials, $"mass of {layer.Name}", source, Mass.Dimension, layer.Mass.Value.Kilograms, layer.Mass.StandardUncertainty.Kilograms, note);
        }

        foreach (Material material in cell.Layers.SelectMany(layer => layer.Composition).Select(part => part.Material).DistinctBy(material => material.Id, StringComparer.Ordinal))
        {
            if (card.Record.LotOf(material.Id) is { } lot) card.Add($"lot.{material.Id}", CardFields.Materials, $"lot of {material.Name}", CardSource.Set, lot);
            else card.Missing($"lot.{material.Id}", CardFields.Materials, $"lot of {material.Name}", $"lots: {{{material.Id}: ...}}");
            if (material.Kind == MaterialKind.SoftMetal) continue;
            Constant? size = material.Find(MaterialConstants.ParticleSize);
            bool own = size is not null && !Equals(BuiltInMaterials.Library.TryFind(material.Id)?.Find(MaterialConstants.ParticleSize), size);
            if (own) card.Add($"particle_size.{material.Id}", CardFields.Materials, $"particle size of {material.Name}", CardSource.Set, Length.Dimension, size!.Estimate.Value, size.Estimate.StandardUncertainty);
            else card.Missing($"particle_size.{material.Id}", CardFields.Materials, $"particle size of {material.Name}", $"materials: {{{material.Id}: {{particle_size: ...}}}}{(size is null ? "" : $"; the models take {Quantity.Format(new Length(size.Estimate.Value), 2)} from the literature")}");
        }
    }

    private static (CardSource Source, string? Note) Amount(FileMap? layer)
    {
        if (layer?.Find("mass") is FileScalar mass) return (WithUncertainty(mass) ? CardSource.Measured : CardSource.Set, WithUncertainty(mass) ? null : "written without ±; the uncertainty is that of a usual balance");
        return (CardSource.Calculated, layer?.Find("thickness") is not null ? "from the thickness" : "from the areal loading");
    }

    private static void Die(CardDraft card, Cell cell, FileMap text)
    {
        bool measured = (text.Find("die") as FileMap)?.Find("diameter") is FileScalar diameter && WithUncertainty(diameter);
        card.Add(
            "die.diameter", CardFields.Die, "diameter", measured ? CardSource.Measured : CardSource.Set, Length.Dimension, cell.Die.Diameter.Value.Metres, cell.Die.Diameter.StandardUncertainty.Metres,
            measured ? null : "written without ±; it counts twice in the pressure, measure it");
        card.Add("die.material", CardFields.Die, "material", CardSource.Set, cell.Die.MaterialName);
        card.Add("die.limit", CardFields.Die, "limit", CardSource.Set, SamplePressure.Dimension, cell.Die.Limit.Pascals);
    }

    private static void Press(CardDraft card, Cell cell)
    {
        PressInstrument press = cell.Press;
        card.Add("press.range", CardFields.Press, "range", CardSource.Set, Force.Dimension, press.Capacity.Newtons);
        card.Add("press.class", CardFields.Press, "class", CardSource.Set, $"{CardNumber.Of(press.GaugeClass.Percent, null)} % of {(press.ClassBasis == GaugeClassBasis.FullScale ? "full scale" : "reading")}");
    }

    private static void Fixture(CardDraft card, Cell cell)
    {
        string kind = cell.Fixture.Kind switch
        {
            FixtureKind.Rigid => "rigid: constant gap",
            FixtureKind.Spring => "spring",
            FixtureKind.Pneumatic => "pneumatic: constant force",
            _ => "servo: controlled force",
        };
        card.Add("stack.device", CardFields.Stack, "device", CardSource.Set, kind);
        if (cell.Fixture.Stiffness is { } stiffness) card.Add("stack.stiffness", CardFields.Stack, "stiffness", CardSource.Set, Stiffness.Dimension, stiffness.Si.Value, stiffness.Si.StandardUncertainty);
        else card.Missing("stack.stiffness", CardFields.Stack, "stiffness", "fixture: {stiffness: 1.5 N/µm}");
        card.Add("stack.temperature", CardFields.Stack, "temperature", CardSource.Set, Temperature.Dimension, cell.Temperature.Kelvins);
    }

    private static bool WithUncertainty(FileScalar scalar) => scalar.Text.Contains('±', StringComparison.Ordinal) || scalar.Text.Contains("+-", StringComparison.Ordinal) || scalar.Text.Contains("+/-", StringComparison.Ordinal);
}
