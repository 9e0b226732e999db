using System.Collections.Immutable;
using System.Numerics;

namespace Isobar.Impedance.Validity;

/// <summary>What one sweep lets us say about itself.</summary>
public enum KramersKronigVerdict
{
    /// <summary>It is the response of a linear, causal system to its noise, and nothing in it speaks of change during the sweep.</summary>
    Valid,

    /// <summary>It is not: its parts contradict each other by more than the noise allows.</summary>
    Invalid,

    /// <summary>Its parts agree well enough, but a sample that changed during the sweep explains it better, or there are too few points to judge by.</summary>
    CannotTell,
}

/// <summary>Result of the Kramers-Kronig test of one sweep.</summary>
public sealed record KramersKronigResult
{
    /// <summary>What can be said.</summary>
    public required KramersKronigVerdict Verdict { get; init; }

    /// <summary>Why, in words, one reason after the other.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>Standard deviation of the real and of the imaginary part as a share of the modulus: √(S/(2·N − p)) of the ladder that was used.</summary>
    public required double Noise { get; init; }

    /// <summary>The same from the ladder in impedance.</summary>
    public required double ImpedanceNoise { get; init; }

    /// <summary>The same from the ladder in admittance.</summary>
    public required double AdmittanceNoise { get; init; }

    /// <summary>Whether the ladder that was used is the one in admittance.</summary>
    public required bool UsedAdmittance { get; init; }

    /// <summary>Relaxation times of the ladder that was used.</summary>
    public required int TimeCount { get; init; }

    /// <summary>(Z − ladder)/|Z| of every point of the spectrum, in its order; also of the points left out.</summary>
    public required ImmutableArray<Complex> Residuals { get; init; }

    /// <summary>Points that stand out. They are left out of the ladder only where the sweep would not pass with them, and the reasons say so.</summary>
    public required ImmutableArray<int> Outliers { get; init; }

    /// <summary>How far the number of sign changes of the residuals lies from chance, in standard deviations: the more negative of both parts.</summary>
    public required double RunsDeviation { get; init; }

    /// <summary>Probability that growing terms lower the sum of squares by chance as much as they do; small speaks of change during the sweep.</summary>
    public required double DriftProbability { get; init; }

    /// <summary>What could not be tested: that nothing changed during the sweep needs a second one.</summary>
    public static string Stationarity => "not testable from one sweep: repeat the sweep to see whether the sample changes";
}
