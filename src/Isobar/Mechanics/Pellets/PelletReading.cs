using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// Relative density of a pellet from mass, thickness, die and the density without pores: D = m/(π d²/4·L·ρ₀), with
/// (u_D/D)² = (u_L/L)² + (u_m/m)² + (2·u_d/d)². The uncertainty of ρ₀ is not in it: every density of the powder refers to the same ρ₀.
/// </summary>
/// <param name="Mass">Mass of powder with its standard uncertainty.</param>
/// <param name="Diameter">Inner diameter of the die with its standard uncertainty.</param>
/// <param name="Thickness">Thickness with its standard uncertainty.</param>
/// <param name="Dense">Density without pores.</param>
public readonly record struct PelletReading(Estimate<Mass> Mass, Estimate<Length> Diameter, Estimate<Length> Thickness, MassDensity Dense)
{
    /// <summary>The relative density with its standard uncertainty.</summary>
    public Estimate<Fraction> RelativeDensity
    {
        get
        {
            double value = DenseThickness.Metres / Thickness.Value.Metres;
            double relative = Math.Sqrt(Square(ByThickness) + Square(ByMass) + Square(ByDiameter));
            return new Estimate<Fraction>(new Estimate(value, value * relative));
        }
    }

    /// <summary>The thickness that the same mass has without pores.</summary>
    public Length DenseThickness => new(Mass.Value.Kilograms / (Die.AreaOf(Diameter.Value).SquareMetres * Dense.KilogramsPerCubicMetre));

    /// <summary>u_L/L.</summary>
    public double ByThickness => Thickness.Si.RelativeUncertainty;

    /// <summary>u_m/m.</summary>
    public double ByMass => Mass.Si.RelativeUncertainty;

    /// <summary>2·u_d/d.</summary>
    public double ByDiameter => 2 * Diameter.Si.RelativeUncertainty;

    /// <summary>Whether the thickness carries more than half of the variance of the density.</summary>
    public bool ThicknessDominates => Square(ByThickness) > Square(ByMass) + Square(ByDiameter);

    /// <summary>"5 µm on 0.6 mm is 0.8 % in D, ...": what the reading can be trusted to and what would better it.</summary>
    public string Words
    {
        get
        {
            string uncertainty = Quantity.Format(Thickness.StandardUncertainty, 2), thickness = Quantity.Format(Thickness.Value, 2);
            string share = Quantity.Number(100 * ByThickness, 1);
            return ThicknessDominates
                ? $"{uncertainty} on {thickness} is {share} % in relative density, the largest part of its uncertainty; a finer gauge or a thicker pellet helps most"
                : $"{uncertainty} on {thickness} is {share} % in relative density; mass and die bore carry more";
        }
    }

    private static double Square(double x) => x * x;
}
