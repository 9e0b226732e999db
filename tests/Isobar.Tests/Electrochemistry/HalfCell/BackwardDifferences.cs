namespace Isobar.Tests.Electrochemistry.HalfCell;

/// <summary>
/// Stiff initial-value problems by backward differences of order one to five with variable order and step: slow, general and written for nothing
/// else than to check faster ones. The polynomial through the last points is differentiated at the new time; the error is its miss.
/// </summary>
internal sealed class BackwardDifferences(Action<double[], double[]> derivative, double[] start, double relative, double absolute)
{
    private const int HighestOrder = 5;

    private readonly List<(double Time, double[] State)> _points = [(0, (double[])start.Clone())];
    private readonly int _size = start.Length;

    /// <summary>The state at the end of a step that ends exactly at a time.</summary>
    public double[] Reach(double end)
    {
        double[,]? matrix = null;
        int[] pivots = [];
        int order = Math.Min(1, _points.Count), age = 0;
        double step = Math.Min(1e-7, end), factorisedAt = 0;
        while (_points[^1].Time < end)
        {
            double time = _points[^1].Time;
            if (time + step > end) step = end - time;
            order = Math.Min(order, _points.Count);
            double[] times = [.. Enumerable.Range(0, order + 1).Select(i => i == 0 ? time + step : _points[^i].Time)];
            double[] weights = DerivativeWeights(times);
            double[] guess = Extrapolate(order, time + step);
            if (matrix is null || age++ > 20 || Math.Abs((weights[0] / factorisedAt) - 1) > 0.2)
            {
                (matrix, pivots) = Factorise(guess, weights[0]);
                factorisedAt = weights[0];
                age = 0;
            }

            double[]? next = Solve(guess, weights, times.Length, matrix, pivots);
            double error = next is null ? double.PositiveInfinity : Miss(next, guess) * step / (time + step - _points[Math.Max(0, _points.Count - order - 1)].Time);
            if (error > 1)
            {
                step *= double.IsFinite(error) ? Math.Max(0.2, 0.8 * Math.Pow(error, -1.0 / (order + 1))) : 0.25;
                if (age > 0) matrix = null;
                if (step < 1e-14) throw new InvalidOperationException("the referee does not converge");
                continue;
            }

            // One order down or up where its error would be smaller.
            double lower = order > 1 ? Miss(next!, Extrapolate(order - 1, time + step)) / order : double.PositiveInfinity;
            double higher = order < HighestOrder && _points.Count > order + 1 ? Miss(next!, Extrapolate(order + 1, time + step)) / (order + 2) : double.PositiveInfinity;
            _points.Add((time + step, next!));
            if (_points.Count > HighestOrder + 2) _points.RemoveAt(0);
            double growth = Math.Min(1.8, 0.8 * Math.Pow(Math.Max(error, 1e-6), -1.0 / (order + 1)));
            if (lower < 0.8 * error) order--;
            else if (higher < 0.8 * error || (order < 3 && _points.Count > order)) order++;
            step *= growth is > 0.9 and < 1.2 ? 1 : growth;
        }

        return _points[^1].State;
    }

    private static double[] DerivativeWeights(double[] times)
    {
        var weights = new double[times.Length];
        for (int j = 1; j < times.Length; j++)
        {
            double product = 1 / (times[j] - times[0]);
            for (int m = 1; m < times.Length; m++)
            {
                if (m != j) product *= (times[0] - times[m]) / (times[j] - times[m]);
            }

            weights[j] = product;
            weights[0] += 1 / (times[0] - times[j]);
        }

        return weights;
    }

    private double[] Extrapolate(int order, double time)
    {
        int count = Math.Min(order + 1, _points.Count);
        var result = new double[_size];
        for (int j = 1; j <= count; j++)
        {
            double weight = 1;
            for (int m = 1; m <= count; m++)
            {
                if (m != j) weight *= (time - _points[^m].Time) / (_points[^j].Time - _points[^m].Time);
            }

            for (int i = 0; i < _size; i++) result[i] += weight * _points[^j].State[i];
        }

        return result;
    }

    private double[]? Solve(double[] guess, double[] weights, int count, double[,] matrix, int[] pivots)
    {
        double[] y = (double[])guess.Clone(), f = new double[_size], residual = new double[_size];
        double before = double.PositiveInfinity;
        for (int iteration = 0; iteration < 12; iteration++)
        {
            derivative(y, f);
            for (int i = 0; i < _size; i++)
            {
                double sum = weights[0] * y[i];
                for (int j = 1; j < count; j++) sum += weights[j] * _points[^j].State[i];
                residual[i] = f[i] - sum;
            }

            Substitute(matrix, pivots, residual);
            for (int i = 0; i < _size; i++) y[i] += residual[i];
            double change = Norm(residual, y);
            if (!double.IsFinite(change) || change > 2 * before) return null;
            if (change < 1e-3) return y;
            before = change;
        }

        return null;
    }

    private double Miss(double[] next, double[] guess)
    {
        var difference = new double[_size];
        for (int i = 0; i < _size; i++) difference[i] = next[i] - guess[i];
        return Norm(difference, next);
    }

    private double Norm(double[] change, double[] y)
    {
        double worst = 0;
        for (int i = 0; i < _size; i++) worst = Math.Max(worst, Math.Abs(change[i]) / ((relative * Math.Abs(y[i])) + absolute));
        return worst;
    }

    private (double[,] Matrix, int[] Pivots) Factorise(double[] y, double weight)
    {
        double[] f = new double[_size], moved = new double[_size], at = (double[])y.Clone();
        derivative(y, f);
        var a = new double[_size, _size];
        for (int j = 0; j < _size; j++)
        {
            double step = 1e-7;
            at[j] += step;
            derivative(at, moved);
            at[j] = y[j];
            for (int i = 0; i < _size; i++) a[i, j] = (i == j ? weight : 0) - ((moved[i] - f[i]) / step);
        }

        var pivots = new int[_size];
        for (int k = 0; k < _size; k++)
        {
            int best = k;
            for (int i = k + 1; i < _size; i++) best = Math.Abs(a[i, k]) > Math.Abs(a[best, k]) ? i : best;
            pivots[k] = best;
            for (int j = 0; j < _size && best != k; j++) (a[k, j], a[best, j]) = (a[best, j], a[k, j]);
            for (int i = k + 1; i < _size; i++)
            {
                double factor = a[i, k] /= a[k, k];
                if (factor == 0) continue;
                for (int j = k + 1; j < _size; j++) a[i, j] -= factor * a[k, j];
            }
        }

        return (a, pivots);
    }

    private void Substitute(double[,] a, int[] pivots, double[] x)
    {
        for (int k = 0; k < _size; k++)
        {
            (x[k], x[pivots[k]]) = (x[pivots[k]], x[k]);
        }

        for (int i = 0; i < _size; i++)
        {
            for (int j = 0; j < i; j++) x[i] -= a[i, j] * x[j];
        }

        for (int i = _size - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < _size; j++) x[i] -= a[i, j] * x[j];
            x[i] /= a[i, i];
        }
    }
}
