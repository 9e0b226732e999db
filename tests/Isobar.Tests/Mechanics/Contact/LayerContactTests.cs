using Isobar.Mechanics.Contact;
using Xunit;

namespace Isobar.Tests.Mechanics.Contact;

/// <summary>A bonded layer that stands alone.</summary>
public sealed class LayerContactTests
{
    private static readonly ContactOptions Bare = new() { Conduction = false };

    /// <summary>Pressed all over, a layer compresses like an oedometer: the coefficients add up to t·(1 − 2ν)/(E*·(1 − ν)²).</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.45)]
    public void All_coefficients_together_are_the_uniform_compression(double poisson)
    {
        const int points = 256;
        const double thickness = 0.01, pitch = 1.0 / points;
        double[] table = LayerCoefficients.Table(points, points, pitch, pitch, new ContactMedium(2) { LayerThicknessM = thickness, LayerPoissonRatio = poisson });
        double expected = thickness * (1 - (2 * poisson)) / (2 * (1 - poisson) * (1 - poisson));
        // The table of the deficit is cubic between hundredths of a thickness, and 40 thicknesses end it.
        Assert.Equal(1, table.Sum() / expected, 1e-5);
    }

    [Fact]
    public void An_incompressible_layer_gives_way_nowhere_when_pressed_all_over()
    {
        double[] table = LayerCoefficients.Table(256, 256, 1.0 / 256, 1.0 / 256, new ContactMedium(1) { LayerThicknessM = 0.01, LayerPoissonRatio = 0.5 });
        Assert.Equal(0, table.Sum() / table[0], 1e-5);
    }

    [Fact]
    public void A_thick_layer_is_the_half_space_less_what_a_far_base_takes_off()
    {
        double[] love = LoveCoefficients.Table(32, 32, 1, 1, 1), near = LayerCoefficients.Table(32, 32, 1, 1, new ContactMedium(1) { LayerThicknessM = 1e3 }), far = LayerCoefficients.Table(32, 32, 1, 1, new ContactMedium(1) { LayerThicknessM = 2e3 });
        for (int i = 0; i < love.Length; i++)
        {
            // The base takes off D(0)/(πE*t), half as much from twice as far.
            Assert.InRange(love[i] - near[i], 1e-5, 1e-3);
            Assert.Equal(2, (love[i] - near[i]) / (love[i] - far[i]), 1e-3);
        }
    }

    /// <summary>Waves on a layer die out within some thicknesses, so that a lone sphere does not feel whether the map repeats: two kernels, one in waves and one in points, meet as the pixels shrink.</summary>
    [Fact]
    public void A_sphere_far_from_the_rim_does_not_feel_the_boundary()
    {
        double[] apart = [.. new[] { 32, 64, 128 }.Select(points =>
        {
            HeightMap sphere = RoughSurfaces.Of(points, points, 1, 1, (x, y) => -0.5 * (((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5))));
            ContactMedium layer = new(1) { LayerThicknessM = 0.05, LayerPoissonRatio = 0.3 };
            ContactState free = new ContactSolver(sphere, layer with { Boundary = ContactBoundary.Free }, Bare).Solve(0.002), periodic = new ContactSolver(sphere, layer, Bare).Solve(0.002);
            Assert.InRange(free.Area, 0.02, 0.2);
            double sum = 0;
            for (int i = 0; i < free.PressurePa.Length; i++) sum += Math.Abs(free.PressurePa[i] - periodic.PressurePa[i]);
            return sum / free.PressurePa.Length / 0.002;
        })];
        double order = Math.Log(apart[0] / apart[2]) / Math.Log(4);
        Assert.True(order >= 1 && apart[2] < 0.01, $"{apart[0]:G3}, {apart[1]:G3}, {apart[2]:G3} fall with order {order:F2}; expected 1");
    }

    [Fact]
    public void A_rough_lone_layer_is_stiffer_than_a_lone_half_space_and_a_thick_one_is_the_same()
    {
        HeightMap map = RoughSurfaces.SelfAffine(64, highest: 16);
        ContactMedium free = new(1) { Boundary = ContactBoundary.Free };
        ContactState space = new ContactSolver(map, free, Bare).Solve(0.05), thick = new ContactSolver(map, free with { LayerThicknessM = 1e6 }, Bare).Solve(0.05), thin = new ContactSolver(map, free with { LayerThicknessM = 0.02 }).Solve(0.05);
        Assert.Equal(space.Area, thick.Area, 1e-12);
        Assert.True(thin.Area < space.Area);
        Assert.InRange(thin.Residual, 0, 1e-8);
        Assert.Null(thin.Conduction!.BarberProduct);
        Assert.True(thin.Conduction.ConstrictionLengthM > 0);
    }

    [Fact]
    public void Pixels_much_wider_than_the_layer_is_thick_are_refused() =>
        Assert.Contains("times as wide", Assert.Throws<ArgumentException>(() => new ContactSolver(RoughSurfaces.SelfAffine(64, highest: 16), new ContactMedium(1) { LayerThicknessM = 1e-3, Boundary = ContactBoundary.Free })).Message, StringComparison.Ordinal);
}
