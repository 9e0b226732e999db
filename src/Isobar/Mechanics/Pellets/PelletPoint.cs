using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Mechanics.Pellets;

/// <summary>
/// What was measured of a pellet at one pressure of a first loading: relative density under load, after release or both, and its conductivity.
/// </summary>
/// <param name="Pressure">Largest pressure the pellet has seen.</param>
public sealed record PelletPoint(SamplePressure Pressure)
{
    /// <summary>Relative density under the pressure, with the standard uncertainty of the reading.</summary>
    public Estimate<Fraction>? Loaded { get; init; }

    /// <summary>Relative density after release, still in the die, with the standard uncertainty of the reading.</summary>
    public Estimate<Fraction>? Released { get; init; }

    /// <summary>How long the pressure was held; null when nobody noted it.</summary>
    public Duration? Hold { get; init; }

    /// <summary>Temperature of the pellet; null for room temperature.</summary>
    public Temperature? Temperature { get; init; }

    /// <summary>Rate of pressing; null when nobody noted it.</summary>
    public PressureRate? Rate { get; init; }

    /// <summary>Ionic conductivity, or electronic for an active material.</summary>
    public Conductivity? Conductivity { get; init; }

    /// <summary>Pressure at which the conductivity was measured; null when it was <see cref="Pressure"/>.</summary>
    public SamplePressure? Stack { get; init; }
}

/// <summary>The pellets of one powder in one laboratory.</summary>
/// <param name="Points">The points, in any order.</param>
/// <param name="SeparatePellets">Whether each pressure was a pellet of its own; false when one pellet was pressed step by step.</param>
public sealed record PelletSeries(ImmutableArray<PelletPoint> Points, bool SeparatePellets)
{
    /// <summary>A series without points.</summary>
    public static PelletSeries Empty { get; } = new([], false);
}
