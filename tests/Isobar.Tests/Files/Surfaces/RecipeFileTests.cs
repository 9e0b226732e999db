using Isobar.Lab.Files;
using Isobar.Mechanics.Contact.Surfaces;
using Xunit;

namespace Isobar.Tests.Files.Surfaces;

public sealed class RecipeFileTests
{
    private const string Reduced = "size: 1\npoints: 256\nhurst: 0.8\nkLow: 4\nkRolloff: 4\nkHigh: 64\nseed: 12345\nrmsGradient: 1\n";

    [Fact]
    public void A_recipe_of_reduced_units_is_read() =>
        Assert.Equal(new RecipeReading(new SurfaceRecipe(1, 256, 0.8, 4, 4, 64, 12345, RecipeRoughness.Gradient, 1), true), RecipeFile.Parse(Reduced, "surface.yaml"));

    [Fact]
    public void A_recipe_with_units_height_and_lay_is_read()
    {
        RecipeReading reading = RecipeFile.Parse("isobar: surface/1\nsize: 100 um\npoints: 512\nhurst: 0.7\nkLow: 2\nkHigh: 100\nseed: 18446744073709551615\nrmsHeight: 0.4 um\nanisotropy: 2\nlay: 30 deg\n", "surface.yaml");
        Assert.False(reading.Reduced);
        Assert.Equal(1e-4, reading.Recipe.Size, 1e-18);
        Assert.Equal(4e-7, reading.Recipe.Amount, 1e-20);
        Assert.Equal((2.0, ulong.MaxValue, RecipeRoughness.Height), (reading.Recipe.KRolloff, reading.Recipe.Seed, reading.Recipe.Roughness));
        Assert.Equal(Math.PI / 6, reading.Recipe.LayRadians, 1e-15);
    }

    [Theory]
    [InlineData("seed: 12345", "seed: twelve", 7, "the seed is 'twelve'")]
    [InlineData("points: 256", "points: 2.5", 2, "the number of points is '2.5'")]
    [InlineData("kHigh: 64", "kHigh: 2", 6, "kHigh = 2.000 below kLow = 4.000")]
    [InlineData("hurst: 0.8", "hurst: 0,8", 3, "the Hurst exponent is '0,8'")]
    [InlineData("rmsGradient: 1", "rmsGradient: 0", 8, "a roughness of 0")]
    [InlineData("rmsGradient: 1", "rmsHeight: 1 um", 8, "the rms height is 1 um")]
    [InlineData("rmsGradient: 1", "rmsGradient: 1\nrmsHeight: 1", 9, "both rmsGradient and rmsHeight are given")]
    [InlineData("kRolloff: 4", "kRollof: 4", 5, "'kRollof' is not a key of a surface recipe")]
    [InlineData("hurst: 0.8\n", "", 1, "the recipe has no 'hurst'")]
    [InlineData("size: 1", "size: 1 kg", 1, "'kg'")]
    public void A_wrong_recipe_is_refused_with_its_line(string was, string now, int line, string found)
    {
        IsobarFileException fault = Assert.Throws<IsobarFileException>(() => RecipeFile.Parse(Reduced.Replace(was, now, StringComparison.Ordinal), "surface.yaml"));
        Assert.Equal(line, fault.Line);
        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
    }
}
