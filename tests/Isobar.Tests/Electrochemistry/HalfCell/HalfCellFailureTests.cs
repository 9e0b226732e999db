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
