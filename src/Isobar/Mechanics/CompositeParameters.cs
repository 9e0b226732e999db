using Isobar.Materials;

namespace Isobar.Mechanics;

/// <summary>The constants of a composite with definite values: the best ones, or one draw of an ensemble.</summary>
/// <param name="IonicThreshold">φ_c.</param>
/// <param name="PercolationExponent">t.</param>
/// <param name="ParticleContactDamping">δ_AA.</param>
/// <param name="ElectrolyteCluster">s_c.</param>
/// <param name="CoverageStressPa">P_s at 0.5 GPa hardness and a size ratio of 2.5, Pa.</param>
/// <param name="CoverageSizeExponent">q_θ.</param>
/// <param name="CoverageHardnessExponent">h_θ exponent of hardness.</param>
/// <param name="CoverageMemory">h_θ memory on release.</param>
/// <param name="LoadShareOdds">c_λ.</param>
/// <param name="LoadShareExponent">a_λ.</param>
/// <param name="LoadSharePressurePa">P_λ, Pa.</param>
public readonly record struct CompositeParameters(
    double IonicThreshold,
    double PercolationExponent,
    double ParticleContactDamping,
    double ElectrolyteCluster,
    double CoverageStressPa,
    double CoverageSizeExponent,
    double CoverageHardnessExponent,
    double CoverageMemory,
    double LoadShareOdds,
    double LoadShareExponent,
    double LoadSharePressurePa)
{
    /// <summary>The constants at their best values.</summary>
    public static CompositeParameters Best { get; } = Of(static constant => constant.Estimate.Value);

    /// <summary>The constants at the values that <paramref name="choose"/> gives, in SI units.</summary>
    public static CompositeParameters Of(Func<Constant, double> choose) => new(
        choose(ModelConstants.IonicThreshold),
        choose(ModelConstants.PercolationExponent),
        choose(StructureConstants.ParticleContactDamping),
        choose(StructureConstants.ElectrolyteCluster),
        choose(StructureConstants.CoverageStress),
        choose(StructureConstants.CoverageSizeExponent),
        choose(StructureConstants.CoverageHardnessExponent),
        choose(ModelConstants.CoverageMemory),
        choose(StructureConstants.LoadShareOdds),
        choose(StructureConstants.LoadShareExponent),
        choose(StructureConstants.LoadSharePressure));
}
