using Isobar.Quantities;

namespace Isobar.Electrochemistry.Cycling;

/// <summary>One cycle of a cell.</summary>
/// <param name="Number">The cycler's number, or counted from 1.</param>
/// <param name="Charge">Its charging; null when it has none.</param>
/// <param name="Discharge">Its discharging; null when it has none.</param>
/// <param name="CoulombicEfficiency">
/// Charge given back by the discharge over the charge that went in directly before it, in this cycle or, where cycles begin with the discharge, in the
/// one before; null where there is none. It is never the other way round, whatever electrode is called working.
/// </param>
/// <param name="EnergyEfficiency">The same of the energies.</param>
/// <param name="Complete">Whether the cycle has both halves and was not cut off by the end of the data.</param>
public sealed record Cycle(int Number, HalfCycle? Charge, HalfCycle? Discharge, Estimate? CoulombicEfficiency, double? EnergyEfficiency, bool Complete);
