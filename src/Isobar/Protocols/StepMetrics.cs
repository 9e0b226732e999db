using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>How one step was done, in numbers; null where the step has no such number or the record does not give it.</summary>
/// <param name="StepIndex">Step of the protocol, from 0.</param>
/// <param name="Name">Its name.</param>
public sealed record StepMetrics(int StepIndex, string Name)
{
    /// <summary>(largest pressure − target)/target within the step and 5 s after it.</summary>
    public Estimate<Fraction>? Overshoot { get; init; }

    /// <summary>Time from 10 % to 90 % of the way of a ramp; known to the sampling and to the noise over the slope.</summary>
    public Estimate<Duration>? Rise { get; init; }

    /// <summary>Time from the arrival of the set-point to the last exit from ±0.5 % of the target; zero when it never left; known to the sampling.</summary>
    public Estimate<Duration>? Settling { get; init; }

    /// <summary>Root mean square of pressure − set-point over a ramp, a share of the target; known to the force.</summary>
    public Estimate<Fraction>? TrackingRms { get; init; }

    /// <summary>What a hold achieved.</summary>
    public HoldMetrics? Hold { get; init; }

    /// <summary>Relaxation constants, where the pressure relaxed.</summary>
    public PelegConstants? Relaxation { get; init; }

    /// <summary>Displacement at the first sample with contact pressure; this and what follows from displacements is known to their noise, the scale of the sensor not counted.</summary>
    public Estimate<Length>? DisplacementAtContact { get; init; }

    /// <summary>Displacement at the end of the step.</summary>
    public Estimate<Length>? DisplacementAtEnd { get; init; }

    /// <summary>What the sample grew back in a release: displacement at its begin minus displacement at its end.</summary>
    public Estimate<Length>? Springback { get; init; }

    /// <summary>Work done on the sample, ∫F dx in J; known to the force.</summary>
    public Estimate? WorkJoules { get; init; }

    /// <summary>Stiffness of press and sample when unloading, from 95 % to 60 % of the force at its begin.</summary>
    public Estimate<Stiffness>? UnloadStiffness { get; init; }

    /// <summary>How the record itself was kept.</summary>
    public RecordMetrics Record { get; init; } = new(0, new Duration(0), 0, null, null);
}

/// <summary>What a hold achieved, each sample weighted by the time until the next.</summary>
/// <param name="Bias">Mean − target; its uncertainty is that of the force and the die.</param>
/// <param name="StandardDeviation">Standard deviation of the pressure.</param>
/// <param name="Drift">Slope by Theil and Sen.</param>
/// <param name="InBand">Share of the time within the band.</param>
/// <param name="Lowest">Lowest pressure.</param>
/// <param name="Highest">Highest pressure.</param>
/// <param name="TopUps">How often the pressure was pumped up again after it had sunk.</param>
public sealed record HoldMetrics(
    Estimate<SamplePressure> Bias,
    Estimate<SamplePressure> StandardDeviation,
    Estimate<PressureRate> Drift,
    Fraction InBand,
    SamplePressure Lowest,
    SamplePressure Highest,
    int TopUps);

/// <summary>
/// Peleg's description of a relaxation, F₀·t/(F₀ − F(t)) = k₁ + k₂·t: 1/k₁ is the initial rate, 1/k₂ the share that relaxes in the end
/// (M. Peleg, J. Food Sci. 44 (1979) 277, 10.1111/j.1365-2621.1979.tb10062.x).
/// </summary>
/// <param name="K1Seconds">k₁ in s.</param>
/// <param name="K2">k₂.</param>
public sealed record PelegConstants(Estimate K1Seconds, Estimate K2);

/// <summary>How the record of a step was kept.</summary>
/// <param name="Gaps">Intervals between samples longer than half a second.</param>
/// <param name="LongestInterval">Longest interval.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="JitterP99">99th percentile of the deviation of an interval from the median interval, gaps left out.</param>
/// <param name="JitterMax">Largest such deviation.</param>
public sealed record RecordMetrics(int Gaps, Duration LongestInterval, int Samples, Duration? JitterP99, Duration? JitterMax);
