using Isobar.Quantities;

namespace Isobar.Mechanics;

/// <summary>
/// How a cell changes thickness on charge and what that does to the stack pressure in its fixture: ΔP = k·Δh/A.
/// <para>An anode gains the molar volume of what forms in it: lithium plates 4.84 µm per mAh/cm² (13.0 cm³/mol), indium gains 7.9 cm³/mol on its way to
/// InLi; an intercalation material of volume change ΔV/V moves the electrode by about
/// ΔV/V times its solid thickness when the die blocks the sides.</para>
/// <para>Validity: full charge, elastic fixture; pores that take up part of the change make it smaller. Sources: R. Koerver et al., Energy Environ. Sci.
/// 11 (2018) 2142, 10.1039/c8ee00907d; D. K. Singh et al., Cell Rep. Phys. Sci. 3 (2022) 101043, 10.1016/j.xcrp.2022.101043.</para>
/// </summary>
public static class Breathing
{
    /// <summary>Thickness that an anode gains with an areal charge in C/m², m.</summary>
    /// <param name="coulombsPerSquareMetre">Areal charge.</param>
    /// <param name="cubicMetresPerMole">Volume gained per mole of lithium.</param>
    public static double PlatedMetres(double coulombsPerSquareMetre, double cubicMetresPerMole) => coulombsPerSquareMetre / PhysicalConstants.Faraday * cubicMetresPerMole;

    /// <summary>Change of the stack pressure, Pa, for a change of thickness in a fixture of stiffness k on an area A.</summary>
    public static double PressureChangePa(double thicknessChangeMetres, double stiffnessNewtonsPerMetre, double areaSquareMetres) =>
        stiffnessNewtonsPerMetre * thicknessChangeMetres / areaSquareMetres;
}
