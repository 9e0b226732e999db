using System.Collections.Immutable;
using Isobar.Materials;
using Isobar.Quantities;

namespace Isobar.Mechanics;

/// <summary>Constants of the models that belong to no single material, each with its uncertainty and source.</summary>
public static class ModelConstants
{
    private const string Minnmann = "P. Minnmann et al., J. Electrochem. Soc. 168 (2021) 040537";
    private const string MinnmannDoi = "10.1149/1945-7111/abf8d7";

    /// <summary>φ_c, volume share of electrolyte below which a composite does not conduct ions.</summary>
    public static Constant IonicThreshold { get; } = Of(
        new ConstantDefinition<Fraction>("ionic_threshold", "φ_c", "volume share below which a phase of the composite does not percolate", 0.05, 0.45, EstimateScale.Linear),
        0.25, 0.03, $"{Minnmann}; from composites with 25-53 vol% NMC622", MinnmannDoi);

    /// <summary>t, exponent of the percolation law.</summary>
    public static Constant PercolationExponent { get; } = Of(
        new ConstantDefinition<Fraction>("percolation_exponent", "t", "exponent of the percolation law", 1, 4, EstimateScale.Linear),
        1.8, 0.25, $"{Minnmann}; from composites with 25-53 vol% NMC622", MinnmannDoi);

    /// <summary>h_θ, memory of the coverage.</summary>
    public static Constant CoverageMemory { get; } = Of(
        new ConstantDefinition<Fraction>("coverage_memory", "h_θ", "share of the largest pressure that the coverage keeps on release", 0, 1, EstimateScale.Logit),
        0.45, 0.13, "A. Ramanayagam et al., Batteries & Supercaps 9 (2026) e70315; exchange current at 97 and 389 MPa after pressing at 389 MPa", "10.1002/batt.70315");

    /// <summary>κ, most loaded contact of a particle, F/d² over the applied pressure.</summary>
    public static Constant LoadConcentration { get; } = Of(
        new ConstantDefinition<Fraction>("load_concentration", "κ", "force of a particle's most loaded contact over d²·P", 0.1, 10),
        0.85, 0.13, "discrete-element compaction, 50-70 vol% particles: 0.80-1.05", null);

    /// <summary>Slope of the lock-up factor per f⁴.</summary>
    public static Constant LockUp { get; } = Of(
        new ConstantDefinition<Fraction>("lock_up", "s/f⁴", "slope of K = 1 + (s/f⁴)·f⁴·(D − D_x), f the volume share of rigid particles in the solid", 0, 1000),
        65, 25, "discrete-element compaction, 50 and 70 vol%, size ratio 5:2; C. L. Martin, D. Bouvard, Acta Mater. 51 (2003) 373", "10.1016/S1359-6454(02)00402-0");

    /// <summary>Share of its contact that a cracked particle loses.</summary>
    public static Constant CrackPenalty { get; } = Of(
        new ConstantDefinition<Fraction>("crack_penalty", "λ", "share of its reactive contact that a cracked particle loses", 0, 1, EstimateScale.Logit),
        0.5, 0.15, "judgement: new surface has no electrolyte; no data found", null);

    /// <summary>Cell-to-cell scatter of what pressure leaves of a contact.</summary>
    public static Constant ContactScatter { get; } = Of(
        new ConstantDefinition<Fraction>("contact_scatter", "s_c", "relative standard deviation of the pressure-dependent part of a contact resistance among cells pressed alike", 0, 2),
        0.3, 0.1, "judgement: foil surface and levelling differ from cell to cell; single cells are published", null);

    /// <summary>E_c, activation energy of the exchange current between active particles and a sulfide.</summary>
    public static Constant CathodeTransferActivation { get; } = Of(
        new ConstantDefinition<MolarEnergy>("cathode_transfer_activation", "E_c", "activation energy of the exchange current of the cathode", 0, 2e5, EstimateScale.Linear),
        48e3, 8e3, "\"Electrochemical Analyzing Method of the Charge Transfer Reaction at the Interface between Sulfide-Based Solid Electrolyte and Positive Electrode Material with Microelectrode\", ECS Meeting Abstracts: 48 kJ/mol for LiNbO3-coated LiCoO2 on a sulfide, from the abstract; uncertainty by judgement, it stands for all layered oxides", null);

    /// <summary>ΔE_a, activation energy of the contact between foil and electrolyte beyond that of the electrolyte's conduction.</summary>
    public static Constant AnodeTransferActivation { get; } = Of(
        new ConstantDefinition<MolarEnergy>("anode_transfer_activation", "ΔE_a", "activation energy of the anode's contact beyond that of the conduction of the electrolyte", -1e5, 1e5, EstimateScale.Linear),
        0, 6e3, "M. Chiku et al., Electrochemistry 80 (2012) 740: for lithium on Li2S-P2S5 quite close to that of conduction, from the abstract; uncertainty by judgement", "10.5796/electrochemistry.80.740");

    /// <summary>All of them.</summary>
    public static ImmutableArray<Constant> All { get; } =
        [IonicThreshold, PercolationExponent, CoverageMemory, LoadConcentration, LockUp, CrackPenalty, ContactScatter, CathodeTransferActivation, AnodeTransferActivation];

    internal static Constant Of(ConstantDefinition definition, double value, double standardUncertainty, string source, string? doi) =>
        new(definition, new Estimate(value, standardUncertainty, Scale: definition.Scale), null, source, doi);
}
