using System.Numerics;

namespace Isobar.Electrochemistry;

/// <summary>
/// Resistance and impedance of a composite electrode whose ionic and electronic rails are bridged by a uniform admittance
/// (Newman and Tobias; Euler and Nonnenmacher).
/// <para>Z = L/(κ+σ)·[1 + (2 + (σ/κ + κ/σ)·cosh ν)/(ν·sinh ν)], ν² = a·y·L²·(1/κ + 1/σ); κ, σ effective ionic and electronic conductivity,
/// a particle area per volume, y admittance per particle area, L thickness. Ions enter at one face, electrons at the other.</para>
/// <para>Validity: uniform composition and state, small signal. Sources: J. Newman, C. W. Tobias, J. Electrochem. Soc. 109 (1962) 1183, 10.1149/1.2425269;
/// J. Bisquert, Phys. Chem. Chem. Phys. 2 (2000) 4185, 10.1039/b001708f.</para>
/// </summary>
public static class PorousElectrode
{
    /// <summary>Impedance per electrode area, Ω m².</summary>
    /// <param name="thicknessMetres">L, m.</param>
    /// <param name="ionicSiemensPerMetre">κ, S/m.</param>
    /// <param name="electronicSiemensPerMetre">σ, S/m.</param>
    /// <param name="areaPerVolume">a, 1/m.</param>
    /// <param name="admittancePerArea">y, S/m².</param>
    public static Complex Impedance(double thicknessMetres, double ionicSiemensPerMetre, double electronicSiemensPerMetre, double areaPerVolume, Complex admittancePerArea)
    {
        double kappa = ionicSiemensPerMetre, sigma = electronicSiemensPerMetre;
        Complex nu = Complex.Sqrt(areaPerVolume * admittancePerArea * thicknessMetres * thicknessMetres * ((1 / kappa) + (1 / sigma)));
        // cosh and sinh overflow for thick or fast electrodes; both are scaled by e^−ν, which leaves their ratio as it is.
        Complex decay = Complex.Exp(-2 * nu);
        Complex sinh = 0.5 * (1 - decay), cosh = 0.5 * (1 + decay), scaledOne = Complex.Exp(-nu);
        Complex bracket = 1 + (((2 * scaledOne) + (((sigma / kappa) + (kappa / sigma)) * cosh)) / (nu * sinh));
        return thicknessMetres / (kappa + sigma) * bracket;
    }

    /// <summary>Resistance at direct current per electrode area, Ω m²; y is the reciprocal of the charge-transfer resistance per particle area.</summary>
    public static double Resistance(double thicknessMetres, double ionicSiemensPerMetre, double electronicSiemensPerMetre, double areaPerVolume, double admittancePerArea)
    {
        double kappa = ionicSiemensPerMetre, sigma = electronicSiemensPerMetre;
        double nu = Math.Sqrt(areaPerVolume * admittancePerArea * thicknessMetres * thicknessMetres * ((1 / kappa) + (1 / sigma)));
        double decay = Math.Exp(-2 * nu);
        double sinh = -0.5 * double.ExpM1(-2 * nu), cosh = 0.5 * (1 + decay);
        double bracket = 1 + (((2 * Math.Exp(-nu)) + (((sigma / kappa) + (kappa / sigma)) * cosh)) / (nu * sinh));
        return thicknessMetres / (kappa + sigma) * bracket;
    }
}
