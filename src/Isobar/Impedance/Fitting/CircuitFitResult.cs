using System.Collections.Immutable;
using System.Numerics;
using Isobar.Impedance.Circuits;

namespace Isobar.Impedance.Fitting;

/// <summary>A circuit fitted to a spectrum.</summary>
public sealed record CircuitFitResult
{
    /// <summary>The circuit with the best values.</summary>
    public required Circuit Circuit { get; init; }

    /// <summary>All parameters in the order of the circuit.</summary>
    public required ImmutableArray<FittedParameter> Parameters { get; init; }

    /// <summary>S = Σ |Z − Z_fit|²/|Z|² over the points that count, whatever the weighting of the fit.</summary>
    public required double SumOfSquares { get; init; }

    /// <summary>√(S/2N): the residual as a share of the modulus.</summary>
    public required double Residual { get; init; }

    /// <summary>√(S/(2N − k)): what the noise must be if the circuit is right.</summary>
    public required double Misfit { get; init; }

    /// <summary>Noise as a share of the modulus, from repeated sweeps or the Kramers-Kronig ladder.</summary>
    public required double Noise { get; init; }

    /// <summary>Correlations of the free parameters, row-major in the order of <see cref="FreeNames"/>; NaN where the data do not determine them.</summary>
    public required ImmutableArray<double> Correlations { get; init; }

    /// <summary>Names of the free parameters.</summary>
    public required ImmutableArray<string> FreeNames { get; init; }

    /// <summary>Whether the spectrum determines every parameter: standard errors below 30 %, correlations below 0.995, none held by a limit that matters.</summary>
    public required bool Identifiable { get; init; }

    /// <summary>How far the sign changes of the residuals lie from chance, in standard deviations; below −2.6 the residuals have a shape.</summary>
    public required double RunsDeviation { get; init; }

    /// <summary>Akaike's criterion with its correction for small samples.</summary>
    public required double Aicc { get; init; }

    /// <summary>Schwarz's criterion.</summary>
    public required double Bic { get; init; }

    /// <summary>Z of the fit at every point of the spectrum.</summary>
    public required ImmutableArray<Complex> Impedance { get; init; }

    /// <summary>(Z − Z_fit)/|Z| at every point of the spectrum.</summary>
    public required ImmutableArray<Complex> Residuals { get; init; }

    /// <summary>Arcs with their resistance, time and effective capacitance, in the order of the circuit.</summary>
    public required ImmutableArray<FittedArc> Arcs { get; init; }

    /// <summary>What a reader must know: parameters that are not determined, exponents that hide something, residuals with a shape.</summary>
    public required ImmutableArray<string> Findings { get; init; }

    /// <summary>Whether the residual is down to 1.2 times the noise.</summary>
    public bool ReachesNoise => Residual <= 1.2 * Noise;

    /// <summary>The parameter of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public FittedParameter this[string name] => Parameters[Circuit.PlaceOf(name)];
}
