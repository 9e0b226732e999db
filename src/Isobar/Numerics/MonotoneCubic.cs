using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Isobar.Numerics;

/// <summary>
/// A smooth curve through points that never overshoots them: piecewise cubic with the slopes of Fritsch and Butland, so that rising points give a
/// rising curve. Value and slope are continuous (F. N. Fritsch, J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300, 10.1137/0905021).
/// </summary>
public sealed class MonotoneCubic
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _slope;

    /// <summary>Lays the curve through points.</summary>
    /// <param name="x">Positions, strictly ascending, at least two.</param>
    /// <param name="y">Values, one per position.</param>
    /// <exception cref="ArgumentException">The positions do not ascend, or the lengths differ.</exception>
    public MonotoneCubic(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length < 2 || x.Length != y.Length) throw new ArgumentException($"{x.Length} positions and {y.Length} values; a curve needs two or more of each, equally many", nameof(x));
        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i])) throw new ArgumentException($"point {i + 1} is not a pair of numbers", nameof(x));
            if (i > 0 && x[i] <= x[i - 1]) throw new ArgumentException($"position {i + 1} is not above position {i}; positions ascend", nameof(x));
        }

        _x = x.ToArray();
        _y = y.ToArray();
        _slope = Slopes(_x, _y);
    }

    /// <summary>First position.</summary>
    public double Lowest => _x[0];

    /// <summary>Last position.</summary>
    public double Highest => _x[^1];

    /// <summary>The positions.</summary>
    public ImmutableArray<double> Positions => [.. _x];

    /// <summary>The values.</summary>
    public ImmutableArray<double> Values => [.. _y];

    /// <summary>The value at a position between the first and the last; outside, the straight line with the slope of the end.</summary>
    public double At(double x) => At(x, out _);

    /// <summary>The value and the slope. Compiled at once as well as it can be: a discharge asks thousands of times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double At(double x, out double derivative)
    {
        if (x <= _x[0] || x >= _x[^1])
        {
            int end = x <= _x[0] ? 0 : _x.Length - 1;
            derivative = _slope[end];
            return _y[end] + (derivative * (x - _x[end]));
        }

        int above = Array.BinarySearch(_x, x);
        int i = above >= 0 ? above : ~above - 1;
        double h = _x[i + 1] - _x[i], t = (x - _x[i]) / h;
        double rise = _y[i + 1] - _y[i], a = (_slope[i] * h) - rise, b = rise - (_slope[i + 1] * h);
        // y = y₀ + t·Δy + t(1 − t)·[a(1 − t) + b·t], the Hermite cubic in the form that is exact at both ends.
        double s = 1 - t;
        derivative = (rise + ((s - t) * ((a * s) + (b * t))) + (t * s * (b - a))) / h;
        return _y[i] + (t * rise) + (t * s * ((a * s) + (b * t)));
    }

    private static double[] Slopes(double[] x, double[] y)
    {
        int n = x.Length;
        var slope = new double[n];
        var secant = new double[n - 1];
        for (int i = 0; i < n - 1; i++) secant[i] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
        if (n == 2) return [secant[0], secant[0]];
        for (int i = 1; i < n - 1; i++)
        {
            double left = secant[i - 1], right = secant[i];
            if (left * right <= 0) continue;
            // Weighted harmonic mean: the steeper side cannot pull the curve beyond the points.
            double before = x[i] - x[i - 1], after = x[i + 1] - x[i];
            double w1 = (2 * after) + before, w2 = after + (2 * before);
            slope[i] = (w1 + w2) / ((w1 / left) + (w2 / right));
        }

        slope[0] = EndSlope(x[1] - x[0], x[2] - x[1], secant[0], secant[1]);
        slope[^1] = EndSlope(x[^1] - x[^2], x[^2] - x[^3], secant[^1], secant[^2]);
        return slope;
    }

    // The parabola through the last three points, kept from turning round within its interval.
    private static double EndSlope(double near, double far, double nearSecant, double farSecant)
    {
        double slope = ((((2 * near) + far) * nearSecant) - (near * farSecant)) / (near + far);
        if (slope * nearSecant <= 0) return 0;
        return nearSecant * farSecant <= 0 && Math.Abs(slope) > 3 * Math.Abs(nearSecant) ? 3 * nearSecant : slope;
    }
}
