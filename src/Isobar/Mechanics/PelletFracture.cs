namespace Isobar.Mechanics;

/// <summary>
/// Flaw that breaks a pressed electrolyte pellet in tension: a = (K_Ic/(1.12·σ))²/π for an edge crack of length a.
/// <para>K_Ic 0.17 MPa√m and E 4.7 GPa are those of a cold-pressed Li₆PS₅Cl pellet with 13 % pores; the crystal's 22 GPa belongs to grains. The two
/// scales are never mixed: an energy release rate K²/E of a pellet uses the pellet's modulus.</para>
/// <para>Validity: linear elastic, flaw much smaller than the pellet and larger than a grain. Source: Song et al., ACS Appl. Energy Mater. (2025), 10.1021/acsaem.4c03143 (values);
/// H. Tada, P. C. Paris, G. R. Irwin, The Stress Analysis of Cracks Handbook (edge crack).</para>
/// </summary>
public static class PelletFracture
{
    private const double EdgeCrack = 1.12;

    /// <summary>Length of the edge crack that runs at a tensile stress, m.</summary>
    public static double CriticalFlawMetres(double toughnessPaRootMetre, double tensionPa)
    {
        double ratio = toughnessPaRootMetre / (EdgeCrack * tensionPa);
        return ratio * ratio / Math.PI;
    }

    /// <summary>Tensile stress that a pellet with an edge crack carries, Pa.</summary>
    public static double StrengthPa(double toughnessPaRootMetre, double flawMetres) => toughnessPaRootMetre / (EdgeCrack * Math.Sqrt(Math.PI * flawMetres));

    /// <summary>Energy to grow the crack, J/m², with the modulus of the pellet and not of the crystal.</summary>
    public static double EnergyJoulesPerSquareMetre(double toughnessPaRootMetre, double pelletModulusPa) => toughnessPaRootMetre * toughnessPaRootMetre / pelletModulusPa;
}
