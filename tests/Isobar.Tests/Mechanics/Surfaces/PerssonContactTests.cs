using Isobar.Mechanics.Contact;
using Isobar.Mechanics.Contact.Surfaces;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Mechanics.Surfaces;

/// <summary>The closed forms against their own limits, and against the solver, whose disagreement is their stated uncertainty.</summary>
public sealed class PerssonContactTests(ITestOutputHelper output)
{
    private static readonly SurfaceRecipe s_reference = new(1, 256, 0.8, 4, 4, 64, 12345, RecipeRoughness.Gradient, 1);
    private static readonly RadialSpectrum s_spectrum = SelfAffineSurface.SpectrumOf(s_reference);

    [Fact]
    public void The_elastic_area_is_the_error_function()
    {
        var persson = new PerssonContact(s_spectrum, 1);
        // erf(√2·p/E*g) at g = 1: from tables of the error function, erf(0.0707107) and erf(0.707107).
        Assert.Equal(0.0796557, persson.At(0.05).Area.Value, 1e-6);
        Assert.Equal(0.6826895, persson.At(0.5).Area.Value, 1e-6);
        Assert.Equal(0, persson.At(0.05).PlasticArea.Value, 1e-15);
    }

    [Fact]
    public void The_capped_area_is_elastic_for_a_hard_surface_and_the_load_over_the_hardness_for_a_soft_one()
    {
        PerssonLoad elastic = new PerssonContact(s_spectrum, 1).At(0.1), hard = new PerssonContact(s_spectrum, 1, 50).At(0.1), soft = new PerssonContact(s_spectrum, 1, 0.15).At(0.1);
        Assert.Equal(elastic.Area.Value, hard.Area.Value, 1e-12);
        Assert.Equal(elastic.Stiffness.Value, hard.Stiffness.Value, 1e-9);
        // A narrow cap: what still spreads between the ends is exp(−π²G/H²) = exp(−55).
        Assert.Equal(0.1 / 0.15, soft.Area.Value, 1e-12);
        Assert.Equal(soft.Area.Value, soft.PlasticArea.Value, 1e-12);
    }

    /// <summary>The mean stress cannot change while it spreads: what flows carries H, and the rest carries what is left.</summary>
    [Fact]
    public void Series_and_images_are_one_solution()
    {
        // At G/H² = 0.05 the two representations meet.
        foreach (double pressure in (double[])[0.01, 0.2, 0.5, 0.8, 0.99])
        {
            (double below, double flowsBelow) = CappedDiffusion.Areas(pressure, 1, 0.05 * (1 - 1e-12));
            (double above, double flowsAbove) = CappedDiffusion.Areas(pressure, 1, 0.05 * (1 + 1e-12));
            Assert.Equal(below, above, 1e-11);
            Assert.Equal(flowsBelow, flowsAbove, 1e-11);
        }
    }

    /// <summary>No load that the solver takes may be without an answer: not near the hardness, not far beyond full contact, not where a special function is slow.</summary>
    [Fact]
    public void Every_load_has_an_answer()
    {
        foreach (double? hardness in (double?[])[null, 0.05, 0.5, 5])
        {
            var persson = new PerssonContact(s_spectrum, 1, hardness);
            for (int i = 0; i <= 400; i++)
            {
                double pressure = 1e-6 * Math.Pow(1e9, i / 400.0);
                if (pressure >= hardness) pressure = hardness.Value * (1 - Math.Pow(10, -1 - (i % 12)));
                PerssonLoad load = persson.At(pressure);
                Assert.InRange(load.Area.Value, 0, 1 + 1e-12);
                Assert.True(load.MeanGap.Value >= 0 && double.IsFinite(load.MeanGap.Value) && load.ConstrictionLength.Value >= 0 && load.Stiffness.Value > 0, $"{pressure} on {hardness}: {load}");
                Assert.True(load.MeanGap.Band90.Low <= load.MeanGap.Band90.High && load.ConstrictionLength.Band90.Low <= load.ConstrictionLength.Band90.High);
            }
        }
    }

    [Fact]
    public void Stiffness_is_the_slope_of_the_gap()
    {
        var persson = new PerssonContact(s_spectrum, 1);
        foreach (double pressure in (double[])[0.002, 0.05, 0.3])
        {
            double step = 1e-4 * pressure;
            double slope = (persson.At(pressure - step).MeanGap.Value - persson.At(pressure + step).MeanGap.Value) / (2 * step);
            // Second order in the step; the quadrature is exact to 1e-10.
            Assert.Equal(1 / slope, persson.At(pressure).Stiffness.Value, 1e-5 / slope);
            Assert.Equal(1, 2 * persson.At(pressure).Stiffness.Value * persson.At(pressure).ConstrictionLength.Value, 1e-12);
        }
    }

    [Fact]
    public void Scaling_lengths_and_pressures_scales_the_answer()
    {
        PerssonLoad reduced = new PerssonContact(s_spectrum, 1, 0.5).At(0.1);
        PerssonLoad real = new PerssonContact(SelfAffineSurface.SpectrumOf(s_reference with { Size = 3e-5 }), 7e9, 3.5e9).At(0.7e9);
        Assert.Equal(reduced.Area.Value, real.Area.Value, 1e-12);
        Assert.Equal(reduced.MeanGap.Value * 3e-5, real.MeanGap.Value, 1e-12 * 3e-5);
        Assert.Equal(reduced.ConstrictionLength.Value * 3e-5, real.ConstrictionLength.Value, 1e-10 * 3e-5);
    }

    [Fact]
    public void A_load_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerssonContact(s_spectrum, 1, 0.5).At(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerssonContact(s_spectrum, 1).At(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerssonContact(s_spectrum, 0));
    }

    /// <summary>
    /// Six surfaces (two spectra, three seeds), elastic and flowing, five loads each: nine answers in ten lie within the 90 % bands, and no band is so wide that it says nothing.
    /// </summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.25)]
    [InlineData(0.1)]
    [InlineData(0.02)]
    public void The_disagreement_with_the_solver_is_the_stated_uncertainty(double? hardness)
    {
        Dictionary<string, List<double>> deviations = new(StringComparer.Ordinal) { ["area"] = [], ["flowing"] = [], ["gap"] = [], ["stiffness"] = [] };
        SurfaceRecipe[] spectra = [s_reference with { Points = 128, KHigh = 32 }, s_reference with { Points = 128, KLow = 2, KRolloff = 6, KHigh = 32, Hurst = 0.6 }];
        foreach (SurfaceRecipe spectrum in spectra)
        {
            foreach (ulong seed in (ulong[])[12345, 2, 3])
            {
                SelfAffineSurface surface = SelfAffineSurface.Make(spectrum with { Seed = seed });
                var persson = new PerssonContact(surface.Spectrum, 1, hardness);
                var solver = new ContactSolver(surface.Map, new ContactMedium(1) { HardnessPa = hardness }, new ContactOptions { Tolerance = 1e-4 });
                bool soft = hardness < 0.2;
                double[] loads = soft ? [.. ((double[])[0.05, 0.1, 0.2, 0.4, 0.6, 0.75]).Select(share => share * hardness!.Value)] : [.. ((double[])[0.02, 0.05, 0.1, 0.2, 0.3]).Where(load => load < 0.8 * (hardness ?? 1))];
                foreach (ContactState state in solver.Solve(ContactPath.Pressures(loads)))
                {
                    PerssonLoad answer = persson.At(state.MeanPressurePa);
                    if (answer.Area.Extrapolated) continue;
                    // Where all flows each pixel carries H, so that their number is the area; the correction is for the edges of elastic spots.
                    deviations["area"].Add(Standard(answer.Area, soft ? state.Area : state.AreaCorrected));
                    if (state.PlasticArea > 0.001) deviations["flowing"].Add(Standard(answer.PlasticArea, state.PlasticArea));
                    deviations["gap"].Add(Standard(answer.MeanGap, state.VoidVolumeM));
                    deviations["stiffness"].Add(Standard(answer.Stiffness, state.Conduction!.StiffnessPaPerM));
                }
            }
        }

        List<double> reaches = [];
        foreach ((string name, List<double> all) in deviations)
        {
            if (all.Count == 0) continue;
            double[] sizes = [.. all.Select(Math.Abs).Order()];
            double reach = sizes[(int)(0.9 * (sizes.Length - 1))];
            output.WriteLine($"hardness {hardness}: {name} {all.Count} answers, mean {all.Average():F2}, nine in ten within {reach:F2} standard uncertainties");
            reaches.Add(reach);
        }

        Assert.All(reaches, reach => Assert.InRange(reach, 0.25, 1.645));
    }

    // Deviation of the truth on the scale of the estimate, in standard uncertainties.
    private static double Standard(Estimate estimate, double truth) => estimate.Scale switch
    {
        EstimateScale.Logit => (Logit(truth) - Logit(estimate.Value)) * estimate.Value * (1 - estimate.Value) / estimate.StandardUncertainty,
        _ => Math.Log(truth / estimate.Value) / estimate.RelativeUncertainty,
    };

    private static double Logit(double x) => Math.Log(x / (1 - x));
}
