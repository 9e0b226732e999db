using Isobar.Cells;
using Isobar.Lab.Files;
using Xunit;

namespace Isobar.Lab.Tests.Files;

public class ExampleCellTests
{
    [Fact]
    public void The_lithium_example_is_read_as_it_stands_in_the_file()
    {
        Cell cell = CellFile.Read(Example("nmc811-lpscl-li"), BuiltInMaterials.Library);
        Assert.Equal("CI@S-NMC811 | Li6PS5Cl-CL | Li", cell.Name);
        Assert.Equal([LayerRole.CathodeComposite, LayerRole.Separator, LayerRole.Separator, LayerRole.Anode], cell.Layers.Select(layer => layer.Role));
        Assert.Equal("LiNbO3", cell.Cathode.Composition[0].Coating?.Name);
        Assert.Equal(0.70, cell.Cathode.Composition[0].MassFraction, 1e-12);
        Assert.Equal(12, cell.Cathode.Mass.Value.Milligrams, 1e-9);
        Assert.Equal(0.1, cell.Cathode.Mass.StandardUncertainty.Milligrams, 1e-9);
        Assert.True(cell.Anode.IsFoil);
        // 100 µm of lithium on 0.7854 cm²: 0.534 g/cm³ · 7.854e-3 cm³ = 4.19 mg, ±5 % from the thickness and ±0.4 % from the die.
        Assert.Equal(4.194, cell.Anode.Mass.Value.Milligrams, 0.001);
        Assert.Equal(0.0502, cell.Anode.Mass.Si.RelativeUncertainty, 1e-4);
        Assert.Equal(49033.25, cell.Press.Capacity.Newtons, 1e-6);
        Assert.Equal(1.5e6, cell.Fixture.Stiffness!.Value.Value.NewtonsPerMetre, 1e-6);
        Assert.Equal(0.2, cell.Die.WallFriction.Value.Value, 1e-12);
    }

    [Fact]
    public void The_indium_example_has_a_fixture_of_unknown_stiffness_and_a_dial_gauge()
    {
        Cell cell = CellFile.Read(Example("nmc811-argyrodite-inli"), BuiltInMaterials.Library);
        Assert.Null(cell.Fixture.Stiffness);
        Assert.Equal(GaugeClassBasis.FullScale, cell.Press.ClassBasis);
        // 10 mg/cm² on 1.3273 cm².
        Assert.Equal(13.27, cell.Cathode.Mass.Value.Milligrams, 0.01);
        Assert.Equal("inli", cell.Anode.Composition[0].Material.Id);
    }

    internal static string Example(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "examples", name, "cell.yaml");
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException($"examples/{name}/cell.yaml is not above {AppContext.BaseDirectory}");
    }
}
