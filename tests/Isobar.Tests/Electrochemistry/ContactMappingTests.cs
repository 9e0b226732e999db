using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Lab.Files;
using Isobar.Tests.Planning;
using Xunit;

namespace Isobar.Tests.Electrochemistry;

/// <summary>The state of contact in the half cell.</summary>
public sealed class ContactMappingTests
{
    private static readonly ParameterSet s_chemistry = BuiltInParameterSets.Find("nmc811-lpscl-li")!;

    private static (CellParameters Cell, CellState State, HalfCellParameters HalfCell) At(string example, double separator, double cathode, double attach, double stack, params (string Line, string Replacement)[] changes)
    {
        Cell described = ExampleCells.Read(example, changes);
        CellParameters cell = CellResolver.Best(described);
        CellState state = CellState.After(cell, CellHistory.Of(described, new CellPressures(separator * 1e6, cathode * 1e6, attach * 1e6, stack * 1e6)));
        double x0 = ParameterSet.StoichiometryAt(s_chemistry.Best.OpenCircuit, 4.3);
        return (cell, state, ContactMapping.Apply(cell, state, s_chemistry.Best with { InitialStoichiometry = x0 }));
    }

    /// <summary>What the mechanics calls a resistance is the same resistance in the half cell, to round-off.</summary>
    [Theory]
    [InlineData(ExampleCells.Lithium, 5)]
    [InlineData(ExampleCells.Lithium, 40)]
    [InlineData(ExampleCells.Indium, 74)]
    public void Resistances_are_the_same_on_both_sides(string example, double stack)
    {
        (CellParameters cell, CellState state, HalfCellParameters half) = At(example, 370, 370, Math.Max(25, stack), stack);
        Assert.Equal(state.SeparatorOhmSquareMetres, half.SeparatorThicknessMetres / half.SeparatorSiemensPerMetre, 1e-12 * state.SeparatorOhmSquareMetres);
        double anode = half.ThermalVolts / (half.AnodeContactFraction * half.AnodeExchangeAmperesPerSquareMetre);
        // The two sides know the gas constant to nine digits.
        Assert.Equal(state.AnodeOhmSquareMetres, anode, 1e-8 * state.AnodeOhmSquareMetres);
        Assert.Equal(state.CollectorOhmSquareMetres, half.CollectorOhmSquareMetres, 1e-15);
        double area = 3 * half.ActiveFraction * (1 - half.IsolatedFraction) / half.ParticleRadiusMetres;
        double cathode = PorousElectrode.Resistance(
            half.CathodeThicknessMetres, half.CathodeIonicSiemensPerMetre, half.CathodeElectronicSiemensPerMetre, area, half.CathodeContactFraction * half.CathodeExchangeAmperesPerSquareMetre / half.ThermalVolts);
        Assert.Equal(state.CathodeOhmSquareMetres, cathode, 1e-8 * state.CathodeOhmSquareMetres);
        Assert.Equal(cell.Roles.IndexOf(LayerRole.CathodeComposite), state.Layers.IndexOf(state.Layers.First(layer => layer.ThicknessMetres == half.CathodeThicknessMetres)));
    }

    [Fact]
    public void The_host_holds_the_reversible_capacity_of_the_material_between_full_charge_and_the_end_of_the_curve()
    {
        (CellParameters cell, _, HalfCellParameters half) = At(ExampleCells.Lithium, 370, 370, 25, 5);
        double filled = half.OpenCircuit.Highest - half.InitialStoichiometry;
        Assert.Equal(cell.Cathode.CapacityCoulombsPerSquareMetre, half.HostCoulombsPerSquareMetre * filled, 1e-9 * cell.Cathode.CapacityCoulombsPerSquareMetre);
        // The crystal holds 49 000 mol/m³; 200 mAh/g with 0.785 of it used are about a tenth less.
        Assert.InRange(half.MaximumMolesPerCubicMetre, 42_000, 49_000);
    }

    [Fact]
    public void Indium_lies_above_lithium()
    {
        Assert.Equal(0, At(ExampleCells.Lithium, 370, 370, 25, 5).HalfCell.AnodeVolts, 1e-12);
        Assert.Equal(0.62, At(ExampleCells.Indium, 370, 370, 74, 74).HalfCell.AnodeVolts, 1e-12);
    }

    /// <summary>More pressure never loosens a contact: each term moves the way that lowers the resistance.</summary>
    [Fact]
    public void Pressure_tightens_every_contact()
    {
        HalfCellParameters loose = At(ExampleCells.Lithium, 370, 370, 25, 2).HalfCell, tight = At(ExampleCells.Lithium, 370, 370, 25, 20).HalfCell;
        Assert.True(tight.CathodeContactFraction > loose.CathodeContactFraction);
        Assert.True(tight.AnodeContactFraction > loose.AnodeContactFraction);
        Assert.True(tight.CathodeIonicSiemensPerMetre > loose.CathodeIonicSiemensPerMetre);
        Assert.True(tight.SeparatorSiemensPerMetre > loose.SeparatorSiemensPerMetre);
        Assert.True(tight.CollectorOhmSquareMetres < loose.CollectorOhmSquareMetres);
    }

    [Fact]
    public void A_cathode_without_a_path_is_refused_in_words()
    {
        (CellParameters cell, CellState state, _) = At(ExampleCells.Lithium, 370, 370, 25, 5);
        CellState open = state with { CathodeOhmSquareMetres = double.PositiveInfinity };
        Assert.False(ContactMapping.IsConnected(open));
        Assert.Contains("no path", Assert.Throws<UnsupportedCellException>(() => ContactMapping.Apply(cell, open, s_chemistry.Best)).Message, StringComparison.Ordinal);
        CellParameters unknown = cell with { Anode = cell.Anode with { PotentialVolts = double.NaN } };
        Assert.Contains("electrode_potential", Assert.Throws<UnsupportedCellException>(() => ContactMapping.Apply(unknown, state, s_chemistry.Best)).Message, StringComparison.Ordinal);
    }
}
