using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Cells;

/// <summary>What a layer does in the cell.</summary>
public enum LayerRole
{
    /// <summary>Active material with electrolyte and perhaps carbon.</summary>
    CathodeComposite,

    /// <summary>Electrolyte, pure or mixed.</summary>
    Separator,

    /// <summary>Lithium, indium, an alloy or an anode composite.</summary>
    Anode,
}

/// <summary>A material in a layer with its share of the mass.</summary>
/// <param name="Material">The material, overrides of the cell file already applied.</param>
/// <param name="MassFraction">Share of the layer's mass, between 0 and 1.</param>
/// <param name="Coating">Coating of the particles, when there is one.</param>
public sealed record Component(Material Material, double MassFraction, Coating? Coating = null);

/// <summary>A coating of particles.</summary>
/// <param name="Name">What it is made of.</param>
/// <param name="Thickness">Its thickness.</param>
public sealed record Coating(string Name, Length Thickness);

/// <summary>One layer: what it is made of and how much of it, always resolved to a mass.</summary>
/// <param name="Name">What the researcher calls it.</param>
/// <param name="Role">What it does.</param>
/// <param name="Composition">Its components; the mass fractions add up to one.</param>
/// <param name="Mass">Mass in the die, with the uncertainty of the weighing.</param>
public sealed record Layer(string Name, LayerRole Role, ImmutableArray<Component> Composition, Estimate<Mass> Mass)
{
    /// <summary>For an anode foil: roughness of the separator's face against it, when it was measured.</summary>
    public FaceRoughness? Roughness { get; init; }

    /// <summary>Whether the layer is one piece of soft metal and not a powder.</summary>
    public bool IsFoil => Composition.Length == 1 && Composition[0].Material.Kind == MaterialKind.SoftMetal;

    /// <summary>Density without pores: 1/Σ(wᵢ/ρᵢ).</summary>
    public MassDensity SolidDensity
    {
        get
        {
            double specificVolume = 0;
            foreach (Component component in Composition)
            {
                specificVolume += component.MassFraction / component.Material.Get(MaterialConstants.CrystalDensity).Value.KilogramsPerCubicMetre;
            }

            return new MassDensity(1 / specificVolume);
        }
    }

    /// <summary>Share of the solid volume that one component takes.</summary>
    public double SolidVolumeFraction(Component component) =>
        component.MassFraction * SolidDensity.KilogramsPerCubicMetre
        / component.Material.Get(MaterialConstants.CrystalDensity).Value.KilogramsPerCubicMetre;

    /// <summary>Share of the solid volume that components of one kind take.</summary>
    public double SolidVolumeFraction(MaterialKind kind) =>
        Composition.Where(component => component.Material.Kind == kind).Sum(SolidVolumeFraction);

    /// <summary>Thickness the layer would have without pores in a die of the given area.</summary>
    public Length SolidThickness(Area area) =>
        new(Mass.Value.Kilograms / (SolidDensity.KilogramsPerCubicMetre * area.SquareMetres));
}

/// <summary>How the finished cell is going to be used; it decides what stack pressure must achieve.</summary>
/// <param name="Current">Current density of cycling.</param>
/// <param name="Life">Time under current that the cell must survive without a short.</param>
public sealed record Duty(CurrentDensity Current, Duration Life);

/// <summary>A solid-state cell as a researcher describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layers">Layers in order from the cathode's collector to the anode's.</param>
/// <param name="Collector">Current collector at the cathode.</param>
/// <param name="Die">Die it is pressed in.</param>
/// <param name="Press">Press it is pressed with.</param>
/// <param name="Fixture">What holds it afterwards.</param>
/// <param name="Temperature">Temperature of pressing and measuring.</param>
/// <param name="Duty">How it is used.</param>
public sealed record Cell(
    string Name,
    ImmutableArray<Layer> Layers,
    Material Collector,
    Die Die,
    PressInstrument Press,
    Fixture Fixture,
    Temperature Temperature,
    Duty Duty)
{
    /// <summary>What it is pressed with.</summary>
    public PressBench Bench => new(Name, Die, Press);

    /// <summary>The cathode.</summary>
    public Layer Cathode => Layers.Single(layer => layer.Role == LayerRole.CathodeComposite);

    /// <summary>The electrolyte layers between the electrodes.</summary>
    public IEnumerable<Layer> Separators => Layers.Where(layer => layer.Role == LayerRole.Separator);

    /// <summary>The anode.</summary>
    public Layer Anode => Layers.Single(layer => layer.Role == LayerRole.Anode);
}
