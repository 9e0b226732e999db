namespace Isobar.Impedance.Series;

/// <summary>How a parameter goes with pressure in a joint fit.</summary>
public enum JointTie
{
    /// <summary>Each spectrum has its own value.</summary>
    Free,

    /// <summary>A power of the pressure: two numbers for the series.</summary>
    Scaled,

    /// <summary>One value for the series.</summary>
    Tied,
}

/// <summary>What the spectra of a series share beside the laws of their resistances.</summary>
public sealed record JointFitOptions
{
    /// <summary>Exponents of constant-phase elements and arcs; <see cref="JointTie.Scaled"/> is a straight line in the logarithm of the pressure.</summary>
    public JointTie Exponents { get; init; } = JointTie.Free;

    /// <summary>What stores: constant-phase coefficients, capacitances, times, inductances.</summary>
    public JointTie Storage { get; init; } = JointTie.Free;
}
