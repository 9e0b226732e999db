using Isobar.Quantities;

namespace Isobar.Mechanics;

/// <summary>
/// Ionic conductivity of a pressed electrolyte: pores and grain contacts.
/// <para>σ = σ₀·(1 − ε)^1.5·g(P_eff)·exp(−V_a·P/(R·T))·(T₀/T)·exp(−(E_a/R)(1/T − 1/T₀)), with g = 1 − exp(−P_eff/P_c) and
/// P_eff = P + h·(P_max − P).</para>
/// <para>The power 1.5 is Bruggeman's for spherical pores; g carries the contacts between grains, which annealed (coarse, hard) grains lose on
/// release (h ≈ 0) and ball-milled grains keep (h ≈ 0.5). For annealed Li₆PS₅Cl pressed at 292 MPa, −ln(1 − g)/P is constant within 6 % from
/// 19 to 195 MPa. The electrode contact of a two-electrode measurement is a separate term and not in here.</para>
/// <para>Validity: 10-500 MPa, 0-80 °C. Sources: M. Cronau et al., ACS Energy Lett. 6 (2021) 3072, 10.1021/acsenergylett.1c01299;
/// V. Miß et al., ACS Appl. Mater. Interfaces 18 (2026) 32830, 10.1021/acsami.6c03789.</para>
/// </summary>
/// <param name="DenseSiemensPerMetre">σ₀ at 25 °C, S/m.</param>
/// <param name="ContactPressurePa">P_c, Pa.</param>
/// <param name="ContactMemory">h, 0 to 1.</param>
/// <param name="ActivationJoulesPerMole">E_a, J/mol.</param>
/// <param name="ActivationVolumeCubicMetresPerMole">V_a, m³/mol.</param>
public readonly record struct PelletConduction(
    double DenseSiemensPerMetre,
    double ContactPressurePa,
    double ContactMemory,
    double ActivationJoulesPerMole,
    double ActivationVolumeCubicMetresPerMole)
{
    private const double ReferenceKelvins = 298.15;

    /// <summary>σ in S/m at a porosity, a load history and a temperature.</summary>
    public double SiemensPerMetre(double porosity, LoadHistory history, double kelvins) =>
        MatrixSiemensPerMetre(history, kelvins) * Math.Pow(1 - porosity, 1.5);

    /// <summary>The conductivity of the pore-free but granular material, σ without the factor (1 − ε)^1.5; what a composite is made of.</summary>
    public double MatrixSiemensPerMetre(LoadHistory history, double kelvins)
    {
        double contacts = ContactFactor(history);
        double squeeze = Math.Exp(-ActivationVolumeCubicMetresPerMole * history.PresentPa / (PhysicalConstants.Gas * kelvins));
        return GrainSiemensPerMetre(kelvins) * contacts * squeeze;
    }

    /// <summary>The conductivity of the grains themselves at a temperature, without pores and grain contacts: what a current constricted to a few micrometres passes through.</summary>
    public double GrainSiemensPerMetre(double kelvins) =>
        DenseSiemensPerMetre * (ReferenceKelvins / kelvins * Math.Exp(-ActivationJoulesPerMole / PhysicalConstants.Gas * ((1 / kelvins) - (1 / ReferenceKelvins))));

    /// <summary>g, the share of the conduction that the grain contacts let through.</summary>
    public double ContactFactor(LoadHistory history) => -double.ExpM1(-history.EffectivePa(ContactMemory) / ContactPressurePa);
}
