using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;
using Isobar.Impedance.Series;
using Isobar.Numerics;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Impedance;

/// <summary>All spectra of a pressure series as one least-squares problem.</summary>
public sealed class JointFitTests(ITestOutputHelper output)
{
    private const string One = "R0-p(R1,CPE1)";
    private const double Final = 8;
    private const double AtOne = 200;
    private const double Exponent = 0.6;

    [Theory]
    [InlineData(JointTie.Free, JointTie.Free, 0)]
    [InlineData(JointTie.Tied, JointTie.Scaled, 0.02)]
    [InlineData(JointTie.Scaled, JointTie.Tied, 0.02)]
    public void The_derivatives_are_those_of_the_residuals(JointTie exponents, JointTie storage, double scatter)
    {
        ImmutableArray<Spectrum> spectra = Series(4, 0.01, 0, 0, 1);
        var circuit = Circuit.Parse(One);
        var model = new JointModel(
            [.. spectra.Select(each => new CircuitSearch(circuit, each).Model)], circuit, [0.01, 0.02, 0.01, 0.03], [.. spectra.Select(each => each.StackPressure!.Value.Value.Megapascals)],
            [new JointLaw(1, scatter)], new JointFitOptions { Exponents = exponents, Storage = storage });
        double[] separate = [Math.Log(10), Math.Log(60), Math.Log(2e-6), 0.85];
        double[] x = model.Start([.. Enumerable.Repeat(separate, 4)], [new ContactLaw("R1", "loading", Final, default, AtOne, default, Exponent, default, 0, 4, true)]);
        var random = new RandomSource(3);
        for (int k = 0; k < x.Length; k++) x[k] += 0.02 * random.NextNormal();
        double[] residuals = new double[model.ResidualCount], columns = new double[model.ResidualCount * model.ParameterCount], up = new double[residuals.Length], down = new double[residuals.Length], unused = new double[columns.Length];
        model.Evaluate(x, residuals, columns);
        for (int k = 0; k < x.Length; k++)
        {
            const double Step = 1e-5;
            double at = x[k];
            x[k] = at + Step;
            model.Evaluate(x, up, unused);
            x[k] = at - Step;
            model.Evaluate(x, down, unused);
            x[k] = at;
            double largest = columns.Skip(k * residuals.Length).Take(residuals.Length).Max(Math.Abs);
            Assert.True(largest > 0, $"coordinate {k} moves nothing");
            // A central difference of 1e-5 is good to its square, and to rounding over it.
            for (int r = 0; r < residuals.Length; r++) Assert.Equal((up[r] - down[r]) / (2 * Step), columns[(k * residuals.Length) + r], 1e-6 * largest);
        }
    }

    // 200 series, so a share of 95 % shows as 90.4 to 99.6 % within three standard deviations. Scatter of the cell beyond the noise of its spectra is in every second row.
    [Theory]
    [InlineData(7, 0.005, 0)]
    [InlineData(7, 0.005, 0.02)]
    public void Intervals_of_the_joint_exponent_hold_the_truth_in_95_of_100_series(int pressures, double noise, double scatter)
    {
        const int Repeats = 200;
        int joint = 0, separate = 0, final = 0, fitted = 0;
        double jointWidth = 0, separateWidth = 0;
        for (ulong seed = 1; seed <= Repeats; seed++)
        {
            var series = PressureSeries.Of(Series(pressures, noise, scatter, 0, seed), Circuit.Parse(One), new FitOptions { BootstrapRepeats = 0, Starts = 4, MostStarts = 6 }, new JointFitOptions { Exponents = JointTie.Tied });
            ContactLaw alone = series.Laws.Single(law => law.Name == "R1");
            separate += alone.Exponent95.Contains(Exponent) ? 1 : 0;
            if (series.Joint.IsEmpty || series.Joint[0].Laws.SingleOrDefault(law => law.Name == "R1") is not { } together) continue;
            fitted++;
            joint += together.Exponent95.Contains(Exponent) ? 1 : 0;
            final += together.Final95.Contains(Final) ? 1 : 0;
            jointWidth += together.Exponent95.High - together.Exponent95.Low;
            separateWidth += alone.Exponent95.High - alone.Exponent95.Low;
        }

        string all = $"{fitted} of {Repeats} determined; the joint interval of m holds it in {joint}, that of R_∞ in {final}; separate fits in {separate}; mean width {jointWidth / fitted:0.0000} against {separateWidth / fitted:0.0000}";
        output.WriteLine(all);
        Assert.True(fitted >= 0.95 * Repeats, all);
        Assert.True(joint >= 0.9 * fitted && final >= 0.9 * fitted, all);
        Assert.True(jointWidth < 1.02 * separateWidth, all);
    }

    [Fact]
    public void Spectra_that_contradict_what_is_tied_are_told()
    {
        var options = new FitOptions { BootstrapRepeats = 0, Starts = 4, MostStarts = 6 };
        var tied = new JointFitOptions { Exponents = JointTie.Tied };
        JointFit moving = Assert.Single(PressureSeries.Of(Series(7, 0.003, 0, 0.1, 5), Circuit.Parse(One), options, tied).Joint);
        Assert.Contains(moving.Findings, finding => finding.Contains("contradict what the joint fit ties", StringComparison.Ordinal));
        Assert.Empty(Assert.Single(PressureSeries.Of(Series(7, 0.003, 0, 0.1, 5), Circuit.Parse(One), options, new JointFitOptions()).Joint).Findings);
        Assert.Empty(Assert.Single(PressureSeries.Of(Series(7, 0.003, 0, 0, 5), Circuit.Parse(One), options, tied).Joint).Findings);
    }

    private static ImmutableArray<Spectrum> Series(int count, double noise, double scatter, double exponentChange, ulong seed)
    {
        var random = new RandomSource(seed, 0x70);
        ImmutableArray<double> hertz = Spectrum.LogFrequencies(1e5, 1, 6);
        var spectra = ImmutableArray.CreateBuilder<Spectrum>();
        for (int i = 0; i < count; i++)
        {
            double share = i / (count - 1.0), p = 3 * Math.Pow(60, share), ohms = (Final + (AtOne * Math.Pow(p, -Exponent))) * Math.Exp(scatter * random.NextNormal());
            ImmutableArray<Complex> exact = Circuit.Parse(One).WithValues([12, ohms, 2e-6, 0.8 + (exponentChange * share)]).Impedance(hertz.AsSpan());
            spectra.Add(ReferenceSpectra.Noisy(hertz, exact, noise, (1000 * seed) + (ulong)i) with { StackPressure = new Estimate<SamplePressure>(SamplePressure.FromMegapascals(p), default) });
        }

        return spectra.ToImmutable();
    }
}
