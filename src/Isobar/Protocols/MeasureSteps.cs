using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>Measure while the pressure is held where it is.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Quantities">What to measure.</param>
/// <param name="Timeout">Without a result after this time the run stops.</param>
public sealed record MeasureStep(string Name, MeasuredQuantities Quantities, Duration Timeout) : Step(Name);

/// <summary>What a measure step takes.</summary>
[Flags]
public enum MeasuredQuantities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Thickness of the stack from the press's displacement.</summary>
    Thickness = 1,

    /// <summary>An impedance sweep.</summary>
    Impedance = 2,
}

/// <summary>
/// Go up in steps of pressure, hold and measure at each, until the interface resistance has stopped falling: until a step takes less than a
/// share of it away. With an increment of zero it is an adaptive hold: the pressure stays and time alone works.
/// </summary>
/// <param name="Name">Short name.</param>
/// <param name="Kind">Fabrication, attach or stack.</param>
/// <param name="Start">Pressure of the first measurement.</param>
/// <param name="Increment">What each step adds; zero to stay.</param>
/// <param name="Highest">Pressure that is not exceeded.</param>
/// <param name="Rate">Rate of the set-point, positive.</param>
/// <param name="Band">Allowed relative deviation while holding.</param>
/// <param name="Dwell">Time in band before each measurement.</param>
/// <param name="StopBelow">The step is done when a measurement is lower than the one before by less than this share.</param>
/// <param name="MostRounds">Largest number of measurements.</param>
/// <param name="Timeout">Longest time for one hold, and for one measurement.</param>
public sealed record AdaptiveStep(
    string Name,
    PressureKind Kind,
    SamplePressure Start,
    SamplePressure Increment,
    SamplePressure Highest,
    PressureRate Rate,
    Fraction Band,
    Duration Dwell,
    Fraction StopBelow,
    int MostRounds,
    Duration Timeout) : Step(Name)
{
    /// <summary>Pressure of a round, counted from 0.</summary>
    public SamplePressure PressureOf(int round) => new(Math.Min(Start.Pascals + (round * Increment.Pascals), Highest.Pascals));
}
