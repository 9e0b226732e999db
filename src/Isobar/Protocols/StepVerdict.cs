using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Whether a step was done as the protocol asks.</summary>
public enum StepJudgement
{
    /// <summary>Done within its limits.</summary>
    Passed,

    /// <summary>Done outside its limits.</summary>
    Failed,

    /// <summary>The tolerance is finer than the uncertainty of the measured pressure, so no verdict can be given.</summary>
    NotVerifiable,

    /// <summary>The run ended before or within this step.</summary>
    NotDone,

    /// <summary>A step of a round that was not needed: its cycle had enough before.</summary>
    NotNeeded,
}

/// <summary>What was achieved in one step, held against what was asked.</summary>
/// <param name="StepIndex">Step of the protocol, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="Target">Pressure at its end; null for steps without one.</param>
/// <param name="Achieved">Mean pressure achieved, with the standard uncertainty of the measurement; null when nothing was recorded.</param>
/// <param name="Overshoot">Largest excess over the target within the step, a share of the target.</param>
/// <param name="Spread">Relative standard deviation of the achieved pressure during a hold.</param>
/// <param name="InBand">Share of the hold spent within the band.</param>
/// <param name="Duration">How long the step took.</param>
/// <param name="Judgement">The verdict.</param>
/// <param name="Reason">Why, with the rule and the numbers.</param>
public sealed record StepVerdict(
    int StepIndex,
    string Name,
    SamplePressure? Target,
    Estimate<SamplePressure>? Achieved,
    Fraction? Overshoot,
    Fraction? Spread,
    Fraction? InBand,
    Duration Duration,
    StepJudgement Judgement,
    string Reason);
