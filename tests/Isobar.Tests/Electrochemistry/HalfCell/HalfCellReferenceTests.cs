using Isobar.Electrochemistry.HalfCell;
using Xunit;
using static Isobar.Tests.Electrochemistry.HalfCell.ReferenceCell;

namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>The reference tables of an independent finite-volume code on its finest grid.</summary>
public sealed class HalfCellReferenceTests
{
    [Theory]
    [InlineData(ParticleMethod.Automatic)]
    [InlineData(ParticleMethod.Spectral)]
    public void Discharge_follows_the_fine_tables(ParticleMethod method)
    {
        int cases = 0;
        foreach (IGrouping<(string, string, string), string[]> block in Table("pybamm_assb_halfcell_discharge.csv").Skip(1).GroupBy(row => (row[1], row[2], row[3])))
        {
            cases++;
            HalfCellParameters cell = Base with { CathodeContactFraction = Number(block.Key.Item2), AnodeContactFraction = Number(block.Key.Item3) };
            HalfCellRun run = new HalfCellSolver(new HalfCellOptions { Particles = method }).Discharge(cell, Number(block.Key.Item1));
            Near(Number(block.First()[4]), run.AmperesPerSquareMetre[0], 1e-10);
            Assert.Equal(Number(block.Last()[5]), run.TimeSeconds[^1], 0.05);
            Assert.Equal(EndReason.LowerVoltage, run.EndReason);
            Assert.Equal(3.55, run.Volts[^1], 1e-8);
            foreach (string[] row in block)
            {
                double time = Number(row[5]);
                if (time > run.TimeSeconds[^1]) continue;
                // The table's own radial grid is too coarse for the first seconds.
                Assert.Equal(Number(row[7]), run.VoltsAt(time), time < 10 ? 1e-3 : 1e-4);
            }
        }

        Assert.Equal(3, cases);
    }

    [Fact]
    public void Impedance_is_the_closed_form_of_the_table()
    {
        foreach (string[] row in Table("pybamm_assb_halfcell_eis.csv").Skip(1))
        {
            ImpedanceSplit split = HalfCellImpedance.AtEquilibrium(Base with { InitialStoichiometry = 0.5 }, Number(row[0]));
            // The table prints ten digits, and U' to ten.
            Near(Number(row[3]), split.Total.Real, 1e-9);
            Near(Number(row[4]), split.Total.Imaginary, 1e-9);
        }
    }
}
