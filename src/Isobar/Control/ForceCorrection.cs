using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>One force at which a press was compared with a transfer load cell.</summary>
/// <param name="Indicated">What the press showed.</param>
/// <param name="Applied">What the transfer load cell read.</param>
public readonly record struct CorrectionPoint(Force Indicated, Force Applied);

/// <summary>
/// Corrects an indicated force by straight lines between the points of a calibration; exact at the points, and zero is zero because the tare has
/// been taken off before. Outside of the points the nearest line goes on, and <see cref="Covers"/> says that nobody has looked there.
/// </summary>
public sealed class ForceCorrection
{
    // The first node is the zero.
    private readonly double[] _indicated;
    private readonly double[] _applied;

    /// <summary>A correction by points, in any order.</summary>
    /// <exception cref="ArgumentException">There is no point, a force is not above zero, or the applied force does not rise with the indicated one.</exception>
    public ForceCorrection(ImmutableArray<CorrectionPoint> points)
    {
        if (points.IsDefaultOrEmpty) throw new ArgumentException("a correction needs a point at least", nameof(points));
        Points = [.. points.OrderBy(point => point.Indicated.Newtons)];
        _indicated = [0, .. Points.Select(point => point.Indicated.Newtons)];
        _applied = [0, .. Points.Select(point => point.Applied.Newtons)];
        for (int i = 1; i < _indicated.Length; i++)
        {
            if (_indicated[i] > _indicated[i - 1] && _applied[i] > _applied[i - 1] && double.IsFinite(_indicated[i]) && double.IsFinite(_applied[i])) continue;
            throw new ArgumentException(
                $"the calibration is not monotone: {new Force(_indicated[i])} indicated is {new Force(_applied[i])} applied, after {new Force(_indicated[i - 1])} for {new Force(_applied[i - 1])}; both must rise from point to point", nameof(points));
        }
    }

    /// <summary>The points, the lowest first.</summary>
    public ImmutableArray<CorrectionPoint> Points { get; }

    /// <summary>The force that was applied when the press shows this, its zero taken off.</summary>
    public Force Applied(Force indicated) => new(Between(indicated.Newtons, _indicated, _applied));

    /// <summary>What the press shows when this force is applied.</summary>
    public Force Indicated(Force applied) => new(Between(applied.Newtons, _applied, _indicated));

    /// <summary>Whether an applied force lies between the lowest and the highest point.</summary>
    public bool Covers(Force applied) => applied >= Points[0].Applied && applied <= Points[^1].Applied;

    private static double Between(double x, double[] from, double[] to)
    {
        int upper = 1;
        while (upper < from.Length - 1 && x > from[upper]) upper++;
        // At a node its own value, not one that has gone through a division.
        if (x.Equals(from[upper])) return to[upper];
        return to[upper - 1] + ((x - from[upper - 1]) * ((to[upper] - to[upper - 1]) / (from[upper] - from[upper - 1])));
    }
}
