using Isobar.Electrochemistry.HalfCell;
using Xunit;
using static Isobar.Tests.Electrochemistry.HalfCell.ReferenceCell;

namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>Errors fall as they should when cells, steps and radial nodes are refined.</summary>
public sealed class HalfCellConvergenceTests
{
    [Fact]
    public void Space_converges_with_the_fourth_order()
    {
        HalfCellParameters cell = Base with { CathodeThicknessMetres = 150e-6, CathodeIonicSiemensPerMetre = 0.02 };
        double Volts(int cells) => FirstVolts(cell, 60, new HalfCellOptions { Cells = cells });
        double exact = Volts(320), coarse = Math.Abs(Volts(20) - exact), middle = Math.Abs(Volts(40) - exact), fine = Math.Abs(Volts(80) - exact);
        Assert.InRange(Math.Log2(coarse / middle), 3.6, 4.5);
        Assert.InRange(Math.Log2(middle / fine), 3.7, 4.5);
    }

    [Theory]
    [InlineData(ParticleMethod.Eigenmodes)]
    [InlineData(ParticleMethod.Spectral)]
    public void Time_converges_with_the_second_order(ParticleMethod method)
    {
        // The step goes as the cube root of the tolerance, so that a second-order error goes as its two thirds.
        double End(double tolerance) => new HalfCellSolver(new HalfCellOptions { Cells = 20, Particles = method, VoltageToleranceVolts = tolerance, Modes = 512 })
            .Run(Base, Once(new CyclerStep.ConstantCurrent("pulse", 60, -9, 300))).Volts[^1];
        double exact = End(1e-8), coarse = Math.Abs(End(1e-3) - exact), fine = Math.Abs(End(1e-6) - exact);
        double order = 3 * Math.Log(coarse / fine) / Math.Log(1e3);
        Assert.InRange(order, 1.6, 3.5);
        Assert.True(fine < 2e-6, FormattableString.Invariant($"{fine:G3} V"));
    }

    [Fact]
    public void The_radius_converges_faster_than_any_power()
    {
        double Volts(int nodes) => new HalfCellSolver(new HalfCellOptions { Cells = 8, Particles = ParticleMethod.Spectral, RadialNodes = nodes, VoltageToleranceVolts = 1e-7 })
            .Run(Base, Once(new CyclerStep.ConstantCurrent("pulse", 25, -9, 5))).Volts[^1];
        double exact = Volts(24), few = Math.Abs(Volts(4) - exact), more = Math.Abs(Volts(7) - exact), most = Math.Abs(Volts(10) - exact);
        Assert.True(more < few / 8 && most < more / 8, FormattableString.Invariant($"{few:G3}, {more:G3}, {most:G3} V with 4, 7 and 10 nodes"));
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(1, 0.1)]
    [InlineData(3, 1)]
    [InlineData(3, 0.2)]
    [InlineData(5, 0.05)]
    public void The_default_and_the_fast_setting_keep_their_word_at_any_rate_and_contact(double rate, double theta)
    {
        HalfCellParameters cell = Base with { CathodeContactFraction = theta };
        HalfCellRun exact = new HalfCellSolver(new HalfCellOptions { Cells = 60, VoltageToleranceVolts = 5e-6, Modes = 512 }).Discharge(cell, rate);
        foreach ((HalfCellOptions options, double late) in new[] { (HalfCellOptions.Default, 5e-5), (HalfCellOptions.Fast, 1e-4) })
        {
            HalfCellRun run = new HalfCellSolver(options).Discharge(cell, rate);
            Assert.Equal(exact.TimeSeconds[^1], run.TimeSeconds[^1], 0.02);
            for (int i = 0; i < exact.Volts.Length; i++)
            {
                double time = exact.TimeSeconds[i];
                if (time > run.TimeSeconds[^1]) break;
                Assert.Equal(exact.Volts[i], run.VoltsAt(time), time < 10 ? 5e-4 : late);
            }
        }
    }

    /// <summary>The first instants of a large current need more modes than the default has; they are taken.</summary>
    [Theory]
    [InlineData(10, 4e-15)]
    [InlineData(1, 2e-16)]
    public void A_large_current_is_right_from_the_first_instant(double rate, double diffusion)
    {
        HalfCellParameters cell = Base with { DiffusionSquareMetresPerSecond = diffusion };
        HalfCellRun exact = new HalfCellSolver(new HalfCellOptions { Cells = 60, VoltageToleranceVolts = 5e-6, Modes = 2048 }).Discharge(cell, rate);
        HalfCellRun run = new HalfCellSolver().Discharge(cell, rate);
        for (int i = 0; i < exact.Volts.Length && exact.TimeSeconds[i] <= run.TimeSeconds[^1]; i++)
        {
            Assert.Equal(exact.Volts[i], run.VoltsAt(exact.TimeSeconds[i]), exact.TimeSeconds[i] < 10 ? 1e-3 : 1e-4);
        }
    }

    [Theory]
    [InlineData(20, 0.005)]
    [InlineData(300, 0.04)]
    public void A_reaction_that_crowds_at_the_faces_is_resolved_by_every_setting(double exchange, double kappa)
    {
        HalfCellParameters cell = Base with { CathodeExchangeAmperesPerSquareMetre = exchange, CathodeIonicSiemensPerMetre = kappa, CathodeThicknessMetres = 150e-6 };
        HalfCellRun exact = new HalfCellSolver(new HalfCellOptions { Cells = 300, VoltageToleranceVolts = 1e-5, Modes = 512 }).Discharge(cell, 0.3);
        foreach ((HalfCellOptions options, double late) in new[] { (HalfCellOptions.Default, 1e-4), (HalfCellOptions.Fast, 3e-4) })
        {
            HalfCellRun run = new HalfCellSolver(options).Discharge(cell, 0.3);
            for (int i = 0; i < exact.Volts.Length; i++)
            {
                double time = exact.TimeSeconds[i];
                if (time >= 10 && time <= run.TimeSeconds[^1]) Assert.Equal(exact.Volts[i], run.VoltsAt(time), late);
            }

            // The end is flat here: 0.1 mV is some 5e-5 of the capacity.
            Near(exact.DischargedCoulombsPerSquareMetre[^1], run.DischargedCoulombsPerSquareMetre[^1], 1e-4);
        }
    }
}
