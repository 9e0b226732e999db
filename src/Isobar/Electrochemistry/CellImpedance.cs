using System.Numerics;
using Isobar.Cells;

namespace Isobar.Electrochemistry;

/// <summary>
/// Small-signal impedance of a cell in a state of contact, per electrode area.
/// <para>Z = R_cc + Σ R_sep/(1 + jωR_sep·C_sep) + R_a/(1 + jωR_a·C_a) + Z_pe(y), y = θ·(1/ρ_ct + jωC_dl), with the porous electrode of
/// <see cref="PorousElectrode"/> and the geometric capacitance C_sep = ε_r·ε₀/L. Diffusion in the particles is left out, so that the real part
/// tends to the direct-current resistance of <see cref="CellState"/> at low frequency.</para>
/// <para>Validity: equilibrium, linear response, 1 mHz-10 MHz.</para>
/// </summary>
public static class CellImpedance
{
    private const double VacuumPermittivity = 8.8541878128e-12;

    // Relative permittivity of pressed argyrodite pellets: 3-6·10⁻¹¹ F for 1 cm² and 1 mm is about 40 (Singh 2022, 10.1016/j.xcrp.2022.101043).
    private const double RelativePermittivity = 40;

    /// <summary>Z at a frequency, Ω m².</summary>
    public static Complex At(CellParameters cell, CellState state, double hertz)
    {
        Complex jOmega = new(0, 2 * Math.PI * hertz);
        Complex z = state.CollectorOhmSquareMetres;
        for (int i = 0; i < state.Layers.Length; i++)
        {
            if (cell.Roles[i] != LayerRole.Separator) continue;
            LayerState layer = state.Layers[i];
            z += Parallel(layer.ThicknessMetres / layer.IonicSiemensPerMetre, RelativePermittivity * VacuumPermittivity / layer.ThicknessMetres, jOmega);
        }

        double fraction = cell.Anode.Contact.FullContactOhmSquareMetres / state.AnodeOhmSquareMetres;
        z += Parallel(state.AnodeOhmSquareMetres, cell.Anode.DoubleLayerFaradsPerSquareMetre * fraction, jOmega);

        int index = cell.Roles.IndexOf(LayerRole.CathodeComposite);
        LayerState cathode = state.Layers[index];
        Complex y = state.Coverage * ((1 / CellState.ChargeTransferOhmSquareMetres(cell.Cathode, cell.Kelvins)) + (jOmega * cell.Cathode.DoubleLayerFaradsPerSquareMetre));
        return z + PorousElectrode.Impedance(
            cathode.ThicknessMetres,
            cathode.IonicSiemensPerMetre,
            state.CathodeElectronicSiemensPerMetre,
            CellState.ParticleAreaPerVolume(cell.Cathode, cathode.Porosity) * (1 - state.IsolatedShare),
            y);
    }

    private static Complex Parallel(double ohmSquareMetres, double faradsPerSquareMetre, Complex jOmega) =>
        ohmSquareMetres / (1 + (jOmega * ohmSquareMetres * faradsPerSquareMetre));
}
