using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;
using Isobar.Numerics;
using Isobar.Quantities;
using Isobar.Tests.Published;
using Xunit;

namespace Isobar.Tests.Mechanics;

/// <summary>Calibration from a few pellets: against published rows left out one by one, and against simulated laboratories whose truth is known.</summary>
public sealed class PelletCalibrationTests
{
    private static readonly PelletPrior s_annealedClass = PelletPrior.Of(BuiltInMaterials.Library.Find("li6ps5cl-annealed"), 1.2, 1.5);
    private static readonly PelletPrior s_activeClass = PelletPrior.Of(BuiltInMaterials.Library.Find("nmc622-poly"), 1.5);
    private static readonly PelletPrior s_ballMilled = PelletPrior.Of(BuiltInMaterials.Library.Find("li6ps5cl-ball-milled"));

    // 80.2 mg in a 10 mm die, density 1.87 g/cm³; 80.0 mg, 4.48 g/cm³: as in the headings of the two tables.
    private static PelletPoint[] Argyrodite() => Staircase("densification_argyrodite_miss2026", 80.2, 1870, "sigma_load_mS_cm");

    private static PelletPoint[] Nmc() => Staircase("densification_nmc622_miss2026", 80.0, 4480, "sigma_e_load_mS_cm");

    public static TheoryData<string, int> LeftOut() => new() { { "argyrodite", 0 }, { "argyrodite", 1 }, { "argyrodite", 2 }, { "argyrodite", 3 }, { "nmc", 0 }, { "nmc", 1 }, { "nmc", 2 } };

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void A_published_row_lies_in_the_band_calibrated_from_the_others(string powder, int row)
    {
        PelletPoint[] all = powder == "nmc" ? Nmc() : Argyrodite();
        PelletCalibration calibration = Calibrate(powder == "nmc" ? s_activeClass : s_annealedClass, [.. all.Where((_, i) => i != row)]);
        PelletPoint left = all[row];
        BandedValue loaded = calibration.RelativeDensity(left.Pressure, left.Pressure), released = calibration.RelativeDensity(default, left.Pressure);
        BandedValue sigma = calibration.ConductivityAt(left.Pressure, left.Pressure)!.Value;
        Assert.InRange(left.Loaded!.Value.Value.Value, loaded.Low90, loaded.High90);
        Assert.InRange(left.Released!.Value.Value.Value, released.Low90, released.High90);
        Assert.InRange(left.Conductivity!.Value.SiemensPerMetre, sigma.Low90, sigma.High90);
    }

    [Fact]
    public void Four_argyrodite_rows_are_followed_to_their_noise()
    {
        PelletPoint[] all = Argyrodite();
        PelletCalibration calibration = Calibrate(s_annealedClass, all);
        foreach (PelletPoint point in all)
        {
            BandedValue loaded = calibration.RelativeDensity(point.Pressure, point.Pressure);
            // Noise of one density is 0.006, twice that is two standard deviations.
            Assert.Equal(point.Loaded!.Value.Value.Value, loaded.Value, 0.006);
            Assert.Equal(point.Released!.Value.Value.Value, calibration.RelativeDensity(default, point.Pressure).Value, 0.012);
            Assert.Equal(point.Conductivity!.Value.SiemensPerMetre, calibration.ConductivityAt(point.Pressure, point.Pressure)!.Value.Value, 0.06 * point.Conductivity.Value.SiemensPerMetre);
            Assert.InRange(0.5 * (loaded.High90 - loaded.Low90), 0.009, 0.016);
            Assert.False(loaded.Extrapolated);
        }

        Assert.False(calibration.RelativeDensity(default, SamplePressure.FromMegapascals(389)).Extrapolated);
        Assert.True(calibration.RelativeDensity(default, SamplePressure.FromMegapascals(391)).Extrapolated);
    }

    [Fact]
    public void Without_pellets_the_band_is_that_between_laboratories()
    {
        PelletCalibration prior = PelletCalibration.Of(PelletPrior.Of(BuiltInMaterials.Library.Find("li6ps5cl-annealed")));
        BandedValue density = prior.RelativeDensity(default, SamplePressure.FromMegapascals(370));
        // Seven papers at 360-400 MPa: 0.858 ± 0.039. The 90 % band is 1.645 deviations to either side, widened by what is not known of the material.
        Assert.InRange((density.High90 - density.Low90) / (2 * 1.645), 0.039, 0.05);
        Assert.InRange(0.858, density.Low90, density.High90);
        Assert.Equal(0, prior.Points);
    }

    [Fact]
    public void The_class_alone_is_known_to_four_hundredths_and_its_band_holds_the_papers()
    {
        PelletCalibration prior = PelletCalibration.Of(s_annealedClass);
        foreach (double megapascals in (double[])[50, 100, 200, 375])
        {
            SamplePressure pressure = SamplePressure.FromMegapascals(megapascals);
            BandedValue loaded = prior.RelativeDensity(pressure, pressure);
            Assert.InRange((loaded.High90 - loaded.Low90) / (2 * 1.645), 0.035, 0.045);
        }

        IReadOnlyList<PublishedRow> papers = PublishedTable.Read("pellet_density_between_labs");
        int inside = papers.Count(row =>
        {
            BandedValue released = prior.RelativeDensity(default, SamplePressure.FromMegapascals(row.Number("pressure_MPa")));
            return row.Number("relative_density") >= released.Low90 && row.Number("relative_density") <= released.High90;
        });
        // Seven papers: fewer than six inside a 90 % band would have a probability below 15 %.
        Assert.InRange(inside, 6, 7);
    }

    [Fact]
    public void A_series_of_released_pellets_alone_predicts_the_density_under_load()
    {
        PelletPoint[] all = Argyrodite();
        PelletCalibration calibration = Calibrate(s_annealedClass, [.. all.Select(point => point with { Loaded = null, Conductivity = null })]);
        foreach (PelletPoint point in all)
        {
            BandedValue loaded = calibration.RelativeDensity(point.Pressure, point.Pressure);
            Assert.InRange(point.Loaded!.Value.Value.Value, loaded.Low90, loaded.High90);
        }
    }

    [Fact]
    public void Each_curve_of_a_ball_milled_powder_is_predicted_from_the_other()
    {
        PelletPoint[][] curves = [.. PublishedTable.Read("conductivity_vs_fab_and_stack_cronau2021")
            .Where(row => row["material"] == "Li6PS5Cl" && row["class"] == "GC")
            .Select(row => row.Numbers("s").Select(pair => new PelletPoint(SamplePressure.FromMegapascals(row.Number("fab_MPa")))
            {
                Conductivity = new Conductivity(pair.Value / 10),
                Stack = SamplePressure.FromMegapascals(pair.At),
            }).ToArray())];
        Assert.Equal(2, curves.Length);
        for (int given = 0; given < 2; given++)
        {
            PelletCalibration calibration = PelletCalibration.Of(s_ballMilled, new PelletSeries([.. curves[given]], SeparatePellets: true));
            foreach (PelletPoint point in curves[1 - given])
            {
                BandedValue sigma = calibration.ConductivityAt(point.Stack!.Value, point.Stack > point.Pressure ? point.Stack.Value : point.Pressure)!.Value;
                Assert.InRange(point.Conductivity!.Value.SiemensPerMetre, sigma.Low90, sigma.High90);
                // 12 % is what curves that lie between two given ones promise; here one curve stands alone.
                Assert.Equal(point.Conductivity.Value.SiemensPerMetre, sigma.Value, 0.13 * point.Conductivity.Value.SiemensPerMetre);
            }
        }
    }

    [Fact]
    public void Conductivities_below_the_lowest_measured_pressure_are_marked()
    {
        PelletPrior prior = PelletPrior.Of(BuiltInMaterials.Library.Find("li6ps5cl-annealed"));
        PelletPoint At(double stack, double sigma) => new(SamplePressure.FromMegapascals(292)) { Stack = SamplePressure.FromMegapascals(stack), Conductivity = new Conductivity(sigma) };
        var calibration = PelletCalibration.Of(prior, new PelletSeries([At(19.3, 0.103), At(48.6, 0.181), At(97.3, 0.257), At(292, 0.305)], false));
        bool Marked(double stack) => calibration.ConductivityAt(SamplePressure.FromMegapascals(stack), SamplePressure.FromMegapascals(292))!.Value.Extrapolated;
        Assert.Equal([true, true, false, false, false], new[] { 1, 14, 15, 30, 292 }.Select(stack => Marked(stack)));
        Assert.True(PelletCalibration.Of(prior).ConductivityAt(SamplePressure.FromMegapascals(5), SamplePressure.FromMegapascals(292))!.Value.Extrapolated);
    }

    [Fact]
    public void Released_pellets_alone_leave_the_springback_of_the_material_as_it_was()
    {
        Material parent = BuiltInMaterials.Library.Find("li6ps5cl-annealed");
        Estimate<Fraction> D(double value) => new(new Fraction(value), new Fraction(0.007));
        PelletPoint At(double pressure, double loaded, double released, bool both) => new(SamplePressure.FromMegapascals(pressure)) { Loaded = both ? D(loaded) : null, Released = D(released) };
        Constant Of(bool both)
        {
            var series = new PelletSeries([At(50, 0.802, 0.794, both), At(150, 0.880, 0.861, both), At(300, 0.929, 0.914, both), At(400, 0.945, 0.925, both)], false);
            return CalibratedMaterial.Of(parent, PelletCalibration.Of(PelletPrior.Of(parent), series), "calibrated").Find(MaterialConstants.ModulusPorosityExponent)!;
        }

        Assert.Equal(parent.Find(MaterialConstants.ModulusPorosityExponent)!.Source, Of(both: false).Source);
        Assert.Equal("calibrated", Of(both: true).Source);
    }

    [Fact]
    public void The_electrode_contact_is_a_term_of_its_own()
    {
        // A pellet of σ = 2 mS/cm above its contacts, measured with electrodes of 1 Ω m at 50 MPa that fall as 1/P.
        PelletPoint[] points = [.. ((double[])[10, 20, 40, 80, 160, 320]).Select(stack => new PelletPoint(SamplePressure.FromMegapascals(350))
        {
            Conductivity = new Conductivity(1 / ((1 / 0.2) + (50 / stack))),
            Stack = SamplePressure.FromMegapascals(stack),
        })];
        PelletCalibration with = PelletCalibration.Of(s_ballMilled, new PelletSeries([.. points], false), electrodeContact: true);
        PelletCalibration without = PelletCalibration.Of(s_ballMilled, new PelletSeries([.. points], false));
        SamplePressure low = SamplePressure.FromMegapascals(10), pressed = SamplePressure.FromMegapascals(350);
        Assert.True(with.Conduction!.HasElectrode && !without.Conduction!.HasElectrode);
        Assert.InRange(with.ConductivityAt(low, pressed)!.Value.Value, 0.15, 0.25);
        Assert.True(without.ConductivityAt(low, pressed)!.Value.Value < 0.13);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(3, true)]
    [InlineData(0, true)]
    public void Bands_hold_nine_of_ten_truths_of_two_hundred_simulated_laboratories(int pellets, bool separate)
    {
        const int Labs = 200;
        double[] pressed = [30, 80, 180, 350], asked = [40, 100, 200, 300, 420];
        int inside = 0, total = 0;
        double noise = Math.Sqrt((PelletPrior.SampleNoise * PelletPrior.SampleNoise) + (separate ? PelletPrior.PelletScatter * PelletPrior.PelletScatter : 0));
        for (int lab = 0; lab < Labs; lab++)
        {
            var random = new RandomSource(20260301, (ulong)lab);
            (LawPosterior law, double[] free) = Draw(s_annealedClass, ref random);
            var points = new List<PelletPoint>();
            for (int i = 0; i < pellets; i++)
            {
                points.Add(new PelletPoint(SamplePressure.FromMegapascals(pressed[i]))
                {
                    Loaded = Reading(Truth(law, free, pressed[i], released: false) + (noise * random.NextNormal())),
                    Released = Reading(Truth(law, free, pressed[i], released: true) + (noise * random.NextNormal())),
                });
            }

            PelletCalibration calibration = PelletCalibration.Of(s_annealedClass, new PelletSeries([.. points], separate));
            foreach (double megapascals in asked)
            {
                foreach (bool released in (bool[])[false, true])
                {
                    SamplePressure pressure = SamplePressure.FromMegapascals(megapascals);
                    BandedValue band = calibration.RelativeDensity(released ? default : pressure, pressure);
                    double next = Truth(law, free, megapascals, released) + (noise * random.NextNormal());
                    if (next >= band.Low90 && next <= band.High90) inside++;
                    total++;
                }
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{pellets} pellets: {100.0 * inside / total} %");
        Assert.InRange((double)inside / total, 0.87, 0.93);
    }

    [Fact]
    public void Pellets_that_scatter_more_than_their_readings_explain_widen_the_band()
    {
        PelletPoint[] all = Argyrodite();
        PelletPoint[] wild = [.. all.Select((point, i) => point with { Loaded = Reading(point.Loaded!.Value.Value.Value + (i % 2 == 0 ? 0.03 : -0.03)), Released = null })];
        Assert.True(Calibrate(s_annealedClass, wild).Noise > 1.5 * Calibrate(s_annealedClass, all).Noise);
    }

    [Fact]
    public void The_same_pellets_give_the_same_bits()
    {
        PelletCalibration one = Calibrate(s_annealedClass, Argyrodite()), other = Calibrate(PelletPrior.Of(BuiltInMaterials.Library.Find("li6ps5cl-annealed"), 1.2, 1.5), Argyrodite());
        SamplePressure pressure = SamplePressure.FromMegapascals(250);
        Assert.Equal(one.RelativeDensity(pressure, pressure), other.RelativeDensity(pressure, pressure));
    }

    [Fact]
    public void Thickness_dominates_a_thin_pellet_and_says_so()
    {
        var reading = new PelletReading(
            new Estimate<Mass>(new Mass(80.2e-6), new Mass(1e-7)), new Estimate<Length>(new Length(0.01), new Length(2e-5)), new Estimate<Length>(new Length(0.6e-3), new Length(5e-6)), new MassDensity(1870));
        Assert.True(reading.ThicknessDominates);
        Assert.Contains("5 µm on 600 µm is 0.8 % in relative density, the largest part", reading.Words, StringComparison.Ordinal);
        // By hand: 80.2 mg / (78.54 mm² · 0.6 mm · 1.87 g/cm³) = 0.9101; √(0.833² + 0.125² + 0.4²) % = 0.933 %.
        Assert.Equal(0.9101, reading.RelativeDensity.Value.Value, 1e-4);
        Assert.Equal(0.00933 * 0.9101, reading.RelativeDensity.Si.StandardUncertainty, 1e-5);
    }

    private static PelletCalibration Calibrate(PelletPrior prior, PelletPoint[] points) => PelletCalibration.Of(prior, new PelletSeries([.. points], SeparatePellets: false));

    private static PelletPoint[] Staircase(string table, double milligrams, double dense, string sigma) =>
    [
        .. PublishedTable.Read(table).Select(row => new PelletPoint(SamplePressure.FromMegapascals(row.Number("pressure_MPa")))
        {
            Loaded = Density(milligrams, row.Number("d_load_mm"), dense),
            Released = Density(milligrams, row.Number("d_released_mm"), dense),
            Conductivity = new Conductivity(row.Number(sigma) / 10),
        }),
    ];

    private static Estimate<Fraction> Density(double milligrams, double millimetres, double dense) => new PelletReading(
        new Estimate<Mass>(new Mass(milligrams * 1e-6), CellDefaults.MassUncertainty),
        new Estimate<Length>(new Length(0.01), CellDefaults.DiameterUncertainty),
        new Estimate<Length>(new Length(millimetres * 1e-3), CellDefaults.ThicknessUncertainty),
        new MassDensity(dense)).RelativeDensity;

    private static Estimate<Fraction> Reading(double density) => new(new Estimate(density, 0.003));

    private static double Truth(LawPosterior law, double[] free, double megapascals, bool released) =>
        PowderModel.Density(law.Law, new PelletLoad(megapascals * 1e6, 0, 0, 0), released ? megapascals * 1e6 : 0, free, default);

    private static (LawPosterior Law, double[] Free) Draw(PelletPrior prior, ref RandomSource random)
    {
        double share = random.NextUniform(), sum = 0;
        int chosen = 0;
        while (chosen < prior.Laws.Length - 1 && (sum += prior.Laws[chosen].Weight) < share) chosen++;
        LawPosterior law = prior.Laws[chosen];
        int n = law.Free.Length;
        double[] factor = Cholesky.Factor(law.Covariance.AsSpan(), n), free = [.. law.Free], z = new double[n];
        for (int i = 0; i < n; i++) z[i] = random.NextNormal();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++) free[i] += factor[(i * n) + j] * z[j];
        }

        return (law, free);
    }
}
