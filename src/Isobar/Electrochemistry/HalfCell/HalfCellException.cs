namespace Isobar.Electrochemistry.HalfCell;

/// <summary>What keeps a half cell from being computed.</summary>
public enum HalfCellFailure
{
    /// <summary>A parameter lies outside its limits, or the parameters contradict each other.</summary>
    Parameter,

    /// <summary>The stoichiometry at the start lies outside the range of the open-circuit curve.</summary>
    OpenCircuitRange,

    /// <summary>A time step does not converge however short.</summary>
    NoConvergence,

    /// <summary>Lithium went missing: an error of the program, never of the user.</summary>
    LithiumBalance,
}

/// <summary>A half cell cannot be computed; the message says which step, where, and what to change.</summary>
/// <param name="failure">What kind of failure.</param>
/// <param name="message">What was found, what was expected, where, what to do.</param>
public sealed class HalfCellException(HalfCellFailure failure, string message) : Exception(message)
{
    /// <summary>What kind of failure.</summary>
    public HalfCellFailure Failure { get; } = failure;
}
