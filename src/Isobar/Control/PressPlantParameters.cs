using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Control;

/// <summary>How a ram is driven.</summary>
public enum ActuatorKind
{
    /// <summary>At any speed: a proportional valve, a servo drive, a pressure regulator.</summary>
    Proportional,

    /// <summary>By a pump that runs or stands, fast or slow, and a release valve.</summary>
    OnOffPump,
}

/// <summary>
/// A press as its sample feels it, quasi-static (inertia does not matter below about 100 Hz). SI units.
/// Oil stiffness is β·A²/V; seals rub with a share of the force (2-5 % for a good laboratory ram) and more at rest than in motion;
/// the actuator lags by 30-100 ms.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="CapacityNewtons">Largest force.</param>
/// <param name="OilStiffness">Stiffness of the oil column, N/m.</param>
/// <param name="FrameStiffness">Stiffness of frame and punches in series, N/m.</param>
/// <param name="ActuatorLagSeconds">Time constant from command to flow.</param>
/// <param name="LargestSpeed">Largest ram speed, m/s.</param>
/// <param name="ApproachSpeed">Ram speed without contact, m/s.</param>
/// <param name="LeakPerNewton">Ram speed lost per newton of oil force, m/(s·N).</param>
/// <param name="SealFrictionNewtons">Seal friction without pressure.</param>
/// <param name="SealFrictionShare">Seal friction as a share of the force.</param>
/// <param name="BreakawayFactor">Friction at rest over friction in motion (Stribeck).</param>
/// <param name="StribeckSpeed">Speed at which the excess of friction at rest has fallen to 1/e, m/s.</param>
/// <param name="PreslidingMetres">Travel within which the seal friction turns around.</param>
/// <param name="NoiseNewtons">Standard deviation of a force reading of the device (100 Hz).</param>
/// <param name="ResolutionNewtons">Step of the force reading.</param>
/// <param name="DisplacementNoiseMetres">Standard deviation of a displacement reading.</param>
/// <param name="GapMetres">Gap above the sample after a person has closed the die.</param>
/// <param name="SlackPerStroke">Relative standard deviation of the actuator's flow from command to command.</param>
public sealed record PressPlantParameters(
    string Name,
    double CapacityNewtons,
    double OilStiffness,
    double FrameStiffness,
    double ActuatorLagSeconds,
    double LargestSpeed,
    double ApproachSpeed,
    double LeakPerNewton,
    double SealFrictionNewtons,
    double SealFrictionShare,
    double BreakawayFactor,
    double StribeckSpeed,
    double PreslidingMetres,
    double NoiseNewtons,
    double ResolutionNewtons,
    double DisplacementNoiseMetres,
    double GapMetres,
    double SlackPerStroke)
{
    /// <summary>A 5 t press: ram 39.5 mm, 60 mL of oil, load cell in the force path with 1 N noise; leaks one drop in ten minutes at 30 kN.</summary>
    public static PressPlantParameters Hydraulic5t { get; } = new(
        "simulated 5 t", 49_033.25, 30e6, 120e6, 0.06, 2e-3, 50e-6, 2.3e-12, 30, 0.03, 1.3, 20e-6, 2e-6, 1, 1, 0.2e-6, 0.3e-3, 0.01);

    /// <summary>A 24 t press: ram 86.6 mm, 300 mL of oil, load cell in the force path with 8 N noise.</summary>
    public static PressPlantParameters Hydraulic24t { get; } = new(
        "simulated 24 t", 235_359.6, 139e6, 172.7e6, 0.06, 2e-3, 25e-6, 4.8e-13, 120, 0.03, 1.3, 20e-6, 2e-6, 8, 5, 0.2e-6, 0.3e-3, 0.01);

    /// <summary>A 24 t press of the low-cost kind: the pump runs or stands, at 0.2 mm/s and 10 µm/s.</summary>
    public static PressPlantParameters OnOffPump24t { get; } = Hydraulic24t with
    {
        Name = "simulated 24 t on/off",
        Actuator = ActuatorKind.OnOffPump,
        LargestSpeed = 0.2e-3,
        SlowSpeed = 10e-6,
    };

    /// <summary>A 5 t press of the low-cost kind.</summary>
    public static PressPlantParameters OnOffPump5t { get; } = Hydraulic5t with
    {
        Name = "simulated 5 t on/off",
        Actuator = ActuatorKind.OnOffPump,
        LargestSpeed = 0.3e-3,
        SlowSpeed = 15e-6,
    };

    /// <summary>A 50 kN ball screw with a servo drive and a strain-gauge cell: no oil, no leak, 15 ms of lag, guides that rub with 1 %.</summary>
    public static PressPlantParameters ServoScrew { get; } = new(
        "simulated servo screw", 50_000, 150e6, 120e6, 0.015, 5e-3, 100e-6, 0, 20, 0.01, 1.2, 50e-6, 1e-6, 1, 0.5, 0.05e-6, 0.3e-3, 0.002);

    /// <summary>A pneumatic cylinder of 63 mm bore at 0.6 MPa: air is soft, the seal sticks with 10 N and 3 %.</summary>
    public static PressPlantParameters PneumaticStackCell { get; } = new(
        "simulated pneumatic stack cell", 1870, 5e4, 50e6, 0.2, 20e-3, 2e-3, 1e-9, 10, 0.03, 1.5, 100e-6, 5e-6, 0.5, 0.5, 0.5e-6, 0.1e-3, 0.01);

    /// <summary>How the ram is driven.</summary>
    public ActuatorKind Actuator { get; init; }

    /// <summary>Slow speed of a pump that only runs or stands, m/s.</summary>
    public double SlowSpeed { get; init; }

    /// <summary>Speed below which the actuator does not move at all, m/s; smaller commands are given as pulses of it.</summary>
    public double LeastSpeed { get; init; }

    /// <summary>Heated platens; null for a press without.</summary>
    public HeatedColumnParameters? Platens { get; init; }

    /// <summary>Highest temperature that the platens may have, K.</summary>
    public double HottestKelvins { get; init; } = 473.15;

    /// <summary>What stands in series with the sample, N/m.</summary>
    public double SeriesStiffness => 1 / ((1 / OilStiffness) + (1 / FrameStiffness));

    /// <summary>What the force loop of this press knows of it.</summary>
    public DriveParameters Drive => new(CapacityNewtons, SeriesStiffness, ActuatorLagSeconds, LargestSpeed, ApproachSpeed, LeastSpeed, NoiseNewtons, ResolutionNewtons)
    {
        SlowSpeed = Actuator == ActuatorKind.OnOffPump ? SlowSpeed : 0,
    };

    /// <summary>The same press as planner, validation and judge see it: an ISO 7500-1 class 0.5 force chain, calibrated from 0.5 % of its capacity.</summary>
    public PressInstrument Instrument => new(
        Name,
        new Force(CapacityNewtons),
        new Fraction(0.005),
        GaugeClassBasis.Reading,
        new Force(ResolutionNewtons),
        new Force(0.005 * CapacityNewtons),
        new Fraction(0.002))
    {
        HottestPlatens = Platens is null ? null : new Temperature(HottestKelvins),
    };
}
