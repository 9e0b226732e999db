using Isobar.Cells;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// The one place where pressure enters the half cell: it takes from the state of contact everything that pressing decides and leaves to the chemistry
/// what pressing does not touch.
/// <para>Of the contact: L_cat, ε_AM, κ, σ, θ_c and f_iso of the pressed cathode; L_sep and κ_SE of the separator; θ_a = R_∞/R of the anode's contact
/// with j₀a = R·T/(F·R_∞); R_c of the collector. Of the chemistry: U(x), D, x₀, the voltage limits and whether the current spreads inside partly covered
/// particles. Of the cell's materials: R_p, j₀c, double layers, the potential of the anode, and the reversible capacity Q, which fixes
/// c_max = Q/[F·ε_AM·L_cat·(x_end − x₀)] with the curve's end x_end: what a host holds in a solid-state cell is less than its crystal could.</para>
/// <para>Validity: that of the models behind the state; where one was asked outside its range, <see cref="CellState.Extrapolated"/> says so.</para>
/// </summary>
public static class ContactMapping
{
    // Relative permittivity of pressed argyrodite pellets: 3-6·10⁻¹¹ F for 1 cm² and 1 mm is about 40 (Singh 2022, 10.1016/j.xcrp.2022.101043).
    private const double RelativePermittivity = 40;

    /// <summary>The half cell of a cell in a state of contact.</summary>
    /// <param name="cell">The cell's definite constants.</param>
    /// <param name="state">Its state after a history of pressures.</param>
    /// <param name="chemistry">What pressing does not decide; its anode potential is added to that of the cell's anode.</param>
    /// <exception cref="UnsupportedCellException">The anode's material does not state its potential, or the cathode has no path for ions or electrons.</exception>
    public static HalfCellParameters Apply(CellParameters cell, CellState state, HalfCellParameters chemistry)
    {
        if (double.IsNaN(cell.Anode.PotentialVolts))
        {
            throw new UnsupportedCellException("the anode's material does not state its equilibrium potential; give it under 'materials:' as 'electrode_potential: 0.62 V ± 5 mV'");
        }

        if (!IsConnected(state)) throw new UnsupportedCellException("the cathode has no path for ions or electrons in this state of contact and carries no current; more electrolyte or more pressure makes one");
        int cathode = cell.Roles.IndexOf(LayerRole.CathodeComposite);
        LayerState composite = state.Layers[cathode];
        double separator = 0;
        for (int i = 0; i < cell.Roles.Length; i++)
        {
            if (cell.Roles[i] == LayerRole.Separator) separator += state.Layers[i].ThicknessMetres;
        }

        double fullContact = cell.Anode.Contact.FullContactOhmSquareMetres;
        double activeFraction = cell.Cathode.ActiveShare * composite.RelativeDensity;
        double filled = chemistry.OpenCircuit.Highest - chemistry.InitialStoichiometry;
        return chemistry with
        {
            MaximumMolesPerCubicMetre = cell.Cathode.CapacityCoulombsPerSquareMetre / (HalfCellParameters.Faraday * activeFraction * composite.ThicknessMetres * filled),
            CathodeThicknessMetres = composite.ThicknessMetres,
            ActiveFraction = activeFraction,
            ElectrolyteFraction = cell.Cathode.ElectrolyteShare * composite.RelativeDensity,
            CathodeIonicSiemensPerMetre = composite.IonicSiemensPerMetre,
            CathodeElectronicSiemensPerMetre = state.CathodeElectronicSiemensPerMetre,
            CathodeContactFraction = state.Coverage,
            IsolatedFraction = state.IsolatedShare,
            Classes = [],
            SeparatorThicknessMetres = separator,
            SeparatorSiemensPerMetre = separator / state.SeparatorOhmSquareMetres,
            SeparatorPermittivity = RelativePermittivity,
            AnodeContactFraction = fullContact / state.AnodeOhmSquareMetres,
            AnodeExchangeAmperesPerSquareMetre = HalfCellParameters.GasConstant * cell.Kelvins / (HalfCellParameters.Faraday * fullContact),
            AnodeDoubleLayerFaradsPerSquareMetre = cell.Anode.DoubleLayerFaradsPerSquareMetre,
            AnodeVolts = cell.Anode.PotentialVolts + chemistry.AnodeVolts,
            CollectorOhmSquareMetres = state.CollectorOhmSquareMetres,
            ParticleRadiusMetres = cell.Cathode.ParticleRadiusMetres,
            CathodeExchangeAmperesPerSquareMetre = cell.Cathode.ExchangeAmperesPerSquareMetre,
            // The material's double layer is per covered area, the half cell's per area of particles.
            DoubleLayerFaradsPerSquareMetre = cell.Cathode.DoubleLayerFaradsPerSquareMetre * state.Coverage,
            Kelvins = cell.Kelvins,
            AreaSquareMetres = cell.AreaSquareMetres,
        };
    }

    /// <summary>Whether ions and electrons find their way through the cell in this state, so that it carries a current at all.</summary>
    public static bool IsConnected(CellState state) => double.IsFinite(state.TotalOhmSquareMetres) && state.Coverage > 0 && state.IsolatedShare < 1;
}
