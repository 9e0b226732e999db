using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Quantities;
using static Isobar.Mechanics.ModelConstants;

namespace Isobar.Mechanics;

/// <summary>
/// Constants of the composite, die, damage and coating models, each with its uncertainty and source, so that an ensemble can draw them.
/// Values from discrete-element compaction are those of 5 µm particles in 2 µm electrolyte of 0.6 GPa contact flow pressure.
/// </summary>
public static class StructureConstants
{
    private const string Compaction = "discrete-element compaction, 5 µm particles in 2 µm electrolyte";

    /// <summary>How much rarer particle-particle contacts are than in a random mixture.</summary>
    public static Constant ParticleContactDamping { get; } = Of(
        new ConstantDefinition<Fraction>("particle_contact_damping", "δ_AA", "odds of a particle as neighbour of a particle over those of a random mixture", 0.05, 1, EstimateScale.Logit),
        0.46, 0.1, $"{Compaction}: 2.9 contacts where the formula gives 4.8", null);

    /// <summary>Diameter of an electrolyte cluster in grain diameters.</summary>
    public static Constant ElectrolyteCluster { get; } = Of(
        new ConstantDefinition<Fraction>("electrolyte_cluster", "s_c", "diameter of the clusters in which electrolyte grains stay together, over the grain diameter", 1, 100),
        2, 0.8, "from the share of cathode reached at 70-85 wt% in T. Shi et al., Adv. Energy Mater. 10 (2020) 1902881, with 5 µm particles in 3 µm electrolyte", "10.1002/aenm.201902881");

    /// <summary>Ionic threshold of agglomerated glass.</summary>
    public static Constant AgglomeratedThreshold { get; } = Of(
        new ConstantDefinition<Fraction>("agglomerated_threshold", "φ_a", "volume share at which agglomerated electrolyte begins to conduct", 0.02, 0.4, EstimateScale.Linear),
        0.13, 0.04, "M. So et al. (2021), particle simulations of agglomerated Li2S-P2S5; uncertainty by judgement", null);

    /// <summary>Stress of the electrolyte that covers a particle.</summary>
    public static Constant CoverageStress { get; } = Of(
        new ConstantDefinition<Pressure>("coverage_stress", "P_s", "stress in the electrolyte at which it covers 1 − 1/e of a particle, at a hardness of 0.5 GPa and a size ratio of 2.5", 5e7, 1e11),
        620e6, 210e6, $"{Compaction} (800 MPa by overlap, 480 MPa by contact area, both constant within 10 % from 64 to 1605 MPa), M. So et al. (2021) (400-490 MPa), segmented composites at 380 MPa (20-50 %)", null);

    /// <summary>How coverage depends on the size ratio.</summary>
    public static Constant CoverageSizeExponent { get; } = Of(
        new ConstantDefinition<Fraction>("coverage_size_exponent", "q_θ", "exponent of the size ratio electrolyte over particle in the coverage stress", 0, 2, EstimateScale.Linear),
        0.5, 0.25, "judgement: coarse electrolyte covers 20 %, fine electrolyte 50 % at 380 MPa", null);

    /// <summary>How coverage depends on hardness.</summary>
    public static Constant CoverageHardnessExponent { get; } = Of(
        new ConstantDefinition<Fraction>("coverage_hardness_exponent", "h_θ", "exponent of the electrolyte's hardness in the coverage stress", 0, 1.5, EstimateScale.Linear),
        1, 0.2, "fully plastic contacts carry their hardness (exponent 1); uncertainty by judgement", null);

    /// <summary>Load carried from particle to particle, as odds, at equal volumes and no pressure.</summary>
    public static Constant LoadShareOdds { get; } = Of(
        new ConstantDefinition<Fraction>("load_share_odds", "c_λ", "particle-to-particle load over electrolyte load at equal volumes and vanishing pressure", 0.001, 10),
        0.28, 0.07, $"{Compaction}: 24, 28, 33, 40 % at 64, 166, 328, 588 MPa and 50 vol%", null);

    /// <summary>How that load depends on composition.</summary>
    public static Constant LoadShareExponent { get; } = Of(
        new ConstantDefinition<Fraction>("load_share_exponent", "a_λ", "exponent of f/(1 − f) in the odds of the particle-to-particle load", 0.5, 5, EstimateScale.Linear),
        1.71, 0.3, $"{Compaction}: 58 % at 77 MPa and 81 % at 1605 MPa for 70 vol% against 50 vol%", null);

    /// <summary>How that load grows with pressure.</summary>
    public static Constant LoadSharePressure { get; } = Of(
        new ConstantDefinition<Pressure>("load_share_pressure", "P_λ", "pressure at which the odds of the particle-to-particle load have doubled", 1e7, 1e11),
        500e6, 125e6, $"{Compaction}: 407 MPa at 50 vol%, 655 MPa at 70 vol%", null);

    /// <summary>Change of κ with composition.</summary>
    public static Constant LoadConcentrationSlope { get; } = Of(
        new ConstantDefinition<Fraction>("load_concentration_slope", "κ′", "change of κ per unit volume share of particles in the solid", -2, 5, EstimateScale.Linear),
        0.7, 0.4, $"{Compaction}: 0.80 at 50 vol%, 0.83-1.05 at 70 vol%", null);

    /// <summary>Size dependence of tip strength.</summary>
    public static Constant TipSizeExponent { get; } = Of(
        new ConstantDefinition<Fraction>("tip_size_exponent", "b_tip", "exponent of strength under a sharp contact, s₀ ∝ d^−b", 0, 2, EstimateScale.Linear),
        0.81, 0.2, "L. Wheatcroft et al., Batteries & Supercaps 6 (2023) e202300032, particles of 6-18 µm; uncertainty by judgement. Between platens no size dependence was found", "10.1002/batt.202300032");

    /// <summary>How many times weaker a charged particle is.</summary>
    public static Constant ChargeWeakening { get; } = Of(
        new ConstantDefinition<Fraction>("charge_weakening", "w", "strength of a lithiated over that of a fully charged particle", 1, 100),
        5, 2.5, "L. Wheatcroft et al., Batteries & Supercaps 6 (2023) e202300032: several times to an order of magnitude; known to a factor of 1.6", "10.1002/batt.202300032");

    /// <summary>Strength of a coating in tension.</summary>
    public static Constant FilmStrength { get; } = Of(
        new ConstantDefinition<Pressure>("film_strength", "σ_f", "median tensile strength of a coating on a particle", 1e7, 1e10),
        0.7e9, 0.6e9, "judgement: oxide films of some nanometres; no data against pressing pressure found", null);

    /// <summary>Spread of that strength from place to place.</summary>
    public static Constant FilmStrengthSpread { get; } = Of(
        new ConstantDefinition<Fraction>("film_strength_spread", "s_f", "standard deviation of the logarithm of the coating's strength from place to place", 0.05, 3),
        0.6, 0.3, "judgement", null);

    /// <summary>Stiffness of the coating over that of the particle.</summary>
    public static Constant FilmStiffnessRatio { get; } = Of(
        new ConstantDefinition<Fraction>("film_stiffness_ratio", "E_f/E", "Young's modulus of the coating over that of the particle", 0.05, 10),
        0.8, 0.4, "judgement: amorphous niobates and phosphates against layered oxides", null);

    /// <summary>Radial stress left in a released pellet.</summary>
    public static Constant ResidualRadialShare { get; } = Of(
        new ConstantDefinition<Fraction>("residual_radial_share", "r_res", "radial stress on the die wall after release over the largest axial pressure", 0, 0.5),
        0.06, 0.04, "judgement: 6 % measured on tablets; elastic release with a lateral ratio of 0.65 and a Poisson's ratio of 0.37 leaves the same", null);

    /// <summary>All of them.</summary>
    public static ImmutableArray<Constant> All { get; } =
    [
        ParticleContactDamping, ElectrolyteCluster, AgglomeratedThreshold,
        CoverageStress, CoverageSizeExponent, CoverageHardnessExponent, LoadShareOdds, LoadShareExponent, LoadSharePressure,
        LoadConcentrationSlope, TipSizeExponent, ChargeWeakening, FilmStrength, FilmStrengthSpread, FilmStiffnessRatio, ResidualRadialShare,
    ];
}
