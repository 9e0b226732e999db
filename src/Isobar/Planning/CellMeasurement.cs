using Isobar.Impedance;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>What one measure step of a run gave.</summary>
/// <param name="StepName">Name of the step.</param>
/// <param name="Thickness">Thickness of everything in the die, with its standard uncertainty; null when it was not measured.</param>
/// <param name="Sweep">Impedance sweep per electrode area; null when none was taken.</param>
public sealed record CellMeasurement(string StepName, Estimate<Length>? Thickness, ArealSpectrum? Sweep);
