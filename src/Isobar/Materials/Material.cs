using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Materials;

/// <summary>What a material is used as; it decides which constants it must have.</summary>
public enum MaterialKind
{
    /// <summary>Solid electrolyte powder.</summary>
    Electrolyte,

    /// <summary>Particles that store lithium.</summary>
    ActiveMaterial,

    /// <summary>A metal electrode or alloy that flows under pressure.</summary>
    SoftMetal,

    /// <summary>Carbon or another electronic conductor in a composite.</summary>
    Additive,

    /// <summary>Current collector.</summary>
    Collector,

    /// <summary>Die, punch or sleeve.</summary>
    Structural,
}

/// <summary>A constant of one material: value, uncertainty, range and where it was found.</summary>
/// <param name="Definition">What constant it is.</param>
/// <param name="Estimate">Value and standard uncertainty, SI.</param>
/// <param name="Range">Range in which published values or the measurement lie, SI, when known.</param>
/// <param name="Source">Where the value comes from; "judgement: ..." when nothing was measured.</param>
/// <param name="Doi">DOI of the source, when it has one.</param>
public sealed record Constant(ConstantDefinition Definition, Estimate Estimate, Interval? Range, string Source, string? Doi)
{
    /// <summary>
    /// The value at <paramref name="z"/> standard deviations on the scale of the constant: one thing the constant could be.
    /// A draw beyond the physical limits of the definition is the limit, since nothing lies beyond it.
    /// </summary>
    public double At(double z)
    {
        double value = Estimate.Value, u = Estimate.StandardUncertainty;
        double drawn = Estimate.Scale switch
        {
            EstimateScale.Logarithmic when value > 0 => value * Math.Exp(z * u / value),
            EstimateScale.Logit when value is > 0 and < 1 => 1 / (1 + Math.Exp(-(Math.Log(value / (1 - value)) + (z * u / (value * (1 - value)))))),
            _ => value + (z * u),
        };
        return Math.Clamp(drawn, Definition.Lowest, Definition.Highest);
    }
}

/// <summary>A material: an identity and its constants. Immutable; overrides make a new one.</summary>
/// <param name="Id">Short name used in files, lower case.</param>
/// <param name="Name">Name for people, for example "Li₆PS₅Cl, annealed".</param>
/// <param name="Kind">What it is used as.</param>
/// <param name="Constants">Constants by key.</param>
public sealed record Material(string Id, string Name, MaterialKind Kind, ImmutableSortedDictionary<string, Constant> Constants)
{
    /// <summary>The constant as a typed estimate.</summary>
    /// <exception cref="MissingConstantException">The material does not have this constant.</exception>
    public Estimate<T> Get<T>(ConstantDefinition<T> definition) where T : struct, IQuantity<T> => new(Require(definition).Estimate);

    /// <summary>The constant with its source.</summary>
    /// <exception cref="MissingConstantException">The material does not have this constant.</exception>
    public Constant Require(ConstantDefinition definition) =>
        Find(definition) ?? throw new MissingConstantException(this, definition);

    /// <summary>The constant, or null when the material does not have it.</summary>
    public Constant? Find(ConstantDefinition definition) => Constants.GetValueOrDefault(definition.Key);

    /// <summary>The same material with one constant replaced or added.</summary>
    public Material With(Constant constant) => this with { Constants = Constants.SetItem(constant.Definition.Key, constant) };
}

/// <summary>A material lacks a constant that a model needs; the message says which and how to give it.</summary>
public sealed class MissingConstantException(Material material, ConstantDefinition definition) : InvalidOperationException(
    $"{material.Name} has no '{definition.Key}' ({definition.Meaning}); give it in the cell file under 'materials: {material.Id}: {definition.Key}: ...' in one of {definition.Dimension.UnitList()}")
{
    /// <summary>The material that lacks it.</summary>
    public Material Material { get; } = material;

    /// <summary>The constant that is missing.</summary>
    public ConstantDefinition Definition { get; } = definition;
}
