namespace Isobar.Numerics.LeastSquares;

/// <summary>
/// Bounded nonlinear least squares by Levenberg-Marquardt (J. J. Moré, Lect. Notes Math. 630 (1978) 105, 10.1007/BFb0067700).
/// The damping is relative to the largest column norms seen, so that the path does not depend on the units of the parameters; it follows
/// the ratio of gained to promised reduction (H. B. Nielsen, IMM-REP-1999-05). Where columns nearly depend on each other the step comes from an
/// orthogonal decomposition, never from normal equations. Bounds hold by projection: a parameter at a bound that wants to leave is
/// frozen, and a step is cut at the bounds before it is judged.
/// </summary>
public static class LevenbergMarquardt
{
    /// <summary>Finds a minimum near the start.</summary>
    /// <param name="model">Residuals and derivatives.</param>
    /// <param name="start">First parameters; they are moved inside the bounds.</param>
    /// <param name="lower">Lower bounds, or empty for none.</param>
    /// <param name="upper">Upper bounds, or empty for none.</param>
    /// <param name="options">When to stop; null for the defaults.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, there are fewer residuals than parameters, or the residuals at the start are not finite.</exception>
    public static LeastSquaresFit Solve(
        ILeastSquaresModel model, ReadOnlySpan<double> start, ReadOnlySpan<double> lower = default, ReadOnlySpan<double> upper = default, LeastSquaresOptions? options = null)
    {
        Check(model, start.Length, lower, upper);
        return Solve(new LeastSquaresEngine<TurnedModel>(new TurnedModel(model)), start, lower, upper, options ?? new LeastSquaresOptions());
    }

    /// <summary>
    /// Finds the best of the minima near many starts: the given one, and starts spread evenly in the box, on a logarithmic scale where a range is
    /// positive and wider than a factor of ten. Starts at which the model is not finite are passed over.
    /// </summary>
    /// <param name="model">Residuals and derivatives.</param>
    /// <param name="start">First parameters.</param>
    /// <param name="lowerStart">Lower ends of the box of starts. Not a bound of the answer.</param>
    /// <param name="upperStart">Upper ends of the box of starts.</param>
    /// <param name="starts">How many starts.</param>
    /// <param name="seed">Seed of the spread.</param>
    /// <param name="options">When to stop; null for the defaults.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, or the residuals are finite at none of the starts.</exception>
    public static LeastSquaresFit SolveFromMany(
        ILeastSquaresModel model, ReadOnlySpan<double> start, ReadOnlySpan<double> lowerStart, ReadOnlySpan<double> upperStart, int starts, ulong seed = 1, LeastSquaresOptions? options = null)
    {
        Check(model, start.Length, lowerStart, upperStart);
        var engine = new LeastSquaresEngine<TurnedModel>(new TurnedModel(model));
        options ??= new LeastSquaresOptions();
        var random = new RandomSource(seed);
        double[] from = start.ToArray(), residuals = new double[model.ResidualCount];
        LeastSquaresFit? best = null;
        for (int i = 0; i < starts; i++)
        {
            for (int j = 0; j < from.Length && i > 0; j++) from[j] = Between(lowerStart[j], upperStart[j], random.NextUniform());
            model.Evaluate(from, residuals, default);
            if (!double.IsFinite(Simd.Dot(residuals, residuals))) continue;
            LeastSquaresFit fit = Solve(engine, from, default, default, options);
            if (best is null || fit.SumOfSquares < best.SumOfSquares) best = fit;
        }

        return best ?? throw new ArgumentException($"the residuals are not finite at any of {starts} starts; start where the model makes sense", nameof(start));
    }

    private static double Between(double low, double high, double share) => low > 0 && high > 10 * low
        ? low * Math.Pow(high / low, share)
        : low + ((high - low) * share);

    private static void Check(ILeastSquaresModel model, int length, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        int n = model.ParameterCount, m = model.ResidualCount;
        if (length != n) throw new ArgumentException($"the start has {length} numbers; the model has {n} parameters", nameof(length));
        if (m < n) throw new ArgumentException($"{m} residuals cannot determine {n} parameters; add residuals, or fix parameters", nameof(model));
        if ((!lower.IsEmpty && lower.Length != n) || (!upper.IsEmpty && upper.Length != n)) throw new ArgumentException($"the bounds have another length than the {n} parameters", nameof(lower));
        for (int j = 0; j < n && !lower.IsEmpty && !upper.IsEmpty; j++)
        {
            if (!(lower[j] <= upper[j])) throw new ArgumentException($"the bounds of parameter {j} are {lower[j]:G6} to {upper[j]:G6}; the lower one comes first", nameof(lower));
        }
    }

    private static LeastSquaresFit Solve(LeastSquaresEngine<TurnedModel> engine, ReadOnlySpan<double> start, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, LeastSquaresOptions options)
    {
        int n = start.Length;
        double[] x = start.ToArray(), inverse = new double[n * n];
        SearchEnd end = engine.Search(x, lower, upper, options);
        engine.InverseGram(inverse, out int rank);
        bool[] held = new bool[n];
        Array.Fill(held, true);
        foreach (int j in engine.Free) held[j] = false;
        return new LeastSquaresFit([.. x], end.SumOfSquares, [.. inverse], rank, [.. held], end.Steps, end.Outcome);
    }
}
