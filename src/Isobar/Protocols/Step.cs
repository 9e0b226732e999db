using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Which of the three pressures of a cell a step makes. They are different things and never share a field.</summary>
public enum PressureKind
{
    /// <summary>Pressing powder, 100-600 MPa.</summary>
    Fabrication,

    /// <summary>Laminating lithium or indium, 20-265 MPa.</summary>
    Attach,

    /// <summary>Holding the cell while it is measured or cycled, 0-100 MPa.</summary>
    Stack,
}

/// <summary>One thing to be done. Steps run in order.</summary>
/// <param name="Name">Short name, unique in the protocol.</param>
public abstract record Step(string Name);

/// <summary>Close the gap slowly until the sample carries the contact pressure.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Contact">Sample pressure that counts as contact.</param>
/// <param name="Rate">Rate of the set-point until contact.</param>
/// <param name="Timeout">Without contact after this time the run stops.</param>
public sealed record ApproachStep(string Name, SamplePressure Contact, PressureRate Rate, Duration Timeout) : Step(Name);

/// <summary>Move the set-point to a target at a rate.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Kind">Fabrication, attach or stack.</param>
/// <param name="Target">Sample pressure at the end.</param>
/// <param name="Rate">Rate of the set-point, positive.</param>
public sealed record RampStep(string Name, PressureKind Kind, SamplePressure Target, PressureRate Rate) : Step(Name);

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
/// <param name="SettleRate">The hold has settled when the thickness shrinks by less than this share of itself per minute; null to wait for time alone.</param>
public sealed record HoldStep(
    string Name,
    PressureKind Kind,
    SamplePressure Target,
    Fraction Band,
    Duration Minimum,
    Duration Maximum,
    Fraction? SettleRate) : Step(Name);

/// <summary>Measure while the pressure is held where it is.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Quantities">What to measure.</param>
/// <param name="Timeout">Without a result after this time the run stops.</param>
public sealed record MeasureStep(string Name, MeasuredQuantities Quantities, Duration Timeout) : Step(Name);

/// <summary>What a measure step takes.</summary>
[Flags]
public enum MeasuredQuantities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Thickness of the stack from the press's displacement.</summary>
    Thickness = 1,

    /// <summary>An impedance sweep.</summary>
    Impedance = 2,
}

/// <summary>Ask a person to do something and wait for the confirmation; the press is released before the prompt is shown.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Text">What to do, in plain words.</param>
/// <param name="Adds">Name of the layer that the person adds, when the prompt is about one.</param>
public sealed record PromptStep(string Name, string Text, string? Adds = null) : Step(Name);

/// <summary>Take the pressure back at a rate.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Target">Sample pressure at the end.</param>
/// <param name="Rate">Rate of the set-point, positive.</param>
public sealed record ReleaseStep(string Name, SamplePressure Target, PressureRate Rate) : Step(Name);
