using System.Collections.Immutable;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>Whether a measured property came out as planned.</summary>
public enum ProofVerdict
{
    /// <summary>Measured and planned 90 % bands overlap the way they should: the difference is within its own 90 % interval.</summary>
    AsPlanned,

    /// <summary>The difference is outside its 90 % interval.</summary>
    Differs,

    /// <summary>Nothing was measured; not shown is not the same as equal.</summary>
    NotMeasured,
}

/// <summary>A property of the cell, planned and measured.</summary>
/// <param name="Key">Stable name for machines.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Dimension">What it is a quantity of.</param>
/// <param name="Planned">What the plan predicted.</param>
/// <param name="Measured">What was measured; null when nothing was.</param>
/// <param name="Verdict">The comparison.</param>
public sealed record ProvedProperty(string Key, string Label, Dimension Dimension, Estimate Planned, Estimate? Measured, ProofVerdict Verdict);

/// <summary>What is known of a pressed cell: a verdict per step of its protocol and its properties against the plan.</summary>
/// <param name="Steps">Verdict per step.</param>
/// <param name="Properties">Properties against the plan.</param>
/// <param name="Missing">What was not recorded.</param>
public sealed record CellProof(
    ImmutableArray<StepVerdict> Steps,
    ImmutableArray<ProvedProperty> Properties,
    ImmutableArray<string> Missing);
