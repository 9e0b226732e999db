using System.Collections.Immutable;
using Isobar.Numerics.LeastSquares;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>
/// Linear least squares by orthogonal decomposition of scaled columns, never by normal equations, with one refinement from residuals taken in twice the
/// precision.
/// </summary>
public sealed class LinearFit
{
    private readonly double[] _gram;

    private LinearFit(ImmutableArray<string> names, ImmutableArray<double> coefficients, double[] gram, double residual, double total, int count)
    {
        Names = names;
        Coefficients = coefficients;
        _gram = gram;
        ResidualSumOfSquares = residual;
        TotalSumOfSquares = total;
        Count = count;
    }

    /// <summary>Names of the terms.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Coefficients.</summary>
    public ImmutableArray<double> Coefficients { get; }

    /// <summary>Observations.</summary>
    public int Count { get; }

    /// <summary>Observations less coefficients.</summary>
    public int Freedom => Count - Coefficients.Length;

    /// <summary>Σ(y − ŷ)².</summary>
    public double ResidualSumOfSquares { get; }

    /// <summary>Σ(y − ȳ)², or Σy² for a fit without intercept.</summary>
    public double TotalSumOfSquares { get; }

    /// <summary>√(residual sum of squares / freedom).</summary>
    public double ResidualDeviation => Math.Sqrt(ResidualSumOfSquares / Freedom);

    /// <summary>Share of the total sum of squares that the fit explains.</summary>
    public double RSquared => 1 - (ResidualSumOfSquares / TotalSumOfSquares);

    /// <summary>Fits y by columns.</summary>
    /// <param name="y">Observations.</param>
    /// <param name="terms">Name and values of each term.</param>
    /// <param name="intercept">Whether a constant comes first.</param>
    /// <exception cref="ArgumentException">There are too few observations, or the terms depend on each other.</exception>
    public static LinearFit Of(ReadOnlySpan<double> y, IReadOnlyList<(string Name, double[] Values)> terms, bool intercept = true)
    {
        int n = y.Length, offset = intercept ? 1 : 0, p = terms.Count + offset;
        if (n < p) throw new ArgumentException($"{n} observations cannot determine {p} coefficients", nameof(y));
        var matrix = new double[n * p];
        var scale = new double[p];
        for (int j = 0; j < p; j++)
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                double x = j < offset ? 1 : terms[j - offset].Values[i];
                matrix[(i * p) + j] = x;
                sum += x * x;
            }

            // A power of two keeps every digit of the column.
            scale[j] = sum > 0 ? Math.ScaleB(1, -Math.ILogB(Math.Sqrt(sum))) : throw new ArgumentException($"the term '{terms[j - offset].Name}' is zero everywhere", nameof(terms));
        }

        var scaled = new double[n * p];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++) scaled[(i * p) + j] = matrix[(i * p) + j] * scale[j];
        }

        ImmutableArray<string> names = [.. intercept ? ["intercept"] : Array.Empty<string>(), .. terms.Select(term => term.Name)];
        var qr = new HouseholderQr(n, p);
        double[] right = y.ToArray(), solution = new double[p], step = new double[p], residuals = new double[n];
        qr.Decompose(scaled, n, p, right, pivot: false);
        if (qr.Rank < p) throw new ArgumentException($"the terms {string.Join(", ", names)} depend on each other; their coefficients cannot be told apart", nameof(terms));
        qr.Solve(right, solution);
        for (int pass = 0; pass < 2; pass++)
        {
            Residuals(y, scaled, solution, residuals);
            residuals.CopyTo(right, 0);
            qr.Decompose(scaled, n, p, right, pivot: false);
            qr.Solve(right, step);
            for (int j = 0; j < p; j++) solution[j] += step[j];
        }

        Residuals(y, scaled, solution, residuals);
        double squares = 0, mean = intercept ? Moments.Mean(y) : 0, total = 0;
        for (int i = 0; i < n; i++)
        {
            squares += residuals[i] * residuals[i];
            total += (y[i] - mean) * (y[i] - mean);
        }

        double[] gram = qr.InverseGram();
        for (int j = 0; j < p; j++)
        {
            solution[j] *= scale[j];
            for (int k = 0; k < p; k++) gram[(j * p) + k] *= scale[j] * scale[k];
        }

        return new LinearFit(names, [.. solution], gram, squares, total, n);
    }

    /// <summary>Standard error of a coefficient.</summary>
    public double StandardError(int term) => ResidualDeviation * Math.Sqrt(_gram[(term * Coefficients.Length) + term]);

    /// <summary>Interval of a coefficient by Student's t.</summary>
    public Interval IntervalOf(int term, double coverage = 0.95)
    {
        double half = Distribution.StudentQuantile(0.5 * (1 + coverage), Freedom) * StandardError(term);
        return new Interval(Coefficients[term] - half, Coefficients[term] + half);
    }

    /// <summary>Probability of a coefficient at least as far from zero when it is zero.</summary>
    public double ProbabilityOf(int term) => Distribution.StudentTwoSided(Coefficients[term] / StandardError(term), Freedom);

    /// <summary>Value and standard error of a sum of coefficients.</summary>
    public (double Value, double StandardError) Combination(ReadOnlySpan<double> weights)
    {
        double value = 0, variance = 0;
        int p = Coefficients.Length;
        for (int j = 0; j < p; j++)
        {
            value += weights[j] * Coefficients[j];
            for (int k = 0; k < p; k++) variance += weights[j] * weights[k] * _gram[(j * p) + k];
        }

        return (value, ResidualDeviation * Math.Sqrt(Math.Max(0, variance)));
    }

    // y − X·b with every product and sum kept in two doubles.
    private static void Residuals(ReadOnlySpan<double> y, double[] matrix, double[] solution, double[] residuals)
    {
        int p = solution.Length;
        for (int i = 0; i < residuals.Length; i++)
        {
            double high = y[i], low = 0;
            for (int j = 0; j < p; j++)
            {
                double product = -matrix[(i * p) + j] * solution[j], rest = Math.FusedMultiplyAdd(-matrix[(i * p) + j], solution[j], -product);
                double sum = high + product, part = sum - high;
                low += high - (sum - part) + (product - part) + rest;
                high = sum;
            }

            residuals[i] = high + low;
        }
    }
}
