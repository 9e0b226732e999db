using Isobar.Numerics;

namespace Isobar.Mechanics;

/// <summary>State of a random packing of equal plastic spheres at a relative density.</summary>
/// <param name="RelativeDensity">D.</param>
/// <param name="TruncatedRadius">R″, radius of a sphere that has taken up the material displaced at its contacts, in units of the poured radius.</param>
/// <param name="ContactArea">a·Z, contact area of one sphere over the square of its radius at this density.</param>
/// <param name="Coordination">Z, contacts per sphere.</param>
/// <param name="Extrapolated">Whether D lies outside 0.64 to 0.90, where contacts begin to touch each other.</param>
public readonly record struct SpherePacking(
    double RelativeDensity, double TruncatedRadius, double ContactArea, double Coordination, bool Extrapolated)
{
    /// <summary>a, mean area of one contact over the square of the radius.</summary>
    public double AreaPerContact => ContactArea / Coordination;
}

/// <summary>
/// Densification of randomly packed equal spheres that flow at their contacts, in closed form.
/// <para>The spheres grow about fixed centres from D₀ = 0.64 (Z₀ = 7.3 contacts, slope C = 15.5 of the radial distribution) to
/// R′ = (D/D₀)^(1/3); the material in the overlaps is spread over the free surface, which gives
/// R″ = R′ + [4Z₀(R′−1)²(2R′+1) + C(R′−1)³(3R′+1)]/(12R′[4R′ − 2Z₀(R′−1) − C(R′−1)²]). The contact area of one sphere is
/// aZ = π/(3R′²)·[3(R″²−1)Z₀ + R″²(2R″−3)C + C], its contacts Z = Z₀ + 9.5(D−D₀), + 881(D−0.85)³ above 0.85.</para>
/// <para>A contact flows at three times the yield stress and carries 4πR²P/(Z·D), hence P = aZ·D·3σ_y/(4π) under isostatic pressure.</para>
/// <para>Validity: 0.64 ≤ D ≤ 0.90, isostatic, equal spheres, no hardening. In a die, discrete-element compaction agrees within 20 % up to 0.85.
/// No constant σ_y follows a measured argyrodite curve: the apparent value rises about fourfold from D 0.70 to 0.96.
/// Sources: E. Arzt, Acta Metall. 30 (1982) 1883, 10.1016/0001-6160(82)90028-1; H. F. Fischmeister, E. Arzt, Powder Metall. 26 (1983) 82.</para>
/// </summary>
public static class ArztDensification
{
    /// <summary>D₀, relative density of the random dense packing that densification starts from.</summary>
    public const double PouredDensity = 0.64;

    /// <summary>Highest relative density of strict validity; above it neighbouring contacts impinge.</summary>
    public const double HighestValidDensity = 0.90;

    private const double PouredContacts = 7.3;
    private const double RadialSlope = 15.5;

    /// <summary>The packing at a relative density between D₀ and 1.</summary>
    public static SpherePacking At(double relativeDensity)
    {
        if (relativeDensity is not (>= PouredDensity and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(relativeDensity), relativeDensity, "the closed form starts at the random dense packing of 0.64 and ends at 1");
        }

        double grown = Math.Cbrt(relativeDensity / PouredDensity), growth = grown - 1;
        double displaced = (4 * PouredContacts * growth * growth * ((2 * grown) + 1)) + (RadialSlope * growth * growth * growth * ((3 * grown) + 1));
        double free = (4 * grown) - (2 * PouredContacts * growth) - (RadialSlope * growth * growth);
        double truncated = grown + (displaced / (12 * grown * free));
        double square = truncated * truncated;
        double area = Math.PI / (3 * grown * grown)
            * ((3 * (square - 1) * PouredContacts) + (square * ((2 * truncated) - 3) * RadialSlope) + RadialSlope);
        return new SpherePacking(relativeDensity, truncated, area, Coordination(relativeDensity), relativeDensity > HighestValidDensity);
    }

    /// <summary>Isostatic pressure at a relative density, Pa.</summary>
    /// <param name="relativeDensity">D, 0.64 to 1.</param>
    /// <param name="yieldPa">σ_y of the sphere material, Pa; a third of its contact flow pressure.</param>
    public static double PressurePa(double relativeDensity, double yieldPa) =>
        At(relativeDensity).ContactArea * relativeDensity * 3 * yieldPa / (4 * Math.PI);

    /// <summary>The relative density at a pressure; the inverse of <see cref="PressurePa"/>.</summary>
    public static double RelativeDensity(double pressurePa, double yieldPa)
    {
        double highest = PressurePa(1, yieldPa);
        if (!(pressurePa >= 0 && pressurePa <= highest))
        {
            throw new ArgumentOutOfRangeException(nameof(pressurePa), pressurePa, $"the closed form is dense at {highest / 1e6:F0} MPa for this yield stress; ask between 0 and that");
        }

        return RootFinder.Bracketed(density => PressurePa(density, yieldPa) - pressurePa, PouredDensity, 1, 1e-12);
    }

    private static double Coordination(double relativeDensity)
    {
        double impinging = Math.Max(0, relativeDensity - 0.85);
        return PouredContacts + (9.5 * (relativeDensity - PouredDensity)) + (881 * impinging * impinging * impinging);
    }
}
