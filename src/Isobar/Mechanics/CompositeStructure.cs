namespace Isobar.Mechanics;

/// <summary>What a composite is mixed from.</summary>
/// <param name="ParticleShare">f, volume share of active particles in the solid.</param>
/// <param name="ElectrolyteShare">Volume share of electrolyte in the solid; what is left to one is additive.</param>
/// <param name="ParticleDiameterMetres">Median diameter of the active particles, m.</param>
/// <param name="ElectrolyteDiameterMetres">Median diameter of the electrolyte grains, m.</param>
/// <param name="ElectrolyteHardnessPa">Hardness (contact flow pressure) of the electrolyte, Pa.</param>
/// <param name="AdditiveConnects">Whether a carbon network connects the active particles, so that they need no contact among themselves.</param>
public readonly record struct CompositeMix(
    double ParticleShare,
    double ElectrolyteShare,
    double ParticleDiameterMetres,
    double ElectrolyteDiameterMetres,
    double ElectrolyteHardnessPa,
    bool AdditiveConnects = false)
{
    /// <summary>f/(f + s): share of particles among particles and electrolyte.</summary>
    public double ParticleFraction => ParticleShare / (ParticleShare + ElectrolyteShare);
}

/// <summary>
/// Structure and transport of a pressed composite of stiff particles in a soft electrolyte.
/// <para>Contacts and connected shares: <see cref="BinaryPacking"/> with damped particle-particle contacts and clustered electrolyte. A particle takes part when it is
/// in the spanning cluster of particles (or additive connects it) and touches the spanning cluster of electrolyte; the rest is isolated.</para>
/// <para>Coverage: only the load that the electrolyte carries presses it onto the particles, θ = 1 − exp(−(1 − λ)·P_eff/P_s), with λ the
/// particle-to-particle share of the load, λ/(1 − λ) = c·(f/(1 − f))^a·(1 + P/P_λ), P the largest pressure, P_eff = P + h·(P_max − P) and
/// P_s = P_s0·(H/0.5 GPa)^h·((d_e/d_p)/0.4)^q. One stress P_s = 800 MPa then follows simulated coverage (overlap area) at 50 and 70 vol% particles from 64 to 1605 MPa within 0.02,
/// and one of 460 MPa the 73, 53, 30 % that So et al. simulated at 600 MPa with 30, 50, 70 vol% within 0.06.</para>
/// <para>Conduction: <see cref="CompositeTransport.PercolatingShare"/>, φ counted with pores. On the published rows (τ² 3.23 at φ 0.53; 0.134 of the electrolyte at 70 wt%, D taken as 0.85) it
/// gives 3.1 and 0.11; Bruggeman's φ^1.5 gives 1.4 and 0.38, the agglomerated form 1.5 and 0.34. Percolation stays the closure; connected and isolated shares do not enter it.</para>
/// <para>Validity: 25-70 vol% particles, 50-600 MPa, D 0.65-1. Sources: as in BinaryPacking; P. Minnmann et al., J. Electrochem. Soc. 168 (2021) 040537, 10.1149/1945-7111/abf8d7;
/// T. Shi et al., Adv. Energy Mater. 10 (2020) 1902881, 10.1002/aenm.201902881; A. Bielefeld et al., J. Phys. Chem. C 123 (2019) 1626, 10.1021/acs.jpcc.8b11043.</para>
/// </summary>
/// <param name="Packing">Contacts; the first kind are the active particles, the second the electrolyte grains or clusters.</param>
/// <param name="ElectronicReach">Share of the active volume with an electronic path.</param>
/// <param name="IonicReach">Share of the active volume that touches connected electrolyte.</param>
/// <param name="ParticleLoadShare">λ, share of the load carried from particle to particle.</param>
/// <param name="Coverage">θ, covered share of the particle surface.</param>
/// <param name="IonicShare">Effective over intrinsic ionic conductivity.</param>
/// <param name="ElectronicShare">Effective over intrinsic electronic conductivity.</param>
/// <param name="IonicTortuositySquared">τ² of ions; infinite without a path.</param>
/// <param name="Extrapolated">Whether composition, density, pressure, sizes or clusters lie outside the validity.</param>
public readonly record struct CompositeStructure(
    BinaryPacking Packing,
    double ElectronicReach,
    double IonicReach,
    double ParticleLoadShare,
    double Coverage,
    double IonicShare,
    double ElectronicShare,
    double IonicTortuositySquared,
    bool Extrapolated)
{
    private const double ReferenceHardnessPa = 0.5e9;
    private const double ReferenceSizeRatio = 0.4;

    /// <summary>f_iso, share of the active volume without an electronic or without an ionic path; both losses taken as independent.</summary>
    public double IsolatedShare => 1 - (ElectronicReach * IonicReach);

    /// <summary>The structure of a composite at a relative density after a load history.</summary>
    public static CompositeStructure Of(CompositeMix mix, double relativeDensity, LoadHistory load, CompositeParameters constants)
    {
        if (!(mix.ParticleShare >= 0 && mix.ElectrolyteShare >= 0 && mix.ParticleShare + mix.ElectrolyteShare is > 0 and <= 1 + 1e-9))
        {
            throw new ArgumentOutOfRangeException(nameof(mix), mix, "volume shares of particles and electrolyte are not negative and together at most 1");
        }

        if (relativeDensity is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(relativeDensity), relativeDensity, "a relative density lies between 0 and 1");
        double coordination = BinaryPacking.MeanCoordination(relativeDensity);
        if (coordination <= BinaryPacking.LeastCoordination) return Loose(mix, load, constants);
        var packing = BinaryPacking.Of(
            new PackedParticles(mix.ParticleShare, mix.ParticleDiameterMetres, ContactDamping: constants.ParticleContactDamping),
            new PackedParticles(mix.ElectrolyteShare, mix.ElectrolyteDiameterMetres, constants.ElectrolyteCluster),
            coordination);
        double particlesToParticles = LoadShare(mix.ParticleFraction, load.LargestPa, constants);
        double ionicVolume = mix.ElectrolyteShare * relativeDensity, electronicVolume = (1 - mix.ElectrolyteShare) * relativeDensity;
        return new CompositeStructure(
            packing,
            mix.AdditiveConnects ? 1 : packing.FirstConnected,
            packing.FirstReachingSecond,
            particlesToParticles,
            CoverageAt(mix, load, constants, particlesToParticles),
            CompositeTransport.PercolatingShare(ionicVolume, constants.IonicThreshold, constants.PercolationExponent),
            CompositeTransport.PercolatingShare(electronicVolume, constants.IonicThreshold, constants.PercolationExponent),
            CompositeTransport.TortuositySquared(ionicVolume, constants.IonicThreshold, constants.PercolationExponent),
            packing.Extrapolated || mix.ParticleFraction is < 0.25 or > 0.70 || relativeDensity < 0.65 || load.LargestPa is < 50e6 or > 600e6);
    }

    // A powder too loose to hold together: nothing reaches anything, and it conducts nothing.
    private static CompositeStructure Loose(CompositeMix mix, LoadHistory load, CompositeParameters constants)
    {
        double particlesToParticles = LoadShare(mix.ParticleFraction, load.LargestPa, constants);
        return new CompositeStructure(
            new BinaryPacking(0, 0, 0, 0, Extrapolated: true), 0, 0, particlesToParticles, CoverageAt(mix, load, constants, particlesToParticles), 0, 0, double.PositiveInfinity, Extrapolated: true);
    }

    /// <summary>λ, share of the load carried from particle to particle at a largest pressure; zero without particles, one without electrolyte.</summary>
    /// <param name="particleFraction">f, share of particles among particles and electrolyte.</param>
    /// <param name="largestPa">Largest pressure, Pa.</param>
    /// <param name="constants">c_λ, a_λ, P_λ.</param>
    public static double LoadShare(double particleFraction, double largestPa, CompositeParameters constants)
    {
        double odds = constants.LoadShareOdds * (1 + (largestPa / constants.LoadSharePressurePa));
        // Written without f/(1 − f), which is infinite for particles alone.
        double particles = odds * Math.Pow(particleFraction, constants.LoadShareExponent), electrolyte = Math.Pow(1 - particleFraction, constants.LoadShareExponent);
        return particles / (particles + electrolyte);
    }

    /// <summary>
    /// Conductivity share of agglomerated electrolyte, φ·((φ − φ_a)/(1 − φ_a))^½. The root is the inverse of τ²; taken as the share itself it would exceed
    /// layers in parallel. It is for electrolyte that forms large connected clumps, where it conducts better at small shares than ideal mixing does.
    /// </summary>
    public static double AgglomeratedShare(double volumeShare, double threshold) =>
        volumeShare <= threshold ? 0 : volumeShare * Math.Sqrt((volumeShare - threshold) / (1 - threshold));

    private static double CoverageAt(CompositeMix mix, LoadHistory load, CompositeParameters constants, double particlesToParticles)
    {
        double scalePa = constants.CoverageStressPa
            * Math.Pow(mix.ElectrolyteHardnessPa / ReferenceHardnessPa, constants.CoverageHardnessExponent)
            * Math.Pow(mix.ElectrolyteDiameterMetres / mix.ParticleDiameterMetres / ReferenceSizeRatio, constants.CoverageSizeExponent);
        return -double.ExpM1(-(1 - particlesToParticles) * load.EffectivePa(constants.CoverageMemory) / scalePa);
    }
}
