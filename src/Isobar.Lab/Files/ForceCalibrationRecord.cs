using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Lab.Files;

/// <summary>A calibration of the force of a press, as it is kept.</summary>
/// <param name="Press">Name of the press.</param>
/// <param name="Date">Day of the calibration.</param>
/// <param name="Due">Day after which it counts no more.</param>
/// <param name="Certificate">Number of the certificate.</param>
/// <param name="By">Who did it.</param>
/// <param name="FullScale">Upper end of the range.</param>
/// <param name="ZeroAfterRelease">What is shown after the load was taken off.</param>
/// <param name="Resolution">Smallest step that can be read.</param>
/// <param name="Points">The forces.</param>
public sealed record ForceCalibrationRecord(
    string Press,
    DateOnly Date,
    DateOnly Due,
    string Certificate,
    string By,
    Force FullScale,
    Force ZeroAfterRelease,
    Force Resolution,
    ImmutableArray<ForceCalibrationPoint> Points)
{
    /// <summary>Its class by ISO 7500-1 and what limits it.</summary>
    public ForceCalibration Result => ForceCalibration.Of(Points, FullScale, ZeroAfterRelease, Resolution);

    /// <summary>
    /// Lowest force of the verified range: no less than the lowest force of the class, nor than the resolution times 400, 200, 100 or 67 for class 0.5, 1, 2
    /// or 3 (ISO 7500-1). Null when there is no class.
    /// </summary>
    public Force? LowestVerified => Result is { Class: { } found } result
        ? new Force(Math.Max(result.Range.Low.Newtons, Resolution.Newtons * Multiple(found)))
        : null;

    /// <summary>The press as this calibration knows it; unchanged when it has no class.</summary>
    public PressInstrument Apply(PressInstrument press) => Result.Class is { } found
        ? press with { GaugeClass = new Fraction(found / 100), ClassBasis = GaugeClassBasis.Reading, Resolution = Resolution, LowestCalibrated = LowestVerified!.Value }
        : press;

    /// <summary>Corrects what the press indicates, by the mean of the series at every force.</summary>
    /// <exception cref="ArgumentException">The points are not monotone.</exception>
    public ForceCorrection Correction => new([.. Result.Forces.Select(force => new CorrectionPoint(force.Indicated, force.True))]);

    private static double Multiple(double found) => found switch
    {
        <= 0.5 => 400,
        <= 1 => 200,
        <= 2 => 100,
        _ => 67,
    };
}
