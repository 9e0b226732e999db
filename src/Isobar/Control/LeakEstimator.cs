namespace Isobar.Control;

/// <summary>
/// Tells a leak from a creeping sample while a force is held: what the ram was driven minus what the sample gave way minus what press and oil took
/// up is what leaked. Both ask for the same top-ups; only the displacement tells them apart. Seal friction that turns around
/// meanwhile hides oil worth up to twice the friction over the stiffness of the oil: watch for minutes, not for seconds.
/// </summary>
/// <param name="Seconds">How long it has been watched.</param>
/// <param name="DrivenMetres">Ram travel that was driven.</param>
/// <param name="StartForceNewtons">Force at the start.</param>
/// <param name="StartDisplacementMetres">Displacement at the start.</param>
/// <param name="ForceNewtons">Last force.</param>
/// <param name="DisplacementMetres">Last displacement.</param>
public readonly record struct LeakEstimator(double Seconds, double DrivenMetres, double StartForceNewtons, double StartDisplacementMetres, double ForceNewtons, double DisplacementMetres)
{
    /// <summary>Begins to watch.</summary>
    public static LeakEstimator Start(double forceNewtons, double displacementMetres) => new(0, 0, forceNewtons, displacementMetres, forceNewtons, displacementMetres);

    /// <summary>How fast the sample gives way, m/s; not a number before any time has passed.</summary>
    public double CreepMetresPerSecond => (DisplacementMetres - StartDisplacementMetres) / Seconds;

    /// <summary>One period.</summary>
    public LeakEstimator Add(double seconds, double drivenMetres, double forceNewtons, double displacementMetres) =>
        this with { Seconds = Seconds + seconds, DrivenMetres = DrivenMetres + drivenMetres, ForceNewtons = forceNewtons, DisplacementMetres = displacementMetres };

    /// <summary>How fast oil leaks, as ram travel in m/s.</summary>
    /// <param name="seriesStiffness">Stiffness of oil, frame and punches in series, N/m.</param>
    public double LeakMetresPerSecond(double seriesStiffness) =>
        (DrivenMetres - (DisplacementMetres - StartDisplacementMetres) - ((ForceNewtons - StartForceNewtons) / seriesStiffness)) / Seconds;
}
