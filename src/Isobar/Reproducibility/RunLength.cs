using System.Collections.Immutable;
using Isobar.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Isobar.Reproducibility;

/// <summary>
/// Average run lengths of control charts: how many points until a signal, while nothing has changed (the price) and after the mean has moved by some standard deviations
/// (the gain). Normal points with known mean and standard deviation.
/// </summary>
public static class RunLength
{
    private const int CusumStates = 400;
    private const int EwmaStates = 401;

    /// <summary>Points beyond ±limit alone.</summary>
    public static double Shewhart(double limit, double shift = 0) => 1 / (Distribution.Normal(-limit - shift) + Distribution.Normal(-limit + shift));

    /// <summary>
    /// Two-sided CUSUM by D. Brook and D. A. Evans's Markov chain (Biometrika 59 (1972) 539, 10.1093/biomet/59.3.539) with 400 states a side, joined by
    /// 1/L = 1/L₊ + 1/L₋.
    /// </summary>
    /// <param name="allowance">k, in standard deviations.</param>
    /// <param name="decision">h, in standard deviations.</param>
    /// <param name="shift">Shift of the mean, in standard deviations.</param>
    public static double Cusum(double allowance, double decision, double shift = 0) =>
        1 / ((1 / OneSided(allowance, decision, shift)) + (1 / OneSided(allowance, decision, -shift)));

    /// <summary>EWMA with constant limits ±L·√(λ/(2 − λ)) by a Markov chain with 401 states (J. M. Lucas, M. S. Saccucci, 10.1080/00401706.1990.10484583).</summary>
    /// <param name="weight">λ.</param>
    /// <param name="limit">L.</param>
    /// <param name="shift">Shift of the mean, in standard deviations.</param>
    public static double Ewma(double weight, double limit, double shift = 0)
    {
        double half = limit * Math.Sqrt(weight / (2 - weight)), width = 2 * half / EwmaStates;
        double State(int i) => -half + ((i + 0.5) * width);
        return Solve(
            EwmaStates,
            (i, j) => Distribution.Normal(((State(j) + (0.5 * width) - ((1 - weight) * State(i))) / weight) - shift)
                - Distribution.Normal(((State(j) - (0.5 * width) - ((1 - weight) * State(i))) / weight) - shift))[EwmaStates / 2];
    }

    /// <summary>
    /// Rules that look at zones, exactly, by the Markov chain of what the rules remember (C. W. Champ, W. H. Woodall, Technometrics 29 (1987) 393,
    /// 10.1080/00401706.1987.10488266).
    /// </summary>
    /// <exception cref="ArgumentException">A rule looks at the order of neighbours; <see cref="Simulate"/> takes it.</exception>
    public static double OfZoneRules(ImmutableArray<RunRule> rules, double shift = 0)
    {
        if (rules.Contains(RunRule.SixTrending) || rules.Contains(RunRule.FourteenAlternating)) throw new ArgumentException("trends and alternation depend on more than zones; simulate these rules", nameof(rules));
        int mask = 0;
        foreach (RunRule rule in rules) mask |= 1 << (int)rule;
        double[] edges = [double.NegativeInfinity, -3, -2, -1, 0, 1, 2, 3, double.PositiveInfinity], middle = [-4, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 4];
        var probability = new double[middle.Length];
        for (int zone = 0; zone < middle.Length; zone++) probability[zone] = Distribution.Normal(edges[zone + 1] - shift) - Distribution.Normal(edges[zone] - shift);
        var numberOf = new Dictionary<RunWatch, int> { [default] = 0 };
        List<RunWatch> states = [default];
        List<int[]> next = [];
        for (int i = 0; i < states.Count; i++)
        {
            var targets = new int[middle.Length];
            for (int zone = 0; zone < middle.Length; zone++)
            {
                RunWatch watch = states[i];
                if ((watch.NextZone(middle[zone]) & mask) != 0)
                {
                    targets[zone] = -1;
                    continue;
                }

                RunWatch state = watch.For(mask);
                if (!numberOf.TryGetValue(state, out int number))
                {
                    number = states.Count;
                    numberOf.Add(state, number);
                    states.Add(state);
                }

                targets[zone] = number;
            }

            next.Add(targets);
        }

        // L = 1 + P·L by Gauss and Seidel; the sum over zones converges like the survival of the run.
        var lengths = new double[states.Count];
        Array.Fill(lengths, 100);
        for (int sweep = 0; sweep < 100_000; sweep++)
        {
            double change = 0;
            for (int i = lengths.Length - 1; i >= 0; i--)
            {
                double sum = 1, self = 0;
                for (int zone = 0; zone < middle.Length; zone++)
                {
                    if (next[i][zone] == i) self += probability[zone];
                    else if (next[i][zone] >= 0) sum += probability[zone] * lengths[next[i][zone]];
                }

                double length = sum / (1 - self);
                change = Math.Max(change, Math.Abs(length - lengths[i]) / length);
                lengths[i] = length;
            }

            if (change < 1e-12) return lengths[0];
        }

        throw new ArithmeticException("the run length of these rules did not settle");
    }

    /// <summary>Any rules, by simulation: mean and its standard error.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="shift">Shift of the mean, in standard deviations.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="seed">Seed of the points.</param>
    public static (double Mean, double StandardError) Simulate(ImmutableArray<RunRule> rules, double shift = 0, int runs = 20_000, ulong seed = 1)
    {
        int mask = 0;
        foreach (RunRule rule in rules) mask |= 1 << (int)rule;
        double sum = 0, squares = 0;
        for (int run = 0; run < runs; run++)
        {
            var random = new RandomSource(seed, (ulong)run);
            var watch = new RunWatch();
            int length = 1;
            while ((watch.Next(random.NextNormal() + shift) & mask) == 0) length++;
            sum += length;
            squares += (double)length * length;
        }

        double mean = sum / runs;
        return (mean, Math.Sqrt(((squares / runs) - (mean * mean)) / runs));
    }

    private static double OneSided(double k, double h, double shift)
    {
        double width = 2 * h / ((2 * CusumStates) - 1);
        return Solve(
            CusumStates,
            (i, j) => j == 0
                ? Distribution.Normal((0.5 * width) - (i * width) + k - shift)
                : Distribution.Normal(((j - i) * width) + (0.5 * width) + k - shift) - Distribution.Normal(((j - i) * width) - (0.5 * width) + k - shift))[0];
    }

    private static Vector<double> Solve(int states, Func<int, int, double> transition) =>
        Matrix<double>.Build.Dense(states, states, (i, j) => (i == j ? 1 : 0) - transition(i, j)).LU().Solve(Vector<double>.Build.Dense(states, 1));
}
