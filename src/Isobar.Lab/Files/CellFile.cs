using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Cards;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads a cell file: <c>isobar: cell/1</c>, die, press, fixture, temperature, collector, duty and the layers from cathode to anode.
/// What only a person knows stands under <c>record:</c> and is read for the card. Strict: unknown keys, wrong units and stacks that cannot work are errors with their place. What may be left out is in <see cref="CellDefaults"/>.
/// </summary>
public static class CellFile
{
    private const string Format = "cell/1";

    /// <summary>Reads a cell from a file.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid cell.</exception>
    public static Cell Read(string path, MaterialLibrary library) => Read(TextFile.Read(path), library);

    /// <summary>Reads a cell from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a valid cell.</exception>
    public static Cell Parse(string text, string pathForMessages, MaterialLibrary library) => Read(new SourceText(pathForMessages, text), library);

    private static Cell Read(SourceText source, MaterialLibrary library)
    {
        FileMap root = YamlText.ReadMap(source);
        root.RequireFormat(Format);
        root.AsMap("a cell file", "isobar", "name", "die", "press", "fixture", "temperature", "collector", "duty", "layers", "materials", "record");
        // What stands under record: is used by the card alone, and refused here, before a cell is pressed with it.
        _ = CardRecord.OfCell(root);
        MaterialLibrary materials = root.Find("materials") is { } own ? CellMaterials.Apply(own, library) : library;
        string name = root.Require("name", "the cell", "\"my cell\"").AsText("the name");
        Die die = BenchText.ReadDie(root.Require("die", "the cell", "{diameter: 10 mm ± 0.02 mm, material: peek, limit: 500 MPa}"));
        PressInstrument press = BenchText.ReadPress(root.Require("press", "the cell", "{name: hand press, capacity: 15 t, gauge_class: 1.6 % of full scale, resolution: 0.5 t}"));
        Fixture fixture = BenchText.ReadFixture(root.Require("fixture", "the cell", "{kind: spring, stiffness: unknown}"));
        Temperature temperature = root.Require("temperature", "the cell", "25 °C").Positive<Temperature>("the temperature");
        Material collector = ReadCollector(root.Require("collector", "the cell", "aluminium").AsScalar("the collector"), materials);
        Duty duty = ReadDuty(root.Require("duty", "the cell", "{current: 0.5 mA/cm2, life: 500 h}"));
        FileList layers = root.Require("layers", "the cell", "...").AsList("layers");
        ImmutableArray<Layer> stack = [.. layers.Items.Select(node => LayerText.Read(node, materials, die))];
        StackCheck.Require(layers, stack, die);
        return new Cell(name, stack, collector, die, press, fixture, temperature, duty);
    }

    private static Material ReadCollector(FileScalar node, MaterialLibrary materials)
    {
        Material collector = CellMaterials.Find(node, materials);
        if (collector.Kind == MaterialKind.Collector) return collector;
        IEnumerable<string> collectors = materials.All.Where(material => material.Kind == MaterialKind.Collector).Select(material => material.Id);
        throw node.Error($"'{node.Text}' is not a current collector", "one of " + string.Join(", ", collectors), "name the metal that touches the cathode");
    }

    private static Duty ReadDuty(FileNode node)
    {
        FileMap map = node.AsMap("the duty", "current", "life");
        return new Duty(
            map.Require("current", "the duty", "0.5 mA/cm2").Positive<CurrentDensity>("the current"),
            map.Require("life", "the duty", "500 h").Positive<Duration>("the life"));
    }
}
