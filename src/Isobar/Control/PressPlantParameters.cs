using Isobar.Cells;
using Isobar.Quantities;

namespace Isobar.Control;

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

    /// <summary>What stands in series with the sample, N/m.</summary>
    public double SeriesStiffness => 1 / ((1 / OilStiffness) + (1 / FrameStiffness));

    /// <summary>The same press as planner, validation and judge see it: an ISO 7500-1 class 0.5 force chain, calibrated from 0.5 % of its capacity.</summary>
    public PressInstrument Instrument => new(
        Name,
        new Force(CapacityNewtons),
        new Fraction(0.005),
        GaugeClassBasis.Reading,
        new Force(ResolutionNewtons),
        new Force(0.005 * CapacityNewtons),
        new Fraction(0.002));
}
