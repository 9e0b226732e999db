using Isobar.Control;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Control.ForceControlTests;

namespace Isobar.Tests.Control;

/// <summary>What holds a cell for days while it breathes and creeps.</summary>
public sealed class StackFixtureTests
{
    private const double Week = 7 * 86_400;

    [Fact]
    public void Twenty_micrometres_of_breathing_are_little_in_springs_and_much_in_a_rigid_frame()
    {
        // 1.5 N/µm and 75 N/µm over 78.5 mm²: 20 µm are 0.38 MPa and 19 MPa; the springs' guide adds 1 % of 20 MPa each way.
        Assert.Equal(0.382e6 + (2 * 0.01 * 20e6), Swing(StackFixtureParameters.Spring), 0.01e6);
        Assert.Equal(19.1e6, Swing(StackFixtureParameters.Rigid), 0.1e6);
    }

    [Theory]
    [InlineData("pneumatic", 5)]
    [InlineData("pneumatic", 20)]
    [InlineData("servo", 5)]
    [InlineData("servo", 20)]
    public void A_stack_pressure_is_held_through_a_week_of_breathing(string name, double megapascals)
    {
        StackFixtureParameters fixture = name == "servo" ? StackFixtureParameters.ServoScrew : StackFixtureParameters.Pneumatic;
        double target = Newtons(megapascals);
        var held = new StackFixture(fixture, target, 81);
        double allowed = Math.Max(0.02 * target, 0.1e6 * Die10.SquareMetres);
        int steps = 0, within = 0;
        for (double time = 0; time < Week; time += 5)
        {
            held.Advance(5, Growth(time));
            steps++;
            if (Math.Abs(held.ForceNewtons - target) <= allowed) within++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{fixture.Name} {megapascals} MPa: {within} of {steps}, {held.Corrections} corrections");
        Assert.Equal(steps, within);
    }

    [Fact]
    public void Without_correction_a_pneumatic_cell_leaves_its_band_by_the_friction_of_its_seal()
    {
        double target = Newtons(20);
        var held = new StackFixture(StackFixtureParameters.Pneumatic with { CorrectionSeconds = 0, LossPerSecond = 0 }, target, 82);
        double worst = 0;
        for (double time = 0; time < Week; time += 5)
        {
            held.Advance(5, Growth(time));
            worst = Math.Max(worst, Math.Abs(held.ForceNewtons - target) / target);
        }

        Assert.Equal(0.04, worst, 0.003);
    }

    [Fact]
    public void The_whole_pneumatic_press_holds_a_cell_that_breathes_faster_than_cells_do()
    {
        PressTwin press = Pressed(PressPlantParameters.PneumaticStackCell, 5);
        double target = Newtons(5), allowed = Math.Max(0.02 * target, 0.1e6 * Die10.SquareMetres);
        int within = 0, steps = 0;
        for (int i = 0; i < 20 * 1800; i++)
        {
            press.BreathingMetres = 10e-6 * (1 - Math.Cos(2 * Math.PI * i / (20 * 600.0)));
            for (int k = 0; k < 5; k++) press.Step();
            steps++;
            if (Math.Abs(press.Plant.ForceNewtons - target) <= allowed) within++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{within} of {steps}");
        Assert.InRange((double)within / steps, 0.99, 1);
    }

    private static PressTwin Pressed(PressPlantParameters parameters, double megapascals)
    {
        var press = new PressTwin(parameters, new SampleColumn(Die10, 0.1, 0.5), 83);
        press.AddLayer(ColumnLayer.Foil("cell", new Length(1e-3), new Pressure(5e9), new Fraction(0), new Pressure(1e6)));
        for (int i = 0; i < 20 * 120; i++)
        {
            press.Write(Math.Min(Newtons(megapascals), 0.01 * Newtons(1) * i));
            for (int k = 0; k < 5; k++) press.Step();
        }

        return press;
    }

    private static double Swing(StackFixtureParameters parameters)
    {
        var held = new StackFixture(parameters, Newtons(20), 84);
        double low = double.PositiveInfinity, high = 0;
        for (double time = 0; time < 86_400; time += 5)
        {
            held.Advance(5, 10e-6 * (1 - Math.Cos(2 * Math.PI * time / 36_000)));
            low = Math.Min(low, held.ForceNewtons);
            high = Math.Max(high, held.ForceNewtons);
        }

        return (high - low) / Die10.SquareMetres;
    }

    // 20 µm of breathing with a cycle of ten hours, on a cell that loses 15 µm over the first day.
    private static double Growth(double seconds) => (10e-6 * (1 - Math.Cos(2 * Math.PI * seconds / 36_000))) - (15e-6 * (1 - Math.Exp(-seconds / 86_400)));
}
