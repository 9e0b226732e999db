using CsCheck;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Xunit;

namespace Isobar.Tests.Mechanics.Surfaces;

/// <summary>Levelling, filling, joining and the parameters of ISO 25178 against surfaces whose answers are known.</summary>
public sealed class SurfaceTextureTests
{
    // z = A·cos(2πkx/L): every parameter in closed form.
    private static HeightMap Wave(int points, double amplitude, double size, int waves) =>
        Map(points, points, size, size, (_, column) => amplitude * Math.Cos(2 * Math.PI * waves * column / points));

    [Fact]
    public void A_wave_has_the_parameters_of_a_wave()
    {
        const double amplitude = 2e-7, size = 4e-5;
        const int waves = 4;
        SurfaceTexture texture = SurfaceTexture.Of(Wave(512, amplitude, size, waves), periodic: true);
        double slope = 2 * Math.PI * waves * amplitude / size;
        // Sums over 128 points per wave: Sa carries the error of a sum over corners, O(1/128²); the others none.
        Assert.Equal(2 / Math.PI * amplitude, texture.Sa, 1e-3 * amplitude);
        Assert.Equal(amplitude / Math.Sqrt(2), texture.Sq, 1e-12 * amplitude);
        Assert.Equal(0, texture.Ssk, 1e-10);
        Assert.Equal(1.5, texture.Sku, 1e-10);
        Assert.Equal(2 * amplitude, texture.Sz, 1e-12 * amplitude);
        // Difference of sixth order: (2π/128)⁶/140.
        Assert.Equal(slope / Math.Sqrt(2), texture.Sdq, 1e-8 * slope);
        Assert.Equal(slope * slope / 4, texture.Sdr, 1e-3 * slope * slope);
        // cos(2πkt/L) falls to 0.2 at t = L/(2πk)·arccos 0.2 across and never along.
        Assert.Equal(size / (2 * Math.PI * waves) * Math.Acos(0.2), texture.Sal!.Value, 1e-3 * size);
        Assert.Null(texture.Str);
    }

    [Fact]
    public void Normal_heights_have_no_skew_and_a_kurtosis_of_three()
    {
        SurfaceRecipe recipe = new(1, 256, 0.8, 1, 40, 60, 3, RecipeRoughness.Height, 1);
        SurfaceTexture texture = SurfaceTexture.Of(SelfAffineSurface.Make(recipe).Map, periodic: true);
        // 11 000 independent waves: standard errors of about 0.03 and 0.05.
        Assert.Equal(0, texture.Ssk, 0.1);
        Assert.Equal(3, texture.Sku, 0.2);
        Assert.Equal(Math.Sqrt(2 / Math.PI), texture.Sa / texture.Sq, 0.01);
    }

    [Fact]
    public void Slopes_of_the_texture_are_those_of_the_spectrum()
    {
        SelfAffineSurface surface = SelfAffineSurface.Make(new SurfaceRecipe(1, 512, 0.8, 4, 4, 64, 12345, RecipeRoughness.Gradient, 1));
        // Eight points per shortest wave: the difference of sixth order loses 1.2 % there and a hundredth of that below.
        Assert.Equal(1, SurfaceTexture.Of(surface.Map, periodic: true).Sdq, 3e-3);
    }

    [Fact]
    public void Levelling_takes_the_form_and_leaves_the_rest() => Gen.Select(Gen.Int[0, 4], Gen.Double[-3, 3].Array[15], Gen.Bool).Sample((degree, factors, holes) =>
    {
        const int rows = 24, columns = 31;
        bool[] missing = [.. Enumerable.Range(0, rows * columns).Select(i => holes && i % 7 == 3)];
        HeightMap form = Map(rows, columns, 2e-5, 1e-5, (row, column) =>
        {
            double x = (2.0 * column / columns) - 1, y = (2.0 * row / rows) - 1, sum = 0;
            int k = 0;
            for (int total = 0; total <= degree; total++)
            {
                for (int i = 0; i <= total; i++) sum += factors[k++] * Math.Pow(x, i) * Math.Pow(y, total - i);
            }

            return 1e-6 * sum;
        }, missing);
        HeightMap flat = SurfaceLevelling.Level(form, degree);
        return flat.RmsM <= 1e-11 * (1e-6 + form.RmsM) / 1e-6 * 1e-6 + 1e-17 && flat.MissingCount == form.MissingCount;
    }, iter: 100);

    [Fact]
    public void A_degree_that_the_pixels_do_not_determine_is_refused()
    {
        bool[] missing = [.. Enumerable.Range(0, 64).Select(i => i >= 8)];
        Assert.Throws<ArgumentException>(() => SurfaceLevelling.Level(Map(8, 8, 1, 1, (_, column) => column, missing), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SurfaceLevelling.Level(Map(8, 8, 1, 1, (_, column) => column), 9));
    }

    /// <summary>A harmonic function is its own smoothest continuation.</summary>
    [Fact]
    public void Holes_in_a_saddle_are_filled_with_the_saddle()
    {
        bool[] missing = [.. Enumerable.Range(0, 30 * 40).Select(i => i / 40 is > 7 and < 20 && i % 40 is > 11 and < 29)];
        HeightMap whole = Map(30, 40, 40e-6, 30e-6, (row, column) => 1e-9 * (((column - 20) * (column - 20)) - ((row - 15) * (row - 15))));
        HeightMap holed = Map(30, 40, 40e-6, 30e-6, (row, column) => whole[row, column], missing);
        HeightMap filled = MissingPixels.Fill(holed);
        Assert.Equal(0, filled.MissingCount);
        for (int i = 0; i < missing.Length; i++) Assert.Equal(whole.HeightsM[i], filled.HeightsM[i], 1e-6 * 4e-7);
        Assert.Same(whole, MissingPixels.Fill(whole));
    }

    [Fact]
    public void Two_surfaces_face_each_other_when_joined()
    {
        HeightMap one = Map(4, 6, 6, 4, (row, column) => row + (0.1 * column)), other = Map(4, 6, 6, 4, (row, column) => 10 * column);
        HeightMap both = SurfacePair.Join(one, other);
        Assert.Equal(1 + 0.2 + 30, both[1, 2], 1e-12);
        // A surface on its own mirror image: turned over, peak meets valley.
        HeightMap saw = Map(4, 6, 6, 4, (_, column) => column), mirrored = Map(4, 6, 6, 4, (_, column) => column);
        Assert.Equal(0, SurfacePair.Join(saw, mirrored).RmsM, 1e-12);
        ArgumentException fault = Assert.Throws<ArgumentException>(() => SurfacePair.Join(one, Map(4, 7, 7, 4, (_, _) => 0)));
        Assert.Contains("4 × 7 points", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_keeps_the_roughness_of_a_map_that_does_not_repeat()
    {
        // A quarter cut out of a periodic surface, on a slope.
        SelfAffineSurface surface = SelfAffineSurface.Make(new SurfaceRecipe(4e-5, 512, 0.8, 32, 32, 120, 9, RecipeRoughness.Height, 1e-7));
        HeightMap cut = Map(256, 256, 2e-5, 2e-5, (row, column) => surface.Map[row + 100, column + 77] + (1e-8 * column) - (3e-8 * row));
        RadialSpectrum spectrum = RadialSpectrum.Of(cut, periodic: false);
        // A sixteenth of the area under a window: some per cent of statistics.
        Assert.Equal(1e-7, spectrum.RmsHeight, 0.1e-7);
        Assert.Equal(surface.RmsGradient, spectrum.RmsGradient, 0.1 * surface.RmsGradient);
        Assert.InRange(spectrum.Bandwidth, 1.5, 6);
    }

    [Fact]
    public void One_wavelength_has_the_narrowest_bandwidth()
    {
        SurfaceRecipe ring = new(1, 128, 0.5, 19.9, 19.9, 20.1, 1, RecipeRoughness.Height, 1);
        Assert.Equal(1.5, SelfAffineSurface.SpectrumOf(ring).Bandwidth, 1e-3);
    }

    private static HeightMap Map(int rows, int columns, double width, double height, Func<int, int, double> at, bool[]? missing = null)
    {
        double[] heights = new double[rows * columns];
        for (int i = 0; i < heights.Length; i++) heights[i] = at(i / columns, i % columns);
        return new HeightMap(rows, columns, width, height, heights, missing);
    }
}
