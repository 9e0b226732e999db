using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Refuses stacks that cannot be a cell: the order of layers and what each role must and must not contain.</summary>
internal static class StackCheck
{
    // Pellets as thick as the die is wide are plugs that wall friction holds, thinner than a tenth of a micrometre they are no layers: typing errors of units.
    private const double ThinnestMetres = 1e-7;

    public static void Require(FileList nodes, ImmutableArray<Layer> layers, Die die)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < layers.Length; i++)
        {
            if (!names.Add(layers[i].Name)) throw nodes.Items[i].Error($"two layers have the name '{layers[i].Name}'", "a name of its own for each layer", "rename one; prompts call layers by name");
        }

        RequireOnce(nodes, layers, LayerRole.CathodeComposite, "cathode composite");
        RequireOnce(nodes, layers, LayerRole.Anode, "anode");
        if (!layers.Any(layer => layer.Role == LayerRole.Separator))
        {
            throw nodes.Error("the stack has no separator", "at least one layer with 'role: separator' between cathode and anode", "add the electrolyte layer");
        }

        if (layers[0].Role != LayerRole.CathodeComposite) throw nodes.Items[0].Error($"the first layer is '{layers[0].Name}'", "the cathode composite first", "list the layers from the cathode to the anode");
        if (layers[^1].Role != LayerRole.Anode) throw nodes.Items[^1].Error($"the last layer is '{layers[^1].Name}'", "the anode last", "list the layers from the cathode to the anode");
        for (int i = 0; i < layers.Length; i++)
        {
            RequireContent(nodes.Items[i], layers[i]);
            RequireThickness(nodes.Items[i], layers[i], die);
        }
    }

    private static void RequireThickness(FileNode node, Layer layer, Die die)
    {
        Length thickness = layer.SolidThickness(die.Area);
        if (thickness.Metres >= ThinnestMetres && thickness < die.Diameter.Value) return;
        throw node.Error(
            $"the layer '{layer.Name}' would be {thickness} thick without pores in a die of {die.Diameter.Value}",
            $"between {new Length(ThinnestMetres)} and the diameter of the die",
            "check the unit of its mass, thickness or loading, and the diameter of the die");
    }

    private static void RequireOnce(FileList nodes, ImmutableArray<Layer> layers, LayerRole role, string word)
    {
        int[] found = [.. Enumerable.Range(0, layers.Length).Where(i => layers[i].Role == role)];
        if (found.Length == 0) throw nodes.Error($"the stack has no {word}", $"one layer with 'role: {word}'", "add the layer");
        if (found.Length > 1) throw nodes.Items[found[1]].Error($"a second {word}, '{layers[found[1]].Name}'", $"one {word}", "a cell has one; join the two layers or correct the role");
    }

    private static void RequireContent(FileNode node, Layer layer)
    {
        bool Has(MaterialKind kind) => layer.Composition.Any(component => component.Material.Kind == kind);
        switch (layer.Role)
        {
            case LayerRole.CathodeComposite when !Has(MaterialKind.ActiveMaterial):
                throw node.Error($"the cathode '{layer.Name}' has no active material", "an active material such as nmc811-poly", "add it to the composition");
            case LayerRole.CathodeComposite when !Has(MaterialKind.Electrolyte):
                throw node.Error($"the cathode '{layer.Name}' has no electrolyte", "a composite of active material and electrolyte", "add the electrolyte to the composition");
            case LayerRole.Separator when !Has(MaterialKind.Electrolyte):
                throw node.Error($"the separator '{layer.Name}' has no electrolyte", "an electrolyte such as li6ps5cl-annealed", "name the electrolyte as its material");
            case LayerRole.Separator when layer.Composition.Any(component => component.Material.Kind != MaterialKind.Electrolyte):
                throw node.Error($"the separator '{layer.Name}' holds a material that conducts electrons", "electrolytes only", "it would short the cell; move the material into the cathode or anode");
            case LayerRole.Anode when !layer.IsFoil && !Has(MaterialKind.ActiveMaterial):
                throw node.Error($"the anode '{layer.Name}' stores no lithium", "a foil (lithium, indium, inli) or a composite with an active material", "correct its material");
        }
    }
}
