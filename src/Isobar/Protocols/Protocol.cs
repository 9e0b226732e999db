using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>
/// What is to be done with one cell: the planner proposes it, a person may edit it, the executor runs it, the judge holds the run against it.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Diameter">Die diameter that its pressures are meant for.</param>
/// <param name="Limit">Sample pressure that no step and no disturbance may exceed: the least of the limits of die, press and cell.</param>
/// <param name="ReleaseRate">Rate of the release on every way out of a run.</param>
/// <param name="Steps">Steps in order.</param>
public sealed record Protocol(
    string Name,
    Length Diameter,
    SamplePressure Limit,
    PressureRate ReleaseRate,
    ImmutableArray<Step> Steps)
{
    /// <summary>Temperature that no step and no disturbance may exceed; null for a protocol that does not heat.</summary>
    public Temperature? TemperatureLimit { get; init; }
}
