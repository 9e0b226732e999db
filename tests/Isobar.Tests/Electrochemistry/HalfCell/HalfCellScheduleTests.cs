using Isobar.Electrochemistry.HalfCell;
using Isobar.Mechanics;
using Xunit;
using static Isobar.Tests.Electrochemistry.HalfCell.ReferenceCell;

namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>What a cycler does: charge and hold, pulses, rate tests, cycles under a pressure that breathes.</summary>
public sealed class HalfCellScheduleTests
{
    [Fact]
    public void A_charge_ends_at_the_voltage_and_the_hold_at_the_current()
    {
        HalfCellParameters cell = Base with { InitialStoichiometry = 0.8, RatedCoulombsPerSquareMetre = Base.RatedCapacityCoulombsPerSquareMetre };
        HalfCellRun run = new HalfCellSolver().Run(cell, CyclerSchedule.ConstantCurrentConstantVoltageCharge(cell, 1, 0.05));
        Assert.Equal([EndReason.UpperVoltage, EndReason.Current], run.Steps.Select(step => step.EndReason));
        CyclerStepResult hold = run.Steps[1];
        for (int i = hold.Start; i < hold.Start + hold.Length; i++) Assert.Equal(4.3, run.Volts[i], 1e-8);
        Near(-cell.AmperesPerSquareMetre(0.05), run.AmperesPerSquareMetre[^1], 1e-8);
        Near(4.3 * hold.DischargedCoulombsPerSquareMetre, hold.JoulesPerSquareMetre, 1e-9);
        // The current does not jump where the charge goes over into the hold, and only falls from there.
        Near(-cell.AmperesPerSquareMetre(1), run.AmperesPerSquareMetre[hold.Start], 1e-5);
        for (int i = hold.Start + 1; i < run.Volts.Length; i++) Assert.True(run.AmperesPerSquareMetre[i] > run.AmperesPerSquareMetre[i - 1]);
        Assert.True(run.Effort.LithiumResidual < 1e-13);
    }

    [Fact]
    public void A_pulse_relaxes_to_the_open_circuit_potential_of_the_mean()
    {
        HalfCellRun run = new HalfCellSolver().Run(Base, CyclerSchedule.IntermittentTitration(Base, 0.5, 600, 40_000, 3));
        Assert.Equal(6, run.Steps.Length);
        for (int pulse = 1; pulse < 6; pulse += 2)
        {
            CyclerStepResult rest = run.Steps[pulse];
            int last = rest.Start + rest.Length - 1;
            Near(Base.AmperesPerSquareMetre(0.5) * 600, run.Steps[pulse - 1].DischargedCoulombsPerSquareMetre, 1e-12);
            Assert.Equal(Base.OpenCircuit.At(run.MeanStoichiometry[last]), run.Volts[last], 2e-4);
            Assert.True(run.Volts[rest.Start + 1] > run.Volts[rest.Start - 1]);
        }
    }

    [Fact]
    public void A_rate_test_gives_less_the_faster_it_is_and_all_of_it_back_at_the_end()
    {
        HalfCellRun run = new HalfCellSolver().Run(Base, CyclerSchedule.RateTest(Base, [0.2, 1, 3, 0.2], 0.5, 0.02, 600));
        double[] capacity = [.. run.Steps.Where(step => step.Label.StartsWith("discharge", StringComparison.Ordinal)).Select(step => step.DischargedCoulombsPerSquareMetre)];
        Assert.Equal(4, capacity.Length);
        Assert.True(capacity[1] > capacity[2] && capacity[0] > capacity[1]);
        Assert.All(run.Steps, step => Assert.NotEqual(EndReason.CurrentNotCarried, step.EndReason));
    }

    [Fact]
    public void Breathing_moves_the_pressure_and_the_pressure_the_voltage()
    {
        var fixture = new StiffFixture(5e6);
        CyclerSchedule schedule = CyclerSchedule.Cycles(Base, 2, 1, 0.5, 0.1);
        HalfCellRun run = new HalfCellSolver().Run(Base, schedule, fixture), fixedContact = new HalfCellSolver().Run(Base, schedule);
        double lowest = run.StackPressurePa.Min(), highest = run.StackPressurePa.Max();
        Assert.True(highest - lowest > 1e5, FormattableString.Invariant($"{lowest:G4} to {highest:G4} Pa"));
        for (int i = 0; i < run.Volts.Length; i++)
        {
            Near(fixture.PressurePa(run.DischargedCoulombsPerSquareMetre[i]), run.StackPressurePa[i], 1e-6);
        }

        // The lithium foil shrinks on discharge, the pressure falls, and with it the contact: the discharge ends earlier.
        Assert.True(run.Steps[0].DischargedCoulombsPerSquareMetre < fixedContact.Steps[0].DischargedCoulombsPerSquareMetre * 0.999);
        Assert.True(run.Effort.LithiumResidual < 1e-12);
        Assert.Equal(run.TimeSeconds[^1], fixture.LastCommittedSeconds, 1e-9);
    }

    [Fact]
    public void At_small_current_charge_and_discharge_polarise_alike()
    {
        HalfCellParameters cell = Base with { InitialStoichiometry = 0.5 };
        double current = cell.AmperesPerSquareMetre(1e-3), open = cell.OpenCircuit.At(0.5);
        double Drop(double sign) => new HalfCellSolver(Fine).Run(cell, Once(new CyclerStep.ConstantCurrent("pulse", sign * current, sign > 0 ? -9 : 9, 30))).Volts[^1] - open;
        Near(-Drop(1), Drop(-1), 1e-3);
    }

    [Fact]
    public void Energy_delivered_and_lost_is_what_the_electrodes_gave_up()
    {
        HalfCellParameters cell = Base with { FilmOhmSquareMetres = 1e-3, AnodeContactFraction = 0.4, AnodeSpotRadiusMetres = 2e-6 };
        foreach (HalfCellOptions options in new[] { new HalfCellOptions { VoltageToleranceVolts = 1e-5 }, new HalfCellOptions { VoltageToleranceVolts = 1e-5, Particles = ParticleMethod.Spectral } })
        {
            HalfCellRun run = new HalfCellSolver(options).Run(cell, CyclerSchedule.Cycles(cell, 1, 1, 1, 0.05, 300));
            EnergyBalance energy = run.Energy!;
            Assert.True(energy.Ohmic > 0 && energy.Kinetic > 0 && energy.Diffusive > 0);
            Assert.True(Math.Abs(energy.Residual) < 5e-4 * (energy.Ohmic + energy.Kinetic + energy.Diffusive), FormattableString.Invariant($"{energy}"));
            Near(energy.Delivered, run.Steps.Sum(step => step.JoulesPerSquareMetre), 1e-9);
        }
    }

    [Fact]
    public void A_run_allocates_nothing_per_time_step()
    {
        HalfCellSolver solver = new(HalfCellOptions.Fast);
        StepRule rule = StepRule.Of(new CyclerStep.ConstantCurrent("pulse", 25, -9, 300), Base), more = StepRule.Of(new CyclerStep.ConstantCurrent("pulse", 25, -9, 1500), Base);
        RunEngine engine = solver.Prepare(Base, CyclerSchedule.Discharge(Base, 1), null);
        engine.Run(rule);
        int before = engine.Effort.TimeSteps;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        engine.Run(more);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(engine.Effort.TimeSteps > before + 20);
        Assert.Equal(0, allocated);
    }

    /// <summary>A fixture that holds the gap: lithium that leaves the foil takes pressure away, and with it contact.</summary>
    private sealed class StiffFixture(double startPa) : IContactFeedback
    {
        public double LastCommittedSeconds { get; private set; }

        // Lithium of 13 cm³/mol, less what the cathode swells, on 0.785 cm² with 4 MN/m.
        public double PressurePa(double coulombsPerSquareMetre) =>
            startPa + Breathing.PressureChangePa(-Breathing.PlatedMetres(coulombsPerSquareMetre, 13e-6), 4e6, 7.854e-5 * 4);

        public ContactTerms At(in BreathingState state)
        {
            double pressure = PressurePa(state.DischargedCoulombsPerSquareMetre), share = Math.Pow(pressure / startPa, 0.5);
            return ContactTerms.Of(Base, pressure) with
            {
                AnodeContactFraction = Math.Min(1, share),
                CathodeContactFactor = Math.Min(1, share),
                CollectorOhmSquareMetres = Base.CollectorOhmSquareMetres / share,
            };
        }

        public void Commit(in BreathingState state) => LastCommittedSeconds = state.TimeSeconds;
    }
}
