using System.Collections.Immutable;
using System.Numerics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>Impedance of a half cell split as a reference electrode in the separator would, per electrode area, Ω m².</summary>
/// <param name="Cathode">Composite, collector contact and external resistance.</param>
/// <param name="Separator">Separator.</param>
/// <param name="Anode">Anode with its constriction.</param>
public readonly record struct ImpedanceSplit(Complex Cathode, Complex Separator, Complex Anode)
{
    /// <summary>The whole cell, Ω m².</summary>
    public Complex Total => Cathode + Separator + Anode;
}

/// <summary>
/// Small-signal impedance of the half cell at equilibrium and uniform stoichiometry, in closed form.
/// <para>Z = R_cc(‖C_cc) + R_ext + Z_pe + L_sep/κ_SE(‖ε) + Z_a; Z_pe that of <see cref="PorousElectrode"/> with a·y = Σ_c a_c·y_c,
/// y = C_dl·(jω)^α + 1/(ρ_f + ρ_ct + Z_d), ρ_ct = RT/(F·θ_c·j0(x)), Z_d = (−U′/c_max)·(R_p·f(s) + ℓ_c)/(F·D),
/// f = tanh s/(s − tanh s), s = R_p·√(jω/D); Z_a = 1/(C_a·(jω)^α + F·θ_a·j0a/(RT)) + R_sp(‖ε).</para>
/// <para>Validity: linear response. Contact, exchange current and particle size enter a·y as a product: one spectrum cannot tell them apart.
/// Sources: J. Bisquert, Phys. Chem. Chem. Phys. 2 (2000) 4185, 10.1039/b001708f; T. Jacobsen, K. West, Electrochim. Acta 40 (1995) 255,
/// 10.1016/0013-4686(94)E0192-3. Under current, and after one, <see cref="HalfCellSolver.ImpedanceAfter"/> solves for the profile.</para>
/// </summary>
public static class HalfCellImpedance
{
    /// <summary>Impedance at equilibrium at x0.</summary>
    /// <exception cref="HalfCellException">A parameter lies outside its limits.</exception>
    public static ImpedanceSplit AtEquilibrium(HalfCellParameters cell, double hertz) => AtEquilibrium(cell, new ReadOnlySpan<double>(in hertz))[0];

    /// <summary>Impedance at equilibrium at x0 over many frequencies.</summary>
    /// <exception cref="HalfCellException">A parameter lies outside its limits.</exception>
    public static ImmutableArray<ImpedanceSplit> AtEquilibrium(HalfCellParameters cell, ReadOnlySpan<double> hertz)
    {
        var model = new EquilibriumImpedance(cell);
        var result = ImmutableArray.CreateBuilder<ImpedanceSplit>(hertz.Length);
        foreach (double each in hertz) result.Add(model.At(Checked(each)));
        return result.MoveToImmutable();
    }

    /// <summary>
    /// Derivatives of the total by every scalar parameter, in the order of <see cref="HalfCellSymbols.All"/>, Ω m² per unit of the parameter; 0 where a
    /// parameter does not act. U″ and the slope of D(x) at x0 are differences of the curves.
    /// </summary>
    /// <exception cref="HalfCellException">A parameter lies outside its limits.</exception>
    public static ImmutableArray<Complex> Sensitivities(HalfCellParameters cell, double hertz) => new EquilibriumImpedance(cell).Sensitivities(Checked(hertz));

    internal static double Checked(double hertz) =>
        hertz > 0 && double.IsFinite(hertz) ? hertz : throw new ArgumentOutOfRangeException(nameof(hertz), hertz, "a frequency is positive and finite, in Hz");
}
