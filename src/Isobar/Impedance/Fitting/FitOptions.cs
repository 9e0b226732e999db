namespace Isobar.Impedance.Fitting;

/// <summary>What a residual is counted in.</summary>
public enum FitWeighting
{
    /// <summary>Over the measured modulus: right for noise that is a share of |Z|, as instruments give it.</summary>
    Modulus,

    /// <summary>Real and imaginary part each over its own size. Where one of them crosses zero it rules the fit.</summary>
    Parts,

    /// <summary>In Ω: the largest impedances rule the fit.</summary>
    Unit,
}

/// <summary>How a circuit is fitted.</summary>
public sealed record FitOptions
{
    /// <summary>What a residual is counted in.</summary>
    public FitWeighting Weighting { get; init; } = FitWeighting.Modulus;

    /// <summary>Whether points far from the fit count less: Huber's weights beyond 1.345 robust standard deviations.</summary>
    public bool Robust { get; init; }

    /// <summary>Least number of starts; more follow until the best minimum was found from three of them.</summary>
    public int Starts { get; init; } = 30;

    /// <summary>Largest number of starts.</summary>
    public int MostStarts { get; init; } = 60;

    /// <summary>Noisy copies behind the intervals; zero takes the intervals from the covariance.</summary>
    public int BootstrapRepeats { get; init; } = 400;

    /// <summary>Seed of starts and copies.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Noise as a share of the modulus from repeated sweeps; null to estimate it with the Kramers-Kronig ladder.</summary>
    public double? Noise { get; init; }

    // A screening compares circuits; it follows a start that crawls only where it already is the best.
    internal bool Screening { get; init; }
}
