using Isobar.Electrochemistry.HalfCell;
using Xunit;
using static Isobar.Tests.Electrochemistry.HalfCell.ReferenceCell;

namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>Limits of the half cell that are exact: E1-E10 and E16 of its reference page.</summary>
public sealed class HalfCellLimitTests
{
    [Theory]
    [InlineData(0.3, 4.205394408)]
    [InlineData(0.5, 3.971958656)]
    [InlineData(0.9, 3.568200282)]
    public void E1_without_current_the_voltage_is_the_open_circuit_potential(double x, double expected)
    {
        HalfCellRun run = new HalfCellSolver().Run(Base with { InitialStoichiometry = x }, Once(new CyclerStep.Rest("rest", 100)));
        // Half a unit of the last printed digit.
        Assert.Equal(expected, run.Volts[0], 6e-10);
        Assert.Equal(expected, run.Volts[^1], 6e-10);
    }

    // σ, κ, j0c, L, R_pe in Ω cm², ν. x = 0.5 makes j0 = j0c; a tiny current keeps the kinetics linear.
    [Theory]
    [InlineData(1, 0.04, 0.5, 60e-6, 19.177703772, 1.045429379)]
    [InlineData(0.02, 0.04, 5, 100e-6, 21.119754851, 9.358094096)]
    [InlineData(10, 0.02, 20, 150e-6, 3.411808975, 22.945466607)]
    public void E2_the_first_moment_is_the_porous_electrode_of_Newman_and_Tobias(double sigma, double kappa, double exchange, double length, double ohmSquareCentimetres, double nu)
    {
        HalfCellParameters cell = Electrode(sigma, kappa, exchange, length);
        Near(nu, length * Math.Sqrt(6e5 * exchange / cell.ThermalVolts * ((1 / kappa) + (1 / sigma))), 1e-9);
        const double Current = 1e-4;
        double drop = cell.OpenCircuit.At(0.5) - FirstVolts(cell, Current, new HalfCellOptions { Cells = 120 });
        double series = (cell.SeparatorThicknessMetres / cell.SeparatorSiemensPerMetre) + cell.CollectorOhmSquareMetres
            + (cell.ThermalVolts / cell.AnodeExchangeAmperesPerSquareMetre);
        Near(ohmSquareCentimetres, ((drop / Current) - series) * 1e4, 1e-6);
    }

    [Fact]
    public void E3_and_E4_slow_reaction_and_good_electronic_conduction_have_their_simple_forms()
    {
        // ν → 0: ρ/(aL) + (L/3)(1/κ + 1/σ) to order ν².
        HalfCellParameters slow = Electrode(1, 0.04, 1e-4, 60e-6);
        double area = 6e5, rho = slow.ThermalVolts / 1e-4;
        Near((rho / (area * 60e-6)) + (20e-6 * ((1 / 0.04) + 1)), Composite(slow, 1e-6), 1e-6);
        // σ → ∞ and thick: √(ρ/(aκ)).
        HalfCellParameters thick = Electrode(1e7, 0.02, 20, 150e-6);
        Near(Math.Sqrt(thick.ThermalVolts / 20 / (area * 0.02)), Composite(thick, 1e-4), 1e-4);
    }

    [Fact]
    public void E5_swapping_ionic_and_electronic_conductivity_changes_nothing_but_the_side()
    {
        HalfCellParameters one = Base with { CathodeIonicSiemensPerMetre = 0.03, CathodeElectronicSiemensPerMetre = 0.3 };
        HalfCellParameters other = one with { CathodeIonicSiemensPerMetre = 0.3, CathodeElectronicSiemensPerMetre = 0.03 };
        HalfCellRun a = new HalfCellSolver().Discharge(one, 1), b = new HalfCellSolver().Discharge(other, 1);
        Assert.Equal(a.TimeSeconds[^1], b.TimeSeconds[^1], 1e-6);
        Assert.Equal(a.Volts[0], b.Volts[0], 1e-12);
        int middle = a.Volts.Length / 2;
        Assert.Equal(a.SurfaceStoichiometryAtSeparator[middle], b.SurfaceStoichiometryAtCollector[middle], 1e-9);
        Assert.True(a.SurfaceStoichiometryAtSeparator[middle] - a.SurfaceStoichiometryAtCollector[middle] > 1e-3);
    }

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(0.5, 25)]
    [InlineData(0.05, 400)]
    public void E6_the_anode_is_the_inverse_sine_at_any_current(double theta, double current)
    {
        HalfCellParameters cell = Base with { AnodeContactFraction = theta };
        HalfCellRun run = new HalfCellSolver().Run(cell, Once(new CyclerStep.ConstantCurrent("pulse", current, -9, 1e-3)));
        double expected = 2 * cell.ThermalVolts * Math.Asinh(current / (2 * theta * 10));
        Near(-expected, run.Part(VoltagePart.AnodeKinetics)[^1], 1e-13);
    }

    // One thin electrode with perfect conductors: the insertion current is uniform and constant.
    [Theory]
    [InlineData(1e-4, 0.01138455)]
    [InlineData(1e-3, 0.03670678)]
    [InlineData(1e-2, 0.12364335)]
    [InlineData(0.1, 0.48676169)]
    [InlineData(0.5, 1.69999591)]
    public void E7_a_sphere_under_constant_flux_follows_its_series(double tau, double expected)
    {
        foreach ((ParticleMethod method, double relative) in new[] { (ParticleMethod.Eigenmodes, 2e-6), (ParticleMethod.Spectral, 5e-4) })
        {
            Near(expected, Surface(tau, new HalfCellOptions { Particles = method, Modes = 512, RadialNodes = 40, VoltageToleranceVolts = 1e-8 }), relative);
        }
    }

    [Fact]
    public void E8_early_the_surface_moves_with_the_root_of_time() =>
        Near(2 * Math.Sqrt(1e-4 / Math.PI), Surface(1e-4, new HalfCellOptions { Modes = 512, VoltageToleranceVolts = 1e-6 }), 0.01);

    [Theory]
    [InlineData(ParticleMethod.Eigenmodes)]
    [InlineData(ParticleMethod.Spectral)]
    public void E9_lithium_is_kept_to_round_off(ParticleMethod method)
    {
        HalfCellParameters cell = Base with { Classes = [new(2.5e-6, 0.6, 0.7), new(1e-6, 0.4, 0.2, 0.3)] };
        HalfCellRun run = new HalfCellSolver(new HalfCellOptions { Particles = method }).Discharge(cell, 2);
        Assert.True(run.Effort.LithiumResidual < 1e-12, FormattableString.Invariant($"residual {run.Effort.LithiumResidual:G3} of the host"));
        for (int i = 0; i < run.Volts.Length; i++)
        {
            Assert.Equal(0.3 + (run.DischargedCoulombsPerSquareMetre[i] / cell.ConnectedCoulombsPerSquareMetre), run.MeanStoichiometry[i], 1e-9);
        }
    }

    [Fact]
    public void E10_a_small_current_settles_at_the_low_frequency_resistance()
    {
        const double Current = 1e-3, Expected = 63.441573182;
        double slope = Base.OpenCircuit.SlopeAt(0.5);
        Near(-1.262931091, slope, 1e-9);
        HalfCellParameters cell = Base with { InitialStoichiometry = 0.5, OpenCircuit = new StraightCurve(Base.OpenCircuit.At(0.5) - (0.5 * slope), slope) };
        HalfCellRun run = new HalfCellSolver(Fine).Run(cell, Once(new CyclerStep.ConstantCurrent("pulse", Current, -9, 2e4)));
        double polarisation = run.Part(VoltagePart.OpenCircuit)[^1] - run.Volts[^1];
        Near(Expected, polarisation / Current * 1e4, 1e-5);
    }

    [Fact]
    public void E16_the_parts_of_the_voltage_sum_to_it_at_every_time()
    {
        HalfCellParameters cell = Base with
        {
            Classes = [new(2.5e-6, 0.5, 0.4), new(1.5e-6, 0.5, 0.9, 0.1)],
            FilmOhmSquareMetres = 2e-3,
            AnodeSpotRadiusMetres = 5e-6,
            AnodeContactFraction = 0.3,
            ExternalOhmSquareMetres = 1e-4,
            AnodeVolts = 0.1,
            SpreadingInParticles = true,
        };
        HalfCellRun run = new HalfCellSolver().Run(cell, CyclerSchedule.Cycles(cell, 1, 1, 0.5, 0.1, 600));
        Assert.True(run.Steps.Length == 5 && run.Volts.Length > 100);
        for (int i = 0; i < run.Volts.Length; i++)
        {
            double sum = 0;
            foreach (VoltagePart part in Enum.GetValues<VoltagePart>()) sum += run.Part(part)[i];
            Assert.Equal(run.Volts[i], sum, 1e-12);
        }
    }

    private static HalfCellParameters Electrode(double sigma, double kappa, double exchange, double length) => Base with
    {
        InitialStoichiometry = 0.5,
        CathodeThicknessMetres = length,
        CathodeIonicSiemensPerMetre = kappa,
        CathodeElectronicSiemensPerMetre = sigma,
        CathodeExchangeAmperesPerSquareMetre = exchange,
    };

    private static double Composite(HalfCellParameters cell, double current)
    {
        HalfCellParameters bare = cell with { SeparatorThicknessMetres = 0, CollectorOhmSquareMetres = 0, AnodeExchangeAmperesPerSquareMetre = 1e9 };
        return (bare.OpenCircuit.At(0.5) - FirstVolts(bare, current, new HalfCellOptions { Cells = 120 })) / current;
    }

    // Surface change over n·R_p/(F·D·c_max) at τ = D·t/R_p².
    private static double Surface(double tau, HalfCellOptions options)
    {
        HalfCellParameters cell = Base with
        {
            CathodeIonicSiemensPerMetre = 1e6,
            CathodeElectronicSiemensPerMetre = 1e6,
            OpenCircuit = new StraightCurve(4, -1),
            DiffusionSquareMetresPerSecond = 6.25e-12,
            ParticleRadiusMetres = 2.5e-6,
        };
        double current = 1e4, flux = current / (6e5 * 60e-6) * 2.5e-6 / (HalfCellParameters.Faraday * 6.25e-12 * 49000);
        HalfCellRun run = new HalfCellSolver(options).Run(cell, Once(new CyclerStep.ConstantCurrent("pulse", current, -9, tau)));
        return (run.SurfaceStoichiometryAtSeparator[^1] - 0.3) / flux;
    }
}
