using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics;
using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Planning;
using Isobar.Quantities;
using Isobar.Tests.Files;
using Xunit;

namespace Isobar.Tests.Planning;

/// <summary>A roughness in the cell file: read, solved by the closed form, and counted where it is the larger part.</summary>
public sealed class RoughFaceTests
{
    private const string Roughness = "thickness: 100 µm\n    roughness: {rms_height: 2 µm ± 10 %, longest_wave: 50 µm, shortest_wave: 1 µm, hurst: 0.8}";

    [Fact]
    public void It_is_read_from_the_anode()
    {
        FaceRoughness roughness = Parse(Roughness).Anode.Roughness!;
        Assert.Equal(2e-6, roughness.RmsHeight.Value.Metres, 1e-18);
        Assert.Equal(0.1, roughness.RmsHeight.Si.RelativeUncertainty, 1e-12);
        Assert.Equal((50e-6, 1e-6, 0.8), (Math.Round(roughness.LongestWave.Metres, 12), Math.Round(roughness.ShortestWave.Metres, 12), roughness.Hurst));
        Assert.Equal(0.2, Parse(Roughness.Replace(" ± 10 %", "", StringComparison.Ordinal)).Anode.Roughness!.RmsHeight.Si.RelativeUncertainty, 1e-12);
        Assert.Null(Parse("thickness: 100 µm").Anode.Roughness);
    }

    [Theory]
    [InlineData("shortest_wave: 1 µm", "shortest_wave: 60 µm", "the shortest wave is 60 µm and the longest 50 µm")]
    [InlineData("hurst: 0.8", "hurst: 1.8", "the Hurst exponent is 1.8")]
    [InlineData("hurst: 0.8", "slope: 0.8", "'slope' is not a key of the roughness")]
    [InlineData("rms_height: 2 µm ± 10 %", "rms_height: 2", "unit")]
    public void What_is_no_roughness_is_refused_with_its_place(string was, string now, string found) =>
        Assert.Contains(found, Assert.Throws<IsobarFileException>(() => Parse(Roughness.Replace(was, now, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_separator_has_its_roughness_at_the_anode() => Assert.Contains(
        "no anode", Assert.Throws<IsobarFileException>(() => CellFile.Parse(CellFileTests.Good.Replace("mass: 60 mg", "mass: 60 mg\n    roughness: {rms_height: 2 µm, longest_wave: 50 µm, shortest_wave: 1 µm, hurst: 0.8}", StringComparison.Ordinal), "cell.yaml", BuiltInMaterials.Library)).Message, StringComparison.Ordinal);

    /// <summary>Shells without a map have the height and gradient of the same surface made wave by wave.</summary>
    [Theory]
    [InlineData(0.8)]
    [InlineData(1)]
    [InlineData(0.5)]
    public void The_spectrum_without_a_map_is_that_of_a_recipe(double hurst)
    {
        RadialSpectrum made = SelfAffineSurface.SpectrumOf(new SurfaceRecipe(1, 512, hurst, 8, 8, 128, 1, RecipeRoughness.Height, 0.01));
        RadialSpectrum without = RadialSpectrum.SelfAffine(1.0 / 8, 1.0 / 128, hurst, 0.01);
        Assert.Equal(0.01, without.RmsHeight, 1e-15);
        // Whole wave numbers against a continuum: about half a wave at the lower end of eight.
        Assert.Equal(1, without.RmsGradient / made.RmsGradient, 0.03);
    }

    /// <summary>The solver is the referee: its constriction lies in the band that the draws of the theory span.</summary>
    [Theory]
    [InlineData(2e6, 100e6)]
    [InlineData(10e6, 100e6)]
    [InlineData(40e6, 100e6)]
    [InlineData(2e6, 8e6)]
    [InlineData(10e6, 1e9)]
    [InlineData(10e6, 100e9)]
    public void Its_resistance_is_that_of_the_solver_within_the_band(double pressure, double hardness)
    {
        const double modulus = 10e9, sigma = 0.3;
        SelfAffineSurface surface = SelfAffineSurface.Make(new SurfaceRecipe(100e-6, 256, 0.8, 4, 4, 64, 12345, RecipeRoughness.Height, 0.2e-6));
        double solved = new ContactSolver(surface.Map, new ContactMedium(modulus) { HardnessPa = hardness }, new ContactOptions { Tolerance = 1e-5 }).Solve(pressure).Conduction!.ConstrictionLengthM / sigma;
        RadialSpectrum spectrum = RadialSpectrum.SelfAffine(25e-6, 100e-6 / 64, 0.8, 0.2e-6);
        Assert.InRange(solved, new RoughFace(spectrum, modulus, hardness, sigma, -1.645).OhmSquareMetres(pressure), new RoughFace(spectrum, modulus, hardness, sigma, 1.645).OhmSquareMetres(pressure));
    }

    [Fact]
    public void It_falls_with_the_pressure_and_ends_where_everything_flows()
    {
        var face = new RoughFace(RadialSpectrum.SelfAffine(50e-6, 1e-6, 0.8, 1e-6), 10e9, 50e6, 0.3, 0);
        double last = double.PositiveInfinity;
        for (int i = 0; i < 200; i++)
        {
            double ohm = face.OhmSquareMetres(1e3 * Math.Pow(49.7e6 / 1e3, i / 199.0));
            Assert.True(ohm > 0 && ohm < last);
            last = ohm;
        }

        Assert.Equal(0, face.OhmSquareMetres(50e6));
        Assert.Equal(double.PositiveInfinity, face.OhmSquareMetres(0));
        Assert.Equal(2, face.OhmSquareMetres(2e3) / face.OhmSquareMetres(4e3), 1e-9);
        Assert.True(new RoughFace(RadialSpectrum.SelfAffine(50e-6, 1e-6, 0.8, 1e-6), 10e9, 1e6, 0.3, 0).OhmSquareMetres(0.5e6) > 0);
    }

    [Fact]
    public void The_larger_of_law_and_roughness_counts()
    {
        var face = new RoughFace(RadialSpectrum.SelfAffine(50e-6, 1e-6, 0.8, 1e-6), 10e9, 1e9, 0.3, 0);
        InterfaceContact smooth = new(1e-4, 1e-9, 1, 0), rough = smooth with { Face = face }, poor = new InterfaceContact(1e-4, 1, 1, 0) { Face = face };
        var history = new LoadHistory(10e6, 10e6);
        Assert.Equal(1e-4 + face.OhmSquareMetres(10e6), rough.OhmSquareMetres(history), 1e-15);
        Assert.Equal((poor with { Face = null }).OhmSquareMetres(history), poor.OhmSquareMetres(history));
    }

    /// <summary>
    /// After the attach pressure indium-lithium has flowed into any face, so that its roughness costs nothing; against a metal as hard as steel the same face costs more than the law says. The plan
    /// counts the one and the other and says so.
    /// </summary>
    [Fact]
    public void The_planner_counts_it_and_says_what_it_is()
    {
        Cell smooth = CellFile.Read(Repository.PathOf("examples", "nmc811-argyrodite-inli", "cell.yaml"), BuiltInMaterials.Library);
        var waves = new FaceRoughness(new Estimate<Length>(new Length(200e-6), new Length(20e-6)), new Length(2e-3), new Length(100e-6), 0.8);
        Material metal = smooth.Anode.Composition[0].Material, hard = metal.With(metal.Require(MaterialConstants.YieldStrength) with { Estimate = Estimate.Relative(200e6, 0.1) });
        Cell soft = WithAnode(smooth, layer => layer with { Roughness = waves });
        Cell steely = WithAnode(smooth, layer => layer with { Roughness = waves, Composition = [new Component(hard, 1)] });
        Plan without = Planner.Plan(smooth, Goal.Rate), flowed = Planner.Plan(soft, Goal.Rate), rough = Planner.Plan(steely, Goal.Rate);
        Assert.DoesNotContain(without.Warnings, warning => warning.Contains("Persson", StringComparison.Ordinal));
        Assert.Contains("The roughness of the face (200 µm rms) alone costs nothing, because the softer side flows until everything touches", Said(flowed), StringComparison.Ordinal);
        Assert.Contains("Ω cm² (90 %:", Said(rough), StringComparison.Ordinal);
        Assert.Equal(Resistance(without), Resistance(flowed), 1e-9 * Resistance(without));
        Assert.True(Resistance(rough) > 1.3 * Resistance(without), $"{Resistance(rough)} after {Resistance(without)}");

        static Cell WithAnode(Cell cell, Func<Layer, Layer> change) => cell with { Layers = [.. cell.Layers.Select(layer => layer.Role == LayerRole.Anode ? change(layer) : layer)] };

        static string Said(Plan plan) => Assert.Single(plan.Warnings, warning => warning.Contains("Persson", StringComparison.Ordinal));

        static double Resistance(Plan plan) => plan.Predictions.Single(one => one.Key == PropertyKeys.AnodeResistance).Estimate.Value;
    }

    private static Cell Parse(string anode) => CellFile.Parse(CellFileTests.Good.Replace("thickness: 100 µm", anode, StringComparison.Ordinal), "cell.yaml", BuiltInMaterials.Library);
}
