namespace Isobar.Mechanics.Pellets;

/// <summary>A predicted value with the band that holds the next measurement in nine cases of ten.</summary>
/// <param name="Value">Best value, SI.</param>
/// <param name="Low90">Lower end of the band.</param>
/// <param name="High90">Upper end of the band.</param>
/// <param name="Extrapolated">Whether the pressure lies outside of what was calibrated, or of the range of the laws when nothing was.</param>
public readonly record struct BandedValue(double Value, double Low90, double High90, bool Extrapolated);
