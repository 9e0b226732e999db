using System.Numerics;
using Isobar.Electrochemistry.HalfCell;
using Xunit;
using static Isobar.Tests.Electrochemistry.HalfCell.ReferenceCell;

namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>Small-signal limits of the half cell: E11-E15, the profile against the closed form, and the derivatives.</summary>
public sealed class HalfCellImpedanceTests
{
    private static HalfCellParameters Half { get; } = Base with { InitialStoichiometry = 0.5 };

    private static HalfCellParameters Full { get; } = Half with
    {
        InitialStoichiometry = 0.45,
        CathodeContactFraction = 0.4,
        AnodeContactFraction = 0.3,
        IsolatedFraction = 0.1,
        FilmOhmSquareMetres = 1e-3,
        ExternalOhmSquareMetres = 1e-4,
        AnodeSpotRadiusMetres = 4e-6,
        SeparatorPermittivity = 40,
        CollectorFaradsPerSquareMetre = 0.02,
        AnodeDoubleLayerFaradsPerSquareMetre = 0.05,
        CathodeDoubleLayerExponent = 0.9,
        AnodeDoubleLayerExponent = 0.85,
        SpreadingInParticles = true,
        DiffusionFactor = new ExponentialCurve(2),
    };

    [Fact]
    public void E11_without_reaction_it_is_the_blocking_transmission_line()
    {
        HalfCellParameters cell = Half with { CathodeExchangeAmperesPerSquareMetre = 1e-25, CathodeElectronicSiemensPerMetre = 1e8, CollectorOhmSquareMetres = 0 };
        foreach (double hertz in new[] { 1e-3, 1, 1e3 })
        {
            Complex layer = new(0, 2 * Math.PI * hertz * 0.1 * 6e5), line = Complex.Sqrt(1 / (0.04 * layer)), nu = 60e-6 * Complex.Sqrt(layer / 0.04);
            Complex expected = line / Complex.Tanh(nu);
            Assert.True(Complex.Abs(HalfCellImpedance.AtEquilibrium(cell, hertz).Cathode - expected) < 1e-6 * Complex.Abs(expected));
        }

        Near(60e-6 / (3 * 0.04), HalfCellImpedance.AtEquilibrium(cell, 1e-3).Cathode.Real, 1e-4);
    }

    [Fact]
    public void E12_without_diffusion_the_low_frequency_end_is_the_resistance_of_the_first_moment()
    {
        HalfCellParameters cell = Half with { OpenCircuit = new StraightCurve(4, -1e-12) };
        double drop = 4 - 5e-13 - FirstVolts(cell, 1e-4, new HalfCellOptions { Cells = 80 });
        Near(drop / 1e-4, HalfCellImpedance.AtEquilibrium(cell, 1e-6).Total.Real, 1e-7);
    }

    [Fact]
    public void E13_at_low_frequency_it_is_the_pseudo_steady_resistance_and_the_host_as_a_capacitor()
    {
        Complex z = HalfCellImpedance.AtEquilibrium(Half, 1e-5).Total * 1e4;
        Near(63.43989, z.Real, 1e-7);
        Near(-1417.15129, z.Imaginary, 1e-8);
    }

    [Fact]
    public void E14_at_high_frequency_the_conductors_are_left()
    {
        double expected = 5e-4 + (100e-6 / 0.25) + (60e-6 / 1.04);
        Near(expected, HalfCellImpedance.AtEquilibrium(Half, 1e14).Total.Real, 1e-6);
        Near(9.5769e-4, expected, 1e-5);
    }

    [Fact]
    public void E15_the_spectrum_keeps_the_relations_of_Kramers_and_Kronig()
    {
        // With y = jωC in parallel the residue at ω = 0 is that of the host; it is taken off and the rest transformed over the logarithm of frequency.
        double host = 1 / (-Half.OpenCircuit.SlopeAt(0.5)) * Half.HostCoulombsPerSquareMetre;
        double end = HalfCellImpedance.AtEquilibrium(Half, 1e16).Total.Real;
        Complex Rest(double omega) => HalfCellImpedance.AtEquilibrium(Half, omega / (2 * Math.PI)).Total - (1 / new Complex(0, omega * host)) - end;
        foreach (double omega in new[] { 0.01, 1, 300.0 })
        {
            // Z'(ω) − Z'(∞) = −(2/π)·∫ [x·Z''(x) − ω·Z''(ω)]/(x² − ω²) dx, x = ω·e^u: a smooth integrand on an even grid.
            const double Step = 0.005;
            double own = omega * Rest(omega).Imaginary, sum = 0;
            for (double u = -30 + (0.5 * Step); u < 30; u += Step)
            {
                double x = omega * Math.Exp(u);
                sum += ((x * Rest(x).Imaginary) - own) / ((x * x) - (omega * omega)) * x * Step;
            }

            Near(Rest(omega).Real, -2 / Math.PI * sum, 2e-5);
        }
    }

    [Fact]
    public void About_a_uniform_profile_the_grid_gives_the_closed_form()
    {
        double[] hertz = [1e-4, 1e-2, 1, 100, 1e4];
        var solver = new HalfCellSolver(new HalfCellOptions { Cells = 120 });
        var found = solver.ImpedanceAfter(Full, Once(new CyclerStep.Rest("rest", 1)), hertz);
        for (int i = 0; i < hertz.Length; i++)
        {
            ImpedanceSplit expected = HalfCellImpedance.AtEquilibrium(Full, hertz[i]);
            Assert.True(Complex.Abs(found[i].Cathode - expected.Cathode) < 1e-6 * Complex.Abs(expected.Cathode));
            Assert.Equal(expected.Separator, found[i].Separator);
            Assert.True(Complex.Abs(found[i].Anode - expected.Anode) < 1e-14);
        }
    }

    [Fact]
    public void Under_current_the_anode_and_the_kinetics_have_a_smaller_resistance()
    {
        double[] hertz = [10];
        var solver = new HalfCellSolver();
        Complex rest = solver.ImpedanceAfter(Half, Once(new CyclerStep.Rest("rest", 1)), hertz)[0].Anode;
        Complex loaded = solver.ImpedanceAfter(Half, Once(new CyclerStep.ConstantCurrent("pulse", 50, -9, 1)), hertz)[0].Anode;
        Near(Half.ThermalVolts * 2 / Math.Sqrt((20 * 20) + (50 * 50)), 1 / (1 / loaded).Real, 1e-12);
        Assert.True(loaded.Real < rest.Real);
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.3)]
    [InlineData(2e4)]
    public void Derivatives_by_every_symbol_are_those_of_finite_differences(double hertz)
    {
        foreach (HalfCellParameters cell in new[] { Full, Half })
        {
            var derivatives = HalfCellImpedance.Sensitivities(cell, hertz);
            Complex z = HalfCellImpedance.AtEquilibrium(cell, hertz).Total;
            for (int i = 0; i < derivatives.Length; i++)
            {
                HalfCellSymbol symbol = HalfCellSymbols.All[i];
                double value = symbol.Get(cell);
                // At a limit, or where 0 switches an element off, a central difference does not exist.
                if (value <= 0 || value >= symbol.Highest || (symbol.Symbol == "Cdl_a" && cell.AnodeDoubleLayerFaradsPerSquareMetre is null)) continue;
                double step = 1e-5 * value;
                Complex difference = (HalfCellImpedance.AtEquilibrium(symbol.With(cell, value + step), hertz).Total
                    - HalfCellImpedance.AtEquilibrium(symbol.With(cell, value - step), hertz).Total) / (2 * step);
                double scale = Math.Max(Complex.Abs(difference), 1e-6 * Complex.Abs(z) / value);
                Assert.True(Complex.Abs(derivatives[i] - difference) < 2e-5 * scale, FormattableString.Invariant($"{symbol.Symbol} at {hertz} Hz: {derivatives[i]} against {difference}"));
            }
        }
    }
}
