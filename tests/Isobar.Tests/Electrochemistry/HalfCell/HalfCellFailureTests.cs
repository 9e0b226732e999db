using CsCheck;
using Isobar.Electrochemistry.HalfCell;
using Xunit;
using static Isobar.Tests.Electrochemistry.HalfCell.ReferenceCell;

namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>What cannot be computed is said, with what to change; and what must always hold, holds.</summary>
public sealed class HalfCellFailureTests
{
    [Fact]
    public void A_current_that_the_cell_cannot_carry_ends_at_once_and_says_so()
    {
        HalfCellRun run = new HalfCellSolver().Discharge(Base, 40);
        Assert.Equal(EndReason.CurrentNotCarried, run.EndReason);
        Assert.Single(run.Volts);
        Assert.Contains("cannot carry this current", run.Steps[0].EndMessage, StringComparison.Ordinal);
        Assert.Contains("A/m²", run.Steps[0].EndMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_current_that_is_not_carried_is_said_with_the_part_that_takes_most_of_it()
    {
        static string Message(HalfCellParameters cell) => new HalfCellSolver().Discharge(cell, 10).Steps[0].EndMessage;
        Assert.Contains("in the separator", Message(Base with { SeparatorSiemensPerMetre = 0.01 }), StringComparison.Ordinal);
        Assert.Contains("theta_a and j0a", Message(Base with { AnodeContactFraction = 1e-5 }), StringComparison.Ordinal);
        Assert.Contains("theta_c and j0c", Message(Base with { CathodeContactFraction = 1e-5 }), StringComparison.Ordinal);
    }

    /// <summary>With spreading the contact spots fill at once; no voltage drives more than Σ a·L·(1 − x₀)·F·D·c_max/ℓ_c.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_current_that_crowded_contacts_cannot_take_in_is_not_carried_either(bool variable)
    {
        HalfCellParameters cell = Base with
        {
            SpreadingInParticles = true,
            CathodeContactFraction = 0.05,
            LowerVolts = -9,
            DiffusionFactor = variable ? new ExponentialCurve(2) : null,
        };
        double spread = 2.5e-6 * Math.Pow(1 - Math.Sqrt(0.05), 1.5) / (HalfCellParameters.Faraday * 4e-15 * 49000), limit = 6e5 * 60e-6 * 0.7 / spread;
        HalfCellRun run = new HalfCellSolver().Run(cell, Once(new CyclerStep.ConstantCurrent("too much", 1.01 * limit, -9, 1)));
        Assert.Equal(EndReason.CurrentNotCarried, run.EndReason);
        Assert.All(run.Volts, volts => Assert.True(double.IsFinite(volts)));
        Assert.InRange(run.AmperesPerSquareMetre[^1], 0, limit);
        Assert.Equal(0, run.DischargedCoulombsPerSquareMetre[^1]);
        string message = run.Steps[0].EndMessage;
        foreach (string part in new[] { "too much", "µm from the separator", "theta_c", "spreading" }) Assert.Contains(part, message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Any cell that can be written down ends with a reason: no crash, no endless iteration, no number that is none. Contacts, sizes, rates, kinetics and diffusion
    /// over their published ranges and beyond, tables and formulas, spreading, films, charges, holds and rests.
    /// </summary>
    [Fact]
    public void Every_cell_ends_with_a_reason() => Gen.Select(
        Gen.Double[-1, 1].Array[9],
        Gen.Int[0, 3],
        Gen.Double[0.25, 0.85],
        Gen.Bool,
        Gen.Bool).Sample(
        (at, kind, start, spreading, variable) =>
        {
            HalfCellParameters cell = Base with
            {
                CathodeThicknessMetres = 60e-6 * Math.Pow(4, at[0]),
                CathodeIonicSiemensPerMetre = 0.02 * Math.Pow(10, at[1]),
                CathodeElectronicSiemensPerMetre = 0.1 * Math.Pow(100, at[2]),
                DiffusionSquareMetresPerSecond = 2e-15 * Math.Pow(10, at[3]),
                CathodeExchangeAmperesPerSquareMetre = 0.7 * Math.Pow(20, at[4]),
                CathodeContactFraction = Math.Pow(10, 0.7 * (at[5] - 1)),
                AnodeContactFraction = Math.Pow(10, 0.7 * (at[6] - 1)),
                ParticleRadiusMetres = 2e-6 * Math.Pow(4, at[7]),
                FilmOhmSquareMetres = kind == 1 ? 0.01 : 0,
                InitialStoichiometry = start,
                RatedCoulombsPerSquareMetre = 1e5 * Math.Pow(4, at[0]),
                SpreadingInParticles = spreading,
                DiffusionFactor = variable ? new ExponentialCurve(4 * at[8]) : null,
                LowerVolts = 3,
            };
            double rate = 0.7 * Math.Pow(14, at[8]);
            CyclerSchedule schedule = kind switch
            {
                0 => CyclerSchedule.Discharge(cell, rate),
                1 => CyclerSchedule.ConstantCurrentConstantVoltageCharge(cell, rate, 0.02),
                2 => CyclerSchedule.IntermittentTitration(cell, rate, 60, 600, 2),
                _ => CyclerSchedule.Cycles(cell, 1, rate, rate, 0.05, 600),
            };
            HalfCellRun run = new HalfCellSolver(HalfCellOptions.Fast).Run(cell, schedule);
            return run.Volts.All(double.IsFinite) && run.Steps.All(step => step.EndMessage.Length > 10) && run.Effort.LithiumResidual < 1e-10;
        },
        iter: 200,
        threads: 1);

    /// <summary>Where a large current stops, Newton's method must find the way back from far out on the inverse sine.</summary>
    [Fact]
    public void A_rest_after_a_current_that_was_not_carried_is_at_the_open_circuit_potential()
    {
        HalfCellParameters cell = Base with { CathodeContactFraction = 0.05, AnodeContactFraction = 0.05 };
        HalfCellRun run = new HalfCellSolver().Run(cell, new CyclerSchedule([new CyclerStep.ConstantCurrent("too much", 4000), new CyclerStep.Rest("rest", 100)]));
        Assert.Equal([EndReason.CurrentNotCarried, EndReason.Time], run.Steps.Select(step => step.EndReason));
        Assert.Equal(cell.OpenCircuit.At(0.3), run.Volts[^1], 1e-9);
    }

    [Theory]
    [InlineData(0.01, "empty")]
    [InlineData(0.99, "full")]
    public void A_start_outside_the_open_circuit_curve_is_refused(double x, string state)
    {
        HalfCellException failure = Assert.Throws<HalfCellException>(() => new HalfCellSolver().Run(Base with { InitialStoichiometry = x }, Once(new CyclerStep.Rest("rest", 1))));
        Assert.Equal(HalfCellFailure.OpenCircuitRange, failure.Failure);
        Assert.Contains(state, failure.Message, StringComparison.Ordinal);
        Assert.Contains("0.02 to 0.98", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_discharge_that_leaves_the_open_circuit_curve_ends_there_and_says_so()
    {
        HalfCellRun run = new HalfCellSolver().Discharge(Base with { LowerVolts = 2.5 }, 0.2);
        Assert.Equal(EndReason.OpenCircuitRange, run.EndReason);
        Assert.Equal(0.98, Math.Max(run.SurfaceStoichiometryAtSeparator[^1], run.SurfaceStoichiometryAtCollector[^1]), 1e-6);
        Assert.Contains("0.02 to 0.98", run.Steps[0].EndMessage, StringComparison.Ordinal);
        Assert.True(run.Volts[^1] > 2.5);
    }

    [Theory]
    [InlineData(0.5, -1)]
    [InlineData(5, 0.1)]
    public void A_curve_without_an_end_still_ends_with_a_full_surface(double rate, double lowerVolts)
    {
        HalfCellParameters cell = Base with { OpenCircuit = new StraightCurve(4.2, -0.5), LowerVolts = lowerVolts };
        HalfCellRun run = new HalfCellSolver().Discharge(cell, rate);
        Assert.Contains(run.EndReason, new[] { EndReason.SurfaceExhausted, EndReason.OpenCircuitRange, EndReason.LowerVoltage });
        Assert.All(run.Volts, volts => Assert.True(double.IsFinite(volts)));
        Assert.True(run.SurfaceStoichiometryAtSeparator[^1] > 0.9);
    }

    [Theory]
    [InlineData("theta_c", 0)]
    [InlineData("theta_c", 1.2)]
    [InlineData("D_s", double.NaN)]
    [InlineData("kappa_cat_eff", -1)]
    [InlineData("L_cat", 60)]
    public void A_parameter_outside_its_limits_is_named_with_its_unit(string symbol, double value)
    {
        HalfCellSymbol definition = HalfCellSymbols.Find(symbol)!;
        HalfCellException failure = Assert.Throws<HalfCellException>(() => new HalfCellSolver().Discharge(definition.With(Base, value), 1));
        Assert.Equal(HalfCellFailure.Parameter, failure.Failure);
        Assert.Contains(symbol, failure.Message, StringComparison.Ordinal);
        Assert.Contains(definition.Meaning, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_read_back_what_they_write()
    {
        foreach (HalfCellSymbol symbol in HalfCellSymbols.All)
        {
            double value = 0.5 * (symbol.Get(Base) + 0.3);
            Assert.Equal(value, symbol.Get(symbol.With(Base, value)), 1e-15);
        }

        Assert.Equal(HalfCellSymbols.All.Length, HalfCellSymbols.All.Select(symbol => symbol.Symbol).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Losing_contact_never_gains_capacity() => Gen.Select(Gen.Double[0.1, 4], Gen.Double[0.02, 1], Gen.Double[0.3, 0.98], Gen.Int[0, 3]).Sample(
        (rate, theta, loss, where) =>
        {
            HalfCellParameters cell = Base with { CathodeContactFraction = theta, AnodeContactFraction = 0.6, SpreadingInParticles = true, AnodeSpotRadiusMetres = 2e-6 };
            HalfCellParameters worse = where switch
            {
                0 => cell with { CathodeContactFraction = theta * loss },
                1 => cell with { AnodeContactFraction = 0.6 * loss },
                2 => cell with { IsolatedFraction = 1 - loss },
                _ => cell with { CathodeIonicSiemensPerMetre = cell.CathodeIonicSiemensPerMetre * loss },
            };
            var solver = new HalfCellSolver(HalfCellOptions.Fast);
            return solver.Discharge(worse, rate).DischargedCoulombsPerSquareMetre[^1] <= solver.Discharge(cell, rate).DischargedCoulombsPerSquareMetre[^1] + 0.05;
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void Both_particles_and_a_split_into_equal_classes_give_the_same_discharge() => Gen.Select(Gen.Double[0.2, 3], Gen.Double[0.1, 1]).Sample(
        (rate, theta) =>
        {
            HalfCellParameters cell = Base with { CathodeContactFraction = theta };
            HalfCellParameters split = cell with { Classes = [new(2.5e-6, 0.3, theta), new(2.5e-6, 0.7, theta)] };
            HalfCellRun modes = new HalfCellSolver().Discharge(cell, rate);
            HalfCellRun spectral = new HalfCellSolver(new HalfCellOptions { Particles = ParticleMethod.Spectral }).Discharge(cell, rate);
            HalfCellRun classes = new HalfCellSolver().Discharge(split, rate);
            double middle = 0.5 * modes.TimeSeconds[^1];
            return Math.Abs(spectral.TimeSeconds[^1] - modes.TimeSeconds[^1]) < 0.05 && Math.Abs(classes.TimeSeconds[^1] - modes.TimeSeconds[^1]) < 1e-4
                && Math.Abs(spectral.VoltsAt(middle) - modes.VoltsAt(middle)) < 1e-4;
        },
        iter: 12,
        threads: 1);

    [Fact]
    public void Isolated_particles_take_their_capacity_with_them_at_any_rate()
    {
        HalfCellRun whole = new HalfCellSolver().Discharge(Base, 0.02), part = new HalfCellSolver().Discharge(Base with { IsolatedFraction = 0.2 }, 0.02);
        // At this rate all that is left of the polarisation is a few millivolts.
        Near(0.8, part.DischargedCoulombsPerSquareMetre[^1] / whole.DischargedCoulombsPerSquareMetre[^1], 5e-3);
    }

    [Fact]
    public void The_same_cell_gives_the_same_bits()
    {
        HalfCellSolver reused = new();
        reused.Discharge(Base with { ParticleRadiusMetres = 1e-6 }, 2);
        Assert.Equal(new HalfCellSolver().Discharge(Base, 1).Volts, reused.Discharge(Base, 1).Volts);
    }
}
