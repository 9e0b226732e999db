using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>
/// Hold a pressure. Time counts only while the achieved pressure is in the band (a guaranteed soak); the hold ends when the minimum
/// time is over and the sample has settled, at the latest after the maximum.
/// </summary>
/// <param name="Name">Short name.</param>
/// <param name="Kind">Fabrication, attach or stack.</param>
/// <param name="Target">Sample pressure to hold.</param>
/// <param name="Band">Allowed relative deviation from the target, 0.01 is ±1 %.</param>
/// <param name="Minimum">Time in band that is needed.</param>
/// <param name="Maximum">Time after which the step ends, settled or not.</param>
/// <param name="SettleRate">The hold has settled when the thickness changes by less than this share of itself per minute, either way; null to wait for time alone.</param>
public sealed record HoldStep(
    string Name,
    PressureKind Kind,
    SamplePressure Target,
    Fraction Band,
    Duration Minimum,
    Duration Maximum,
    Fraction? SettleRate) : Step(Name)
{
    /// <summary>The hold has settled when the achieved pressure changes by less than this, either way; null not to ask. For presses that hold with a shut valve.</summary>
    public PressureRate? SettlePressureRate { get; init; }
}

/// <summary>
/// Hold the thickness that the sample has when the step begins (constant gap); the pressure goes where it must, within its limits. Needs a
/// press that tells the thickness.
/// </summary>
/// <param name="Name">Short name.</param>
/// <param name="Kind">Fabrication, attach or stack.</param>
/// <param name="Lowest">Pressure that is not gone below.</param>
/// <param name="Highest">Pressure that is not exceeded.</param>
/// <param name="Rate">Fastest change of the set-point.</param>
/// <param name="Minimum">Shortest time.</param>
/// <param name="Maximum">Time after which the step ends, settled or not.</param>
/// <param name="SettleRate">The step has settled when the pressure changes by less than this, either way; null to wait for time alone.</param>
public sealed record HoldPositionStep(
    string Name,
    PressureKind Kind,
    SamplePressure Lowest,
    SamplePressure Highest,
    PressureRate Rate,
    Duration Minimum,
    Duration Maximum,
    PressureRate? SettleRate) : Step(Name);
