using Isobar.Cells;
using Isobar.Mechanics;

namespace Isobar.Electrochemistry.HalfCell;

/// <summary>
/// The stack pressure of a cell that breathes in its fixture, and the contact that follows it: P = P₀ + k·Δh/A with
/// Δh = s·[Q·V_Li/F + (ΔV/V)·h_AM], s the state of charge, P₀ the pressure at which the discharged cell was clamped
/// (<see cref="Breathing"/>). Every layer keeps the largest pressure that it has seen.
/// <para>Validity: elastic fixture, thickness change proportional to charge; pores that take up part of it make the change smaller.</para>
/// </summary>
public sealed class FixtureFeedback : IContactFeedback
{
    private readonly CellParameters _cell;
    private readonly double _coverage;
    private readonly double _clampedPa;
    private readonly double _fullChargePa;
    private readonly double _capacity;
    private CellHistory _history;

    /// <summary>Clamps a discharged cell and charges it.</summary>
    /// <param name="cell">The cell's definite constants.</param>
    /// <param name="clamped">Its history up to the stack pressure in the fixture.</param>
    /// <param name="stiffnessNewtonsPerMetre">k of the fixture, N/m.</param>
    public FixtureFeedback(CellParameters cell, CellHistory clamped, double stiffnessNewtonsPerMetre)
    {
        _cell = cell;
        _clampedPa = clamped.Anode.PresentPa;
        _capacity = cell.Cathode.CapacityCoulombsPerSquareMetre;
        double plated = Breathing.PlatedMetres(_capacity, cell.Anode.PlatedCubicMetresPerMole);
        double shrunk = cell.Cathode.VolumeChange * cell.Cathode.ActiveShare * cell.Layers[cell.Roles.IndexOf(LayerRole.CathodeComposite)].SolidThicknessMetres;
        _fullChargePa = Breathing.PressureChangePa(plated + shrunk, stiffnessNewtonsPerMetre, cell.AreaSquareMetres);
        _coverage = CellState.After(cell, clamped).Coverage;
        _history = At(clamped, PressurePa(0));
    }

    /// <summary>Stack pressure of the charged cell, Pa.</summary>
    public double ChargedPa => PressurePa(0);

    /// <inheritdoc/>
    public ContactTerms At(in BreathingState state)
    {
        double pressure = PressurePa(state.DischargedCoulombsPerSquareMetre);
        CellState contact = CellState.After(_cell, At(_history, pressure));
        LayerState composite = contact.Layers[_cell.Roles.IndexOf(LayerRole.CathodeComposite)];
        double separator = 0;
        for (int i = 0; i < _cell.Roles.Length; i++)
        {
            if (_cell.Roles[i] == LayerRole.Separator) separator += contact.Layers[i].ThicknessMetres;
        }

        return new ContactTerms(
            pressure,
            contact.Coverage / _coverage,
            composite.IonicSiemensPerMetre,
            contact.CathodeElectronicSiemensPerMetre,
            separator / contact.SeparatorOhmSquareMetres,
            _cell.Anode.Contact.FullContactOhmSquareMetres / contact.AnodeOhmSquareMetres,
            contact.CollectorOhmSquareMetres);
    }

    /// <inheritdoc/>
    public void Commit(in BreathingState state) => _history = At(_history, PressurePa(state.DischargedCoulombsPerSquareMetre));

    // A fixture pushes and never pulls.
    private double PressurePa(double dischargedCoulombs) => Math.Max(0, _clampedPa + (_fullChargePa * (1 - (dischargedCoulombs / _capacity))));

    private static CellHistory At(CellHistory history, double pressurePa) =>
        new([.. history.Layers.Select(layer => layer.At(pressurePa))], history.Anode.At(pressurePa), history.Collector.At(pressurePa));
}
