namespace Isobar.Mechanics;

/// <summary>
/// Areal resistance of an interface between two layers: R = R_∞ + R₁·(P_eff/1 MPa)^−x with P_eff = P + h·(P_max − P).
/// <para>Exponents by class: 0.4-0.6 for collectors, In-Li and ceramic-metal contacts, about 1 for elastic rough contact, 1.3-2.2 for lithium foil
/// (contact plus flow). The contact is hysteretic: most of what pressing gains stays on release. Where the roughness of the face is known, the second term is at least its constriction.</para>
/// <para>Validity: 1-100 MPa (collectors and lithium). Sources: J.-M. Doux et al., Adv. Energy Mater. 10 (2020) 1903253, 10.1002/aenm.201903253 (Li|Li₆PS₅Cl);
/// J. Park et al., Adv. Energy Mater. 2025, 10.1002/aenm.202504272 (Al collector, x = 0.6).</para>
/// </summary>
/// <param name="FullContactOhmSquareMetres">R_∞, Ω m².</param>
/// <param name="AtOneMegapascalOhmSquareMetres">R₁, Ω m².</param>
/// <param name="Exponent">x.</param>
/// <param name="Memory">h, 0 to 1.</param>
public readonly record struct InterfaceContact(
    double FullContactOhmSquareMetres,
    double AtOneMegapascalOhmSquareMetres,
    double Exponent,
    double Memory)
{
    /// <summary>Lowest pressure of the data behind the law, Pa.</summary>
    public const double LowestValidPa = 1e6;

    /// <summary>
    /// The face, when its roughness is known: its constriction is the least that pressure has to remove. A face rougher than those behind R₁ costs more than the law says.
    /// </summary>
    public RoughFace? Face { get; init; }

    /// <summary>R in Ω m²; infinite without any pressure ever, since an interface without pressure is an open circuit.</summary>
    public double OhmSquareMetres(LoadHistory history) =>
        FullContactOhmSquareMetres + Math.Max(AtOneMegapascalOhmSquareMetres * Math.Pow(history.EffectivePa(Memory) / 1e6, -Exponent), Face?.OhmSquareMetres(history.EffectivePa(Memory)) ?? 0);

    /// <summary>
    /// Contact fraction θ as an impedance sees it: the share R_∞/R of the current-carrying area, one at full contact.
    /// </summary>
    public double ContactFraction(LoadHistory history) => FullContactOhmSquareMetres / OhmSquareMetres(history);
}
