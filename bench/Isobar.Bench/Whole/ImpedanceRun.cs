using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Distribution;
using Isobar.Impedance.Fitting;
using Isobar.Impedance.Validity;
using Isobar.Numerics;
using Isobar.Numerics.LeastSquares;

namespace Isobar.Bench.Whole;

/// <summary>
/// What is done to impedance spectra, on computed ones: R-(RQ)-(RQ) with 60 points and 0.5 % noise, a full cell with 71 points and 0.1 %, a blocking pellet with 71 points and 0.2 %.
/// </summary>
internal static class ImpedanceRun
{
    private const int Many = 1000;
    private const int TenThousand = 10_000;

    private static readonly double[] s_twoArcs = [10, 40, 1e-6, 0.9, 100, 1e-3, 0.85];

    /// <summary>Measures what has the filter in its name and writes the page.</summary>
    public static string Page(string? filter, Machine machine, TextWriter progress)
    {
        BenchCase[] cases = [.. Cases().Where(each => filter is null || each.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (cases.Length == 0) throw new BenchException($"nothing has '{filter}' in its name; there is {string.Join(", ", Cases().Select(each => $"'{each.Name}'"))}");
        StringBuilder page = PageText.Begin("Impedance", machine);
        page.Append("Computed spectra: two arcs (60 points, 7 parameters, 0.5 % noise), full cell (71 points, 13 parameters, 0.1 %), blocking pellet (71 points, 7 parameters, 0.2 %), cell that no circuit determines (107 points, 16 parameters, 0.03 %).\n");
        page.Append("One thread but for the last row, which has two. CPU is what counts on a loaded machine.\n\n");
        PageText.Row(page, "run", "n", "min", "median", "spread", "CPU", "allocated", "check value", "error");
        PageText.Row(page, "---", "--:", "--:", "--:", "--:", "--:", "--:", "---", "---");
        foreach (BenchCase each in cases)
        {
            progress.WriteLine(each.Name);
            WholeRun.Write(page, each.Measure());
        }

        return page.ToString();
    }

    private static IEnumerable<BenchCase> Cases()
    {
        var two = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
        var full = Circuit.Parse("L0-R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-CPE4");
        Spectrum[] many = [.. Enumerable.Range(0, Many).Select(i => Noisy(two.WithValues(s_twoArcs), 1e6, 0.1, 60, 0.005, (ulong)i))];
        Spectrum cell = Noisy(full.WithValues([1e-7, 20, 15, 8e-8, 0.9, 60, 4e-5, 0.8, 25, 2e-2, 0.85, 0.5, 0.6]), 7e6, 0.01, 71, 0.001, 1);
        Spectrum pellet = Noisy(Circuit.Parse("L0-R0-p(R1,CPE1)-CPE2").WithValues([2e-7, 12, 28, 1.5e-9, 0.93, 3e-6, 0.88]), 1e7, 1, 71, 0.002, 2);

        // What a measured lithium-ion cell was fitted with: four arcs, of which two overlap, and a tail; many circuits come near it and none is determined.
        Spectrum hard = Noisy(
            Circuit.Parse("L0-R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-p(R4,CPE4)-CPE5").WithValues([7.63e-7, 0.1109, 1.513e-3, 0.579, 0.922, 0.01047, 4.111, 0.555, 0.01598, 10.77, 0.927, 0.01334, 1474, 0.943, 1076, 0.656]), 999.040405, 0.00500083202, 107, 0.0003, 3);

        CircuitSearch[] searches = [.. many.Select(spectrum => new CircuitSearch(two, spectrum))];
        double[][] starts = [.. Enumerable.Range(0, Many).Select(Start)];
        yield return new CallCase<int>($"{Many} weighted fits with standard errors, two arcs, one start each", () => FitAll(searches, starts), good => new Answer($"{good} of {Many} at their minimum"));
        yield return new CallCase<double>("Kramers-Kronig test, two arcs", () => KramersKronig.Test(many[0]).Noise, NoiseAnswer(0.005));
        yield return new CallCase<double>("Kramers-Kronig noise alone, two arcs", () => KramersKronig.Noise(many[0]), NoiseAnswer(0.005));
        yield return new CallCase<double>("Kramers-Kronig test, full cell", () => KramersKronig.Test(cell).Noise, NoiseAnswer(0.001));
        yield return new CallCase<RelaxationDistribution>("distribution with its smoothness, two arcs", () => RelaxationDistribution.Of(many[0]), OfDistribution);
        yield return new CallCase<RelaxationDistribution>("distribution with its smoothness, full cell", () => RelaxationDistribution.Of(cell), OfDistribution);
        yield return new CallCase<RelaxationDistribution>("distribution with its smoothness, pellet", () => RelaxationDistribution.Of(pellet), OfDistribution);
        yield return new CallCase<RelaxationDistribution>("distribution with a band of 100 copies, two arcs", () => RelaxationDistribution.Of(many[0], bandRepeats: 100), OfDistribution);
        yield return new CallCase<CircuitFitResult>("fit from 30 starts, 400 copies, two arcs", () => CircuitFit.Of(many[0], two), OfFit);
        yield return new CallCase<CircuitFitResult>("fit from 30 starts, 400 copies, full cell", () => CircuitFit.Of(cell, full), OfFit);
        yield return new CallCase<ChosenCircuit>("circuit chosen, 400 copies, two arcs", () => ModelChoice.Of(many[0]), OfChoice);
        yield return new CallCase<ChosenCircuit>("circuit chosen, 400 copies, full cell", () => ModelChoice.Of(cell), OfChoice);
        yield return new CallCase<ChosenCircuit>("circuit chosen, 400 copies, cell that no circuit determines", () => ModelChoice.Of(hard), OfChoice);
        Spectrum[] tenThousand = [.. Enumerable.Range(0, TenThousand).Select(i => i < Many ? many[i] : Noisy(two.WithValues(s_twoArcs), 1e6, 0.1, 60, 0.005, (ulong)i))];
        yield return new CallCase<int>($"{TenThousand} spectra: test, distribution, 5-start fit, errors, two threads", () => Batch(tenThousand, two), good => new Answer($"{good} of {TenThousand} within 1.2 times the noise"));
    }

    private static int FitAll(CircuitSearch[] searches, double[][] starts)
    {
        int good = 0;
        Span<double> covariance = stackalloc double[49];
        for (int i = 0; i < searches.Length; i++)
        {
            SearchEnd end = searches[i].FromStart(starts[i]);
            // The residuals of 120 numbers with 0.5 % noise sum to 0.0028; a start that ends elsewhere leaves many times that.
            if (searches[i].Covariance(covariance) && end.SumOfSquares < 0.005) good++;
        }

        return good;
    }

    // Within a factor of two of the truth, as a neighbour in a series or a peak of the distribution gives it.
    private static double[] Start(int i)
    {
        var random = new RandomSource(7, (ulong)i);
        double[] start = [.. s_twoArcs.Select(value => value < 1 && value > 0.5 ? value : Math.Log(value))];
        for (int k = 0; k < start.Length; k++) start[k] = start[k] is > 0.5 and < 1 ? Math.Min(1, start[k] + (0.1 * (random.NextUniform() - 0.5))) : start[k] + (2 * Math.Log(2) * (random.NextUniform() - 0.5));
        return start;
    }

    private static int Batch(Spectrum[] spectra, Circuit circuit)
    {
        int good = 0;
        Parallel.For(0, spectra.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            _ = KramersKronig.Test(spectra[i]);
            CircuitFitResult fit = CircuitFit.Of(spectra[i], circuit, new FitOptions { Starts = 5, MostStarts = 5, BootstrapRepeats = 0 });
            if (fit.ReachesNoise) Interlocked.Increment(ref good);
        });
        return good;
    }

    private static Func<double, Answer> NoiseAnswer(double truth) => noise => new Answer(Percent(noise), $"{PageText.Number(100 * ((noise / truth) - 1), "+0.0;-0.0")} % of the true noise");

    private static Answer OfDistribution(RelaxationDistribution distribution) => new($"{Percent(distribution.Residual)}, {distribution.Peaks.Count(peak => peak.InBand)} peaks in band", $"noise {Percent(distribution.Noise)}");

    private static Answer OfFit(CircuitFitResult fit) => new(string.Create(CultureInfo.InvariantCulture, $"S {fit.SumOfSquares:0.000e+0}"), $"noise {Percent(fit.Noise)}, residual {Percent(fit.Residual)}");

    private static Answer OfChoice(ChosenCircuit chosen) => new($"{chosen.Proposal.Text}, {(chosen.Accepted ? "accepted" : "not accepted")}", $"{chosen.Tried.Length} circuits tried");

    private static string Percent(double share) => $"{PageText.Number(100 * share, "0.000")} %";

    private static Spectrum Noisy(Circuit circuit, double highest, double lowest, int points, double noise, ulong seed)
    {
        ImmutableArray<double> hertz = [.. Enumerable.Range(0, points).Select(i => highest * Math.Pow(lowest / highest, i / (points - 1.0)))];
        var random = new RandomSource(seed);
        var ohms = ImmutableArray.CreateBuilder<Complex>();
        foreach (Complex z in circuit.Impedance(hertz.AsSpan())) ohms.Add(z + (noise * z.Magnitude * new Complex(random.NextNormal(), random.NextNormal())));
        return new Spectrum(hertz, ohms.ToImmutable());
    }
}
