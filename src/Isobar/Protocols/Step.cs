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
public abstract record Step(string Name)
{
    /// <summary>What must not happen while the step runs, and what is done when it does; null for the limits of the protocol alone.</summary>
    public StepGuard? Guard { get; init; }
}

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

/// <summary>Ask a person to do something and wait for the confirmation; the press is released before the prompt is shown.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Text">What to do, in plain words.</param>
/// <param name="Adds">Name of the layer that the person adds, when the prompt is about one.</param>
public sealed record PromptStep(string Name, string Text, string? Adds = null) : Step(Name);

/// <summary>Take the pressure back at a rate.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Target">Sample pressure at the end.</param>
/// <param name="Rate">Rate of the set-point, positive.</param>
public sealed record ReleaseStep(string Name, SamplePressure Target, PressureRate Rate) : Step(Name)
{
    /// <summary>How far the punch is drawn back from the sample after the pressure is gone; null to stay where the pressure ends. Needs a target of zero.</summary>
    public Length? Gap { get; init; }
}

/// <summary>
/// Raise the pressure until the stack has a relative density, D = solid thickness / thickness, at the latest to the highest pressure. A step
/// that ends there without the density says so in the record. Needs a press that tells the thickness.
/// </summary>
/// <param name="Name">Short name.</param>
/// <param name="Kind">Fabrication, attach or stack.</param>
/// <param name="Density">Relative density of the whole stack under load.</param>
/// <param name="SolidThickness">Thickness of the stack without pores: mass over true density and die area, summed over the layers.</param>
/// <param name="Highest">Pressure that is not exceeded for the sake of the density.</param>
/// <param name="Rate">Rate of the set-point, positive.</param>
public sealed record DensifyStep(
    string Name,
    PressureKind Kind,
    Fraction Density,
    Length SolidThickness,
    SamplePressure Highest,
    PressureRate Rate) : Step(Name);
