using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Impedance;

/// <summary>Fits without a guess: the minimum, the errors, and what is said when there is no answer.</summary>
public sealed class CircuitFitTests
{
    private const string Bench = "R0-p(R1,CPE1)-p(R2,CPE2)";

    private static readonly double[] s_truth = [10, 40, 1e-6, 0.9, 100, 1e-3, 0.85];

    // Best sums of thirty starts of another program, as published to three or four digits.
    [Theory]
    [InlineData("R01", "L0-R0-p(R1,CPE1)-p(R2,CPE2)-CPE3", 4.3835e-3)]
    [InlineData("R02", "L0-R0-p(R1,C1)", 5.185e-5)]
    [InlineData("R03", "L0-R0-p(R1,CPE1)", 4.075e-4)]
    [InlineData("R04", "L0-R0-p(R1,CPE1)", 1.155e-4)]
    [InlineData("R10", "L0-R0-p(R1,CPE1)-p(R2,CPE2)", 5.295e-2)]
    [InlineData("R13", "R0-p(R1,CPE1)-CPE2", 2.505e-2)]
    [InlineData("R13", "p(R1,CPE1)-p(R2,CPE2)-CPE3", 1.805e-2)]
    [InlineData("R15", "R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-p(R4,CPE4)", 1.105e-2)]
    [InlineData("S01", "L0-R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-CPE4", 1.0755e-4)]
    [InlineData("S02", "L0-R0-p(R1,CPE1)-CPE2", 5.215e-4)]
    [InlineData("S04", Bench, 2.8605e-3)]
    public void The_best_minimum_is_found_from_every_seed(string id, string text, double best)
    {
        Spectrum spectrum = ReferenceSpectra.Canonical(id);
        var circuit = Circuit.Parse(text);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            double sum = CircuitFit.Of(spectrum, circuit, new FitOptions { Seed = seed, BootstrapRepeats = 0 }).SumOfSquares;
            Assert.True(sum <= 1.001 * best, $"seed {seed}: {sum:G5} against {best:G5}");
        }
    }

    // 200 spectra alone scatter by 1.5 % about 95; a seed at which all seven happen to lie within 2 shows no more than that the intervals are right,
    // so the two thousand behind it are held to the same ends.
    [Theory]
    [InlineData(200, 400, 1)]
    [InlineData(2000, 0, 2)]
    public void Intervals_hold_the_truth_in_95_of_100_spectra(int spectra, int copies, ulong first)
    {
        var circuit = Circuit.Parse(Bench);
        ImmutableArray<double> hertz = [.. Enumerable.Range(0, 60).Select(i => 1e6 * Math.Pow(1e-7, i / 59.0))];
        ImmutableArray<Complex> exact = circuit.WithValues(s_truth).Impedance(hertz.AsSpan());
        int[] held = new int[7];
        for (int r = 0; r < spectra; r++)
        {
            Spectrum spectrum = ReferenceSpectra.Noisy(hertz, exact, 0.005, (first * 100_000) + (ulong)r);
            CircuitFitResult fit = CircuitFit.Of(spectrum, circuit, new FitOptions { Starts = 3, BootstrapRepeats = copies, Noise = 0.005 });
            for (int k = 0; k < 7; k++) held[k] += fit.Parameters[k].Interval95.Contains(s_truth[k]) ? 1 : 0;
        }

        Assert.All(held, count => Assert.InRange(count / (double)spectra, 0.93, 0.97));
    }

    [Fact]
    public void A_capacitor_written_as_a_constant_phase_element_is_found_to_be_one()
    {
        CircuitFitResult fit = CircuitFit.Of(ReferenceSpectra.Computed("R0{R=10}-p(R1{R=50},C1{C=1e-6})", 1e6, 1, 50, 0.001, 3), Circuit.Parse("R0-p(R1,CPE1)"));
        Assert.InRange(fit["CPE1.n"].Value, 0.998, 1);
        Assert.True(fit["CPE1.n"].Interval95.High > 0.9999);
        Assert.True(fit.Identifiable);
    }

    [Fact]
    public void What_the_spectrum_does_not_determine_is_said()
    {
        // Two equal arcs are one arc.
        CircuitFitResult fit = CircuitFit.Of(ReferenceSpectra.Computed("R0{R=10}-p(R1{R=50},CPE1{Q=1e-6,n=.9})", 1e6, 1, 50, 0.002, 3), Circuit.Parse(Bench));
        Assert.False(fit.Identifiable);
        Assert.NotEmpty(fit.Findings);
    }

    [Fact]
    public void Arcs_are_ranked_by_time_whatever_the_seed()
    {
        Spectrum spectrum = ReferenceSpectra.Computed("R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})-p(R2{R=100},CPE2{Q=1e-3,n=.85})", 1e6, 0.1, 60, 0.002, 8);
        for (ulong seed = 1; seed <= 10; seed++)
        {
            CircuitFitResult fit = CircuitFit.Of(spectrum, Circuit.Parse(Bench), new FitOptions { Seed = seed, BootstrapRepeats = 0 });
            Assert.Equal(40, fit["R1"].Value, 1.0);
            Assert.Equal(100, fit["R2"].Value, 2.0);
        }
    }

    [Fact]
    public void Fixed_tied_and_known_parameters_are_kept()
    {
        Spectrum spectrum = ReferenceSpectra.Computed("R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})-p(R2{R=80},CPE2{Q=1e-3,n=.9})", 1e6, 0.1, 60, 0.002, 8);
        CircuitFitResult fit = CircuitFit.Of(spectrum, Circuit.Parse("R0{R=10F}-p(R1,CPE1)-p(R2{R==2*R1},CPE2{n==CPE1.n})"));
        Assert.Equal(10, fit["R0"].Value, 1e-12);
        Assert.Equal(2 * fit["R1"].Value, fit["R2"].Value, 1e-9);
        Assert.Equal(fit["CPE1.n"].Value, fit["CPE2.n"].Value, 1e-12);
        Assert.Equal(40, fit["R1"].Value, 0.5);
        CircuitFitResult known = CircuitFit.Of(spectrum, Circuit.Parse("R0{R=11±0.001}-p(R1,CPE1)-p(R2,CPE2)"));
        // One thousandth of 11 Ω stands against 60 points of 0.2 %.
        Assert.Equal(11, known["R0"].Value, 0.05);
    }

    [Fact]
    public void A_robust_fit_does_not_follow_bad_points()
    {
        Spectrum good = ReferenceSpectra.Computed("R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})", 1e6, 10, 50, 0.002, 8);
        ImmutableArray<Complex> ohms = good.Ohms.SetItem(10, good.Ohms[10] * 1.3).SetItem(25, good.Ohms[25] * 0.7).SetItem(40, good.Ohms[40] * 1.2);
        var circuit = Circuit.Parse("R0-p(R1,CPE1)");
        double plain = CircuitFit.Of(good.WithOhms(ohms), circuit, new FitOptions { BootstrapRepeats = 0 })["R1"].Value;
        double robust = CircuitFit.Of(good.WithOhms(ohms), circuit, new FitOptions { BootstrapRepeats = 0, Robust = true })["R1"].Value;
        Assert.True(Math.Abs(robust - 40) < 0.3 * Math.Abs(plain - 40), $"{robust} and {plain}");
    }

    [Fact]
    public void Every_element_is_recovered_from_its_own_impedance()
    {
        foreach (string text in (string[])
        [
            "R0{R=10}-Ws1{R=50,tau=1}", "R0{R=10}-Wo1{R=50,tau=1}", "R0{R=10}-G1{R=50,tau=0.01}", "R0{R=10}-Wsg1{R=50,tau=1,n=.45}", "R0{R=10}-HN1{R=50,tau=0.01,n=.85,beta=.7}",
            "R0{R=10}-Tb1{Ri=60,Q=1e-3,n=.95}", "R0{R=10}-Tr1{Ri=60,Rct=30,Q=1e-4,n=.9}", "L0{L=1e-7}-R0{R=10}-La1{L=1e-5,a=.5}-p(R1{R=100},C1{C=1e-4})", "R0{R=20}-p(R1{R=50}-W1{sigma=20},CPE1{Q=1e-5,n=.9})",
        ])
        {
            var truth = Circuit.Parse(text);
            Spectrum spectrum = ReferenceSpectra.Computed(text, 1e6, 1e-3, 80, 0.0002, 5);
            CircuitFitResult fit = CircuitFit.Of(spectrum, Circuit.Parse(truth.ToString()), new FitOptions { BootstrapRepeats = 0 });
            // Noise of 0.02 % and a right circuit leave 0.02 %.
            Assert.True(fit.Residual < 0.00024, $"{text}: {fit.Residual}");
        }
    }

    [Fact]
    public void Scaling_the_impedance_scales_the_answer()
    {
        Spectrum spectrum = ReferenceSpectra.Computed("R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})", 1e6, 10, 50, 0.002, 8);
        var circuit = Circuit.Parse("R0-p(R1,CPE1)");
        CircuitFitResult one = CircuitFit.Of(spectrum, circuit), other = CircuitFit.Of(spectrum.WithOhms([.. spectrum.Ohms.Select(z => 1000 * z)]), circuit);
        Assert.Equal(1000 * one["R1"].Value, other["R1"].Value, 1e-2);
        Assert.Equal(one["CPE1.Q"].Value / 1000, other["CPE1.Q"].Value, 1e-13);
        Assert.Equal(one["CPE1.n"].Value, other["CPE1.n"].Value, 1e-6);
        Assert.Equal(one.SumOfSquares, other.SumOfSquares, 1e-9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        Spectrum spectrum = ReferenceSpectra.Computed("R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})", 1e6, 10, 50, 0.002, 8);
        Interval[] Once() => [.. CircuitFit.Of(spectrum, Circuit.Parse("R0-p(R1,CPE1)")).Parameters.Select(parameter => parameter.Interval95)];
        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void A_search_allocates_nothing()
    {
        var search = new CircuitSearch(Circuit.Parse(Bench), ReferenceSpectra.Computed("R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})-p(R2{R=100},CPE2{Q=1e-3,n=.85})", 1e6, 0.1, 60, 0.005, 4));
        double[] start = [Math.Log(12), Math.Log(30), Math.Log(2e-6), 0.85, Math.Log(80), Math.Log(2e-3), 0.9];
        double[] covariance = new double[49];
        search.FromStart(start);
        search.Covariance(covariance);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            search.FromStart(start);
            search.Covariance(covariance);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
