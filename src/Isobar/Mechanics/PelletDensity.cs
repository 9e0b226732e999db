using Isobar.Quantities;

namespace Isobar.Mechanics;

/// <summary>
/// Relative density of a pellet from mass and thickness, D = 4m/(π·d²·L·ρ₀), with the uncertainty of all four:
/// (u_D/D)² = (u_m/m)² + (2u_d/d)² + (u_L/L)² + (u_ρ/ρ)² (first order, independent). 5 µm on 0.6 mm is 0.8 % in D.
/// <para>Source: JCGM 100:2008, 5.1.</para>
/// </summary>
public static class PelletDensity
{
    /// <summary>D with its uncertainty; the porosity is 1 − D with the same uncertainty.</summary>
    /// <exception cref="ArgumentException">The mass does not fit between the punches even without pores, by more than two standard uncertainties.</exception>
    public static Estimate Of(Estimate<Mass> mass, Estimate<Length> thickness, Estimate<Length> diameter, Estimate<MassDensity> solidDensity)
    {
        foreach ((string name, double value) in new[] { ("mass", mass.Si.Value), ("thickness", thickness.Si.Value), ("diameter", diameter.Si.Value), ("density", solidDensity.Si.Value) })
        {
            if (!(value > 0)) throw new ArgumentOutOfRangeException(name, value, "a pellet has a mass, thickness, diameter and density above zero");
        }

        double area = Math.PI / 4 * diameter.Si.Value * diameter.Si.Value;
        double density = mass.Si.Value / (area * thickness.Si.Value * solidDensity.Si.Value);
        double relative = Math.Sqrt(
            Square(mass.Si.RelativeUncertainty) + Square(2 * diameter.Si.RelativeUncertainty)
            + Square(thickness.Si.RelativeUncertainty) + Square(solidDensity.Si.RelativeUncertainty));
        if (density * (1 - (2 * relative)) > 1)
        {
            throw new ArgumentException(
                $"a thickness of {Quantity.Format(thickness.Value)} gives a relative density of {Quantity.Number(density, 3)}: thinner than the pellet without pores, {Quantity.Format(new Length(density * thickness.Si.Value))}; check thickness, mass and die diameter",
                nameof(thickness));
        }

        return new Estimate(density, density * relative, Scale: density < 1 ? EstimateScale.Logit : EstimateScale.Linear);
    }

    private static double Square(double x) => x * x;
}
