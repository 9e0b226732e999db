using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>Classes of a force chain after ISO 7500-1.</summary>
public enum ForceClass
{
    /// <summary>0.5 % of the force.</summary>
    Half,

    /// <summary>1 %.</summary>
    One,

    /// <summary>2 %.</summary>
    Two,

    /// <summary>3 %.</summary>
    Three,
}

/// <summary>One point of a calibration: the true force of the proving device, and the mean of what the press showed.</summary>
/// <param name="True">Force of the proving device.</param>
/// <param name="Shown">Mean indication of the series.</param>
/// <param name="Spread">Largest difference between the series.</param>
public readonly record struct CalibrationPoint(Force True, Force Shown, Force Spread);

/// <summary>Whether a calibration may still be relied on.</summary>
public enum CalibrationStanding
{
    /// <summary>Within its time.</summary>
    Valid,

    /// <summary>Past its due date; runs are done with a warning, and not as verified.</summary>
    Overdue,

    /// <summary>Dated after the day it is asked for.</summary>
    NotYet,
}

/// <summary>
/// A force calibration after ISO 7500-1: its points, what class they support, in which range, until when. It corrects an indication piecewise
/// linearly between its points and with the nearest point's ratio outside them. Tare is separate (<see cref="Tare"/>).
/// <para>Class limits in per cent of the force: accuracy and repeatability 0.5/1/2/3; lower end of the range = resolution × 400/200/100/67.</para>
/// </summary>
public sealed record ForceCalibration
{
    private static readonly (ForceClass Class, double Limit, double Resolutions)[] s_classes =
        [(ForceClass.Half, 0.005, 400), (ForceClass.One, 0.01, 200), (ForceClass.Two, 0.02, 100), (ForceClass.Three, 0.03, 67)];

    /// <summary>A calibration.</summary>
    /// <param name="points">At least five, in any order; true forces above zero and all different, indications rising with them.</param>
    /// <param name="resolution">Smallest step of the indication.</param>
    /// <param name="date">Day of the calibration.</param>
    /// <param name="due">Day of the next.</param>
    /// <param name="certificate">Number of the certificate.</param>
    /// <param name="by">Who did it.</param>
    /// <exception cref="ArgumentException">The points are no calibration; the message says why.</exception>
    public ForceCalibration(IEnumerable<CalibrationPoint> points, Force resolution, DateOnly date, DateOnly due, string certificate, string by)
    {
        Points = [.. points.OrderBy(point => point.True.Newtons)];
        Resolution = resolution;
        Date = date;
        Due = due;
        Certificate = certificate;
        By = by;
        if (Points.Length < 5) throw new ArgumentException($"{Points.Length} points are too few; a calibration has at least five forces", nameof(points));
        for (int i = 0; i < Points.Length; i++)
        {
            CalibrationPoint point = Points[i];
            if (!(point.True.Newtons > 0 && double.IsFinite(point.Shown.Newtons) && point.Spread.Newtons >= 0))
                throw new ArgumentException($"a point at {point.True} shows {point.Shown} with a spread of {point.Spread}; forces are above zero and a spread is not negative", nameof(points));
            if (i > 0 && !(point.True > Points[i - 1].True && point.Shown > Points[i - 1].Shown))
                throw new ArgumentException($"the indication goes from {Points[i - 1].Shown} to {point.Shown} while the force goes from {Points[i - 1].True} to {point.True}; it must rise with the force", nameof(points));
        }

        if (!(resolution.Newtons > 0)) throw new ArgumentException($"the resolution is {resolution}; it must be above zero", nameof(resolution));
        if (due <= date) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"it is due on {due:yyyy-MM-dd}, not after its date, {date:yyyy-MM-dd}"), nameof(due));
    }

    /// <summary>The points, by rising force.</summary>
    public ImmutableArray<CalibrationPoint> Points { get; }

    /// <summary>Smallest step of the indication.</summary>
    public Force Resolution { get; }

    /// <summary>Day of the calibration.</summary>
    public DateOnly Date { get; }

    /// <summary>Day of the next.</summary>
    public DateOnly Due { get; }

    /// <summary>Number of the certificate.</summary>
    public string Certificate { get; }

    /// <summary>Who did it.</summary>
    public string By { get; }

    /// <summary>The force that an indication means.</summary>
    public Force Correct(Force shown)
    {
        double x = shown.Newtons;
        CalibrationPoint first = Points[0], last = Points[^1];
        if (x <= first.Shown.Newtons) return new Force(x * first.True.Newtons / first.Shown.Newtons);
        if (x >= last.Shown.Newtons) return new Force(x * last.True.Newtons / last.Shown.Newtons);
        int above = 1;
        while (Points[above].Shown.Newtons < x) above++;
        CalibrationPoint low = Points[above - 1], high = Points[above];
        double share = (x - low.Shown.Newtons) / (high.Shown.Newtons - low.Shown.Newtons);
        return new Force(low.True.Newtons + (share * (high.True.Newtons - low.True.Newtons)));
    }

    /// <summary>Lowest force from which, up to the highest point, the chain keeps a class, uncorrected; null when it does not keep it at its highest point.</summary>
    public Force? VerifiedFrom(ForceClass forceClass)
    {
        (_, double limit, double resolutions) = s_classes.First(row => row.Class == forceClass);
        double lowest = double.NaN;
        for (int i = Points.Length - 1; i >= 0; i--)
        {
            (Force truth, Force shown, Force spread) = Points[i];
            double allowed = limit * truth.Newtons;
            if (Math.Abs(shown.Newtons - truth.Newtons) > allowed || spread.Newtons > allowed || truth.Newtons < resolutions * Resolution.Newtons) break;
            lowest = truth.Newtons;
        }

        return double.IsNaN(lowest) ? null : new Force(lowest);
    }

    /// <summary>The best class that the chain keeps at a force, uncorrected; null for none.</summary>
    public ForceClass? ClassAt(Force force)
    {
        if (force > Points[^1].True) return null;
        foreach ((ForceClass known, _, _) in s_classes)
        {
            if (VerifiedFrom(known) is { } from && force >= from) return known;
        }

        return null;
    }

    /// <summary>
    /// The press as validation and judge see it with this calibration: class and range of the best class that reaches down to a force; the press
    /// as it is when no class does, with nothing calibrated below the highest point.
    /// </summary>
    /// <param name="press">The press.</param>
    /// <param name="least">Smallest force that is to be proven.</param>
    public PressInstrument Apply(PressInstrument press, Force least)
    {
        foreach ((ForceClass known, double limit, _) in s_classes)
        {
            if (VerifiedFrom(known) is { } from && from <= least)
                return press with { GaugeClass = new Fraction(limit), ClassBasis = GaugeClassBasis.Reading, Resolution = Resolution, LowestCalibrated = from };
        }

        foreach ((ForceClass known, double limit, _) in s_classes.Reverse())
        {
            if (VerifiedFrom(known) is { } from)
                return press with { GaugeClass = new Fraction(limit), ClassBasis = GaugeClassBasis.Reading, Resolution = Resolution, LowestCalibrated = from };
        }

        return press with { LowestCalibrated = Points[^1].True };
    }

    /// <summary>What a person should know about it before a run: null when it is valid. Past its date it is a warning, and an error where proof is required.</summary>
    public ProtocolFinding? Finding(DateOnly day, Verification verification) => StandingOn(day) switch
    {
        CalibrationStanding.Valid => null,
        CalibrationStanding.Overdue => new ProtocolFinding(
            -1,
            verification == Verification.Required ? FindingSeverity.Error : FindingSeverity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"the force calibration {Certificate} was due on {Due:yyyy-MM-dd}: what this run shows is not verified; have the force calibrated")),
        _ => new ProtocolFinding(-1, FindingSeverity.Error, string.Create(CultureInfo.InvariantCulture, $"the force calibration {Certificate} is dated {Date:yyyy-MM-dd}, which is still to come; correct the date, or the clock of this computer")),
    };

    /// <summary>Whether it may be relied on at a day.</summary>
    public CalibrationStanding StandingOn(DateOnly day) => day < Date ? CalibrationStanding.NotYet : day > Due ? CalibrationStanding.Overdue : CalibrationStanding.Valid;
}
