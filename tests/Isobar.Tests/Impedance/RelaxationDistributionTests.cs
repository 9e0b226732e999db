using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Impedance.Distribution;
using Xunit;

namespace Isobar.Tests.Impedance;

/// <summary>Distributions of relaxation times against known processes and the best published residuals.</summary>
public sealed class RelaxationDistributionTests
{
    [Theory]
    [InlineData("R13", 0.0025)]
    [InlineData("R15", 0.0012)]
    [InlineData("R16_SSB_sample2_rest_loop0", 0.0010)]
    [InlineData("R16_SSB_sample2_rest_loop9", 0.0010)]
    [InlineData("S01", 0.0010)]
    [InlineData("S02", 0.0020)]
    public void Real_cells_are_followed_to_their_noise(string id, double most) =>
        Assert.InRange(RelaxationDistribution.Of(ReferenceSpectra.Canonical(id)).Residual, 0, most);

    [Fact]
    public void A_full_cell_has_its_three_processes()
    {
        var distribution = RelaxationDistribution.Of(ReferenceSpectra.Canonical("S01"));
        RelaxationPeak[] inBand = [.. distribution.Peaks.Where(peak => peak.InBand)];
        Assert.Equal(3, inBand.Length);
        // Truth: 15 Ω at 0.265 µs, 60 Ω at 0.53 ms, 25 Ω at 0.44 s.
        Assert.InRange(inBand[0].Seconds, 0.24e-6, 0.30e-6);
        Assert.InRange(inBand[1].Seconds, 0.48e-3, 0.62e-3);
        Assert.InRange(inBand[2].Seconds, 0.40, 0.50);
        Assert.InRange(inBand[0].Ohms, 13.5, 16.5);
        Assert.InRange(inBand[1].Ohms, 56, 64);
        Assert.InRange(inBand[2].Ohms, 22, 28);
    }

    [Fact]
    public void Uneven_frequencies_give_the_same_processes()
    {
        Spectrum even = ReferenceSpectra.Computed("R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})-p(R2{R=100},CPE2{Q=1e-3,n=.85})", 1e6, 0.1, 80, 0.001, 4);
        var thinned = new Spectrum(even.Points.Where((_, i) => i % 3 != 1 || i > 40));
        RelaxationPeak[] all = [.. RelaxationDistribution.Of(even).Peaks], some = [.. RelaxationDistribution.Of(thinned).Peaks];
        Assert.Equal(2, all.Length);
        Assert.Equal(2, some.Length);
        for (int i = 0; i < 2; i++) Assert.InRange(some[i].Ohms / all[i].Ohms, 0.95, 1.05);
    }

    [Fact]
    public void An_inductive_loop_is_said_to_be_no_distribution()
    {
        ImmutableArray<double> hertz = Spectrum.LogFrequencies(1e5, 1e-2, 10);
        ImmutableArray<Complex> ohms = [.. hertz.Select(f => 20 + (50 / (1 + new Complex(0, 2 * Math.PI * f * 1e-4))) - (15 / (1 + new Complex(0, 2 * Math.PI * f * 1))))];
        var distribution = RelaxationDistribution.Of(ReferenceSpectra.Noisy(hertz, ohms, 0.001, 1));
        Assert.False(distribution.ReachesNoise);
        Assert.Contains(distribution.Findings, finding => finding.Contains("no positive distribution", StringComparison.Ordinal));
    }

    [Fact]
    public void The_band_holds_the_distribution_of_other_copies()
    {
        const string Circuit = "R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})-p(R2{R=100},CPE2{Q=1e-3,n=.85})";
        var one = RelaxationDistribution.Of(ReferenceSpectra.Computed(Circuit, 1e6, 0.1, 60, 0.005, 1), 0.005, bandRepeats: 100);
        var other = RelaxationDistribution.Of(ReferenceSpectra.Computed(Circuit, 1e6, 0.1, 60, 0.005, 2), 0.005);
        int middle = one.Seconds.Length / 2;
        int held = Enumerable.Range(0, one.Seconds.Length).Count(k => other.Gamma[k] >= one.Low95[k] - 0.5 && other.Gamma[k] <= one.High95[k] + 0.5);
        // Both distributions scatter, so the difference leaves the band of one of them more often than one time in twenty.
        Assert.True(held > 0.7 * one.Seconds.Length, $"{held} of {one.Seconds.Length}");
        Assert.True(one.High95[middle] >= one.Low95[middle]);
    }
}
