using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Quantities;
using Isobar.Tests.Planning;
using Xunit;

namespace Isobar.Tests.Electrochemistry;

/// <summary>What a temperature does to charge transfer and contacts.</summary>
public sealed class ContactTemperatureTests
{
    private static readonly CellPressures s_pressures = new(370e6, 370e6, 25e6, 10e6);

    private static (CellParameters Cell, CellState State) At(double celsius)
    {
        Cell cell = ExampleCells.Read(ExampleCells.Lithium) with { Temperature = new Temperature(celsius + 273.15) };
        CellParameters best = CellResolver.Best(cell);
        return (best, CellState.After(best, CellHistory.Of(cell, s_pressures)));
    }

    [Fact]
    public void At_25_degrees_nothing_changes_to_the_last_bit()
    {
        Cell cell = ExampleCells.Read(ExampleCells.Lithium);
        InterfaceContact contact = At(25).Cell.Anode.Contact;
        Material metal = cell.Anode.Composition[0].Material;
        Assert.Equal(metal.Require(MaterialConstants.InterfaceResistance).Estimate.Value, contact.FullContactOhmSquareMetres, 0.0);
        Assert.Equal(metal.Require(MaterialConstants.ContactResistance).Estimate.Value, contact.AtOneMegapascalOhmSquareMetres, 0.0);
        Component active = cell.Cathode.Composition.Where(component => component.Material.Kind == MaterialKind.ActiveMaterial).MaxBy(component => component.MassFraction)!;
        Assert.Equal(active.Material.Require(MaterialConstants.ExchangeCurrent).Estimate.Value, At(25).Cell.Cathode.ExchangeAmperesPerSquareMetre, 0.0);
    }

    /// <summary>Charge transfer at the particles falls by exp[48 kJ/mol/R·(1/T − 1/T₀)]: a factor of 7.65 from 25 to 60 °C.</summary>
    [Fact]
    public void Exchange_at_the_particles_rises_with_48_kilojoules_per_mole()
    {
        double ratio = At(60).Cell.Cathode.ExchangeAmperesPerSquareMetre / At(25).Cell.Cathode.ExchangeAmperesPerSquareMetre;
        double expected = Math.Exp(48e3 / 8.314462618 * ((1 / 298.15) - (1 / 333.15)));
        Assert.Equal(expected, ratio, 1e-9 * expected);
        Assert.InRange(ratio, 7.5, 7.8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void The_contact_of_the_foil_changes_as_the_resistivity_of_the_electrolyte_beside_it(double celsius)
    {
        (CellParameters cold, CellState there) = At(celsius);
        (_, CellState here) = At(25);
        PelletConduction conduction = cold.Layers[cold.Roles.IndexOf(LayerRole.Separator)].Conduction;
        double resistivity = conduction.GrainSiemensPerMetre(298.15) / conduction.GrainSiemensPerMetre(celsius + 273.15);
        Assert.Equal(resistivity, there.AnodeOhmSquareMetres / here.AnodeOhmSquareMetres, 1e-9 * resistivity);
    }

    [Fact]
    public void The_contact_of_the_collector_carries_electrons_and_stays() =>
        Assert.Equal(At(25).State.CollectorOhmSquareMetres, At(60).State.CollectorOhmSquareMetres, 0.0);

    [Fact]
    public void Away_from_room_temperature_the_unknown_activation_widens_the_band_of_the_contact()
    {
        static double Spread(double celsius)
        {
            Cell cell = ExampleCells.Read(ExampleCells.Lithium) with { Temperature = new Temperature(celsius + 273.15) };
            double sigma = ModelConstants.AnodeTransferActivation.Estimate.StandardUncertainty;
            double Shifted(double ranks) => CellResolver.Resolve(cell, (_, constant) => constant.Estimate.Value + (constant.Definition.Key == "anode_transfer_activation" ? ranks * sigma : 0)).Anode.Contact.FullContactOhmSquareMetres;
            return Math.Abs(Math.Log(Shifted(1) / Shifted(-1)));
        }

        Assert.Equal(0, Spread(25), 1e-15);
        Assert.InRange(Spread(60), 0.4, 0.6);
    }

    [Fact]
    public void Outside_15_to_35_degrees_the_state_still_says_that_it_is_extrapolated()
    {
        Assert.False(At(25).State.Extrapolated);
        Assert.True(At(60).State.Extrapolated);
    }
}
