using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Materials;

/// <summary>Every constant a material may have, declared once.</summary>
public static class MaterialConstants
{
    /// <summary>Density of the pore-free crystal or metal.</summary>
    public static ConstantDefinition<MassDensity> CrystalDensity { get; } = new("crystal_density", "ρ₀", "density without pores", 100, 23_000);

    /// <summary>Young's modulus of the pore-free solid.</summary>
    public static ConstantDefinition<Pressure> YoungsModulus { get; } = new("youngs_modulus", "E", "Young's modulus of the pore-free solid", 1e8, 1.5e12);

    /// <summary>Poisson's ratio of the pore-free solid.</summary>
    public static ConstantDefinition<Fraction> PoissonRatio { get; } = new("poisson_ratio", "ν", "Poisson's ratio of the pore-free solid", 0.05, 0.49, EstimateScale.Linear);

    /// <summary>Hardness, or contact flow pressure.</summary>
    public static ConstantDefinition<Pressure> Hardness { get; } = new("hardness", "H", "indentation hardness", 1e6, 1e11);

    /// <summary>Resistance to cracking of the material as pressed.</summary>
    public static ConstantDefinition<FractureToughness> FractureToughness { get; } = new("fracture_toughness", "K_Ic", "fracture toughness", 1e3, 1e8);

    /// <summary>Median particle diameter.</summary>
    public static ConstantDefinition<Length> ParticleSize { get; } = new("particle_size", "d₅₀", "median particle diameter", 1e-9, 1e-3);

    /// <summary>Porosity of the poured powder in the pellet law.</summary>
    public static ConstantDefinition<Fraction> PouredPorosity { get; } = new("poured_porosity", "ε₀", "porosity of the powder before pressing, in ε = ε₀·exp(−(P/P₀)ⁿ)", 0.1, 0.9, EstimateScale.Logit);

    /// <summary>Scale pressure of the pellet law.</summary>
    public static ConstantDefinition<Pressure> CompactionPressure { get; } = new("compaction_pressure", "P₀", "pressure scale of the pellet law ε = ε₀·exp(−(P/P₀)ⁿ)", 1e6, 1e11);

    /// <summary>Exponent of the pellet law.</summary>
    public static ConstantDefinition<Fraction> CompactionExponent { get; } = new("compaction_exponent", "n", "exponent of the pellet law ε = ε₀·exp(−(P/P₀)ⁿ)", 0.1, 2, EstimateScale.Linear);

    /// <summary>Between-laboratory standard deviation of relative density.</summary>
    public static ConstantDefinition<Fraction> DensityScatter { get; } = new("density_scatter", "s_D", "standard deviation of relative density between laboratories at the same pressure", 0, 0.3, EstimateScale.Linear);

    /// <summary>Softening of the confined modulus with porosity.</summary>
    public static ConstantDefinition<Fraction> ModulusPorosityExponent { get; } = new("modulus_porosity_exponent", "b", "b in the confined modulus of the pressed powder, M = M₀·exp(−b·ε)", 0, 60);

    /// <summary>Conductivity of the pore-free solid at 25 °C: ionic for electrolytes, electronic for active materials and additives.</summary>
    public static ConstantDefinition<Conductivity> DenseConductivity { get; } = new("dense_conductivity", "σ₀", "conductivity without pores at 25 °C (ionic for electrolytes, electronic for others)", 1e-12, 1e8);

    /// <summary>Activation energy of the conductivity.</summary>
    public static ConstantDefinition<MolarEnergy> ConductivityActivation { get; } = new("conductivity_activation", "E_a", "activation energy of σ·T", 0, 2e5, EstimateScale.Linear);

    /// <summary>Activation volume of the conductivity.</summary>
    public static ConstantDefinition<MolarVolume> ConductivityActivationVolume { get; } = new("conductivity_activation_volume", "V_a", "activation volume of the conductivity", 0, 1e-5, EstimateScale.Linear);

    /// <summary>Pressure scale at which grain contacts conduct.</summary>
    public static ConstantDefinition<Pressure> GrainContactPressure { get; } = new("grain_contact_pressure", "P_c", "pressure scale of the grain contacts in g = 1 − exp(−P_eff/P_c)", 1e5, 1e10);

    /// <summary>How much of the largest pressure the grain contacts remember.</summary>
    public static ConstantDefinition<Fraction> GrainContactMemory { get; } = new("grain_contact_memory", "h", "share of the largest pressure that grain contacts keep on release: P_eff = P + h·(P_max − P)", 0, 1, EstimateScale.Logit);

    /// <summary>Between-laboratory relative standard deviation of conductivity.</summary>
    public static ConstantDefinition<Fraction> ConductivityScatter { get; } = new("conductivity_scatter", "s_σ", "relative standard deviation of conductivity between laboratories", 0, 2, EstimateScale.Linear);

    /// <summary>Reversible capacity of an active material.</summary>
    public static ConstantDefinition<SpecificCapacity> SpecificCapacity { get; } = new("specific_capacity", "q", "reversible capacity", 1e3, 2e7);

    /// <summary>Volume change of an active material on full charge of the cell.</summary>
    public static ConstantDefinition<Fraction> VolumeChange { get; } = new("volume_change", "ΔV/V", "relative volume change on full charge of the cell (negative: shrinks)", -1, 10, EstimateScale.Linear);

    /// <summary>Volume that an anode gains per mole of lithium.</summary>
    public static ConstantDefinition<MolarVolume> PlatedVolume { get; } = new("plated_volume", "V_Li", "volume that the anode gains per mole of lithium on charge", 0, 1e-4);

    /// <summary>Weibull scale of particle strength between flat platens, force over diameter squared.</summary>
    public static ConstantDefinition<Pressure> PlatenStrength { get; } = new("platen_strength", "s₀ (platen)", "Weibull scale of particle strength between flat platens, F/d²", 1e6, 1e11);

    /// <summary>Weibull modulus between flat platens.</summary>
    public static ConstantDefinition<Fraction> PlatenWeibullModulus { get; } = new("platen_weibull_modulus", "m (platen)", "Weibull modulus of particle strength between flat platens", 1, 50);

    /// <summary>Weibull scale of particle strength under a sharp contact.</summary>
    public static ConstantDefinition<Pressure> TipStrength { get; } = new("tip_strength", "s₀ (tip)", "Weibull scale of particle strength under a sharp contact, F/d²", 1e6, 1e11);

    /// <summary>Weibull modulus under a sharp contact.</summary>
    public static ConstantDefinition<Fraction> TipWeibullModulus { get; } = new("tip_weibull_modulus", "m (tip)", "Weibull modulus of particle strength under a sharp contact", 1, 50);

    /// <summary>Exchange current density at the wetted particle or electrode surface.</summary>
    public static ConstantDefinition<CurrentDensity> ExchangeCurrent { get; } = new("exchange_current", "j₀", "exchange current density per true contact area with the electrolyte at 25 °C", 1e-6, 1e6);

    /// <summary>Double-layer capacitance at the contact.</summary>
    public static ConstantDefinition<ArealCapacitance> DoubleLayer { get; } = new("double_layer_capacitance", "C_dl", "double-layer capacitance per true contact area", 1e-5, 1e3);

    /// <summary>Equilibrium potential of an anode against lithium.</summary>
    public static ConstantDefinition<Voltage> ElectrodePotential { get; } = new("electrode_potential", "U_a", "equilibrium potential of an anode against lithium", -1, 3, EstimateScale.Linear);

    /// <summary>Yield strength of a soft metal at rest.</summary>
    public static ConstantDefinition<Pressure> YieldStrength { get; } = new("yield_strength", "Y", "uniaxial yield strength at rest", 1e4, 1e10);

    /// <summary>Power-law creep exponent.</summary>
    public static ConstantDefinition<Fraction> CreepExponent { get; } = new("creep_exponent", "n_c", "exponent of power-law creep, rate = A·(σ/1 MPa)^n", 1, 20, EstimateScale.Linear);

    /// <summary>Power-law creep rate at 1 MPa, room temperature.</summary>
    public static ConstantDefinition<Frequency> CreepRate { get; } = new("creep_rate_at_1MPa", "A", "creep rate at 1 MPa and 25 °C in rate = A·(σ/1 MPa)^n", 1e-12, 1e3);

    /// <summary>Lowest stress at which creep was measured.</summary>
    public static ConstantDefinition<Pressure> CreepLowestStress { get; } = new("creep_lowest_stress", "σ_c,min", "lowest stress at which the creep law was measured", 1e3, 1e10);

    /// <summary>Highest stress at which creep was measured.</summary>
    public static ConstantDefinition<Pressure> CreepHighestStress { get; } = new("creep_highest_stress", "σ_c,max", "highest stress at which the creep law was measured", 1e3, 1e10);

    /// <summary>Activation energy of creep.</summary>
    public static ConstantDefinition<MolarEnergy> CreepActivation { get; } = new("creep_activation", "Q", "activation energy of creep", 0, 3e5, EstimateScale.Linear);

    /// <summary>Contact resistance against the electrolyte (electrodes) or the cathode (collectors) at 1 MPa effective pressure.</summary>
    public static ConstantDefinition<ArealResistance> ContactResistance { get; } = new("contact_resistance_at_1MPa", "R₁", "contact resistance at 1 MPa in R = R₁·(P_eff/1 MPa)^−x", 1e-10, 1e2);

    /// <summary>Pressure exponent of the contact resistance.</summary>
    public static ConstantDefinition<Fraction> ContactExponent { get; } = new("contact_exponent", "x", "pressure exponent of the contact resistance in R = R₁·(P_eff/1 MPa)^−x", 0.05, 4, EstimateScale.Linear);

    /// <summary>How much of the largest pressure the contact remembers.</summary>
    public static ConstantDefinition<Fraction> ContactMemory { get; } = new("contact_memory", "h_i", "share of the largest pressure that the interface keeps on release: P_eff = P + h·(P_max − P)", 0, 1, EstimateScale.Logit);

    /// <summary>Interface resistance that pressure does not remove.</summary>
    public static ConstantDefinition<ArealResistance> InterfaceResistance { get; } = new("interface_resistance", "R_∞", "interface resistance in full contact (charge transfer and interphase)", 1e-10, 1e2);

    /// <summary>Median time to a short circuit at 10 MPa stack pressure through a pellet of 82 % relative density.</summary>
    public static ConstantDefinition<Duration> ShortTime { get; } = new("short_time_at_10MPa", "t₁₀", "median time to short at 10 MPa stack pressure through a pellet of 82 % relative density", 1, 1e12);

    /// <summary>Pressure exponent of the time to short.</summary>
    public static ConstantDefinition<Fraction> ShortExponent { get; } = new("short_exponent", "m_s", "pressure exponent of the time to short, t = t₁₀·(P/10 MPa)^−m", 0.1, 10, EstimateScale.Linear);

    /// <summary>Growth of the time to short with relative density of the separator.</summary>
    public static ConstantDefinition<Fraction> ShortDensityFactor { get; } = new("short_density_factor", "k_D", "ln of the time to short gained per unit relative density of the separator", 0, 200, EstimateScale.Linear);

    /// <summary>Critical stripping current at 3 MPa.</summary>
    public static ConstantDefinition<CurrentDensity> StrippingCurrent { get; } = new("stripping_current_at_3MPa", "i₃", "critical stripping current density at 3 MPa", 1e-3, 1e5);

    /// <summary>Pressure exponent of the critical stripping current.</summary>
    public static ConstantDefinition<Fraction> StrippingExponent { get; } = new("stripping_exponent", "q_s", "pressure exponent of the critical stripping current, i = i₃·(P/3 MPa)^q", 0.1, 10, EstimateScale.Linear);

    /// <summary>Largest pressure a structural part may carry.</summary>
    public static ConstantDefinition<Pressure> WorkingStrength { get; } = new("working_strength", "σ_max", "largest pressure a die, punch or sleeve of this material is used at", 1e6, 1e10);

    /// <summary>All constants in the order of the reference page.</summary>
    public static ImmutableArray<ConstantDefinition> All { get; } =
    [
        CrystalDensity, YoungsModulus, PoissonRatio, Hardness, FractureToughness, ParticleSize,
        PouredPorosity, CompactionPressure, CompactionExponent, DensityScatter, ModulusPorosityExponent,
        DenseConductivity, ConductivityActivation, ConductivityActivationVolume, GrainContactPressure, GrainContactMemory, ConductivityScatter,
        SpecificCapacity, VolumeChange, PlatedVolume, PlatenStrength, PlatenWeibullModulus, TipStrength, TipWeibullModulus,
        ExchangeCurrent, DoubleLayer, ElectrodePotential, YieldStrength, CreepExponent, CreepRate, CreepLowestStress, CreepHighestStress, CreepActivation,
        ContactResistance, ContactExponent, ContactMemory, InterfaceResistance,
        ShortTime, ShortExponent, ShortDensityFactor, StrippingCurrent, StrippingExponent, WorkingStrength,
    ];

    /// <summary>Finds a constant by its key in files.</summary>
    public static ConstantDefinition? Find(string key) => All.FirstOrDefault(definition => string.Equals(definition.Key, key, StringComparison.Ordinal));
}
