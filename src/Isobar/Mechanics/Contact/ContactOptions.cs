using Isobar.Numerics;

namespace Isobar.Mechanics.Contact;

/// <summary>How a contact is solved.</summary>
public sealed record ContactOptions
{
    /// <summary>
    /// Worst violation of the contact conditions over the rms height: penetration where there is no pressure, gap where there is. 1e-8 identifies every pixel;
    /// 1e-4 is enough for areas to three digits and saves a third of the work.
    /// </summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Whether constriction length, stiffness and Barber's product are found too: about as much work again.</summary>
    public bool Conduction { get; init; } = true;

    /// <summary>Relative load step for the stiffness by central difference.</summary>
    public double StiffnessStep { get; init; } = 0.002;

    /// <summary>Convolutions on the finest grid after which a load is given up. A rough surface needs about 100.</summary>
    public int MaxConvolutions { get; init; } = 3000;

    /// <summary>Loop lent by the caller; sequential by default.</summary>
    public ParallelLoop Parallel { get; init; } = ParallelLoop.Sequential;
}

/// <summary>Where a long solve stands.</summary>
/// <param name="Target">Index of the load on the path.</param>
/// <param name="Targets">Number of loads.</param>
/// <param name="Rows">Rows of the grid in work.</param>
/// <param name="Columns">Columns of the grid in work.</param>
/// <param name="Convolutions">Convolutions on the finest grid for this load.</param>
/// <param name="Residual">Worst violation over the rms height.</param>
/// <param name="Area">Contact fraction so far.</param>
public readonly record struct ContactProgress(int Target, int Targets, int Rows, int Columns, int Convolutions, double Residual, double Area);

/// <summary>The conditions of contact could not be met.</summary>
public sealed class ContactNotConvergedException : Exception
{
    /// <inheritdoc/>
    public ContactNotConvergedException(string message) : base(message) { }

    /// <inheritdoc/>
    public ContactNotConvergedException(string message, Exception inner) : base(message, inner) { }

    /// <inheritdoc/>
    public ContactNotConvergedException() { }
}
