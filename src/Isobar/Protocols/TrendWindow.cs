namespace Isobar.Protocols;

/// <summary>
/// Says how fast a reading changes: the mean over one window against the mean over the window before, so that the noise
/// of a single reading does not decide when a hold has settled.
/// </summary>
/// <param name="StartSeconds">Start of the present window.</param>
/// <param name="Sum">Sum of its readings.</param>
/// <param name="Count">How many.</param>
/// <param name="PreviousMean">Mean of the window before; NaN when there is none.</param>
/// <param name="ChangePerSecond">Change per second between the last two windows; NaN until known.</param>
/// <param name="ShrinkPerMinute">Share of the reading lost per minute between the last two windows; NaN until known.</param>
internal readonly record struct TrendWindow(double StartSeconds, double Sum, int Count, double PreviousMean, double ChangePerSecond, double ShrinkPerMinute)
{
    /// <summary>Length of a window, s.</summary>
    public const double Seconds = 30;

    public static TrendWindow StartingAt(double timeSeconds) => new(timeSeconds, 0, 0, double.NaN, double.NaN, double.NaN);

    public TrendWindow Add(double timeSeconds, double reading)
    {
        if (!double.IsFinite(reading)) return this;
        double sum = Sum + reading;
        int count = Count + 1;
        double span = timeSeconds - StartSeconds;
        if (span < Seconds) return this with { Sum = sum, Count = count };
        double mean = sum / count;
        double shrink = (PreviousMean - mean) / mean * (60 / span);
        return new TrendWindow(timeSeconds, 0, 0, mean, (mean - PreviousMean) / span, shrink);
    }
}

/// <summary>Pressure and thickness behind a first-order filter, so that a single noisy reading decides nothing.</summary>
/// <param name="PressurePa">Filtered pressure; NaN before the first reading.</param>
/// <param name="PressureRate">Its slope, Pa/s.</param>
/// <param name="ThicknessMetres">Filtered thickness; NaN when the press cannot tell.</param>
internal readonly record struct Smoothed(double PressurePa, double PressureRate, double ThicknessMetres)
{
    private const double TimeConstantSeconds = 0.5;

    public static Smoothed Unknown { get; } = new(double.NaN, 0, double.NaN);

    public Smoothed Add(double pressurePa, double thicknessMetres, double dt)
    {
        double share = dt / (dt + TimeConstantSeconds);
        double pressure = double.IsFinite(PressurePa) ? PressurePa + ((pressurePa - PressurePa) * share) : pressurePa;
        double thickness = !double.IsFinite(thicknessMetres) ? double.NaN
            : double.IsFinite(ThicknessMetres) ? ThicknessMetres + ((thicknessMetres - ThicknessMetres) * share)
            : thicknessMetres;
        return new Smoothed(pressure, (pressurePa - pressure) / TimeConstantSeconds, thickness);
    }
}

/// <summary>Where a step began.</summary>
/// <param name="ThicknessMetres">Smoothed thickness.</param>
/// <param name="DisplacementMetres">Displacement.</param>
internal readonly record struct StepDatum(double ThicknessMetres, double DisplacementMetres);
