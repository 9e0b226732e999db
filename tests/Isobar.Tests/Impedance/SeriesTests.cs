using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Series;
using Isobar.Numerics;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Impedance;

/// <summary>Repeated sweeps and pressure series.</summary>
public sealed class SeriesTests
{
    private const string Two = "R0-p(R1,CPE1)-p(R2,CPE2)";

    [Fact]
    public void Ten_sweeps_of_a_real_cell_repeat_and_drift_as_known()
    {
        RepeatedSweeps repeats = RepeatedSweeps.Of(ReferenceSpectra.TenSweeps(), Circuit.Parse("L0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)"));
        Assert.InRange(repeats.MeanSpread, 0.00130, 0.00140);
        Trend lowest = repeats.Points[^1].Real;
        Assert.InRange(lowest.Change, -0.0105, -0.0085);
        Assert.True(lowest.IsReal && lowest.Interval95.Contains(-0.009), $"{lowest}");
        Assert.All(repeats.Parameters, parameter => Assert.True(parameter.Trend.Interval95.High > parameter.Trend.Interval95.Low));
        Assert.Contains(repeats.Parameters, parameter => parameter.Name.StartsWith('R') && parameter.Trend.Interval95.High - parameter.Trend.Interval95.Low < 0.2);
    }

    // The arcs change places in time on the way: R2·C2 falls below R1·C1.
    [Fact]
    public void Exponents_are_recovered_and_no_arc_takes_the_name_of_another()
    {
        int held = 0;
        const int Repeats = 8;
        for (ulong seed = 1; seed <= Repeats; seed++)
        {
            var series = PressureSeries.Of(Series(12, 0.002, seed), Circuit.Parse(Two), new Isobar.Impedance.Fitting.FitOptions { BootstrapRepeats = 0 });
            foreach (PressurePoint point in series.Points)
            {
                double p = point.Pressure.Megapascals;
                Assert.InRange(point.Fit["R1"].Value / First(p), 0.93, 1.07);
                Assert.InRange(point.Fit["R2"].Value / Second(p), 0.93, 1.07);
            }

            ContactLaw one = series.Laws.Single(law => law.Name == "R1"), other = series.Laws.Single(law => law.Name == "R2");
            Assert.Equal(0.45, one.Exponent, 0.03);
            Assert.Equal(0.8, other.Exponent, 0.02);
            held += (one.Exponent95.Contains(0.45) ? 1 : 0) + (other.Exponent95.Contains(0.8) ? 1 : 0);
        }

        // Sixteen intervals of 95 %: fewer than 13 that hold would be a chance of one in a thousand.
        Assert.True(held >= 13, $"{held} of {2 * Repeats}");
    }

    // 300 laws each, so a share of 93 % shows as 89 to 97 % within three standard deviations. Where the errors of the fits explain everything the intervals are wider than they need to be.
    [Theory]
    [InlineData(8, 0.8, 5, 0.01, 0)]
    [InlineData(12, 0.45, 10, 0.005, 0)]
    [InlineData(6, 0.6, 0, 0.01, 0)]
    [InlineData(8, 0.8, 5, 0.005, 0.02)]
    [InlineData(12, 0.45, 10, 0.005, 0.01)]
    public void Intervals_of_the_exponent_hold_the_truth_in_95_of_100_series(int pressures, double exponent, double final, double error, double scatter)
    {
        const int Repeats = 300, Least = 269;
        double[] p = [.. Enumerable.Range(0, pressures).Select(i => 5 * Math.Pow(40, i / (pressures - 1.0)))];
        int held = 0, heldFirst = 0, heldFinal = 0;
        for (ulong seed = 0; seed < Repeats; seed++)
        {
            var random = new RandomSource(seed, 0xC0);
            double[] ohms = new double[pressures], errors = new double[pressures];
            for (int i = 0; i < pressures; i++)
            {
                // Errors grow towards small resistances, as those of arcs do.
                errors[i] = error * Math.Pow(p[i] / p[0], 0.3);
                ohms[i] = (final + (300 * Math.Pow(p[i], -exponent))) * (1 + (errors[i] * random.NextNormal()) + (scatter * random.NextNormal()));
            }

            ContactLaw law = new ContactLawFit(p, ohms, errors).Fit("R", "loading")!;
            held += law.Exponent95.Contains(exponent) ? 1 : 0;
            heldFirst += law.AtOneMegapascal95.Contains(300) ? 1 : 0;
            heldFinal += law.Final95.Contains(final) ? 1 : 0;
        }

        string all = $"exponent {held}, at 1 MPa {heldFirst}, at the end {heldFinal} of {Repeats}";
        Assert.True(held >= Least && heldFirst >= Least && heldFinal >= Least, all);
    }

    [Fact]
    public void Loading_and_unloading_are_told_apart()
    {
        double[] up = [5, 10, 20, 40, 80], down = [40, 20, 10, 5];
        ImmutableArray<Spectrum> spectra = [.. up.Select(p => At(p, First(p), Second(p), 0.001, 1)), .. down.Select(p => At(p, 0.7 * First(p), 0.5 * Second(p), 0.001, 2))];
        var series = PressureSeries.Of(spectra, Circuit.Parse(Two), new Isobar.Impedance.Fitting.FitOptions { BootstrapRepeats = 0 });
        Assert.All(series.Points.Take(5), point => Assert.Equal("loading", point.Branch));
        Assert.All(series.Points.Skip(5), point => Assert.Equal("unloading", point.Branch));
        Assert.Equal(2, series.Laws.Count(law => law.Name == "R2"));
    }

    [Fact]
    public void Conductivity_has_the_uncertainty_of_resistance_thickness_and_area()
    {
        var sigma = PelletConductivity.From("R0", 100, 0.03, new Estimate<Length>(new Length(1e-3), new Length(2e-5)), new Estimate<Area>(new Area(1e-4), new Area(1e-6)));
        Assert.Equal(0.1, sigma.Conductivity.Value.SiemensPerMetre, 1e-12);
        // √(3² + 2² + 1²) %.
        Assert.Equal(0.037416573867739, sigma.Conductivity.Si.RelativeUncertainty, 1e-12);
        Assert.Equal(9.0 / 14, sigma.ResistanceShare, 1e-12);
    }

    [Fact]
    public void A_series_without_a_pressure_is_refused() => Assert.Contains(
        "has no pressure",
        Assert.Throws<ArgumentException>(() => PressureSeries.Of([At(5, 10, 10, 0, 1), At(5, 10, 10, 0, 1) with { StackPressure = null }], Circuit.Parse(Two))).Message,
        StringComparison.Ordinal);

    private static double First(double megapascals) => 15 + (120 * Math.Pow(megapascals, -0.45));

    private static double Second(double megapascals) => 8 + (900 * Math.Pow(megapascals, -0.8));

    private static ImmutableArray<Spectrum> Series(int count, double noise, ulong seed) =>
        [.. Enumerable.Range(0, count).Select(i => 2 * Math.Pow(50, i / (count - 1.0))).Select((p, i) => At(p, First(p), Second(p), noise, (1000 * seed) + (ulong)i))];

    private static Spectrum At(double megapascals, double first, double second, double noise, ulong seed)
    {
        ImmutableArray<double> hertz = Spectrum.LogFrequencies(1e6, 0.1, 8);
        ImmutableArray<Complex> exact = Circuit.Parse(Two).WithValues([12, first, 2e-6, 0.9, second, 4e-5, 0.85]).Impedance(hertz.AsSpan());
        return ReferenceSpectra.Noisy(hertz, exact, noise, seed) with { StackPressure = new Estimate<SamplePressure>(SamplePressure.FromMegapascals(megapascals), SamplePressure.FromMegapascals(0.01 * megapascals)) };
    }
}
