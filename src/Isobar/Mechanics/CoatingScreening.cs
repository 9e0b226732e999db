using MathNet.Numerics.Distributions;

namespace Isobar.Mechanics;

/// <summary>
/// A screening index of coating breach. It ranks pressures and mixtures; it never clears one.
/// </summary>
/// <param name="Index">Share of particles with a breach where they touch another particle: contact times force probability.</param>
/// <param name="ContactProbability">Probability that a particle touches another one.</param>
/// <param name="ForceProbability">Probability that such a contact breaks the coating.</param>
/// <param name="ElectrolyteProbability">The same under a contact with electrolyte, whose pressure cannot exceed its hardness.</param>
/// <param name="RimTensionPa">Tension in the coating at the rim of the mean contact between particles, Pa.</param>
public readonly record struct CoatingScreeningIndex(
    double Index, double ContactProbability, double ForceProbability, double ElectrolyteProbability, double RimTensionPa)
{
    /// <summary>What must stand beside every number of this index.</summary>
    public const string Statement =
        "screening index, not a prediction: no measurements of coating damage against pressing pressure are known; use it to rank mixtures and pressures, and look at the particles";

    /// <summary>Share of the particles whose coating is taken as whole, 1 − index.</summary>
    public double IntactShare => 1 - Index;
}

/// <summary>
/// Screening of coatings on cathode particles during pressing.
/// <para>The coating follows the surface strain of the particle. At the rim of a contact of mean pressure p the surface is stretched by (1 − 2ν)·p/2 (Hertz), in the
/// coating that times E_film/E. Between particles p is Hertz's for two spheres under F = κ·P·d², independent of d, and at most the particle's hardness; under electrolyte at most the electrolyte's. The coating breaks
/// with Φ(ln(tension/σ_f)/s_f), averaged over the log-normal forces of <see cref="ParticleDamage"/>; a particle has a neighbour of its own kind with 1 − exp(−Z_AA).</para>
/// <para>More or finer electrolyte lowers Z_AA and protects the coating. Compared with simulated stresses between particles (2.5 GPa mean at 25 MPa, 5.9 at 400 MPa), Hertz with the most loaded contact is
/// about twice as high, with the same exponent of one third.</para>
/// <para>Where it stays whole the coating adds t/(σ_c) per covered area in series.</para>
/// <para>Validity: none was tested. Sources: K. L. Johnson, Contact Mechanics (1985), ch. 4 (rim tension); M. So et al. (2021) (stresses between particles); strength by judgement.</para>
/// </summary>
/// <param name="YoungsPa">Young's modulus of the particle, Pa.</param>
/// <param name="PoissonRatio">Poisson's ratio of the particle.</param>
/// <param name="HardnessPa">Hardness of the particle, Pa.</param>
/// <param name="ElectrolyteHardnessPa">Hardness of the electrolyte, Pa.</param>
/// <param name="FilmStrengthPa">σ_f, Pa.</param>
/// <param name="FilmStrengthSpread">s_f.</param>
/// <param name="FilmStiffnessRatio">E_film/E.</param>
public readonly record struct CoatingScreening(
    double YoungsPa,
    double PoissonRatio,
    double HardnessPa,
    double ElectrolyteHardnessPa,
    double FilmStrengthPa,
    double FilmStrengthSpread,
    double FilmStiffnessRatio)
{
    /// <summary>The index at a largest pressure.</summary>
    /// <param name="largestPa">Largest pressing pressure, Pa.</param>
    /// <param name="loadConcentration">κ.</param>
    /// <param name="particleContacts">Z_AA, contacts of a particle with its own kind, <see cref="BinaryPacking.FirstFirst"/>.</param>
    public CoatingScreeningIndex At(double largestPa, double loadConcentration, double particleContacts)
    {
        double touching = -double.ExpM1(-particleContacts);
        double soft = Broken(RimTensionPa(ElectrolyteHardnessPa));
        if (largestPa <= 0) return new CoatingScreeningIndex(0, touching, 0, 0, 0);
        double centre = Math.Log(loadConcentration * largestPa) - (0.5 * ParticleDamage.LogSpread * ParticleDamage.LogSpread);
        double hard = 0;
        for (int i = 0; i < ParticleDamage.Abscissae.Length; i++)
        {
            double load = Math.Exp(centre + (ParticleDamage.LogSpread * ParticleDamage.Abscissae[i]));
            hard += ParticleDamage.Weights[i] * Broken(RimTensionPa(ContactPressurePa(load)));
        }

        return new CoatingScreeningIndex(touching * hard, touching, hard, soft, RimTensionPa(ContactPressurePa(loadConcentration * largestPa)));
    }

    /// <summary>Mean pressure of a contact between two equal particles under s = F/d², Pa: Hertz, at most the hardness.</summary>
    /// <param name="loadPa">s, Pa.</param>
    public double ContactPressurePa(double loadPa)
    {
        // a³ = 3F(d/4)/(4E*) with E* = E/(2(1 − ν²)); in units of d the diameter cancels.
        double reduced = YoungsPa / (2 * (1 - (PoissonRatio * PoissonRatio)));
        double radius = Math.Cbrt(3 * loadPa / (16 * reduced));
        return radius > 0 ? Math.Min(HardnessPa, loadPa / (Math.PI * radius * radius)) : 0;
    }

    /// <summary>Tension in the coating at the rim of a contact of mean pressure p: (1 − 2ν)·p/2·E_film/E, Pa.</summary>
    public double RimTensionPa(double meanPressurePa) => 0.5 * (1 - (2 * PoissonRatio)) * meanPressurePa * FilmStiffnessRatio;

    /// <summary>Resistance that a whole coating adds per covered area, t/σ_c, Ω m².</summary>
    /// <param name="thicknessMetres">t, m.</param>
    /// <param name="siemensPerMetre">σ_c, S/m.</param>
    public static double SeriesOhmSquareMetres(double thicknessMetres, double siemensPerMetre) => thicknessMetres / siemensPerMetre;

    private double Broken(double tensionPa) => tensionPa > 0 ? Normal.CDF(0, 1, Math.Log(tensionPa / FilmStrengthPa) / FilmStrengthSpread) : 0;
}
