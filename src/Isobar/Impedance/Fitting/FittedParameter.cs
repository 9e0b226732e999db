using Isobar.Quantities;

namespace Isobar.Impedance.Fitting;

/// <summary>Where an interval comes from.</summary>
public enum IntervalSource
{
    /// <summary>The parameter was fixed.</summary>
    None,

    /// <summary>The covariance of the fit, on the scale on which the parameter is counted.</summary>
    Covariance,

    /// <summary>Noisy copies of the fitted spectrum, fitted again.</summary>
    Bootstrap,

    /// <summary>The values beyond which the best fit of all other parameters is worse than the noise explains.</summary>
    Profile,
}

/// <summary>A parameter after a fit.</summary>
/// <param name="Name">Name in the circuit.</param>
/// <param name="Unit">Unit as it is typeset.</param>
/// <param name="Value">Best value.</param>
/// <param name="StandardError">From the covariance; NaN where the data do not determine it, zero where it was fixed.</param>
/// <param name="Interval95">Interval that holds the truth in 95 of 100 repeated measurements; an end may be the limit of the parameter.</param>
/// <param name="Source">Where the interval comes from.</param>
/// <param name="AtLimit">Whether a limit holds it.</param>
/// <param name="Identifiable">Whether the spectrum determines it.</param>
public sealed record FittedParameter(string Name, string Unit, double Value, double StandardError, Interval Interval95, IntervalSource Source, bool AtLimit, bool Identifiable);

/// <summary>An arc of a fitted circuit: one of its parts with a resistance and a time.</summary>
/// <param name="Name">Name of its resistance in the circuit.</param>
/// <param name="Ohms">R.</param>
/// <param name="Seconds">τ.</param>
/// <param name="Farads">Effective capacitance τ/R, which for a depressed arc is Q^(1/n)·R^((1−n)/n).</param>
/// <param name="Exponent">n; 1 for an arc that is not depressed.</param>
public sealed record FittedArc(string Name, double Ohms, double Seconds, double Farads, double Exponent)
{
    /// <summary>Frequency of its top.</summary>
    public double Hertz => 1 / (2 * Math.PI * Seconds);
}
