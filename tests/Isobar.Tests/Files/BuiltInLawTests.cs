using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics;
using Xunit;

namespace Isobar.Tests.Files;

/// <summary>The built-in constants reproduce the published rows they were derived from.</summary>
public class BuiltInLawTests
{
    [Theory]
    [InlineData(10, 0.2988)]
    [InlineData(50, 0.1977)]
    [InlineData(150, 0.1201)]
    [InlineData(300, 0.0713)]
    public void The_chlorine_rich_argyrodite_follows_its_loading_curve(double pressureMpa, double porosity) =>
        // 0.006 is the noise of a porosity of this kind.
        Assert.Equal(porosity, LawOf("li5.5ps4.5cl1.5").LoadedPorosity(pressureMpa * 1e6), 0.006);

    [Theory]
    [InlineData("li6ps5cl-annealed", 194.69, 0.790, 0.015)]
    [InlineData("li6ps5cl-annealed", 365, 0.840, 0.015)]
    [InlineData("li6ps5cl-ball-milled", 194.69, 0.737, 0.003)]
    [InlineData("li6ps5cl-ball-milled", 389.30, 0.806, 0.003)]
    [InlineData("75li2s-25p2s5-glass", 150, 0.75, 0.02)]
    [InlineData("75li2s-25p2s5-glass", 350, 0.90, 0.02)]
    [InlineData("li3ycl6", 100, 0.65, 0.02)]
    [InlineData("li3ycl6", 350, 0.79, 0.02)]
    public void Released_pellets_have_the_published_density(string id, double pressureMpa, double density, double tolerance) =>
        Assert.Equal(density, 1 - LawOf(id).Porosity(0, pressureMpa * 1e6), tolerance);

    [Theory]
    [InlineData(50, 0.3374)]
    [InlineData(200, 0.2325)]
    [InlineData(400, 0.1400)]
    public void Nmc622_alone_follows_its_loading_curve(double pressureMpa, double porosity) =>
        Assert.Equal(porosity, LawOf("nmc622-poly").LoadedPorosity(pressureMpa * 1e6), 0.006);

    [Theory]
    [InlineData(5, 53.3, 1.0)]
    [InlineData(25, 4.9, 1.0)]
    public void Lithium_contact_follows_the_first_loading_of_a_symmetric_cell(double pressureMpa, double ohmSquareCentimetres, double tolerance)
    {
        Material lithium = BuiltInMaterials.Library.Find("lithium");
        double contact = lithium.Get(MaterialConstants.ContactResistance).Si.Value * Math.Pow(pressureMpa, -lithium.Get(MaterialConstants.ContactExponent).Si.Value);
        Assert.Equal(ohmSquareCentimetres, 1e4 * (contact + lithium.Get(MaterialConstants.InterfaceResistance).Si.Value), tolerance);
    }

    private static CompactionLaw LawOf(string id)
    {
        Material material = BuiltInMaterials.Library.Find(id);
        return new CompactionLaw(
            material.Get(MaterialConstants.PouredPorosity).Si.Value,
            material.Get(MaterialConstants.CompactionPressure).Si.Value,
            material.Get(MaterialConstants.CompactionExponent).Si.Value,
            CompactionLaw.ConfinedModulus(material.Get(MaterialConstants.YoungsModulus).Si.Value, material.Get(MaterialConstants.PoissonRatio).Si.Value),
            material.Get(MaterialConstants.ModulusPorosityExponent).Si.Value);
    }
}
