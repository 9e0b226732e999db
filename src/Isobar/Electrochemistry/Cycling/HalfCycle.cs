using Isobar.Quantities;

namespace Isobar.Electrochemistry.Cycling;

/// <summary>All charging, or all discharging, of one cycle.</summary>
/// <param name="FirstRow">First row with current, from 0.</param>
/// <param name="LastRow">Last row with current.</param>
/// <param name="Capacity">
/// Charge passed, in C, positive: the trapezoid integral of the current. Its uncertainty is that of not knowing when, between two rows, the current
/// changed; an error of the cycler's current range comes on top and is not in the data.
/// </param>
/// <param name="EnergyJoules">Energy passed, positive.</param>
/// <param name="Seconds">Time with current.</param>
/// <param name="CounterCoulombs">What the cycler's own counter says; null when it has none.</param>
/// <param name="Pressure">Mean pressure and its standard deviation over the rows with current, in Pa; null when it was not recorded.</param>
/// <param name="LowestPressurePa">Lowest pressure; NaN when it was not recorded.</param>
/// <param name="HighestPressurePa">Highest pressure; NaN when it was not recorded.</param>
public sealed record HalfCycle(
    int FirstRow, int LastRow, Estimate Capacity, double EnergyJoules, double Seconds, double? CounterCoulombs, Estimate? Pressure, double LowestPressurePa, double HighestPressurePa)
{
    /// <summary>Mean current, without sign.</summary>
    public double MeanAmperes => Capacity.Value / Seconds;

    /// <summary>Mean voltage, weighted by charge.</summary>
    public double MeanVolts => EnergyJoules / Capacity.Value;

    /// <summary>Rate in 1/h: the mean current over that which passes the given capacity in an hour.</summary>
    public double RatePerHour(double capacityCoulombs) => MeanAmperes * 3600 / capacityCoulombs;
}
