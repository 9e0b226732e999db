using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Validity;
using Xunit;

namespace Isobar.Tests.Impedance;

/// <summary>What a single sweep says of itself.</summary>
public sealed class KramersKronigTests
{
    private const string Bench = "R0{R=10}-p(R1{R=40},CPE1{Q=1e-6,n=.9})-p(R2{R=100},CPE2{Q=1e-3,n=.85})";

    [Theory]
    [InlineData("R02", KramersKronigVerdict.Valid)]
    [InlineData("R03", KramersKronigVerdict.Valid)]
    [InlineData("R04", KramersKronigVerdict.Valid)]
    [InlineData("R13", KramersKronigVerdict.Valid)]
    [InlineData("R15", KramersKronigVerdict.Valid)]
    [InlineData("R16_SSB_sample2_rest_loop0", KramersKronigVerdict.Valid)]
    [InlineData("S01", KramersKronigVerdict.Valid)]
    [InlineData("S02", KramersKronigVerdict.Valid)]
    [InlineData("S04", KramersKronigVerdict.Valid)]
    [InlineData("S05", KramersKronigVerdict.Valid)]
    [InlineData("R07", KramersKronigVerdict.Invalid)]
    [InlineData("R08", KramersKronigVerdict.Invalid)]
    [InlineData("R09", KramersKronigVerdict.Invalid)]
    public void Good_sweeps_pass_and_bad_ones_do_not(string id, KramersKronigVerdict expected)
    {
        KramersKronigResult result = KramersKronig.Test(ReferenceSpectra.Canonical(id));
        Assert.True(expected == result.Verdict, string.Join("; ", result.Reasons));
    }

    [Theory]
    [InlineData("S01", 0.001)]
    [InlineData("S02", 0.002)]
    [InlineData("S04", 0.005)]
    public void The_noise_is_found_to_fifteen_per_cent(string id, double truth) =>
        Assert.InRange(KramersKronig.Test(ReferenceSpectra.Canonical(id)).Noise / truth, 0.85, 1.15);

    // A sharp arc, a tail, an inductance, diffusion: forty sweeps each, of which none may be refused and the mean noise be right to a tenth.
    [Theory]
    [InlineData("R0{R=10}-p(R1{R=50},C1{C=1e-6})-p(R2{R=80},C2{C=1e-3})")]
    [InlineData("L0{L=2e-7}-R0{R=12}-p(R1{R=28},CPE1{Q=1.5e-9,n=.93})-CPE2{Q=3e-6,n=.88}")]
    [InlineData("R0{R=10}-p(R1{R=40}-W1{sigma=30},CPE1{Q=1e-6,n=.9})")]
    [InlineData("R0{R=5}-Tr1{Ri=40, Rct=60, Q=1e-3, n=.9}")]
    public void White_noise_is_measured_and_passes(string circuit)
    {
        double sum = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            KramersKronigResult result = KramersKronig.Test(ReferenceSpectra.Computed(circuit, 1e6, 0.1, 71, 0.001, seed));
            Assert.True(result.Verdict == KramersKronigVerdict.Valid, $"seed {seed}: {string.Join("; ", result.Reasons)}");
            sum += result.Noise / 40;
        }

        Assert.InRange(sum, 0.0009, 0.0011);
    }

    // One arc grows by 15 % while the sweep runs, which leaves a residual of less than two parts in a thousand.
    [Theory]
    [InlineData("R1")]
    [InlineData("R2")]
    public void A_sample_that_changes_during_the_sweep_is_not_called_valid(string growing)
    {
        ImmutableArray<double> hertz = Spectrum.LogFrequencies(1e6, 0.1, 9);
        double passed = 0, all = hertz.Sum(f => 1 / f);
        var drifting = ImmutableArray.CreateBuilder<Complex>();
        foreach (double f in hertz)
        {
            passed += 1 / f;
            drifting.Add(Circuit.Parse(Bench).With(growing, parameter => parameter with { Value = parameter.Value * (1 + (0.15 * passed / all)) }).Impedance([f])[0]);
        }

        KramersKronigResult result = KramersKronig.Test(ReferenceSpectra.Noisy(hertz, drifting.ToImmutable(), 0.0005, 3));
        Assert.True(result.Noise < 0.002, $"{result.Noise}");
        Assert.True(result.Verdict == KramersKronigVerdict.CannotTell, string.Join("; ", result.Reasons));
    }

    [Fact]
    public void A_bad_point_is_named()
    {
        Spectrum good = ReferenceSpectra.Computed(Bench, 1e6, 0.1, 60, 0.001, 5);
        Spectrum bad = good.WithOhms(good.Ohms.SetItem(30, good.Ohms[30] * 1.05));
        Assert.Equal([30], KramersKronig.Test(bad).Outliers);
        Assert.Empty(KramersKronig.Test(bad.LeavingOut(point => point.Hertz == good.Hertz[30])).Outliers);
    }

    [Fact]
    public void A_negative_resistance_is_tested_in_admittance()
    {
        // A negative differential resistance is stable under potential control: its admittance obeys the relations, its impedance does not.
        ImmutableArray<double> hertz = Spectrum.LogFrequencies(1e5, 1e-3, 8);
        ImmutableArray<Complex> ohms = [.. hertz.Select(f => 20 + (1 / ((-1 / 60.0) + new Complex(0, 2 * Math.PI * f * 1e-3))))];
        KramersKronigResult result = KramersKronig.Test(ReferenceSpectra.Noisy(hertz, ohms, 0.001, 2));
        Assert.True(result.UsedAdmittance || result.ImpedanceNoise < 0.0012, $"Z {result.ImpedanceNoise}, Y {result.AdmittanceNoise}");
        Assert.Equal(KramersKronigVerdict.Valid, result.Verdict);
    }

    [Fact]
    public void The_modulus_rebuilt_from_the_phase_is_the_measured_one()
    {
        ZHit rebuilt = ZHit.Of(ReferenceSpectra.Computed(Bench, 1e6, 0.1, 71, 0, 1));
        // The rebuilding is an approximation; on smooth spectra it is good to one or two per cent.
        Assert.All(rebuilt.LogRatio.Skip(2).SkipLast(2), ratio => Assert.InRange(ratio, -0.02, 0.02));
    }

    [Fact]
    public void Few_points_are_not_judged() =>
        Assert.Equal(KramersKronigVerdict.CannotTell, KramersKronig.Test(ReferenceSpectra.Computed(Bench, 1e6, 0.1, 6, 0.001, 1)).Verdict);
}
