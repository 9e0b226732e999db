using System.Collections.Immutable;
using Isobar.Numerics;
using Isobar.Quantities;
using MathNet.Numerics.LinearAlgebra;

namespace Isobar.Reproducibility;

/// <summary>One grouping with the others held.</summary>
/// <param name="RawVariance">Its component as it comes out.</param>
/// <param name="F">Its F; NaN where the others leave nothing.</param>
/// <param name="Freedom">Degrees of freedom of the numerator.</param>
/// <param name="Ratio">Exact interval of its variance over the residual one, cut at zero.</param>
internal readonly record struct HeldGrouping(double RawVariance, double F, int Freedom, Interval? Ratio);

/// <summary>
/// Each grouping with the mean and the other groupings held: S = ZᵀMZ and v = ZᵀMy, where M takes out what the others explain. With the eigenvalues d of S and the parts t of v
/// along them, Σ t²/d is the sum of squares and Σ t²/(d(1 + dγ))/(df·MS_E) has Fisher's law at the true ratio γ, whatever the design. What depends on the design alone is
/// taken apart once.
/// </summary>
internal sealed class HeldGroupings
{
    private readonly IReadOnlyList<Grouping> _groups;
    private readonly int[] _start;
    private readonly int _cells;
    private readonly (double[] Values, double[][] Vectors) _whole;
    private readonly (double[] Values, double[][] Vectors, int[] Others, double[,] Projection)[] _each;

    public HeldGroupings(IReadOnlyList<Grouping> groups)
    {
        _groups = groups;
        _cells = groups[0].OfCell.Length;
        _start = new int[groups.Count + 1];
        _start[0] = 1;
        for (int i = 0; i < groups.Count; i++) _start[i + 1] = _start[i] + groups[i].Levels.Length;
        int q = _start[^1];
        Matrix<double> gram = Matrix<double>.Build.Dense(q, q);
        var rows = new int[groups.Count + 1];
        for (int m = 0; m < _cells; m++)
        {
            for (int i = 0; i < groups.Count; i++) rows[i + 1] = _start[i] + groups[i].OfCell[m];
            foreach (int row in rows)
            {
                foreach (int column in rows) gram[row, column]++;
            }
        }

        _whole = Split(gram, 1e-10);
        ResidualFreedom = _cells - _whole.Values.Length;
        _each = [.. Enumerable.Range(0, groups.Count).Select(group => One(gram, group))];
    }

    /// <summary>Degrees of freedom of the residual.</summary>
    public int ResidualFreedom { get; }

    /// <summary>Tests every grouping; the residual has a degree of freedom at least.</summary>
    public ImmutableArray<HeldGrouping> Of(MeasurementSeries series, double coverage)
    {
        var sums = new double[_start[^1]];
        double mean = Moments.Mean(series.Deviations), squares = 0;
        for (int m = 0; m < _cells; m++)
        {
            double y = series.Deviations[m] - mean;
            squares += y * y;
            sums[0] += y;
            for (int i = 0; i < _groups.Count; i++) sums[_start[i] + _groups[i].OfCell[m]] += y;
        }

        double error = squares;
        for (int k = 0; k < _whole.Values.Length; k++) error -= Math.Pow(Dot(_whole.Vectors[k], sums), 2) / _whole.Values[k];
        error /= ResidualFreedom;
        return [.. Enumerable.Range(0, _groups.Count).Select(group => Of(group, sums, error, coverage))];
    }

    private HeldGrouping Of(int group, double[] sums, double error, double coverage)
    {
        (double[] values, double[][] vectors, int[] others, double[,] projection) = _each[group];
        int freedom = values.Length, size = _groups[group].Levels.Length;
        if (freedom == 0) return new HeldGrouping(double.NaN, double.NaN, 0, null);
        var v = new double[size];
        for (int i = 0; i < size; i++)
        {
            v[i] = sums[_start[group] + i];
            for (int j = 0; j < others.Length; j++) v[i] -= projection[i, j] * sums[others[j]];
        }

        double[] parts = new double[freedom];
        double ss = 0, trace = 0;
        for (int k = 0; k < freedom; k++)
        {
            parts[k] = Math.Pow(Dot(vectors[k], v), 2) / values[k];
            ss += parts[k];
            trace += values[k];
        }

        return new HeldGrouping((ss - (freedom * error)) / trace, ss / freedom / error, freedom, new Interval(Ratio(0.5 * (1 - coverage)), Ratio(0.5 * (1 + coverage))));

        // The sum falls with γ; cut at zero it has no root below.
        double Ratio(double upper)
        {
            double target = Distribution.FisherUpperQuantile(upper, freedom, ResidualFreedom) * freedom * error;
            double Excess(double gamma)
            {
                double sum = -target;
                for (int k = 0; k < freedom; k++) sum += parts[k] / (1 + (values[k] * gamma));
                return sum;
            }

            if (Excess(0) <= 0) return 0;
            double high = 1;
            while (Excess(high) > 0) high *= 4;
            return RootFinder.Bracketed(Excess, 0, high, 1e-12 * high);
        }
    }

    private (double[] Values, double[][] Vectors, int[] Others, double[,] Projection) One(Matrix<double> gram, int group)
    {
        int from = _start[group], size = _start[group + 1] - from;
        int[] others = [.. Enumerable.Range(0, gram.RowCount).Where(row => row < from || row >= from + size)];
        Matrix<double> oo = Matrix<double>.Build.Dense(others.Length, others.Length, (i, j) => gram[others[i], others[j]]);
        Matrix<double> go = Matrix<double>.Build.Dense(size, others.Length, (i, j) => gram[from + i, others[j]]);
        (double[] values, double[][] vectors) = Split(oo, 1e-10);
        Matrix<double> inverse = Matrix<double>.Build.Dense(others.Length, others.Length);
        for (int k = 0; k < values.Length; k++)
        {
            Vector<double> vector = Vector<double>.Build.DenseOfArray(vectors[k]);
            inverse += vector.OuterProduct(vector) / values[k];
        }

        Matrix<double> projection = go * inverse;
        Matrix<double> s = gram.SubMatrix(from, size, from, size) - projection.TransposeAndMultiply(go);
        (double[] ownValues, double[][] ownVectors) = Split(s, 1e-9 * _cells / Math.Max(1e-300, s.FrobeniusNorm()));
        return (ownValues, ownVectors, others, projection.ToArray());
    }

    // Eigenvalues that stand above rounding, with their vectors.
    private static (double[] Values, double[][] Vectors) Split(Matrix<double> matrix, double negligible)
    {
        var eigen = matrix.Evd(Symmetricity.Symmetric);
        double largest = eigen.EigenValues.Max(value => Math.Abs(value.Real));
        int[] kept = [.. Enumerable.Range(0, matrix.RowCount).Where(k => eigen.EigenValues[k].Real > negligible * largest && largest > 0)];
        return ([.. kept.Select(k => eigen.EigenValues[k].Real)], [.. kept.Select(k => eigen.EigenVectors.Column(k).ToArray())]);
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
