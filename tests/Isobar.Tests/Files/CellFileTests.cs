using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Materials;
using Xunit;

namespace Isobar.Tests.Files;

public class CellFileTests
{
    internal const string Good = """
        isobar: cell/1
        name: test cell
        die: {diameter: 10 mm ± 0.02 mm, material: peek, limit: 500 MPa}
        press: {name: press, capacity: 5 t, gauge_class: 1 % of reading, resolution: 10 N}
        fixture: {kind: spring, stiffness: 1.5 N/µm}
        temperature: 25 °C
        collector: aluminium
        duty: {current: 0.5 mA/cm2, life: 500 h}
        layers:
          - name: cathode
            role: cathode composite
            composition: {nmc811-poly: 70 %, li6ps5cl-ball-milled: 30 %}
            mass: 12 mg
          - name: separator
            role: separator
            material: li6ps5cl-annealed
            mass: 60 mg
          - name: lithium
            role: anode
            material: lithium
            thickness: 100 µm
        """;

    [Fact]
    public void What_is_left_out_takes_the_documented_defaults()
    {
        Cell cell = Parse(Good);
        Assert.Equal(0.1, cell.Cathode.Mass.StandardUncertainty.Milligrams, 1e-12);
        Assert.Equal(CellDefaults.WallFriction, cell.Die.WallFriction);
        Assert.Equal(CellDefaults.LateralRatio, cell.Die.LateralRatio);
        Assert.Equal(0.2, cell.Fixture.Stiffness!.Value.Si.RelativeUncertainty, 1e-12);
        Assert.Equal(0.05, cell.Fixture.Repeatability.Value, 1e-12);
        Assert.Equal(0.01, cell.Press.Repeatability.Value, 1e-12);
        Assert.Equal(0.02 * cell.Press.Capacity.Newtons, cell.Press.LowestCalibrated.Newtons, 1e-6);
        // ±5 µm on 100 µm and twice ±0.02 mm on 10 mm.
        Assert.Equal(Math.Sqrt((0.05 * 0.05) + (0.004 * 0.004)), cell.Anode.Mass.Si.RelativeUncertainty, 1e-12);
    }

    [Fact]
    public void The_thickness_of_a_powder_means_pressed_at_375_MPa_and_released()
    {
        Cell cell = Parse(Good.With("mass: 60 mg", "thickness: 0.5 mm ± 0 mm"));
        Material material = BuiltInMaterials.Library.Find("li6ps5cl-annealed");
        Isobar.Mechanics.CompactionLaw law = new(
            0.43, 250e6, 0.467, Isobar.Mechanics.CompactionLaw.ConfinedModulus(22.1e9, 0.37), 10);
        double density = 1 - law.Porosity(0, 375e6);
        double expected = 0.5e-3 * cell.Die.Area.SquareMetres * density * 1860;
        Layer separator = cell.Separators.Single();
        Assert.Equal(expected, separator.Mass.Value.Kilograms, expected * 1e-12);
        double scatter = material.Get(MaterialConstants.DensityScatter).Value.Value / density;
        Assert.Equal(Math.Sqrt((scatter * scatter) + (0.004 * 0.004)), separator.Mass.Si.RelativeUncertainty, 1e-9);
    }

    [Fact]
    public void A_composite_by_thickness_takes_the_porosity_of_its_electrolyte()
    {
        Layer cathode = Parse(Good.With("mass: 12 mg", "thickness: 50 µm")).Cathode;
        Cell pure = Parse(Good.With("material: li6ps5cl-annealed", "material: li6ps5cl-ball-milled").With("mass: 60 mg", "thickness: 50 µm"));
        double electrolyte = pure.Separators.Single().Mass.Value.Kilograms / 1860;
        Assert.Equal(electrolyte * cathode.SolidDensity.KilogramsPerCubicMetre, cathode.Mass.Value.Kilograms, cathode.Mass.Value.Kilograms * 1e-12);
    }

    [Fact]
    public void A_loading_becomes_the_mass_on_the_area_of_the_die()
    {
        Layer cathode = Parse(Good.With("mass: 12 mg", "areal_loading: 10 mg/cm2 ± 0 mg/cm2")).Cathode;
        Assert.Equal(7.854, cathode.Mass.Value.Milligrams, 1e-3);
        Assert.Equal(0.004, cathode.Mass.Si.RelativeUncertainty, 1e-12);
    }

    [Fact]
    public void Shares_rounded_by_people_are_scaled_to_one()
    {
        Layer cathode = Parse(Good.With("70 %", "69.97 %")).Cathode;
        Assert.Equal(1, cathode.Composition.Sum(component => component.MassFraction), 1e-12);
    }

    [Fact]
    public void Own_constants_replace_the_built_in_ones_and_new_materials_are_like_known_ones()
    {
        string text = Good.With("nmc811-poly: 70 %", "my-nmc: 70 %") + """

            materials:
              my-nmc:
                like: nmc811-poly
                name: our NMC
                particle_size: 3 µm ± 0.5 µm
              li6ps5cl-annealed:
                dense_conductivity: {value: 3.2 mS/cm ± 8 %, source: "own pellets, 2026"}
            """;
        Cell cell = Parse(text);
        Material nmc = cell.Cathode.Composition.Single(component => component.Material.Kind == MaterialKind.ActiveMaterial).Material;
        Assert.Equal("our NMC", nmc.Name);
        Assert.Equal(3, nmc.Get(MaterialConstants.ParticleSize).Value.Micrometres, 1e-12);
        Assert.Contains("file.yaml", nmc.Require(MaterialConstants.ParticleSize).Source, StringComparison.Ordinal);
        Assert.Equal(200, nmc.Get(MaterialConstants.SpecificCapacity).Value.Si / 3600, 1e-9);
        Constant own = cell.Separators.Single().Composition[0].Material.Require(MaterialConstants.DenseConductivity);
        Assert.Equal(0.32, own.Estimate.Value, 1e-12);
        Assert.Equal("own pellets, 2026", own.Source);
        Assert.Equal(0.45, BuiltInMaterials.Library.Find("li6ps5cl-annealed").Get(MaterialConstants.DenseConductivity).Value.Si, 1e-12);
    }

    [Fact]
    public void A_coating_of_the_layer_belongs_to_its_active_material()
    {
        Layer cathode = Parse(Good.With("mass: 12 mg", "mass: 12 mg\n    coating: {name: LiNbO3, thickness: 10 nm}")).Cathode;
        Assert.Equal("LiNbO3", cathode.Composition.Single(component => component.Coating is not null).Coating!.Name);
        Assert.Equal(MaterialKind.ActiveMaterial, cathode.Composition.Single(component => component.Coating is not null).Material.Kind);
    }

    [Fact]
    public void The_ram_may_be_given_by_its_diameter()
    {
        Ram ram = Parse(Good.With("resolution: 10 N", "resolution: 10 N, ram: {diameter: 40 mm ± 0.1 mm}")).Press.Ram!;
        Assert.Equal(12.566, ram.Area.Value.SquareCentimetres, 1e-3);
        Assert.Equal(0.005, ram.Area.Si.RelativeUncertainty, 1e-12);
    }

    internal static Cell Parse(string text) => CellFile.Parse(text, "file.yaml", BuiltInMaterials.Library);
}
