using System.Collections.Immutable;
using static Isobar.Materials.MaterialConstants;

namespace Isobar.Materials;

/// <summary>Which constants a material must have to be used as what it is; everything else is optional.</summary>
public static class MaterialRequirements
{
    private static readonly ImmutableArray<ConstantDefinition> Electrolyte =
    [
        CrystalDensity, YoungsModulus, PoissonRatio, Hardness, ParticleSize,
        PouredPorosity, CompactionPressure, CompactionExponent, DensityScatter, ModulusPorosityExponent,
        DenseConductivity, ConductivityActivation, ConductivityActivationVolume, GrainContactPressure, GrainContactMemory, ConductivityScatter,
    ];

    private static readonly ImmutableArray<ConstantDefinition> ActiveMaterial =
    [
        CrystalDensity, YoungsModulus, PoissonRatio, ParticleSize, DenseConductivity, SpecificCapacity, VolumeChange,
        PlatenStrength, PlatenWeibullModulus, TipStrength, TipWeibullModulus, ExchangeCurrent, DoubleLayer,
    ];

    private static readonly ImmutableArray<ConstantDefinition> SoftMetal =
        [CrystalDensity, YoungsModulus, PoissonRatio, YieldStrength, DoubleLayer, ContactResistance, ContactExponent, ContactMemory, InterfaceResistance, PlatedVolume];

    private static readonly ImmutableArray<ConstantDefinition> Additive = [CrystalDensity, YoungsModulus, PoissonRatio, ParticleSize, DenseConductivity];

    private static readonly ImmutableArray<ConstantDefinition> Collector = [ContactResistance, ContactExponent, ContactMemory];

    private static readonly ImmutableArray<ConstantDefinition> Structural = [YoungsModulus, PoissonRatio, WorkingStrength];

    /// <summary>The constants a material of this kind must have.</summary>
    public static ImmutableArray<ConstantDefinition> Of(MaterialKind kind) => kind switch
    {
        MaterialKind.Electrolyte => Electrolyte,
        MaterialKind.ActiveMaterial => ActiveMaterial,
        MaterialKind.SoftMetal => SoftMetal,
        MaterialKind.Additive => Additive,
        MaterialKind.Collector => Collector,
        MaterialKind.Structural => Structural,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of material"),
    };
}
