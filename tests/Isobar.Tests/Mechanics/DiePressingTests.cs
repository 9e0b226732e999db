using CsCheck;
using Isobar.Mechanics;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>Wall friction, ejection and strength of dies: published numbers by hand, limits and laws.</summary>
public sealed class DiePressingTests
{
    private const double Mega = 1e6;

    private static readonly CompactionLaw s_argyrodite = new(0.43, 200e6, 0.63, 39e9, 10);

    private static readonly Gen<DiePressing> s_dies =
        from diameter in Gen.Double[5e-3, 20e-3]
        from height in Gen.Double[0.05e-3, 10e-3]
        from friction in Gen.Double[0.01, 0.5]
        from lateral in Gen.Double[0.3, 0.9]
        from both in Gen.Bool
        select new DiePressing(diameter, height, friction, lateral, both ? PressAction.BothPunches : PressAction.OnePunch);

    // μ 0.2, k 0.65, 10 mm: 1 mm loses 5 %, 0.1 mm 0.5 % (printed to one digit).
    [Theory]
    [InlineData(1e-3, 0.05, 0.003)]
    [InlineData(0.1e-3, 0.005, 0.0003)]
    public void Wall_takes_the_printed_share(double height, double lost, double tolerance) =>
        Assert.Equal(lost, 1 - (new DiePressing(10e-3, height, 0.2, 0.65).LowestPa(300 * Mega) / (300 * Mega)), tolerance);

    [Fact]
    public void Density_drop_over_a_millimetre_is_a_few_thousandths()
    {
        // 0.003 is quoted for 300 MPa from a slope of about 2e-4 per MPa; the law's own drop agrees with the slope within its curvature, 5 %.
        var die = new DiePressing(10e-3, 1e-3, 0.2, 0.65);
        Assert.Equal(0.003, die.DensityDrop(2e-4 / Mega, 300 * Mega), 0.0005);
        double slope = (s_argyrodite.LoadedPorosity(299 * Mega) - s_argyrodite.LoadedPorosity(301 * Mega)) / (2 * Mega);
        Assert.Equal(1, die.DensityDrop(s_argyrodite, 300 * Mega) / die.DensityDrop(slope, 300 * Mega), 0.05);
    }

    [Fact]
    public void Two_moving_punches_halve_the_way() => s_dies.Sample(die =>
    {
        DiePressing one = die with { Action = PressAction.OnePunch }, both = die with { Action = PressAction.BothPunches };
        Assert.Equal(Math.Log(one.LowestPa(1)), 2 * Math.Log(both.LowestPa(1)), 1e-10);
        Assert.True(both.DensityDrop(s_argyrodite, 200 * Mega) <= one.DensityDrop(s_argyrodite, 200 * Mega));
        // Mirror symmetry about mid-height.
        Assert.Equal(both.AxialPa(1, 0.2 * die.HeightMetres), both.AxialPa(1, 0.8 * die.HeightMetres), 1e-12);
    });

    [Fact]
    public void Pressure_falls_away_from_the_punch_and_the_mean_lies_between() => s_dies.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Sample((die, a, b) =>
    {
        double near = Math.Min(a, b) * die.FarMetres, far = Math.Max(a, b) * die.FarMetres;
        Assert.True(die.AxialPa(1, far) <= die.AxialPa(1, near) + 1e-12);
        Assert.InRange(die.MeanPa(1), die.LowestPa(1) - 1e-12, 1 + 1e-12);
        Assert.True(die.RelativeDensity(s_argyrodite, 200 * Mega, far) <= die.RelativeDensity(s_argyrodite, 200 * Mega, near) + 1e-12);
    });

    [Fact]
    public void Force_balance_holds_between_punches_and_wall() => s_dies.Sample(die =>
    {
        // Top minus bottom force equals μ·k·∫p·π·d dz; the mean carries the integral. Single action has one sliding wall of full height.
        DiePressing one = die with { Action = PressAction.OnePunch };
        double area = Math.PI / 4 * one.DiameterMetres * one.DiameterMetres;
        double wall = one.WallFriction * one.LateralRatio * one.MeanPa(1) * Math.PI * one.DiameterMetres * one.HeightMetres;
        Assert.Equal(area * (1 - one.LowestPa(1)), wall, 1e-9 * area);
    });

    [Fact]
    public void Ejection_force_of_a_thin_pellet_is_some_tens_of_newtons()
    {
        // By hand: 0.2 · 0.06 · 370 MPa · π · 10 mm · 0.6 mm = 83.7 N.
        Assert.Equal(83.7, new DiePressing(10e-3, 0.6e-3, 0.2, 0.65).EjectionNewtons(370 * Mega, 0.06), 0.1);
        // Elastic release with k 0.65 and ν 0.37 leaves 6 %, as measured on tablets.
        Assert.Equal(0.063, DiePressing.ElasticResidualShare(0.65, 0.37), 0.001);
        Assert.Equal(0, DiePressing.ElasticResidualShare(0.5, 0.37), 1e-12);
    }

    [Fact]
    public void Depth_outside_the_pellet_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiePressing(10e-3, 1e-3, 0.2, 0.6).AxialPa(1, 2e-3));

    [Fact]
    public void Thick_wall_has_the_textbook_stress()
    {
        // Outer twice inner: hoop p(1 + 4)/(4 − 1) = 5p/3; von Mises p·√(3·16 + 1)/3 = 7p/3.
        (double hoop, double equivalent) = DieStrength.Bore(new DieRing(10e-3, 20e-3, 205e9, 0.29, 1500 * Mega), 300 * Mega);
        Assert.Equal(500 * Mega, hoop, 1);
        Assert.Equal(700 * Mega, equivalent, 1);
    }

    [Fact]
    public void Ring_under_equal_pressure_inside_and_outside_is_in_uniform_compression() => Gen.Double[1.1, 5].Sample(ratio =>
    {
        (double hoop, double equivalent) = DieStrength.Bore(new DieRing(10e-3, ratio * 10e-3, 1e9, 0.3, 1), 100, 100);
        Assert.Equal(-100, hoop, 1e-9);
        Assert.Equal(100, equivalent, 1e-9);
    });

    [Fact]
    public void Two_rings_of_one_material_are_one_ring() => Gen.Select(Gen.Double[1.1, 3], Gen.Double[1.1, 3], Gen.Double[0.1, 0.45]).Sample((a, b, poisson) =>
    {
        var inner = new DieRing(10e-3, a * 10e-3, 205e9, poisson, 1e9);
        var outer = new DieRing(a * 10e-3, a * b * 10e-3, 205e9, poisson, 1e9);
        var whole = new DieRing(10e-3, a * b * 10e-3, 205e9, poisson, 1e9);
        double interfacePa = DieStrength.InterfacePa(inner, outer, 100);
        Assert.Equal(DieStrength.Bore(whole, 100).HoopPa, DieStrength.Bore(inner, 100, interfacePa).HoopPa, 1e-8);
        Assert.Equal(DieStrength.Check(whole, 1e8, 0.6, 1e9).WallUse, DieStrength.Check(inner, outer, 1e8, 0.6, 1e9).LinerUse, 1e-10);
    });

    [Fact]
    public void Backed_liner_of_polymer_hands_the_pressure_on_to_the_steel()
    {
        // A PEEK sleeve of 10/20 mm yields near 120 MPa: alone it holds 120/(7/3) = 51 MPa radial, 79 MPa axial at k 0.65.
        var peek = new DieRing(10e-3, 20e-3, 3.7e9, 0.38, 120 * Mega);
        DieVerdict alone = DieStrength.Check(peek, 370 * Mega, 0.65, 1500 * Mega);
        Assert.False(alone.Holds);
        Assert.Equal("die wall", alone.Limit);
        Assert.Equal(79.1 * Mega, alone.LargestAxialPa, 0.1 * Mega);
        Assert.StartsWith("at 370 MPa the die wall", alone.Explain(SamplePressure.FromMegapascals(370)), StringComparison.Ordinal);
        var steel = new DieRing(20e-3, 50e-3, 205e9, 0.29, 1500 * Mega);
        DieVerdict backed = DieStrength.Check(peek, steel, 370 * Mega, 0.65, 1500 * Mega);
        // By hand: q = p·(0.6667/3.7)/(1.2867/3.7 + 1.671/205) = 0.506p; hoop (125 − 101.3)p/75 = 0.316p, equivalent 1.19p, 120/1.19/0.65 = 155 MPa.
        Assert.Equal(0.506, backed.InterfacePa / (0.65 * 370 * Mega), 0.001);
        Assert.Equal(155 * Mega, backed.LargestAxialPa, 1 * Mega);
        Assert.Equal("liner", backed.Limit);
    }

    [Fact]
    public void Steel_die_is_limited_by_its_punches_or_wall_and_says_so()
    {
        DieVerdict verdict = DieStrength.Check(new DieRing(10e-3, 40e-3, 205e9, 0.29, 1500 * Mega), 375 * Mega, 0.65, 1500 * Mega);
        Assert.True(verdict.Holds);
        Assert.Contains("the die holds 375 MPa", verdict.Explain(SamplePressure.FromMegapascals(375)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DieStrength.Check(new DieRing(10e-3, 9e-3, 205e9, 0.29, 1), 1, 0.6, 1));
        Assert.Throws<ArgumentException>(() => DieStrength.InterfacePa(new DieRing(10e-3, 20e-3, 1, 0.3, 1), new DieRing(21e-3, 30e-3, 1, 0.3, 1), 1));
    }

    [Fact]
    public void Limit_of_a_die_does_not_depend_on_the_pressure_asked() => Gen.Select(Gen.Double[1.2, 5], Gen.Double[0.4, 0.8], Gen.Double[1e6, 1e9], Gen.Double[1e6, 1e9]).Sample((ratio, k, p, q) =>
    {
        var wall = new DieRing(10e-3, ratio * 10e-3, 205e9, 0.29, 1000 * Mega);
        Assert.Equal(1, DieStrength.Check(wall, p, k, 1500 * Mega).LargestAxialPa / DieStrength.Check(wall, q, k, 1500 * Mega).LargestAxialPa, 1e-10);
    });
}
