using System.Collections.Immutable;
using Isobar.Electrochemistry;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>What a plan is worth in capacity: discharges after its pressures against discharges after the habitual ones.</summary>
/// <param name="Rates">One entry per C-rate, slow before fast; empty when something is missing.</param>
/// <param name="Habit">The habitual pressures it is held against.</param>
/// <param name="HabitShortRisk">Share of cells expected to short at the habitual pressures within the duty; zero where nothing is known.</param>
/// <param name="Notes">What the numbers leave out.</param>
/// <param name="Missing">Why there are no numbers and what would give them; null when there are.</param>
public sealed record RateOutlook(ImmutableArray<RateComparison> Rates, CellPressures Habit, Fraction HabitShortRisk, ImmutableArray<string> Notes, string? Missing);

/// <summary>Areal discharge capacity at one C-rate; 1C empties the nominal areal capacity in an hour.</summary>
/// <param name="CRate">C-rate.</param>
/// <param name="Chosen">After the pressures of the plan, C/m².</param>
/// <param name="Habit">After the habitual pressures, C/m².</param>
/// <param name="Gain">What the plan gains on habit, of the habitual capacity, taken cell by cell so that common unknowns cancel; infinite where habit delivers nothing.</param>
public sealed record RateComparison(double CRate, BandedValue Chosen, BandedValue Habit, BandedValue Gain);
