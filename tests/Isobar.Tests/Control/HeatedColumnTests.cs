using Isobar.Control;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Control.ForceControlTests;

namespace Isobar.Tests.Control;

/// <summary>Heated platens with die and sample, against cases with a closed form.</summary>
public sealed class HeatedColumnTests
{
    private static readonly HeatedColumnParameters s_lab = HeatedColumnParameters.Laboratory;

    [Fact]
    public void Full_power_ends_where_the_losses_carry_it_away()
    {
        // One lump: without a die the platens go to P/G above the room with C/G; after one time constant 63.2 % of it.
        var stack = new HeatedColumn(s_lab with { PlatenToDie = 0, DieToSample = 1 }) { Stuck = true };
        double tau = s_lab.PlatenCapacity / s_lab.PlatenToAir, end = s_lab.LargestPower / s_lab.PlatenToAir;
        for (double time = 0; time < tau - 1e-9; time += tau / 10_000) stack.Step(tau / 10_000);
        // Explicit steps of τ/10⁴ leave 5e-5 of the rise.
        Assert.Equal(s_lab.AmbientKelvins + (end * (1 - Math.Exp(-1))), stack.PlatenKelvins, 1e-4 * end);
        Assert.Equal(s_lab.AmbientKelvins, stack.SampleKelvins, 1e-9);
    }

    [Fact]
    public void What_the_heaters_give_is_what_is_stored_and_lost()
    {
        var stack = new HeatedColumn(s_lab);
        stack.Write(373);
        double given = 0, lost = 0;
        for (int i = 0; i < 200_000; i++)
        {
            lost += 0.01 * ((s_lab.PlatenToAir * (stack.PlatenKelvins - s_lab.AmbientKelvins)) + (s_lab.DieToAir * (stack.DieKelvins - s_lab.AmbientKelvins)));
            stack.Step(0.01);
            given += 0.01 * stack.PowerWatts;
        }

        double stored = (s_lab.PlatenCapacity * (stack.PlatenKelvins - s_lab.AmbientKelvins)) + (s_lab.DieCapacity * (stack.DieKelvins - s_lab.AmbientKelvins));
        // The sample's share, 0.25 J/K of 1780 J/K, is taken over the die without being taken from it twice.
        Assert.Equal(given, stored + lost, 1e-3 * given);
    }

    [Fact]
    public void The_thermostat_follows_a_ramp_and_settles_without_running_over()
    {
        var stack = new HeatedColumn(s_lab);
        double hottest = 0;
        for (int i = 0; i < 3600 * 10; i++)
        {
            stack.Write(Math.Min(353.15, 293.15 + (0.05 * 0.1 * i)));
            stack.Step(0.1);
            hottest = Math.Max(hottest, stack.PlatenKelvins);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"hottest {hottest - 353.15:F2} K over, end {stack.PlatenKelvins - 353.15:F3} K, sample {stack.SampleKelvins - 353.15:F2} K");
        Assert.InRange(hottest, 353.1, 354.2);
        Assert.Equal(353.15, stack.PlatenKelvins, 0.1);
        // The die loses heat to the air through a fortieth of its contact: the sample stays G_da/(G_da + G_pd) = 3.2 % of the rise below.
        Assert.Equal(353.15 - (60 * s_lab.DieToAir / (s_lab.DieToAir + s_lab.PlatenToDie)), stack.SampleKelvins, 0.2);
    }

    [Fact]
    public void Growth_against_a_shut_valve_is_a_force_and_the_loop_takes_it_away()
    {
        (double shut, double growth, double stiffness) = Heated(stuck: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"shut: {shut:F0} N more at {growth * 1e6:F1} µm");
        // Growth over the compliance of press and sample in series; friction of seals and wall takes some of it.
        Assert.InRange(shut / (growth * stiffness), 0.7, 1.1);
        (double held, _, _) = Heated(stuck: false);
        Assert.InRange(Math.Abs(held) / Newtons(100), 0, 0.005);
    }

    [Fact]
    public void Heaters_that_do_not_switch_off_are_found_by_the_limit()
    {
        var stack = new HeatedColumn(s_lab) { Stuck = true };
        var watcher = new LimitWatcher(new Force(10_000), Die10) { Hottest = new Temperature(393.15) };
        LimitMemory memory = default;
        for (int i = 0; i < 36_000; i++)
        {
            stack.Step(0.1);
            (System.Collections.Immutable.ImmutableArray<LimitTrip> trips, memory) = watcher.Judge(new LimitReading(0.1 * i, 100, 0, stack.PlatenKelvins), memory);
            if (trips.IsEmpty) continue;
            Assert.Equal(LimitKind.Temperature, Assert.Single(trips).Kind);
            Assert.InRange(stack.PlatenKelvins, 393.15, 393.3);
            return;
        }

        Assert.Fail("the limit was never reached");
    }

    [Fact]
    public void A_press_without_platens_refuses_a_temperature()
    {
        Assert.Throws<InvalidOperationException>(() => Press(PressPlantParameters.Hydraulic5t, 100, 1).WriteTemperature(333));
        Assert.Null(PressPlantParameters.Hydraulic5t.Instrument.HottestPlatens);
        Assert.Equal(473.15, (PressPlantParameters.Hydraulic5t with { Platens = s_lab }).Instrument.HottestPlatens!.Value.Kelvins);
    }

    // An elastic cell at 100 MPa, then 60 K more within ten minutes; the force gained, the growth, and the stiffness in series.
    private static (double Gained, double Growth, double Stiffness) Heated(bool stuck)
    {
        PressPlantParameters parameters = PressPlantParameters.ServoScrew with { Platens = s_lab };
        var press = new PressTwin(parameters, new SampleColumn(Die10, 0, 0.5), 91);
        press.AddLayer(ColumnLayer.Foil("cell", new Length(1e-3), new Pressure(20e9), new Fraction(0), new Pressure(1e6)));
        Contact(press, 5);
        Run(press, new Segment(5, 100, 5, 30));
        double before = press.Plant.ForceNewtons;
        press.Plant.Stuck = stuck;
        for (int i = 0; i < 20 * 600; i++)
        {
            press.WriteTemperature(Math.Min(353.15, 293.15 + (0.2 * 0.05 * i)));
            for (int k = 0; k < 5; k++) press.Step();
        }

        double cell = 1e-3 / (20e9 * Die10.SquareMetres);
        return (press.Plant.ForceNewtons - before, press.Heat!.GrowthMetres, 1 / ((1 / parameters.SeriesStiffness) + cell));
    }
}
