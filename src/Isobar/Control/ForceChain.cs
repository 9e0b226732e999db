using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>
/// From what the sensor of a press indicates to the force on the sample: first the zero is taken off, then the calibration corrects. It can be gone
/// backwards, so that what was indicated is never lost, and a device that closes the loop on its own indication can be asked for a force.
/// </summary>
/// <param name="Zero">Untared force that counts as zero (<see cref="Tare"/>).</param>
/// <param name="Correction">Correction by the calibration; null where none is in force.</param>
public sealed record ForceChain(Force Zero, ForceCorrection? Correction)
{
    /// <summary>What is indicated is the force.</summary>
    public static ForceChain Plain { get; } = new(default, null);

    /// <summary>Whether what is indicated is the force.</summary>
    public bool IsPlain => Zero.Newtons == 0 && Correction is null;

    /// <summary>The force on the sample.</summary>
    public Force Sample(Force indicated)
    {
        Force net = indicated - Zero;
        return Correction?.Applied(net) ?? net;
    }

    /// <summary>What the press indicates when this force is on the sample.</summary>
    public Force Indicated(Force sample) => (Correction?.Indicated(sample) ?? sample) + Zero;

    /// <summary>
    /// What the device is asked for. Nothing wanted is asked for as nothing, whatever the zero is; and a zero below nought never becomes a set-point below nought.
    /// </summary>
    public Force Setpoint(Force sample) => sample.Newtons > 0 ? new Force(Math.Max(0, Indicated(sample).Newtons)) : default;

    /// <summary>
    /// The force that limits are held against: never tared, and corrected where that makes it larger, so that neither a tare nor a press that shows too
    /// little can walk a force over its limit.
    /// </summary>
    public Force ForLimits(Force indicated)
    {
        if (Correction is null) return indicated;
        Force corrected = Correction.Applied(indicated);
        return Math.Abs(corrected.Newtons) > Math.Abs(indicated.Newtons) ? corrected : indicated;
    }
}
