using System.Numerics;
using CsCheck;
using Isobar.Electrochemistry;
using Xunit;

namespace Isobar.Tests.Electrochemistry;

/// <summary>The porous electrode against its closed form and its limits.</summary>
public sealed class PorousElectrodeTests
{
    private const double GasConstantTimesTemperatureOverFaraday = 8.31446261815324 * 298.15 / 96485.33212;
    private const double ParticleArea = 6e5;

    // Check values of Newman and Tobias' formula evaluated to ten digits with (σ, κ, j0, L); rtol 1e-9 leaves room for the printed digits only.
    [Theory]
    [InlineData(1, 0.04, 0.5, 60e-6, 19.177703772)]
    [InlineData(0.02, 0.04, 5, 100e-6, 21.119754851)]
    [InlineData(10, 0.02, 20, 150e-6, 3.411808975)]
    public void Resistance_matches_the_closed_form(double sigma, double kappa, double exchange, double thickness, double ohmSquareCentimetres)
    {
        double resistance = PorousElectrode.Resistance(thickness, kappa, sigma, ParticleArea, exchange / GasConstantTimesTemperatureOverFaraday);
        Assert.Equal(ohmSquareCentimetres, resistance * 1e4, ohmSquareCentimetres * 1e-9);
    }

    [Fact]
    public void Resistance_of_a_slow_reaction_tends_to_charge_transfer_plus_a_third_of_both_rails()
    {
        const double kappa = 0.05, sigma = 0.4, thickness = 80e-6;
        foreach (double admittance in new[] { 1e-2, 1e-3, 1e-4 })
        {
            double nuSquared = ParticleArea * admittance * thickness * thickness * ((1 / kappa) + (1 / sigma));
            double expected = (1 / (ParticleArea * admittance * thickness)) + (thickness / 3 * ((1 / kappa) + (1 / sigma)));
            double resistance = PorousElectrode.Resistance(thickness, kappa, sigma, ParticleArea, admittance);
            // The next term of the expansion is of relative order ν⁴/45.
            Assert.Equal(expected, resistance, expected * nuSquared * nuSquared);
        }
    }

    [Fact]
    public void Resistance_with_a_perfect_electronic_rail_is_the_coth_law() => Gen.Double[0.01, 1].Select(Gen.Double[1e-3, 1e3]).Sample((kappa, admittance) =>
    {
        const double thickness = 60e-6;
        double nu = thickness * Math.Sqrt(ParticleArea * admittance / kappa);
        double expected = Math.Sqrt(1 / (ParticleArea * admittance * kappa)) / Math.Tanh(nu);
        double resistance = PorousElectrode.Resistance(thickness, kappa, 1e9, ParticleArea, admittance);
        // The electronic rail is 1e9 S/m instead of perfect: its own share is κ/σ of the ionic one.
        Assert.Equal(expected, resistance, expected * 1e-6);
    });

    [Fact]
    public void Swapping_the_rails_changes_nothing() =>
        Gen.Select(Gen.Double[1e-3, 10], Gen.Double[1e-3, 10], Gen.Double[1e-3, 1e4], Gen.Double[10e-6, 500e-6]).Sample((kappa, sigma, admittance, thickness) =>
        {
            double one = PorousElectrode.Resistance(thickness, kappa, sigma, ParticleArea, admittance);
            double other = PorousElectrode.Resistance(thickness, sigma, kappa, ParticleArea, admittance);
            Assert.Equal(one, other, one * 1e-12);
        });

    [Fact]
    public void Impedance_with_a_real_admittance_is_the_resistance() =>
        Gen.Select(Gen.Double[1e-3, 10], Gen.Double[1e-3, 10], Gen.Double[1e-3, 1e6], Gen.Double[10e-6, 500e-6]).Sample((kappa, sigma, admittance, thickness) =>
        {
            Complex z = PorousElectrode.Impedance(thickness, kappa, sigma, ParticleArea, admittance);
            double r = PorousElectrode.Resistance(thickness, kappa, sigma, ParticleArea, admittance);
            // 1e-9: the complex form loses digits in 1 − e^−2ν where ν is small, the real one does not.
            Assert.Equal(r, z.Real, r * 1e-9);
            Assert.Equal(0, z.Imaginary, r * 1e-9);
        });

    [Fact]
    public void Impedance_at_high_frequency_is_both_rails_in_parallel()
    {
        const double kappa = 0.04, sigma = 1, thickness = 60e-6;
        Complex z = PorousElectrode.Impedance(thickness, kappa, sigma, ParticleArea, new Complex(0, 1e12));
        double expected = thickness / (kappa + sigma);
        // The remaining reaction depth is ν⁻¹, here about 1e-7 of the rails' ratio σ/κ.
        Assert.Equal(expected, z.Real, expected * 1e-4);
    }
}
