using Isobar.Cells;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Turns the loading or the thickness of a layer into its mass.</summary>
internal static class LayerAmount
{
    /// <summary>Mass = loading × die area. A loading without ± is a weighing over the area: the balance decides.</summary>
    public static Estimate<Mass> FromLoading(Measured<ArealMass> loading, Die die)
    {
        double mass = loading.Value.KilogramsPerSquareMetre * die.Area.SquareMetres;
        double own = loading.StandardUncertainty is { } u ? u.KilogramsPerSquareMetre * die.Area.SquareMetres : CellDefaults.MassUncertainty.Kilograms;
        return new Estimate<Mass>(new Mass(mass), new Mass(Math.Sqrt((own * own) + Square(mass * AreaUncertainty(die)))));
    }

    /// <summary>
    /// Mass = thickness × area × density. A foil has no pores. A powder layer has its thickness after pressing at
    /// <see cref="CellDefaults.ThicknessPressure"/> and release; its porosity is that of the electrolyte in it, by volume when there are
    /// several, because the soft electrolyte decides how a composite densifies; the between-laboratory scatter of density goes into the uncertainty.
    /// </summary>
    public static Estimate<Mass> FromThickness(FileNode node, Layer layer, Die die)
    {
        Measured<Length> thickness = node.PositiveMeasured<Length>("the thickness");
        double relativeDensity = 1, densityUncertainty = 0;
        if (!layer.IsFoil) (relativeDensity, densityUncertainty) = PressedDensity(node, layer, die);
        double mass = thickness.Value.Metres * die.Area.SquareMetres * relativeDensity * layer.SolidDensity.KilogramsPerCubicMetre;
        Length spread = thickness.StandardUncertainty ?? CellDefaults.ThicknessUncertainty;
        double relative = Math.Sqrt(Square(spread / thickness.Value) + Square(densityUncertainty / relativeDensity) + Square(AreaUncertainty(die)));
        return new Estimate<Mass>(new Mass(mass), new Mass(mass * relative));
    }

    private static (double RelativeDensity, double Uncertainty) PressedDensity(FileNode node, Layer layer, Die die)
    {
        SamplePressure pressure = CellDefaults.ThicknessPressure;
        if (pressure > die.Limit)
        {
            throw node.Error(
                $"the thickness of a powder layer is meant after pressing at {pressure}, and the die is limited to {die.Limit}",
                "a mass or an areal loading", "weigh the powder and give 'mass: ...'");
        }

        double volume = 0, density = 0, scatter = 0;
        foreach (Component component in layer.Composition)
        {
            Material material = component.Material;
            if (material.Kind != MaterialKind.Electrolyte) continue;
            double share = component.MassFraction / material.Get(MaterialConstants.CrystalDensity).Value.KilogramsPerCubicMetre;
            volume += share;
            density += share * (1 - LawOf(material).Porosity(0, pressure.Pascals));
            scatter += share * material.Get(MaterialConstants.DensityScatter).Value.Value;
        }

        if (volume == 0)
        {
            throw node.Error($"the layer '{layer.Name}' has no electrolyte whose pellet law would give its porosity", "a mass or an areal loading", "weigh the powder and give 'mass: ...'");
        }

        return (density / volume, scatter / volume);
    }

    private static CompactionLaw LawOf(Material material) => new(
        material.Get(MaterialConstants.PouredPorosity).Value.Value,
        material.Get(MaterialConstants.CompactionPressure).Value.Pascals,
        material.Get(MaterialConstants.CompactionExponent).Value.Value,
        CompactionLaw.ConfinedModulus(material.Get(MaterialConstants.YoungsModulus).Value.Pascals, material.Get(MaterialConstants.PoissonRatio).Value.Value),
        material.Get(MaterialConstants.ModulusPorosityExponent).Value.Value);

    private static double AreaUncertainty(Die die) => 2 * die.Diameter.Si.RelativeUncertainty;

    private static double Square(double x) => x * x;
}
