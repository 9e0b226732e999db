namespace Isobar.Control;

/// <summary>What a force loop must know of the press that it drives; nothing of the sample. SI units.</summary>
/// <param name="CapacityNewtons">Largest force.</param>
/// <param name="SeriesStiffness">Stiffness of oil, frame and punches in series, N/m.</param>
/// <param name="ActuatorLagSeconds">Time constant from command to ram speed.</param>
/// <param name="LargestSpeed">Largest ram speed, m/s.</param>
/// <param name="ApproachSpeed">Ram speed without contact, m/s.</param>
/// <param name="LeastSpeed">Speed below which the actuator does not move, m/s; zero for one that follows at any speed.</param>
/// <param name="NoiseNewtons">Standard deviation of a force reading at the period of the loop.</param>
/// <param name="ResolutionNewtons">Step of the force reading.</param>
public sealed record DriveParameters(
    double CapacityNewtons,
    double SeriesStiffness,
    double ActuatorLagSeconds,
    double LargestSpeed,
    double ApproachSpeed,
    double LeastSpeed,
    double NoiseNewtons,
    double ResolutionNewtons)
{
    /// <summary>Slow speed of a pump that only runs or stands, m/s; zero for an actuator that takes any speed.</summary>
    public double SlowSpeed { get; init; }
}
