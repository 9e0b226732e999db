namespace Isobar.Mechanics.Contact;

/// <summary>What surrounds the measured area.</summary>
public enum ContactBoundary
{
    /// <summary>The area repeats in both directions.</summary>
    Periodic,

    /// <summary>The area stands alone on a half-space that is free around it.</summary>
    Free,
}

/// <summary>
/// The two bodies behind a contact, joined into one: a rigid rough surface pressed without friction on an elastic half-space or on a bonded layer.
/// <para>1/E* = (1 − ν₁²)/E₁ + (1 − ν₂²)/E₂ (Hertz). Reduced units are allowed: E* = 1 with lengths in units of the map.</para>
/// </summary>
/// <param name="ModulusPa">E*, contact modulus, Pa.</param>
public sealed record ContactMedium(double ModulusPa)
{
    /// <summary>H, pressure at which a pixel flows, Pa; null for an elastic contact. About 2.8 times the yield stress of the softer body.</summary>
    public double? HardnessPa { get; init; }

    /// <summary>Thickness of a layer bonded to a rigid base, m; null for a half-space.</summary>
    public double? LayerThicknessM { get; init; }

    /// <summary>ν of the layer, 0 to 0.5; used only with a layer.</summary>
    public double LayerPoissonRatio { get; init; } = 0.36;

    /// <summary>Periodic by default.</summary>
    public ContactBoundary Boundary { get; init; }

    /// <summary>Refuses numbers that describe no body.</summary>
    internal void Check()
    {
        if (!(ModulusPa > 0 && double.IsFinite(ModulusPa))) throw new ArgumentException($"the contact modulus is {ModulusPa:G4} Pa; it must be above zero");
        if (HardnessPa is { } hardness && !(hardness > 0)) throw new ArgumentException($"the hardness is {hardness:G4} Pa; it must be above zero, or absent for an elastic contact");
        if (LayerThicknessM is { } thickness && !(thickness > 0 && double.IsFinite(thickness))) throw new ArgumentException($"the layer is {thickness:G4} m thick; it must be above zero, or absent for a half-space");
        if (LayerPoissonRatio is not (>= 0 and <= 0.5)) throw new ArgumentException($"Poisson's ratio of the layer is {LayerPoissonRatio:G4}; it lies between 0 and 0.5");
    }
}
