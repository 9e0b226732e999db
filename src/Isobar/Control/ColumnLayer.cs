using Isobar.Cells;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>
/// Delayed part of compaction: a share of the porosity follows the pressure with a time constant instead of at once, as two modes.
/// The law is reached in the end, so creep is bounded and stops where the powder is dense.
/// </summary>
/// <param name="FastShare">Share of the porosity loss that takes the fast time.</param>
/// <param name="FastSeconds">Fast time constant, s.</param>
/// <param name="SlowShare">Share that takes the slow time.</param>
/// <param name="SlowSeconds">Slow time constant, s.</param>
public readonly record struct CreepModes(double FastShare, double FastSeconds, double SlowShare, double SlowSeconds)
{
    /// <summary>No delay.</summary>
    public static CreepModes None { get; } = new(0, 1, 0, 1);

    /// <summary>
    /// A sulfide powder: chosen so that 150 mg in a 10 mm die creep about 5 µm in the two minutes after a ramp to 375 MPa, the sag of
    /// 1-5 MPa that presses with a shut valve show. An order of magnitude, not a measurement of one powder.
    /// </summary>
    public static CreepModes Powder { get; } = new(0.01, 8, 0.03, 150);
}

/// <summary>One layer of the sample column as the press feels it: a powder that compacts, or a foil that seats and then is elastic.</summary>
public readonly record struct ColumnLayer
{
    private ColumnLayer(string name, double solidThicknessMetres)
    {
        Name = name;
        SolidThicknessMetres = solidThicknessMetres;
    }

    /// <summary>Name of the layer, the one that prompts speak of.</summary>
    public string Name { get; }

    /// <summary>Thickness without pores, m.</summary>
    public double SolidThicknessMetres { get; }

    /// <summary>Whether it is a foil.</summary>
    public bool IsFoil { get; private init; }

    /// <summary>Compaction of the powder.</summary>
    internal CompactionLaw Law { get; private init; }

    /// <summary>Delay of the powder's compaction.</summary>
    internal CreepModes Creep { get; private init; }

    /// <summary>Confined modulus of the foil, Pa.</summary>
    internal double FoilModulusPa { get; private init; }

    /// <summary>Share of the foil's thickness lost for good when it seats.</summary>
    internal double FoilSeating { get; private init; }

    /// <summary>Pressure scale at which it seats, Pa.</summary>
    internal double FoilSeatingPa { get; private init; }

    /// <summary>A powder layer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="solidThickness">Thickness without pores.</param>
    /// <param name="law">How it compacts.</param>
    /// <param name="creep">How late; <see cref="CreepModes.Powder"/> when left out.</param>
    public static ColumnLayer Powder(string name, Length solidThickness, CompactionLaw law, CreepModes? creep = null) =>
        new(name, Positive(solidThickness, name)) { Law = law, Creep = creep ?? CreepModes.Powder };

    /// <summary>
    /// A foil: h = h₀·(1 − s·(1 − exp(−P_max/P_s)))·(1 − P/M). With s = 0 it is a linear spring of stiffness M·A/h₀.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="thickness">Thickness h₀.</param>
    /// <param name="confinedModulus">Confined modulus M.</param>
    /// <param name="seating">Share s of the thickness lost for good.</param>
    /// <param name="seatingPressure">Pressure scale P_s at which it is lost.</param>
    public static ColumnLayer Foil(string name, Length thickness, Pressure confinedModulus, Fraction seating, Pressure seatingPressure) =>
        new(name, Positive(thickness, name))
        {
            IsFoil = true,
            FoilModulusPa = confinedModulus.Pascals,
            FoilSeating = seating.Value,
            FoilSeatingPa = seatingPressure.Pascals,
        };

    /// <summary>
    /// A layer of a cell in a die of the given area. A powder follows the law that the caller gives; a foil is elastic with the modulus of
    /// its metal and seats by 2 % of its thickness within a few MPa, the roughness of a cut foil.
    /// </summary>
    public static ColumnLayer Of(Layer layer, Area area, CompactionLaw law)
    {
        Length solid = layer.SolidThickness(area);
        if (!layer.IsFoil) return Powder(layer.Name, solid, law);
        Material metal = layer.Composition[0].Material;
        double modulusPa = CompactionLaw.ConfinedModulus(metal.Get(MaterialConstants.YoungsModulus).Value.Pascals, metal.Get(MaterialConstants.PoissonRatio).Value.Value);
        return Foil(layer.Name, solid, new Pressure(modulusPa), new Fraction(0.02), new Pressure(5e6));
    }

    private static double Positive(Length thickness, string name) => thickness.Metres > 0 && double.IsFinite(thickness.Metres)
        ? thickness.Metres
        : throw new ArgumentException($"layer '{name}' has a thickness of {thickness}; it must be above zero", nameof(thickness));
}
