namespace Isobar.Mechanics;

/// <summary>
/// How a cell changes thickness on charge and what that does to the stack pressure in its fixture: ΔP = k·Δh/A.
/// <para>Lithium plates 4.84 µm per mAh/cm² (13.0 cm³/mol); an intercalation material of volume change ΔV/V moves the electrode by about
/// ΔV/V times its solid thickness when the die blocks the sides.</para>
/// <para>Validity: full charge, elastic fixture; pores that take up part of the change make it smaller. Sources: R. Koerver et al., Energy Environ. Sci.
/// 11 (2018) 2142, 10.1039/c8ee00907d; D. K. Singh et al., Cell Rep. Phys. Sci. 3 (2022) 101043, 10.1016/j.xcrp.2022.101043.</para>
/// </summary>
public static class Breathing
{
    /// <summary>Molar volume of lithium, m³/mol.</summary>
    public const double LithiumCubicMetresPerMole = 13.0e-6;

    private const double Faraday = 96485.33212;

    /// <summary>Thickness of lithium plated by an areal charge, m per C/m².</summary>
    public static double PlatedMetres(double coulombsPerSquareMetre) => coulombsPerSquareMetre / Faraday * LithiumCubicMetresPerMole;

    /// <summary>Change of the stack pressure, Pa, for a change of thickness in a fixture of stiffness k on an area A.</summary>
    public static double PressureChangePa(double thicknessChangeMetres, double stiffnessNewtonsPerMetre, double areaSquareMetres) =>
        stiffnessNewtonsPerMetre * thicknessChangeMetres / areaSquareMetres;
}
