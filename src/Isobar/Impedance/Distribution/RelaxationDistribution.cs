using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Isobar.Impedance.Validity;
using Isobar.Numerics;

namespace Isobar.Impedance.Distribution;

/// <summary>
/// The distribution of relaxation times of a spectrum: Z = R₀ + s·L + 1/(s·C) + ∫ γ(ln τ)/(1 + s·τ) d ln τ with γ ≥ 0.
/// <para>The smoothness is the largest at which the fit is still as good as the noise that the Kramers-Kronig ladder leaves (discrepancy principle, V. A. Morozov, Sov. Math. Dokl. 7 (1966)
/// 414). Where no positive distribution reaches the noise, the spectrum holds something else, which is said; then the smoothness is that of 1.15 times the smallest residual.</para>
/// </summary>
public sealed record RelaxationDistribution
{
    private const double LeastLambda = 1e-7;
    private const double FirstLambda = 0.03;
    private const double Stride = 10;
    private const double Settled = 0.97;
    private const double Finest = 1.1;
    private const double NearEnough = 0.01;
    private const double MostLambda = 300;
    private const double Slack = 1.15;
    private const double LeastShare = 0.05;

    /// <summary>Relaxation times, ascending, even in the logarithm.</summary>
    public required ImmutableArray<double> Seconds { get; init; }

    /// <summary>γ at each time, Ω per unit of ln τ.</summary>
    public required ImmutableArray<double> Gamma { get; init; }

    /// <summary>Lower edge of the 95 % band of γ over repeated noise; empty when none was asked for.</summary>
    public ImmutableArray<double> Low95 { get; init; } = [];

    /// <summary>Upper edge of that band.</summary>
    public ImmutableArray<double> High95 { get; init; } = [];

    /// <summary>R₀, Ω.</summary>
    public required double Ohms { get; init; }

    /// <summary>L, H.</summary>
    public required double Henries { get; init; }

    /// <summary>C, F; infinite when nothing blocks.</summary>
    public required double Farads { get; init; }

    /// <summary>Weight of the smoothness.</summary>
    public required double Lambda { get; init; }

    /// <summary>√(S/2N): the residual as a share of the modulus.</summary>
    public required double Residual { get; init; }

    /// <summary>The noise that was aimed at.</summary>
    public required double Noise { get; init; }

    /// <summary>Z of the distribution at the points that count, frequency descending.</summary>
    public required ImmutableArray<Complex> Impedance { get; init; }

    /// <summary>Peaks, ascending in time.</summary>
    public required ImmutableArray<RelaxationPeak> Peaks { get; init; }

    /// <summary>Peaks below a twentieth of the modulus at their frequency, or of the peak beside them: what a depressed arc beside them leaves, or processes too small to be told from that.</summary>
    public required ImmutableArray<RelaxationPeak> Ripples { get; init; }

    /// <summary>What a reader must know: above all what no positive distribution can describe.</summary>
    public required ImmutableArray<string> Findings { get; init; }

    /// <summary>Whether a positive distribution reaches the noise.</summary>
    public required bool ReachesNoise { get; init; }

    /// <summary>The distribution of a spectrum.</summary>
    /// <param name="spectrum">The sweep; points left out do not count.</param>
    /// <param name="noise">Noise as a share of the modulus; null to take that of the Kramers-Kronig ladder.</param>
    /// <param name="bandRepeats">How many noisy copies make the band; zero for none.</param>
    /// <param name="seed">Seed of the copies.</param>
    /// <exception cref="ArgumentException">Fewer than four points count.</exception>
    public static RelaxationDistribution Of(Spectrum spectrum, double? noise = null, int bandRepeats = 0, ulong seed = 1)
    {
        double aim = noise ?? KramersKronig.Noise(spectrum);
        var problem = new RelaxationProblem(spectrum);
        double numbers = 2 * problem.Hertz.Length;
        (double lambda, double best) = Smoothness(problem, aim * aim * numbers);
        best = Math.Sqrt(best / numbers);
        bool reaches = best <= aim;
        double residual = Math.Sqrt(problem.Solve(lambda) / numbers);
        ImmutableArray<double> gamma = Density(problem);
        ImmutableArray<RelaxationPeak> peaks = PeakSearch.Of(problem.Times, gamma, problem.LogStep, problem.Hertz);
        var result = new RelaxationDistribution
        {
            Seconds = [.. problem.Times],
            Gamma = gamma,
            Ohms = problem.Resistance,
            Henries = problem.Inductance,
            Farads = 1 / problem.Elastance,
            Lambda = lambda,
            Residual = residual,
            Noise = aim,
            Impedance = [.. problem.Impedance()],
            Peaks = [.. peaks.Where((_, i) => IsProcess(i))],
            Ripples = [.. peaks.Where((_, i) => !IsProcess(i))],
            ReachesNoise = reaches,
            Findings = reaches ? [] :
            [
                string.Create(CultureInfo.InvariantCulture, $"no positive distribution comes closer than {100 * best:0.000} % to a spectrum with {100 * aim:0.000} % noise: it holds something else, such as cable inductance with loss, an inductive loop, an artefact or drift"),
            ],
        };
        return bandRepeats > 0 ? result.WithBand(problem, bandRepeats, seed) : result;

        bool IsProcess(int i)
        {
            double beside = Math.Max(i > 0 ? peaks[i - 1].Ohms : 0, i < peaks.Length - 1 ? peaks[i + 1].Ohms : 0);
            return peaks[i].Ohms >= LeastShare * problem.ModulusAt(1 / peaks[i].Seconds) && peaks[i].Ohms >= LeastShare * (peaks[i].InBand ? beside : 0);
        }
    }

    // The residual grows with λ. The search begins where most spectra end and strides up or down until it has passed the aim; each solution begins at the last one.
    // Where less smoothness no longer lowers the residual, the aim is out of reach, and 1.15 times the smallest residual takes its place.
    private static (double Lambda, double Sum) Smoothness(RelaxationProblem problem, double aim)
    {
        double lambda = FirstLambda, sum = problem.Solve(lambda, fromLast: false);
        if (sum <= aim) return (Between(problem, lambda, sum, lambda, sum, aim), sum);
        double least = sum, before = double.PositiveInfinity, leastAt = lambda;
        while (sum > aim && lambda > LeastLambda && !(sum > Settled * before))
        {
            before = sum;
            lambda /= Stride;
            sum = problem.Solve(lambda);
            if (sum < least) (least, leastAt) = (sum, lambda);
        }

        return least <= aim
            ? (Between(problem, lambda, sum, lambda * Stride, before, aim), least)
            : (Between(problem, leastAt, least, leastAt, least, Slack * Slack * least), least);
    }

    // From a λ within the aim to the largest within: strides up where the other end is not yet beyond, then by straight lines in both logarithms.
    private static double Between(RelaxationProblem problem, double low, double sumLow, double high, double sumHigh, double aim)
    {
        while (sumHigh <= aim)
        {
            if (high >= MostLambda) return high;
            (low, sumLow) = (high, sumHigh);
            high *= Stride;
            sumHigh = problem.Solve(high);
        }

        while (high > Finest * low && sumLow < (1 - NearEnough) * aim)
        {
            double share = Math.Clamp(Math.Log(aim / sumLow) / Math.Log(sumHigh / sumLow), 0.1, 0.9);
            double middle = low * Math.Pow(high / low, share), sum = problem.Solve(middle);
            if (sum <= aim) (low, sumLow) = (middle, sum);
            else (high, sumHigh) = (middle, sum);
        }

        return low;
    }

    private static ImmutableArray<double> Density(RelaxationProblem problem) => [.. Enumerable.Range(0, problem.Times.Length).Select(k => problem.Share(k) / problem.LogStep)];

    private RelaxationDistribution WithBand(RelaxationProblem problem, int repeats, ulong seed)
    {
        var random = new RandomSource(seed, 0xD127);
        double size = Math.Max(Residual, Noise);
        double[][] copies = new double[Seconds.Length][];
        for (int k = 0; k < copies.Length; k++) copies[k] = new double[repeats];
        var noisy = new Complex[Impedance.Length];
        for (int r = 0; r < repeats; r++)
        {
            for (int i = 0; i < noisy.Length; i++) noisy[i] = Impedance[i] + (size * problem.Ohms[i].Magnitude * new Complex(random.NextNormal(), random.NextNormal()));
            problem.SetData(noisy);
            problem.Solve(Lambda);
            for (int k = 0; k < copies.Length; k++) copies[k][r] = problem.Share(k) / problem.LogStep;
        }

        foreach (double[] copy in copies) Array.Sort(copy);
        int low = (int)(0.025 * (repeats - 1)), high = (int)Math.Ceiling(0.975 * (repeats - 1));
        return this with { Low95 = [.. copies.Select(copy => copy[low])], High95 = [.. copies.Select(copy => copy[high])] };
    }
}
