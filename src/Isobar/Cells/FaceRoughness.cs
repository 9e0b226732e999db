using Isobar.Quantities;

namespace Isobar.Cells;

/// <summary>Roughness of the separator's face against an anode foil: isotropic and self-affine between two wavelengths, as a profilometer sees it.</summary>
/// <param name="RmsHeight">Root mean square height.</param>
/// <param name="LongestWave">Longest wavelength: that of the press marks, or the field of the instrument.</param>
/// <param name="ShortestWave">Shortest wavelength: about the size of a grain.</param>
/// <param name="Hurst">Hurst exponent, 0 to 1.</param>
public sealed record FaceRoughness(Estimate<Length> RmsHeight, Length LongestWave, Length ShortestWave, double Hurst);
