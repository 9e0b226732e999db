namespace Isobar.Electrochemistry.HalfCell;

/// <summary>What the mechanics needs to know of a cell at work to say how it breathes.</summary>
/// <param name="TimeSeconds">Time since the start of the run, s.</param>
/// <param name="MeanStoichiometry">Mean stoichiometry of the connected active material.</param>
/// <param name="DischargedCoulombsPerSquareMetre">Net charge since the start of the run, positive when discharged: lithium that left the anode for the cathode, C/m².</param>
/// <param name="AmperesPerSquareMetre">Current density, positive on discharge, A/m².</param>
public readonly record struct BreathingState(double TimeSeconds, double MeanStoichiometry, double DischargedCoulombsPerSquareMetre, double AmperesPerSquareMetre);

/// <summary>What the stack pressure decides in the cell, at one moment.</summary>
/// <param name="StackPressurePa">Stack pressure, Pa.</param>
/// <param name="CathodeContactFactor">Factor on θ_c of every particle class; the product may not pass 1.</param>
/// <param name="CathodeIonicSiemensPerMetre">κ, S/m.</param>
/// <param name="CathodeElectronicSiemensPerMetre">σ, S/m.</param>
/// <param name="SeparatorSiemensPerMetre">κ_SE, S/m.</param>
/// <param name="AnodeContactFraction">θ_a.</param>
/// <param name="CollectorOhmSquareMetres">R_cc, Ω m².</param>
public readonly record struct ContactTerms(
    double StackPressurePa,
    double CathodeContactFactor,
    double CathodeIonicSiemensPerMetre,
    double CathodeElectronicSiemensPerMetre,
    double SeparatorSiemensPerMetre,
    double AnodeContactFraction,
    double CollectorOhmSquareMetres)
{
    /// <summary>The terms that parameters already hold, at a stack pressure that is not known to them.</summary>
    public static ContactTerms Of(HalfCellParameters cell, double stackPressurePa) => new(
        stackPressurePa,
        1,
        cell.CathodeIonicSiemensPerMetre,
        cell.CathodeElectronicSiemensPerMetre,
        cell.SeparatorSiemensPerMetre,
        cell.AnodeContactFraction,
        cell.CollectorOhmSquareMetres);
}

/// <summary>
/// How the state of contact follows a cell at work: the fixture turns a change of thickness into a change of stack pressure, that into contact.
/// Asked at the end of each time step with the charge that has passed by then, in the order of time; a step that is refused and taken again
/// shorter asks again. The answer must depend on the state given and, at most, on states committed before it.
/// </summary>
public interface IContactFeedback
{
    /// <summary>The state of contact.</summary>
    ContactTerms At(in BreathingState state);

    /// <summary>The cell has arrived at this state for good; a law with memory takes note of it.</summary>
    void Commit(in BreathingState state);
}
