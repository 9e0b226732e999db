using Isobar.Quantities;

namespace Isobar.Numerics.Propagation;

/// <summary>The result of a Monte Carlo propagation (JCGM 101:2008, 7).</summary>
/// <param name="Mean">Mean of the results.</param>
/// <param name="StandardUncertainty">Their standard deviation.</param>
/// <param name="Coverage">Probability that the intervals hold.</param>
/// <param name="Symmetric">The interval that leaves the same probability on both sides.</param>
/// <param name="Shortest">The shortest interval with the coverage; it differs from the symmetric one when the distribution is skewed.</param>
/// <param name="Trials">How many draws.</param>
/// <param name="Seed">Seed of the draws; the same seed gives the same bits.</param>
public sealed record MonteCarloResult(double Mean, double StandardUncertainty, double Coverage, Interval Symmetric, Interval Shortest, int Trials, ulong Seed);

/// <summary>
/// Propagation of distributions by drawing (JCGM 101:2008). Draws come in blocks; a block is a pure function of model, seed and its
/// number, so that a caller may fill the blocks in any order and on any number of threads and get the same bits.
/// </summary>
public sealed class MonteCarloPropagation
{
    /// <summary>Trials in one block.</summary>
    public const int BlockLength = 4096;

    private readonly MeasurementModel _model;
    private readonly ulong _seed;
    private readonly bool[] _correlated;

    /// <summary>Prepares the propagation of a model.</summary>
    /// <exception cref="ArgumentException">A correlated input is not normal; JCGM 101 defines joint draws for normal inputs only.</exception>
    public MonteCarloPropagation(MeasurementModel model, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _seed = seed;
        _correlated = new bool[model.Inputs.Length];
        for (int i = 0; i < _correlated.Length; i++)
        {
            _correlated[i] = model.Correlation?.Involves(i) ?? false;
            if (_correlated[i] && model.Inputs[i].Shape != InputShape.Normal)
            {
                throw new ArgumentException($"input '{model.Inputs[i].Name}' is correlated and of shape {model.Inputs[i].Shape}; correlated inputs must be normal");
            }
        }
    }

    /// <summary>Draws and summarises.</summary>
    /// <param name="model">What to propagate.</param>
    /// <param name="trials">How many draws, at least 1000.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="coverage">Probability that the intervals hold.</param>
    public static MonteCarloResult Run(MeasurementModel model, int trials, ulong seed, double coverage = 0.90)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1000);
        var propagation = new MonteCarloPropagation(model, seed);
        var results = new double[trials];
        for (int block = 0; block * BlockLength < trials; block++)
        {
            propagation.FillBlock(block, results.AsSpan(block * BlockLength, Math.Min(BlockLength, trials - (block * BlockLength))));
        }

        return propagation.Summarise(results, coverage);
    }

    /// <summary>Fills one block of trials.</summary>
    /// <param name="block">Number of the block, from 0.</param>
    /// <param name="results">The block's part of the results; only the last block may be shorter than <see cref="BlockLength"/>.</param>
    public void FillBlock(int block, Span<double> results)
    {
        var random = new RandomSource(_seed, (ulong)block);
        int n = _model.Inputs.Length;
        Span<double> inputs = n <= 64 ? stackalloc double[n] : new double[n];
        Span<double> normals = n <= 64 ? stackalloc double[n] : new double[n];
        Correlation? correlation = _model.Correlation;
        for (int trial = 0; trial < results.Length; trial++)
        {
            for (int i = 0; i < n; i++)
            {
                if (_correlated[i]) normals[i] = random.NextNormal();
                else inputs[i] = _model.Inputs[i].Draw(ref random);
            }

            if (correlation is not null)
            {
                // An uncorrelated input has zeros in the factor, so its entry never reaches the others.
                correlation.Apply(normals);
                for (int i = 0; i < n; i++)
                {
                    if (_correlated[i]) inputs[i] = _model.Inputs[i].Value + (_model.Inputs[i].StandardUncertainty * normals[i]);
                }
            }

            results[trial] = _model.Function(inputs);
        }
    }

    /// <summary>Mean, standard deviation and intervals of all results. The results are reordered in place.</summary>
    /// <exception cref="ArithmeticException">A draw gave no finite result.</exception>
    public MonteCarloResult Summarise(Span<double> results, double coverage = 0.90)
    {
        if (coverage is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "a coverage lies between 0 and 1, for example 0.90");
        int trials = results.Length;
        double sum = 0;
        foreach (double y in results)
        {
            if (!double.IsFinite(y)) throw new ArithmeticException($"a draw gave '{_model.Name}' = {y}; the model must be defined wherever its inputs can be");
            sum += y;
        }

        double mean = sum / trials, squares = 0;
        foreach (double y in results) squares += (y - mean) * (y - mean);
        // JCGM 101, 7.7: the interval spans q = pM steps of the ordered results.
        int span = (int)Math.Round(coverage * trials, MidpointRounding.AwayFromZero);
        span = Math.Min(span, trials - 1);
        OrderTails(results, span);
        int lower = (trials - span) / 2;
        int shortest = 0;
        for (int i = 1; i + span < trials; i++)
        {
            if (results[i + span] - results[i] < results[shortest + span] - results[shortest]) shortest = i;
        }

        return new MonteCarloResult(
            mean,
            Math.Sqrt(squares / (trials - 1)),
            coverage,
            new Interval(results[lower], results[Math.Min(lower + span, trials - 1)]),
            new Interval(results[shortest], results[shortest + span]),
            trials,
            _seed);
    }

    // An interval of the given span starts and ends in the tails, so that only they need to be in order.
    private static void OrderTails(Span<double> results, int span)
    {
        int tail = results.Length - span;
        if (tail >= span)
        {
            results.Sort();
            return;
        }

        Place(results, tail);
        Place(results[(tail + 1)..], span - tail - 1);
        results[..(tail + 1)].Sort();
        results[span..].Sort();
    }

    // Hoare's selection: afterwards the value of rank k stands at index k, smaller values before it and larger ones behind.
    private static void Place(Span<double> values, int k)
    {
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            double pivot = MiddleOf(values[low], values[low + ((high - low) / 2)], values[high]);
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] < pivot) i++;
                while (values[j] > pivot) j--;
                if (i > j) break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }

            if (k <= j) high = j;
            else if (k >= i) low = i;
            else return;
        }
    }

    private static double MiddleOf(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
