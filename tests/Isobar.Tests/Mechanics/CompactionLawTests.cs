using CsCheck;
using Isobar.Mechanics;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>Laws that hold for every pellet law, whatever its constants.</summary>
public sealed class CompactionLawTests
{
    private static readonly Gen<CompactionLaw> s_laws =
        from poured in Gen.Double[0.3, 0.7]
        from scale in Gen.Double[30e6, 500e6]
        from exponent in Gen.Double[0.3, 1.2]
        from modulus in Gen.Double[20e9, 150e9]
        from softening in Gen.Double[4, 14]
        from slope in Gen.OneOf(Gen.Const(0.0), Gen.Double[1, 15])
        select new CompactionLaw(poured, scale, exponent, modulus, softening, slope);

    private static readonly Gen<double> s_pressures = Gen.Double[0.1e6, 600e6];

    [Fact]
    public void Density_under_load_rises_with_pressure_and_stays_below_one() => s_laws.Select(s_pressures, s_pressures).Sample((law, a, b) =>
    {
        double low = law.LoadedPorosity(Math.Min(a, b)), high = law.LoadedPorosity(Math.Max(a, b));
        Assert.True(high <= low + 1e-12, $"porosity rises from {low} to {high}");
        Assert.InRange(high, 0, law.PouredPorosity);
    });

    [Fact]
    public void Pressure_for_a_porosity_is_the_inverse_of_porosity_at_a_pressure() => s_laws.Select(s_pressures).Sample((law, pressure) =>
    {
        double porosity = law.LoadedPorosity(pressure);
        // Below 1e-8 the porosity is nearly gone and its rounding alone moves the pressure by percents.
        if (porosity < 1e-8) return;
        Assert.Equal(pressure, law.PressureForPorosity(porosity), pressure * 1e-6);
    });

    [Fact]
    public void Released_density_never_exceeds_loaded_density() => s_laws.Select(s_pressures, Gen.Double[0, 1]).Sample((law, largest, share) =>
    {
        double loaded = law.Porosity(largest, largest), released = law.Porosity(share * largest, largest);
        Assert.True(released >= loaded - 1e-12);
        Assert.True(law.Porosity(0, largest) >= released - 1e-12);
    });

    [Fact]
    public void Reloading_to_the_old_pressure_returns_to_the_old_density() => s_laws.Select(s_pressures).Sample((law, largest) =>
    {
        LoadHistory history = new LoadHistory(0, 0).At(largest).At(0.1 * largest).At(largest);
        Assert.Equal(law.LoadedPorosity(largest), law.Porosity(history.PresentPa, history.LargestPa), 1e-12);
    });

    [Fact]
    public void Rigid_inclusions_never_make_a_powder_denser_at_the_same_pressure() => s_laws.Select(s_pressures).Sample((law, pressure) =>
    {
        double pure = (law with { LockUpSlope = 0 }).LoadedPorosity(pressure);
        Assert.True(law.LoadedPorosity(pressure) >= pure - 1e-10);
    });

    [Fact]
    public void Confined_modulus_of_crystalline_argyrodite_is_39_gigapascal() =>
        // E 22.1 GPa, ν 0.37 (Deng 2016): E(1−ν)/((1+ν)(1−2ν)) by hand.
        Assert.Equal(39.09e9, CompactionLaw.ConfinedModulus(22.1e9, 0.37), 0.01e9);
}
