using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Electrochemistry;

/// <summary>
/// The one declaration of a number that the cell model takes: its symbol as the reference tables write it, meaning, SI unit and limits. Files,
/// parameter sets and the mapping from the state of contact read it.
/// </summary>
/// <param name="Definition">Key, meaning, limits and scale of the uncertainty; values are plain SI numbers.</param>
/// <param name="Unit">The SI unit, for people; empty for a plain number.</param>
/// <param name="Default">What it is when a file does not give it; null when every file must.</param>
public sealed record ModelSymbol(ConstantDefinition Definition, string Unit, double? Default)
{
    /// <summary>L_cat, thickness of the composite cathode.</summary>
    public static ModelSymbol CathodeThickness { get; } = Of("L_cat", "thickness of the composite cathode", "m", 1e-7, 1e-2);

    /// <summary>L_sep, thickness of the separator.</summary>
    public static ModelSymbol SeparatorThickness { get; } = Of("L_sep", "thickness of the separator", "m", 1e-7, 1e-2);

    /// <summary>ε_AM, volume share of active material in the cathode, pores included.</summary>
    public static ModelSymbol ActiveFraction { get; } = Of("eps_AM", "volume share of active material in the cathode", "", 1e-3, 0.99, EstimateScale.Logit);

    /// <summary>ε_SE, volume share of electrolyte in the cathode.</summary>
    public static ModelSymbol ElectrolyteFraction { get; } = Of("eps_SE", "volume share of electrolyte in the cathode; stated only, it acts through kappa_cat_eff", "", 0, 0.99, EstimateScale.Linear, 0);

    /// <summary>R_p, radius of the active particles.</summary>
    public static ModelSymbol ParticleRadius { get; } = Of("R_p", "radius of the active particles", "m", 1e-9, 1e-3);

    /// <summary>c_max, lithium in full particles.</summary>
    public static ModelSymbol LargestConcentration { get; } = Of("c_max", "concentration of lithium in full particles", "mol/m3", 1, 1e6);

    /// <summary>x₀, stoichiometry at the start.</summary>
    public static ModelSymbol InitialStoichiometry { get; } = Of("x0", "share of lithium sites filled at the start", "", 0, 1, EstimateScale.Linear);

    /// <summary>κ_SE, ionic conductivity of the separator.</summary>
    public static ModelSymbol SeparatorConductivity { get; } = Of("kappa_SE", "ionic conductivity of the separator", "S/m", 1e-9, 1e5);

    /// <summary>κ, effective ionic conductivity of the cathode.</summary>
    public static ModelSymbol IonicConductivity { get; } = Of("kappa_cat_eff", "effective ionic conductivity of the cathode", "S/m", 1e-9, 1e5);

    /// <summary>σ, effective electronic conductivity of the cathode.</summary>
    public static ModelSymbol ElectronicConductivity { get; } = Of("sigma_cat_eff", "effective electronic conductivity of the cathode", "S/m", 1e-9, 1e8);

    /// <summary>D_s, diffusion of lithium in the particles.</summary>
    public static ModelSymbol Diffusivity { get; } = Of("D_s", "diffusion coefficient of lithium in the particles", "m2/s", 1e-22, 1e-6);

    /// <summary>j₀c, exchange current of the particles, j₀ = 2·j₀c·√(x(1 − x)).</summary>
    public static ModelSymbol CathodeExchange { get; } = Of("j0c", "exchange current of the particles per covered area, j0 = 2 j0c sqrt(x (1 - x))", "A/m2", 1e-9, 1e6);

    /// <summary>j₀a, exchange current of the anode.</summary>
    public static ModelSymbol AnodeExchange { get; } = Of("j0a", "exchange current of the anode per contact area", "A/m2", 1e-9, 1e7);

    /// <summary>R_c, contact resistance between cathode and collector.</summary>
    public static ModelSymbol CollectorResistance { get; } = Of("R_c", "contact resistance between cathode and collector", "ohm m2", 0, 1e3, EstimateScale.Logarithmic, 0);

    /// <summary>T, temperature.</summary>
    public static ModelSymbol Temperature { get; } = Of("T", "temperature", "K", 150, 500, EstimateScale.Linear, 298.15);

    /// <summary>C_dl, double layer per true area of the particles and of the anode.</summary>
    public static ModelSymbol DoubleLayer { get; } = Of("Cdl", "double-layer capacitance per area of particles and of the anode; impedance only", "F/m2", 0, 1e6, EstimateScale.Logarithmic, 0.1);

    /// <summary>Electrode area.</summary>
    public static ModelSymbol Area { get; } = Of("area", "electrode area; results are per area", "m2", 1e-9, 1e3, EstimateScale.Logarithmic, 1e-4);

    /// <summary>V_min, voltage at which a discharge ends.</summary>
    public static ModelSymbol LowestVoltage { get; } = Of("Vmin", "voltage at which a discharge ends", "V", -5, 10, EstimateScale.Linear);

    /// <summary>V_max, voltage at which a charge ends.</summary>
    public static ModelSymbol HighestVoltage { get; } = Of("Vmax", "voltage at which a charge ends", "V", -5, 10, EstimateScale.Linear, 4.3);

    /// <summary>θ_c, covered share of the particle surface.</summary>
    public static ModelSymbol CathodeContact { get; } = Of("theta_c", "share of the particle surface in contact with electrolyte", "", 1e-6, 1, EstimateScale.Logit, 1);

    /// <summary>θ_a, share of the anode in contact.</summary>
    public static ModelSymbol AnodeContact { get; } = Of("theta_a", "share of the anode in contact with the separator", "", 1e-6, 1, EstimateScale.Logit, 1);

    /// <summary>f_iso, share of the active material without a path.</summary>
    public static ModelSymbol IsolatedShare { get; } = Of("f_iso", "share of the active material without an ionic or electronic path", "", 0, 0.999999, EstimateScale.Linear, 0);

    /// <summary>ρ_f, film resistance on the particles.</summary>
    public static ModelSymbol FilmResistance { get; } = Of("rho_f", "film resistance per covered area of the particles", "ohm m2", 0, 1e3, EstimateScale.Logarithmic, 0);

    /// <summary>U_a, equilibrium potential of the anode.</summary>
    public static ModelSymbol AnodePotential { get; } = Of("U_a", "equilibrium potential of the anode against lithium", "V", -1, 3, EstimateScale.Linear, 0);

    /// <summary>x₁, stoichiometry that counts as empty of charge in the definition of 1C.</summary>
    public static ModelSymbol NominalStoichiometry { get; } = Of("x_1C", "stoichiometry at the end of the nominal capacity, 1C = F c_max eps_AM L_cat (x_1C - x0) per hour", "", 0, 1, EstimateScale.Linear, 0.95);

    /// <summary>All symbols in the order in which they are written.</summary>
    public static ImmutableArray<ModelSymbol> All { get; } =
    [
        CathodeThickness, SeparatorThickness, ActiveFraction, ElectrolyteFraction, ParticleRadius, LargestConcentration, InitialStoichiometry,
        SeparatorConductivity, IonicConductivity, ElectronicConductivity, Diffusivity, CathodeExchange, AnodeExchange, CollectorResistance,
        Temperature, DoubleLayer, Area, LowestVoltage, HighestVoltage, CathodeContact, AnodeContact, IsolatedShare, FilmResistance, AnodePotential,
        NominalStoichiometry,
    ];

    /// <summary>The symbol as files write it.</summary>
    public string Key => Definition.Key;

    /// <summary>Finds a symbol by its key; null when there is none.</summary>
    public static ModelSymbol? Find(string key) => All.FirstOrDefault(symbol => string.Equals(symbol.Key, key, StringComparison.Ordinal));

    // The numbers are SI and travel without units, as in the tables they come from; the unit stands beside them for people.
    private static ModelSymbol Of(string key, string meaning, string unit, double lowest, double highest, EstimateScale scale = EstimateScale.Logarithmic, double? otherwise = null) =>
        new(new ConstantDefinition<Fraction>(key, key, meaning, lowest, highest, scale), unit, otherwise);
}
