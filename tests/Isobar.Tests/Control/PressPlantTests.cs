using System.Diagnostics;
using Isobar.Control;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Control.ForceControlTests;

namespace Isobar.Tests.Control;

/// <summary>The plant against cases that have a closed form.</summary>
public sealed class PressPlantTests
{
    private const double Modulus = 1e9;
    private const double Thickness = 1e-3;

    private static readonly PressPlantParameters Ideal = PressPlantParameters.Hydraulic5t with
    {
        SealFrictionNewtons = 0,
        SealFrictionShare = 0,
        LeakPerNewton = 0,
        ActuatorLagSeconds = 0,
        GapMetres = 0,
    };

    private static double SpringStiffness => 1 / ((1 / Ideal.SeriesStiffness) + (Thickness / (Modulus * Die10.SquareMetres)));

    [Fact]
    public void A_constant_flow_into_a_spring_makes_a_force_that_grows_linearly()
    {
        PressPlant plant = OnSpring(Ideal);
        const double speed = 20e-6;
        for (int step = 1; step <= 2000; step++)
        {
            plant.Step(speed);
            // One Newton step per substep on a linear spring is exact; what remains is rounding.
            Assert.Equal(SpringStiffness * speed * step * PressPlant.SubstepSeconds, plant.ForceNewtons, 1e-6 * plant.ForceNewtons);
        }
    }

    [Fact]
    public void A_leak_lets_the_force_on_a_spring_fall_exponentially()
    {
        const double leak = 1e-9;
        PressPlant plant = OnSpring(Ideal with { LeakPerNewton = leak });
        while (plant.ForceNewtons < 10_000) plant.Step(50e-6);
        double start = plant.ForceNewtons;
        double decay = leak * SpringStiffness;
        int steps = (int)(1 / (decay * PressPlant.SubstepSeconds));
        for (int i = 0; i < steps; i++) plant.Step(0);
        // First-order integration with 1/200 s against a time constant of a minute: rtol 1e-3.
        Assert.Equal(start * Math.Exp(-decay * steps * PressPlant.SubstepSeconds), plant.ForceNewtons, 1e-3 * start);
    }

    [Fact]
    public void Creep_at_constant_force_follows_its_closed_form()
    {
        var modes = new CreepModes(0.05, 10, 0, 1);
        var column = new SampleColumn(Die10, 0, 0.6);
        column.Add(ColumnLayer.Powder("powder", new Length(Thickness), Sulfide, modes));
        column.SetForce(200e6 * Die10.SquareMetres);
        for (int i = 0; i < 4000; i++) column.Creep(0.005);
        double delayedPa = 200e6 * (1 - Math.Exp(-20.0 / 10));
        double porosity = (0.95 * Sulfide.LoadedPorosity(200e6)) + (0.05 * Sulfide.LoadedPorosity(delayedPa));
        Assert.Equal(Thickness / (1 - porosity), column.ThicknessMetres, 1e-9 * Thickness);
    }

    [Fact]
    public void A_released_pellet_keeps_the_thickness_that_its_largest_pressure_left()
    {
        var column = new SampleColumn(Die10, 0, 0.6);
        column.Add(ColumnLayer.Powder("powder", new Length(Thickness), Sulfide, CreepModes.None));
        column.SetForce(375e6 * Die10.SquareMetres);
        column.SetForce(0);
        Assert.Equal(Thickness / (1 - Sulfide.Porosity(0, 375e6)), column.ThicknessMetres, 1e-12);
        column.SetForce(100e6 * Die10.SquareMetres);
        Assert.Equal(Thickness / (1 - Sulfide.Porosity(100e6, 375e6)), column.ThicknessMetres, 1e-12);
    }

    [Fact]
    public void The_wall_keeps_the_depth_from_feeling_a_small_change_of_force()
    {
        var column = new SampleColumn(Die10, 0.3, 0.5);
        column.Add(ColumnLayer.Powder("powder", new Length(2e-3), Sulfide, CreepModes.None));
        // The wall's hold depends on the depth, which shrinks while pressing.
        for (int newtons = 0; newtons <= 20_000; newtons++) column.SetForce(newtons);
        double pressed = column.ThicknessMetres;
        column.SetForce(19_900);
        Assert.Equal(pressed, column.ThicknessMetres, 1e-15);
        column.SetForce(10_000);
        Assert.True(column.ThicknessMetres > pressed);
    }

    [Fact]
    public void Seal_friction_makes_oil_force_read_high_on_the_way_up_and_low_on_the_way_down()
    {
        PressPlant plant = OnSpring(Ideal with { SealFrictionShare = 0.03, SealFrictionNewtons = 30, BreakawayFactor = 1 });
        while (plant.ForceNewtons < 20_000) plant.Step(50e-6);
        double up = (plant.OilForceNewtons - plant.ForceNewtons) / plant.ForceNewtons;
        while (plant.ForceNewtons > 10_000) plant.Step(-50e-6);
        double down = (plant.OilForceNewtons - plant.ForceNewtons) / plant.ForceNewtons;
        Assert.Equal(0.03 + (30 / 20_000.0), up, 1e-3);
        Assert.Equal(-0.03 - (30 / 10_000.0), down, 1e-3);
    }

    [Fact]
    public void Forty_minutes_of_pressing_allocate_nothing_and_repeat_to_the_last_bit()
    {
        (double first, _, _) = FortyMinutes();
        (double second, long bytes, TimeSpan took) = FortyMinutes();
        TestContext.Current.TestOutputHelper?.WriteLine($"40 min of press time in {took.TotalSeconds:F2} s");
        // A collection on another thread counts the rest of this thread's allocation block, up to 8 KiB, once; one object per tick would be a megabyte.
        Assert.InRange(bytes, 0, 8192);
        Assert.Equal(BitConverter.DoubleToInt64Bits(first), BitConverter.DoubleToInt64Bits(second));
    }

    private static (double Force, long Bytes, TimeSpan Took) FortyMinutes()
    {
        PressTwin press = Press(PressPlantParameters.Hydraulic5t, 100, 99);
        press.Write(160);
        for (int i = 0; i < 2000; i++) press.Step();
        var clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int tick = 0; tick < 40 * 60 * 20; tick++)
        {
            press.Write(Math.Min(29_000, 160 + (20 * tick)));
            for (int i = 0; i < 5; i++) press.Step();
            press.TakeForce();
            press.TakeDisplacement();
        }

        return (press.Plant.ForceNewtons, GC.GetAllocatedBytesForCurrentThread() - before, clock.Elapsed);
    }

    private static PressPlant OnSpring(PressPlantParameters parameters)
    {
        var plant = new PressPlant(parameters, new SampleColumn(Die10, 0, 0.6));
        plant.AddLayer(ColumnLayer.Foil("spring", new Length(Thickness), new Pressure(Modulus), new Fraction(0), new Pressure(1e6)));
        return plant;
    }
}
