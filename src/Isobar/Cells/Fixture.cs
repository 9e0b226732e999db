using Isobar.Quantities;

namespace Isobar.Cells;

/// <summary>How the finished cell is held.</summary>
public enum FixtureKind
{
    /// <summary>Bolted frame: constant gap.</summary>
    Rigid,

    /// <summary>Springs in the force path.</summary>
    Spring,

    /// <summary>Gas cylinder: nearly constant force.</summary>
    Pneumatic,

    /// <summary>Driven: holds the force by control.</summary>
    Servo,
}

/// <summary>What holds the finished cell. Its stiffness turns the cell's breathing into pressure, ΔP = k·Δh/A.</summary>
/// <param name="Kind">Rigid, spring, pneumatic or servo.</param>
/// <param name="Stiffness">Stiffness k; null when the laboratory does not know it, which widens the bands.</param>
/// <param name="Repeatability">Relative standard deviation of the stack pressure from cell to cell.</param>
public sealed record Fixture(FixtureKind Kind, Estimate<Stiffness>? Stiffness, Fraction Repeatability);
