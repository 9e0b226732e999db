namespace Isobar.Protocols;

/// <summary>What is done when readings stay out, from the mildest to the hardest.</summary>
public enum StaleAction
{
    /// <summary>The reading is fresh.</summary>
    None,

    /// <summary>The reading is uncertain: the set-point stands still.</summary>
    HoldSetpoint,

    /// <summary>The run is suspended; a person resumes it.</summary>
    Suspend,

    /// <summary>The run ends through the release policy.</summary>
    Stop,
}

/// <summary>
/// What follows from readings that stay out: after three ticks the set-point is held, after half a second the run is suspended, after two
/// seconds it ends. Readings that come back never set a suspended run going again.
/// </summary>
public static class StalePolicy
{
    /// <summary>Ticks without a new reading after which the last one is uncertain.</summary>
    public const int UncertainTicks = 3;

    /// <summary>Time without a new reading after which the run is suspended, s.</summary>
    public const double SuspendSeconds = 0.5;

    /// <summary>Time without a new reading after which the run ends, s.</summary>
    public const double StopSeconds = 2;

    /// <summary>What is to be done.</summary>
    /// <param name="ticks">Ticks since the last new reading; 0 when this tick brought one.</param>
    /// <param name="seconds">Time since the last new reading, s.</param>
    public static StaleAction Judge(int ticks, double seconds) =>
        seconds > StopSeconds ? StaleAction.Stop
        : seconds > SuspendSeconds ? StaleAction.Suspend
        : ticks >= UncertainTicks ? StaleAction.HoldSetpoint
        : StaleAction.None;
}
