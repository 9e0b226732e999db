using CsCheck;
using Isobar.Mechanics;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>Size, charge and composition in the cracking index; the coating index; flaws; density from mass and thickness.</summary>
public sealed class DamageScreeningTests
{
    private const double Mega = 1e6;

    private static readonly ParticleStrength s_nmc811 = new(226 * Mega, 4.9, 75 * Mega, 3.6);
    private static readonly CoatingScreening s_coating = new(138e9, 0.25, 11.2e9, 0.5e9, 0.7e9, 0.6, 0.8);

    private static readonly Gen<double> s_pressure = Gen.Double[1e6, 1e9];

    // Simulated compaction at 50 vol%, tip strength; the force distribution there is not log-normal, 0.06 in share.
    [Theory]
    [InlineData(64, 0.29)]
    [InlineData(166, 0.86)]
    [InlineData(328, 0.98)]
    public void Upper_index_follows_the_simulated_compaction(double megapascals, double cracked) =>
        Assert.Equal(cracked, ParticleDamage.Index(megapascals * Mega, 0.8, s_nmc811, 0.3).Upper, 0.06);

    [Theory]
    [InlineData(0.5, 0.80)]
    [InlineData(0.7, 0.94)]
    public void Load_concentration_has_the_simulated_values(double fraction, double kappa) =>
        // 0.94 is the middle of 0.83-1.05.
        Assert.Equal(kappa, ParticleDamage.LoadConcentration(0.85, 0.7, fraction), 0.005);

    [Fact]
    public void Index_rises_with_pressure_falls_with_strength_and_keeps_its_order() => Gen.Select(s_pressure, Gen.Double[1, 4], Gen.Double[1, 4], Gen.Double[0, 1]).Sample((p, factor, stronger, share) =>
    {
        CrackingIndex index = ParticleDamage.Index(p, 0.85, s_nmc811, share), pressed = ParticleDamage.Index(factor * p, 0.85, s_nmc811, share);
        CrackingIndex strong = ParticleDamage.Index(p, 0.85, s_nmc811 with { PlatenPa = stronger * s_nmc811.PlatenPa, TipPa = stronger * s_nmc811.TipPa }, share);
        Assert.True(pressed.Lower >= index.Lower - 1e-12 && pressed.Upper >= index.Upper - 1e-12);
        Assert.True(strong.Lower <= index.Lower + 1e-12 && strong.Upper <= index.Upper + 1e-12);
        Assert.InRange(index.Expected, Math.Min(index.Lower, index.Upper) - 1e-12, Math.Max(index.Lower, index.Upper) + 1e-12);
    });

    [Fact]
    public void Smaller_particles_withstand_tips_better_and_platens_alike()
    {
        ParticleStrength half = s_nmc811.OfSize(5.2e-6, 0.81);
        Assert.Equal(Math.Pow(2, 0.81) * 75 * Mega, half.TipPa, 1);
        Assert.Equal(s_nmc811.PlatenPa, half.PlatenPa, 1e-6);
    }

    [Fact]
    public void Charged_particles_are_several_times_weaker()
    {
        ParticleStrength charged = s_nmc811.Charged(1, 5);
        Assert.Equal(226 * Mega / 5, charged.PlatenPa, 1);
        Assert.True(ParticleDamage.Index(100 * Mega, 0.85, charged, 0.3).Lower > 5 * ParticleDamage.Index(100 * Mega, 0.85, s_nmc811, 0.3).Lower);
        Assert.Contains("never press a charged cell", ParticleDamage.ChargedCellAdvice, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_nmc811.Charged(1.2, 5));
        Gen.Double[0, 1].Select(Gen.Double[0, 1]).Sample((x, y) => Assert.True(s_nmc811.Charged(Math.Max(x, y), 5).PlatenPa <= s_nmc811.Charged(Math.Min(x, y), 5).PlatenPa));
    }

    [Fact]
    public void Contact_between_particles_is_hertzian_until_it_yields()
    {
        // By hand: E* = 138/(2·0.9375) = 73.6 GPa; s = 20 MPa: a/d = (3·20e6/(16·73.6e9))^(1/3) = 0.03707, p = 20 MPa/(π·a²) = 4.63 GPa.
        Assert.Equal(4.63e9, s_coating.ContactPressurePa(20 * Mega), 0.01e9);
        Assert.Equal(2, s_coating.ContactPressurePa(80 * Mega) / s_coating.ContactPressurePa(10 * Mega), 1e-9);
        Assert.Equal(11.2e9, s_coating.ContactPressurePa(1e9), 1);
        // Electrolyte of 0.5 GPa stretches the coating by (1 − 2·0.25)/2·0.5·0.8 = 0.1 GPa: inside the 0.05-0.2 GPa that survive.
        Assert.Equal(0.1e9, s_coating.RimTensionPa(0.5e9), 1);
        Assert.True(s_coating.At(300 * Mega, 0.8, 2.9).ElectrolyteProbability < 0.01);
    }

    [Fact]
    public void Coating_index_rises_with_pressure_and_contacts_and_falls_with_film_strength() =>
        Gen.Select(s_pressure, Gen.Double[1, 4], Gen.Double[0, 6], Gen.Double[0, 6], Gen.Double[1, 5]).Sample((p, factor, z, y, stronger) =>
        {
            CoatingScreeningIndex index = s_coating.At(p, 0.85, Math.Min(z, y));
            Assert.InRange(index.Index, 0, 1);
            Assert.True(s_coating.At(factor * p, 0.85, Math.Min(z, y)).Index >= index.Index - 1e-12);
            Assert.True(s_coating.At(p, 0.85, Math.Max(z, y)).Index >= index.Index - 1e-12);
            Assert.True((s_coating with { FilmStrengthPa = stronger * s_coating.FilmStrengthPa }).At(p, 0.85, Math.Min(z, y)).Index <= index.Index + 1e-12);
            Assert.Equal(1, index.Index + index.IntactShare, 1e-12);
        });

    [Fact]
    public void Coating_index_has_its_limits_and_says_what_it_is()
    {
        Assert.Equal(0, s_coating.At(300 * Mega, 0.85, 0).Index, 1e-12);
        Assert.Equal(0, s_coating.At(0, 0.85, 3).Index, 1e-12);
        Assert.StartsWith("screening index", CoatingScreeningIndex.Statement, StringComparison.Ordinal);
        // 10 nm of 1e-7 S/cm: 10e-9/1e-5 = 1e-3 Ω m² = 10 Ω cm².
        Assert.Equal(1e-3, CoatingScreening.SeriesOhmSquareMetres(10e-9, 1e-5), 1e-12);
    }

    [Fact]
    public void Pellet_breaks_at_flaws_of_a_fraction_of_a_millimetre()
    {
        // (0.17/(1.12·10))²/π m = 73 µm at 10 MPa; K²/E = 6.1 J/m² with the pellet's 4.7 GPa.
        Assert.Equal(73e-6, PelletFracture.CriticalFlawMetres(0.17e6, 10 * Mega), 1e-6);
        Assert.Equal(6.15, PelletFracture.EnergyJoulesPerSquareMetre(0.17e6, 4.7e9), 0.01);
        Gen.Double[1e5, 1e8].Sample(tension => Assert.Equal(1, PelletFracture.StrengthPa(0.17e6, PelletFracture.CriticalFlawMetres(0.17e6, tension)) / tension, 1e-9));
    }

    [Fact]
    public void Five_micrometres_on_six_tenths_of_a_millimetre_are_eight_tenths_of_a_per_cent()
    {
        Estimate density = PelletDensity.Of(
            new Estimate<Mass>(new Mass(80.2e-6), new Mass(0)), new Estimate<Length>(new Length(0.6e-3), new Length(5e-6)),
            new Estimate<Length>(new Length(10e-3), new Length(0)), new Estimate<MassDensity>(new MassDensity(1860), new MassDensity(0)));
        // By hand: 80.2 mg/(78.54 mm²·0.6 mm·1.86 g/cm³) = 0.9150.
        Assert.Equal(0.9150, density.Value, 1e-4);
        Assert.Equal(0.00833, density.RelativeUncertainty, 1e-4);
    }

    [Fact]
    public void Pellet_thinner_than_its_solid_is_refused()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => PelletDensity.Of(
            new Estimate<Mass>(new Mass(80.2e-6), new Mass(0)), new Estimate<Length>(new Length(0.5e-3), new Length(2e-6)),
            new Estimate<Length>(new Length(10e-3), new Length(0)), new Estimate<MassDensity>(new MassDensity(1860), new MassDensity(0))));
        Assert.Contains("thinner than the pellet without pores", refused.Message, StringComparison.Ordinal);
    }

    // Y 0.80 and 0.73 MPa.
    [Theory]
    [InlineData(0.80, 27)]
    [InlineData(0.73, 30)]
    public void Twenty_five_megapascal_drive_lithium_27_to_30_radii_deep(double yieldMegapascals, double radii)
    {
        Assert.Equal(radii, LithiumLeakage.DepthInRadii(25 * Mega, yieldMegapascals * Mega), 0.5);
        Assert.Equal(25 * Mega, LithiumLeakage.PorePa(yieldMegapascals * Mega, 1e-6, 1e-6 * LithiumLeakage.DepthInRadii(25 * Mega, yieldMegapascals * Mega)), 1);
    }

    [Fact]
    public void Slit_of_the_widest_gap_opens_at_the_pressure_it_was_asked_for() => Gen.Select(Gen.Double[1e6, 1e8], Gen.Double[0.3e6, 2e6], Gen.Double[1e-3, 20e-3]).Sample((p, y, land) =>
        Assert.Equal(1, LithiumLeakage.SlitPa(y, LithiumLeakage.WidestGapMetres(p, y, land), land) / p, 1e-12));

    [Fact]
    public void Squeeze_flow_of_a_newtonian_disc_is_Stefans() => Gen.Select(Gen.Double[1e-3, 10e-3], Gen.Double[10e-6, 500e-6], Gen.Double[1e-9, 1e-3]).Sample((r, h, v) =>
        Assert.Equal(1, new SqueezeFlow(1e6, 1).ForceNewtons(r, h, v) / (3 * Math.PI * 1e6 * Math.Pow(r, 4) * v / (2 * Math.Pow(h, 3))), 1e-9));

    [Fact]
    public void Squeeze_flow_without_rate_is_Hills_disc() => Gen.Select(Gen.Double[1e-3, 10e-3], Gen.Double[10e-6, 500e-6]).Sample((r, h) =>
    {
        const double yield = 0.8e6;
        double mean = new SqueezeFlow(yield / Math.Sqrt(3), 1e-6).ForceNewtons(r, h, 1e-6) / (Math.PI * r * r);
        // The friction term of Hill's p = Y(1 + 2R/(3√3h)); m = 1e-6 leaves ln terms of 1e-5.
        Assert.Equal(1, mean / (LithiumLimits.SpreadingPressurePa(yield, r, h) - yield), 1e-4);
    });

    [Fact]
    public void Creeping_foil_closes_faster_under_more_pressure_and_force_inverts_speed() => Gen.Select(Gen.Double[1e6, 50e6], Gen.Double[1.1, 3]).Sample((p, factor) =>
    {
        SqueezeFlow lithium = SqueezeFlow.OfCreep(7.7e-3, 6.56);
        double slow = lithium.ClosingMetresPerSecond(5e-3, 100e-6, p), fast = lithium.ClosingMetresPerSecond(5e-3, 100e-6, factor * p);
        Assert.Equal(Math.Pow(factor, 6.56), fast / slow, 1e-6 * Math.Pow(factor, 6.56));
        // Powers of 6.56 multiply rounding by as much.
        Assert.Equal(1, lithium.ForceNewtons(5e-3, 100e-6, slow) / (p * Math.PI * 25e-6), 1e-9);
    });
}
