using CsCheck;
using Isobar.Mechanics;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>The closed form for equal spheres against its printed check values and its own limits.</summary>
public sealed class ArztDensificationTests
{
    private static readonly Gen<double> s_densities = Gen.Double[0.641, 1];

    // Printed to 0.01.
    [Theory]
    [InlineData(0.70, 1.46)]
    [InlineData(0.75, 2.75)]
    [InlineData(0.80, 4.17)]
    [InlineData(0.85, 5.77)]
    [InlineData(0.90, 7.68)]
    [InlineData(0.95, 10.06)]
    public void Contact_area_has_the_printed_check_values(double density, double area) =>
        Assert.Equal(area, ArztDensification.At(density).ContactArea, 0.0051);

    [Fact]
    public void Coordination_starts_at_7_3_and_ends_at_13_69()
    {
        Assert.Equal(7.3, ArztDensification.At(ArztDensification.PouredDensity).Coordination, 1e-12);
        Assert.Equal(13.69, ArztDensification.At(1).Coordination, 0.005);
    }

    // Recomputed table for a contact flow pressure of 0.6 GPa; printed to 1 MPa.
    [Theory]
    [InlineData(0.75, 99)]
    [InlineData(0.80, 159)]
    [InlineData(0.85, 234)]
    [InlineData(0.90, 330)]
    public void Pressure_has_the_printed_values(double density, double megapascals) =>
        Assert.Equal(megapascals, ArztDensification.PressurePa(density, 0.2e9) / 1e6, 0.51);

    // Axial pressure of pure electrolyte in discrete-element compaction; agreement within 20 % is what the form claims below 0.85.
    [Theory]
    [InlineData(0.75, 119)]
    [InlineData(0.80, 163)]
    [InlineData(0.85, 207)]
    public void Pressure_agrees_with_simulated_compaction_within_twenty_per_cent(double density, double megapascals) =>
        Assert.Equal(1, ArztDensification.PressurePa(density, 0.2e9) / 1e6 / megapascals, 0.2);

    [Fact]
    public void Pure_contact_area_is_close_to_the_simple_fit_at_moderate_density()
    {
        // a = 3(D − D₀)R² is quoted as a fit; within 5 % of the full form up to 0.90.
        foreach (double density in new[] { 0.70, 0.75, 0.80, 0.85, 0.90 })
        {
            SpherePacking packing = ArztDensification.At(density);
            Assert.Equal(1, packing.AreaPerContact / (3 * (density - 0.64)), 0.05);
        }
    }

    [Fact]
    public void Poured_packing_carries_no_pressure() => Assert.Equal(0, ArztDensification.PressurePa(ArztDensification.PouredDensity, 0.2e9), 1e-6);

    [Fact]
    public void Above_ninety_per_cent_the_form_says_that_it_extrapolates()
    {
        Assert.False(ArztDensification.At(0.90).Extrapolated);
        Assert.True(ArztDensification.At(0.91).Extrapolated);
        Assert.Throws<ArgumentOutOfRangeException>(() => ArztDensification.At(0.6));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArztDensification.At(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArztDensification.RelativeDensity(2e9, 0.2e9));
    }

    [Fact]
    public void Area_contacts_radius_and_pressure_rise_with_density() => s_densities.Select(s_densities).Sample((a, b) =>
    {
        if (Math.Abs(a - b) < 1e-6) return;
        SpherePacking low = ArztDensification.At(Math.Min(a, b)), high = ArztDensification.At(Math.Max(a, b));
        Assert.True(high.ContactArea > low.ContactArea);
        Assert.True(high.Coordination > low.Coordination);
        Assert.True(high.TruncatedRadius > low.TruncatedRadius);
        Assert.True(ArztDensification.PressurePa(high.RelativeDensity, 1) > ArztDensification.PressurePa(low.RelativeDensity, 1));
    });

    [Fact]
    public void Density_at_a_pressure_is_the_inverse_of_pressure_at_a_density() => s_densities.Select(Gen.Double[0.05e9, 1e9]).Sample((density, yield) =>
        // The root is found to 1e-12 in D.
        Assert.Equal(density, ArztDensification.RelativeDensity(ArztDensification.PressurePa(density, yield), yield), 1e-10));
}
