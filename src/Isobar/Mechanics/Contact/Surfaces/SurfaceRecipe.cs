using Isobar.Quantities;

namespace Isobar.Mechanics.Contact.Surfaces;

/// <summary>
/// A recipe for a periodic, self-affine random surface that anybody can repeat to the last digits.
/// <para>h(x, y) = Σ 2A(k)·cos(2π(kₓx + k_y y)/L + φ(k)) over the half plane k_y > 0 or (k_y = 0 and kₓ > 0) of whole wave numbers with
/// kLow ≤ |k| ≤ kHigh; A(k) = c·max(|k|, kRolloff)^−(1 + H). The phase φ depends on kₓ, k_y and the seed alone, through a 64-bit
/// hash, so that every number of points samples one and the same continuous surface. c makes the rms gradient (or the rms height)
/// exact: Σ 2A²(2π|k|/L)² = g².</para>
/// <para>Symbols: L side length; H Hurst exponent, 0 to 1; k wave number in cycles per side; g rms gradient, 1. With an anisotropy r above 1,
/// |k| is measured on an ellipse, √(r·k_∥² + k_⊥²/r), so that the surface is r times longer along the lay than across it.</para>
/// <para>Self-affine spectra: T. D. B. Jacobs, T. Junge, L. Pastewka, Surf. Topogr.: Metrol. Prop. 5 (2017) 013001, 10.1088/2051-672X/aa51f8.</para>
/// </summary>
/// <param name="Size">Side length L in m; a plain number in a problem of reduced units.</param>
/// <param name="Points">Points along a side.</param>
/// <param name="Hurst">Hurst exponent H.</param>
/// <param name="KLow">Smallest wave number.</param>
/// <param name="KRolloff">Wave number below which the spectrum is flat.</param>
/// <param name="KHigh">Largest wave number.</param>
/// <param name="Seed">Seed of the phases.</param>
/// <param name="Roughness">What <paramref name="Amount"/> fixes.</param>
/// <param name="Amount">The exact rms gradient, or the exact rms height in the unit of <paramref name="Size"/>.</param>
public sealed record SurfaceRecipe(
    double Size, int Points, double Hurst, double KLow, double KRolloff, double KHigh, ulong Seed, RecipeRoughness Roughness, double Amount)
{
    /// <summary>Largest wave number that the hash of the phases tells apart.</summary>
    public const int LargestWaveNumber = 32767;

    /// <summary>Largest number of points along a side.</summary>
    public const int LargestPoints = 16384;

    /// <summary>How many times longer the surface is along its lay than across; 1 is isotropic.</summary>
    public double Anisotropy { get; init; } = 1;

    /// <summary>Direction of the lay, radians from the first axis (the slow index) towards the second.</summary>
    public double LayRadians { get; init; }

    /// <summary>Points of the grid per shortest wavelength.</summary>
    public double PointsPerShortestWavelength => Points / (KHigh * Math.Sqrt(Anisotropy));

    /// <summary>What is wrong with the recipe and what would be right; null when nothing is.</summary>
    public (string Key, string Found, string Expected)? Fault()
    {
        if (!(Size > 0) || !double.IsFinite(Size)) return ("size", $"a size of {Quantity.Number(Size)}", "a size above zero");
        if (Points is < 4 or > LargestPoints) return ("points", $"{Points} points along a side", $"4 to {LargestPoints} points");
        if (!(Hurst is >= 0 and <= 1)) return ("hurst", $"a Hurst exponent of {Quantity.Number(Hurst)}", "a Hurst exponent between 0 and 1");
        if (!(KLow is >= 1 and <= LargestWaveNumber)) return ("kLow", $"kLow = {Quantity.Number(KLow)}", "kLow from 1 on, in cycles per side");
        if (!(KHigh >= KLow)) return ("kHigh", $"kHigh = {Quantity.Number(KHigh)} below kLow = {Quantity.Number(KLow)}", "kHigh not below kLow");
        if (!(KHigh * Math.Sqrt(Anisotropy) <= LargestWaveNumber)) return ("kHigh", $"kHigh = {Quantity.Number(KHigh)}", $"kHigh up to {LargestWaveNumber}");
        if (!(KRolloff >= KLow && KRolloff <= KHigh)) return ("kRolloff", $"kRolloff = {Quantity.Number(KRolloff)}", "kRolloff between kLow and kHigh");
        if (!(Amount > 0) || !double.IsFinite(Amount)) return (Roughness == RecipeRoughness.Gradient ? "rmsGradient" : "rmsHeight", $"a roughness of {Quantity.Number(Amount)}", "a roughness above zero");
        if (!(Anisotropy is >= 1 and <= 100)) return ("anisotropy", $"an anisotropy of {Quantity.Number(Anisotropy)}", "an anisotropy between 1 and 100");
        return double.IsFinite(LayRadians) ? null : ("lay", "a lay that is not a number", "an angle");
    }
}

/// <summary>What the amount of roughness in a recipe is.</summary>
public enum RecipeRoughness
{
    /// <summary>The rms gradient, a plain number.</summary>
    Gradient,

    /// <summary>The rms height.</summary>
    Height,
}
