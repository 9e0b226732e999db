using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>One force at which a press was compared with a transfer load cell.</summary>
/// <param name="Indicated">What the press shows.</param>
/// <param name="True">What the transfer load cell reads, one per series, rising.</param>
/// <param name="Falling">The same on the way down, when it was taken.</param>
public sealed record ForceCalibrationPoint(Force Indicated, ImmutableArray<Force> True, Force? Falling = null);

/// <summary>A calibrated force with its errors, in per cent of the true force.</summary>
/// <param name="Indicated">What the press shows.</param>
/// <param name="True">Mean of what the transfer load cell reads.</param>
/// <param name="Error">q, indicated less true.</param>
/// <param name="Repeatability">b, the range of the series.</param>
/// <param name="Reversibility">v, falling less rising; null when it was not taken.</param>
/// <param name="Class">Its class; null when it meets none.</param>
public sealed record CalibratedForce(Force Indicated, Force True, double Error, double Repeatability, double? Reversibility, double? Class);

/// <summary>
/// Class of a force-measuring system by ISO 7500-1: error q and repeatability b within 0.5, 1, 2 or 3 % and reversibility v within one and a half times as much at every
/// force from 20 to 100 % of the range, five forces at least, three series; zero within a tenth of the class and resolution within half of it.
/// </summary>
public sealed record ForceCalibration
{
    private const int FewestForces = 5;
    private const int FewestSeries = 3;
    private static readonly double[] s_classes = [0.5, 1, 2, 3];

    /// <summary>Every force.</summary>
    public required ImmutableArray<CalibratedForce> Forces { get; init; }

    /// <summary>Class of the range; null when a force meets none or the calibration is not complete.</summary>
    public required double? Class { get; init; }

    /// <summary>Lowest and highest force for which the class holds.</summary>
    public required (Force Low, Force High) Range { get; init; }

    /// <summary>What is missing, or limits the class.</summary>
    public required ImmutableArray<string> Findings { get; init; }

    /// <summary>Classifies.</summary>
    /// <param name="points">The forces.</param>
    /// <param name="fullScale">Upper end of the range.</param>
    /// <param name="zeroAfterRelease">What is shown after the load was taken off.</param>
    /// <param name="resolution">Smallest step that can be read.</param>
    public static ForceCalibration Of(IReadOnlyList<ForceCalibrationPoint> points, Force fullScale, Force zeroAfterRelease, Force resolution)
    {
        List<string> findings = [];
        ImmutableArray<CalibratedForce> forces = [.. points.OrderBy(point => point.Indicated.Newtons).Select(Of)];
        CalibratedForce[] inRange = [.. forces.Where(force => force.Indicated.Newtons >= 0.1999 * fullScale.Newtons)];
        if (inRange.Length < FewestForces) findings.Add($"{inRange.Length} forces between 20 and 100 % of {fullScale}; five are needed");
        if (points.Any(point => point.True.Length < FewestSeries)) findings.Add("a force has fewer than three series");
        if (forces.IsEmpty) return new ForceCalibration { Forces = forces, Class = null, Range = default, Findings = [.. findings] };
        double lowest = inRange.Length > 0 ? inRange[0].Indicated.Newtons : forces[0].Indicated.Newtons;
        double zero = 100 * Math.Abs(zeroAfterRelease.Newtons) / fullScale.Newtons, relativeResolution = 100 * resolution.Newtons / lowest;
        double? zeroClass = ClassOf(10 * zero), resolutionClass = ClassOf(2 * relativeResolution);
        if (zeroClass is null) findings.Add($"zero after release is off by {Quantity.Number(zero, 2)} % of the range; class 3 allows 0.3 %");
        if (resolutionClass is null) findings.Add($"the resolution is {Quantity.Number(relativeResolution, 2)} % of the lowest force; class 3 allows 1.5 %");
        foreach (CalibratedForce force in inRange.Where(force => force.Class is null))
        {
            findings.Add($"at {force.Indicated} the error is {Quantity.Number(force.Error, 2)} %, the repeatability {Quantity.Number(force.Repeatability, 2)} %; class 3 allows 3 %");
        }

        double?[] classes = [zeroClass, resolutionClass, .. inRange.Select(force => force.Class)];
        bool complete = inRange.Length >= FewestForces && points.All(point => point.True.Length >= FewestSeries);
        double? overall = complete && classes.All(one => one is not null) ? classes.Max() : null;
        return new ForceCalibration { Forces = forces, Class = overall, Range = (new Force(lowest), fullScale), Findings = [.. findings] };
    }

    private static CalibratedForce Of(ForceCalibrationPoint point)
    {
        if (point.True.IsDefaultOrEmpty) throw new ArgumentException($"no reading of the transfer load cell at {point.Indicated}", nameof(point));
        double[] readings = [.. point.True.Select(force => force.Newtons)];
        double mean = Moments.Mean(readings);
        if (!(mean > 0)) throw new ArgumentException($"the transfer load cell reads {mean} N at {point.Indicated}; a force above zero is expected", nameof(point));
        double error = 100 * (point.Indicated.Newtons - mean) / mean, repeatability = 100 * (readings.Max() - readings.Min()) / mean;
        double? reversibility = point.Falling is { } falling ? 100 * (falling.Newtons - mean) / mean : null;
        double worst = Math.Max(Math.Max(Math.Abs(error), repeatability), reversibility is { } v ? Math.Abs(v) / 1.5 : 0);
        return new CalibratedForce(point.Indicated, new Force(mean), error, repeatability, reversibility, ClassOf(worst));
    }

    // Rounding of a typed decimal is not what decides a class.
    private static double? ClassOf(double percent)
    {
        foreach (double each in s_classes)
        {
            if (percent <= each * (1 + 1e-9)) return each;
        }

        return null;
    }
}
