using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads one layer of a cell file and resolves its amount to a mass.</summary>
internal static class LayerText
{
    // Shares that people round to a tenth of a per cent still add up within this; they are then scaled to one.
    private const double ShareTolerance = 1e-3;

    private static readonly (string Word, LayerRole Value)[] Roles =
        [("cathode composite", LayerRole.CathodeComposite), ("separator", LayerRole.Separator), ("anode", LayerRole.Anode)];

    private static readonly string[] AmountKeys = ["mass", "thickness", "areal_loading"];

    public static Layer Read(FileNode node, MaterialLibrary materials, Die die)
    {
        FileMap map = node.AsMap("the layer", "name", "role", "material", "composition", "mass", "thickness", "areal_loading", "coating", "roughness");
        string name = map.Require("name", "the layer", "separator").AsText("the name of the layer");
        LayerRole role = map.Require("role", "the layer", "separator").OneOf("role", Roles);
        ImmutableArray<Component> composition = ReadComposition(map, materials);
        if (map.Find("coating") is { } coating) composition = CoatActive(composition, coating);
        Layer withoutMass = new(name, role, composition, default) { Roughness = map.Find("roughness") is { } roughness ? ReadRoughness(roughness, role) : null };
        return withoutMass with { Mass = ReadMass(map, withoutMass, die) };
    }

    private static ImmutableArray<Component> ReadComposition(FileMap map, MaterialLibrary materials)
    {
        FileNode? single = map.Find("material"), mixed = map.Find("composition");
        if (single is not null && mixed is not null) throw mixed.Error("the layer has a material and a composition", "one of the two", "remove one");
        if (single is not null) return [new Component(FindForLayer(single.AsScalar("the material"), materials), 1)];
        if (mixed is null) throw map.Error("the layer has no material", "'material: id' or 'composition: {id: 70 %, ...}'", "add one of the two");

        List<(Component Component, FileNode Place)> parts = mixed is FileList list
            ? [.. list.AsList("components").Items.Select(item => (ReadComponent(item, materials), item))]
            : [.. mixed.AsMap("the composition").Entries.Select(entry => (new Component(FindForLayer(entry.Key, materials), ReadShare(entry.Value)), (FileNode)entry.Key))];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((Component component, FileNode place) in parts)
        {
            if (!seen.Add(component.Material.Id)) throw place.Error($"'{component.Material.Id}' stands twice in the composition", "each material once", "add the two shares");
            if (component.Material.Kind == MaterialKind.SoftMetal && parts.Count > 1)
            {
                throw place.Error($"'{component.Material.Id}' is a foil and stands in a mixture", "a foil as the only material of its layer", "write 'material: " + component.Material.Id + "'");
            }
        }

        double sum = parts.Sum(part => part.Component.MassFraction);
        if (!(Math.Abs(sum - 1) <= ShareTolerance))
        {
            throw mixed.Error($"the shares of the composition add up to {Quantity.Number(sum * 100)} %", "mass shares that add up to 100 %", "correct the shares");
        }

        return [.. parts.Select(part => part.Component with { MassFraction = part.Component.MassFraction / sum })];
    }

    private static Component ReadComponent(FileNode node, MaterialLibrary materials)
    {
        FileMap map = node.AsMap("the component", "material", "share", "coating", "particle_size");
        Material material = FindForLayer(map.Require("material", "the component", "nmc811-single").AsScalar("the material"), materials);
        double share = ReadShare(map.Require("share", "the component", "70 %"));
        foreach (FileEntry entry in map.Entries)
        {
            if (entry.Key.Text is "particle_size") material = material.With(ConstantText.Read(entry, shortForm: true, entry.Key.Source.Path));
        }

        return new Component(material, share, map.Find("coating") is { } coating ? ReadCoating(coating) : null);
    }

    private static ImmutableArray<Component> CoatActive(ImmutableArray<Component> composition, FileNode node)
    {
        Coating coating = ReadCoating(node);
        int[] active = [.. Enumerable.Range(0, composition.Length).Where(i => composition[i].Material.Kind == MaterialKind.ActiveMaterial)];
        if (active.Length != 1)
        {
            throw node.Error(
                $"the layer has a coating and {active.Length} active materials", "a coating on the one active material of the layer",
                "write the composition as a list, with 'coating:' at the component that has it");
        }

        Component coated = composition[active[0]];
        if (coated.Coating is not null) throw node.Error($"'{coated.Material.Id}' has two coatings", "one coating", "remove one");
        return composition.SetItem(active[0], coated with { Coating = coating });
    }

    private static Coating ReadCoating(FileNode node)
    {
        FileMap map = node.AsMap("the coating", "name", "thickness");
        return new Coating(
            map.Require("name", "the coating", "LiNbO3").AsText("the name of the coating"),
            map.Require("thickness", "the coating", "10 nm").Positive<Length>("the thickness of the coating"));
    }

    private static FaceRoughness ReadRoughness(FileNode node, LayerRole role)
    {
        if (role != LayerRole.Anode) throw node.Error("the roughness stands at a layer that is no anode", "the roughness of the separator's face at the anode that is pressed on it", "move it to the anode");
        FileMap map = node.AsMap("the roughness", "rms_height", "longest_wave", "shortest_wave", "hurst");
        FileNode shortest = map.Require("shortest_wave", "the roughness", "0.5 um"), hurst = map.Require("hurst", "the roughness", "0.8");
        Measured<Length> height = map.Require("rms_height", "the roughness", "0.5 um ± 20 %").PositiveMeasured<Length>("the rms height");
        var roughness = new FaceRoughness(
            height.OrUnstated(new Length(CellDefaults.RoughnessUncertainty.Value * height.Value.Metres)),
            map.Require("longest_wave", "the roughness", "50 um").Positive<Length>("the longest wave"),
            shortest.Positive<Length>("the shortest wave"),
            hurst.Positive<Fraction>("the Hurst exponent").Value);
        if (roughness.ShortestWave >= roughness.LongestWave) throw shortest.Error($"the shortest wave is {roughness.ShortestWave} and the longest {roughness.LongestWave}", "a shortest wave below the longest", "correct the two");
        return roughness.Hurst <= 1 ? roughness : throw hurst.Error($"the Hurst exponent is {((FileScalar)hurst).Text}", "a Hurst exponent up to 1", "correct it; 0.8 is usual");
    }

    private static Material FindForLayer(FileScalar node, MaterialLibrary materials)
    {
        Material material = CellMaterials.Find(node, materials);
        return material.Kind is not (MaterialKind.Collector or MaterialKind.Structural)
            ? material
            : throw node.Error($"'{node.Text}' is a part of the cell's housing and not of a layer", "an electrolyte, active material, additive or soft metal", "name the collector under 'collector:' and the die under 'die:'");
    }

    private static double ReadShare(FileNode node)
    {
        Fraction share = node.Positive<Fraction>("the share");
        return share.Value <= 1 + ShareTolerance ? share.Value : throw node.Error($"the share is {((FileScalar)node).Text}", "a share of at most 100 %; without a % sign, of at most 1", "write for example '70 %'");
    }

    private static Estimate<Mass> ReadMass(FileMap map, Layer layer, Die die)
    {
        FileEntry[] given = [.. map.Entries.Where(entry => AmountKeys.Contains(entry.Key.Text, StringComparer.Ordinal))];
        if (given.Length == 0) throw map.Error($"the layer '{layer.Name}' has no amount", "one of mass, thickness, areal_loading", "add a line such as 'mass: 60 mg'");
        if (given.Length > 1)
        {
            throw given[1].Key.Error($"the layer '{layer.Name}' has '{given[0].Key.Text}' and '{given[1].Key.Text}'", "one of mass, thickness, areal_loading", "keep the one that was measured");
        }

        FileNode node = given[0].Value;
        return given[0].Key.Text switch
        {
            "mass" => node.PositiveMeasured<Mass>("the mass").OrUnstated(CellDefaults.MassUncertainty),
            "areal_loading" => LayerAmount.FromLoading(node.PositiveMeasured<ArealMass>("the areal loading"), die),
            _ => LayerAmount.FromThickness(node, layer, die),
        };
    }
}
