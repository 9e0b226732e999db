using System.Runtime.InteropServices;
using System.Text.Json;
using CsCheck;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Xunit;

namespace Isobar.Tests.Mechanics.Surfaces;

public sealed class SelfAffineSurfaceTests
{
    private static readonly SurfaceRecipe s_reference = new(1, 256, 0.8, 4, 4, 64, 12345, RecipeRoughness.Gradient, 1);

    // Sums of 6404 waves in two orders of summation differ by some units of the last place of the largest height, 0.06.
    private const double Tolerance = 1e-12 * 0.06;

    [Fact]
    public void The_recipe_repeats_the_published_check_values_at_256_points()
    {
        SelfAffineSurface surface = SelfAffineSurface.Make(s_reference);
        Assert.Equal(-0.012571088587063428, surface.Map[0, 0], Tolerance);
        Assert.Equal(-0.006954337844752946, surface.Map[1, 2], Tolerance);
        Assert.Equal(-0.009958536483324244, surface.Map[128, 64], Tolerance);
        Assert.Equal(-0.05811345340066536, Min(surface.Map.HeightsM), Tolerance);
        Assert.Equal(0.05562962688728757, Max(surface.Map.HeightsM), Tolerance);
        Assert.Equal(0.014396150992266345, surface.Map.RmsM, Tolerance);
        Assert.Equal(6404, surface.Modes);
        Assert.Equal(0.014396150992266347, surface.RmsHeight, 1e-14);
        Assert.Equal(1.0, surface.RmsGradient, 1e-13);
        Assert.Equal(199.28279256137566, surface.RmsLaplacian, 1e-10);
    }

    [Fact]
    public void The_recipe_repeats_the_published_check_values_at_512_points()
    {
        SelfAffineSurface surface = SelfAffineSurface.Make(s_reference with { Points = 512 });
        Assert.Equal(-0.012571088587063428, surface.Map[0, 0], Tolerance);
        Assert.Equal(-0.008886231247444034, surface.Map[1, 2], Tolerance);
        Assert.Equal(-0.009958536483324244, surface.Map[256, 128], Tolerance);
        Assert.Equal(-0.05868125711355059, Min(surface.Map.HeightsM), Tolerance);
        Assert.Equal(0.055923755435934, Max(surface.Map.HeightsM), Tolerance);
    }

    [Theory]
    [InlineData("contact_heights_A256")]
    [InlineData("contact_heights_A512")]
    public void The_recipe_repeats_the_stored_heights(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(SharedContactData.PathOf(name + ".json")));
        JsonElement generator = document.RootElement.GetProperty("generator");
        SurfaceRecipe recipe = new(
            document.RootElement.GetProperty("L").GetDouble(), document.RootElement.GetProperty("shape")[0].GetInt32(), generator.GetProperty("hurst").GetDouble(),
            generator.GetProperty("k_low").GetDouble(), generator.GetProperty("k_rolloff").GetDouble(), generator.GetProperty("k_high").GetDouble(),
            generator.GetProperty("seed").GetUInt64(), RecipeRoughness.Gradient, generator.GetProperty("rms_gradient").GetDouble());
        double[] stored = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(SharedContactData.PathOf(name + ".f64"))).ToArray();
        ReadOnlySpan<double> made = SelfAffineSurface.Make(recipe).Map.HeightsM;
        Assert.Equal(stored.Length, made.Length);
        double worst = 0;
        for (int i = 0; i < stored.Length; i++) worst = Math.Max(worst, Math.Abs(stored[i] - made[i]));
        Assert.InRange(worst, 0, Tolerance);
    }

    [Fact]
    public void Every_number_of_points_samples_one_continuous_surface()
    {
        SurfaceRecipe recipe = s_reference with { KHigh = 16, KRolloff = 6 };
        HeightMap coarse = SelfAffineSurface.Make(recipe with { Points = 40 }).Map, fine = SelfAffineSurface.Make(recipe with { Points = 120 }).Map;
        for (int i = 0; i < 40; i++)
        {
            for (int j = 0; j < 40; j++) Assert.Equal(fine[3 * i, 3 * j], coarse[i, j], 1e-14);
        }
    }

    /// <summary>The two one-dimensional sums against the double sum, written out.</summary>
    [Fact]
    public void The_heights_are_the_sum_over_all_waves()
    {
        SurfaceRecipe recipe = new(2e-5, 12, 0.6, 1, 3, 7, 7, RecipeRoughness.Height, 4e-7) { Anisotropy = 2, LayRadians = 0.4 };
        SelfAffineModes modes = SelfAffineModes.Of(recipe);
        HeightMap map = SelfAffineSurface.Make(recipe).Map;
        for (int i = 0; i < 12; i++)
        {
            for (int j = 0; j < 12; j++)
            {
                double sum = modes.All.Sum(mode => 2 * mode.Amplitude * Math.Cos((2 * Math.PI * ((mode.Kx * i) + (mode.Ky * j)) / 12) + mode.Phase));
                Assert.Equal(sum, map[i, j], 1e-19);
            }
        }
    }

    [Fact]
    public void Height_or_gradient_is_exact_whatever_the_rest() => Gen.Select(Gen.Double[0.1, 1], Gen.Int[1, 6], Gen.Int[7, 40], Gen.ULong, Gen.Double[1, 6], Gen.Double[-3, 3]).Sample((hurst, low, high, seed, anisotropy, lay) =>
    {
        SurfaceRecipe recipe = new(1e-4, 16, hurst, low, low + 1, high, seed, RecipeRoughness.Height, 3e-7) { Anisotropy = anisotropy, LayRadians = lay };
        SelfAffineModes byHeight = SelfAffineModes.Of(recipe), byGradient = SelfAffineModes.Of(recipe with { Roughness = RecipeRoughness.Gradient, Amount = 0.3 });
        return Math.Abs(byHeight.RmsHeight - 3e-7) < 1e-18 && Math.Abs(byGradient.RmsGradient - 0.3) < 1e-12;
    }, iter: 50);

    [Fact]
    public void The_spectrum_of_the_map_is_that_of_the_recipe()
    {
        SelfAffineSurface surface = SelfAffineSurface.Make(s_reference with { Size = 50e-6, Points = 160, KHigh = 40, KRolloff = 8 });
        RadialSpectrum measured = RadialSpectrum.Of(surface.Map, periodic: true);
        Assert.Equal(surface.RmsHeight, measured.RmsHeight, 1e-12 * surface.RmsHeight);
        Assert.Equal(surface.RmsGradient, measured.RmsGradient, 1e-12);
        // Within a shell the spread of wave numbers is lost; it weighs most in the highest moment.
        Assert.Equal(surface.RmsLaplacian, measured.RmsLaplacian, 1e-3 * surface.RmsLaplacian);
        SpectrumShell[] shells = [.. measured.Shells.Where(shell => shell.Variance > 1e-20 * surface.RmsHeight)];
        Assert.Equal(surface.Spectrum.Shells.Length, shells.Length);
        for (int i = 0; i < shells.Length; i++) Assert.Equal(surface.Spectrum.Shells[i].Variance, shells[i].Variance, 1e-9 * shells[i].Variance);
        // The shells at the ends of the band hold waves of the map that the recipe leaves out.
        for (int i = 1; i < shells.Length - 1; i++) Assert.Equal(surface.Spectrum.Shells[i].PowerDensity, shells[i].PowerDensity, 1e-9 * shells[i].PowerDensity);
        // Above the roll-off C ∝ k^−2(1+H), below it is flat.
        SpectrumShell At(int k) => surface.Spectrum.Shells.MinBy(shell => Math.Abs((shell.WaveNumber * 50e-6 / (2 * Math.PI)) - k));
        Assert.Equal(Math.Pow(At(32).WaveNumber / At(16).WaveNumber, -3.6), At(32).PowerDensity / At(16).PowerDensity, 0.01 * Math.Pow(2, -3.6));
        Assert.Equal(1.0, At(5).PowerDensity / At(7).PowerDensity, 1e-9);
    }

    [Fact]
    public void A_lay_makes_the_surface_longer_in_its_direction()
    {
        SurfaceRecipe recipe = new(1, 128, 0.8, 3, 3, 24, 5, RecipeRoughness.Height, 0.01) { Anisotropy = 3 };
        SurfaceTexture isotropic = SurfaceTexture.Of(SelfAffineSurface.Make(recipe with { Anisotropy = 1 }).Map, periodic: true);
        SurfaceTexture along = SurfaceTexture.Of(SelfAffineSurface.Make(recipe).Map, periodic: true);
        Assert.InRange(isotropic.Str!.Value, 0.6, 1.0);
        Assert.InRange(along.Str!.Value, 0.2, 0.5);
    }

    [Theory]
    [InlineData("size")]
    [InlineData("points")]
    [InlineData("hurst")]
    [InlineData("kLow")]
    [InlineData("kHigh")]
    [InlineData("kRolloff")]
    [InlineData("rmsGradient")]
    [InlineData("anisotropy")]
    public void A_recipe_that_cannot_be_names_its_fault(string key)
    {
        SurfaceRecipe wrong = key switch
        {
            "size" => s_reference with { Size = -1 },
            "points" => s_reference with { Points = 3 },
            "hurst" => s_reference with { Hurst = 1.2 },
            "kLow" => s_reference with { KLow = 0 },
            "kHigh" => s_reference with { KHigh = 3 },
            "kRolloff" => s_reference with { KRolloff = 2 },
            "rmsGradient" => s_reference with { Amount = double.NaN },
            _ => s_reference with { Anisotropy = 0.5 },
        };
        Assert.Equal(key, wrong.Fault()!.Value.Key);
        Assert.Throws<ArgumentException>(() => SelfAffineSurface.Make(wrong));
        Assert.Null(s_reference.Fault());
    }

    private static double Min(ReadOnlySpan<double> values)
    {
        double best = double.PositiveInfinity;
        foreach (double value in values) best = Math.Min(best, value);
        return best;
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        double best = double.NegativeInfinity;
        foreach (double value in values) best = Math.Max(best, value);
        return best;
    }
}
