using System.Collections.Immutable;

namespace Isobar.Electrochemistry.Cycling;

/// <summary>
/// What a cycler recorded of one cell, in SI units, on one clock. Currents are positive while the cell is charged, as cyclers write them
/// (the currents of a cell model, <see cref="Quantities.Current"/>, are positive while it discharges). Immutable.
/// </summary>
public sealed record CyclerSeries
{
    /// <summary>A series of rows.</summary>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, or the time goes back.</exception>
    public CyclerSeries(ImmutableArray<double> seconds, ImmutableArray<double> volts, ImmutableArray<double> chargingAmperes)
    {
        if (seconds.IsEmpty) throw new ArgumentException("a series needs at least one row", nameof(seconds));
        Check(volts, seconds.Length, "voltages", nameof(volts));
        Check(chargingAmperes, seconds.Length, "currents", nameof(chargingAmperes));
        for (int i = 0; i < seconds.Length; i++)
        {
            if (!double.IsFinite(seconds[i]) || !double.IsFinite(volts[i]) || !double.IsFinite(chargingAmperes[i])) throw new ArgumentException($"row {i + 1} has a value that is not finite", nameof(seconds));
            if (i > 0 && seconds[i] < seconds[i - 1]) throw new ArgumentException($"the time goes back from {seconds[i - 1]:G9} s to {seconds[i]:G9} s in row {i + 1}", nameof(seconds));
        }

        Seconds = seconds;
        Volts = volts;
        ChargingAmperes = chargingAmperes;
    }

    /// <summary>Time since the test began, never going back.</summary>
    public ImmutableArray<double> Seconds { get; }

    /// <summary>Cell voltage.</summary>
    public ImmutableArray<double> Volts { get; }

    /// <summary>Current, positive while the cell is charged.</summary>
    public ImmutableArray<double> ChargingAmperes { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Seconds.Length;

    /// <summary>The cycler's number of the cycle in each row; empty when it recorded none.</summary>
    public ImmutableArray<int> CycleNumbers { get; private init; } = [];

    /// <summary>Pressure on the sample in each row, in Pa, NaN where it was not recorded; empty when it never was.</summary>
    public ImmutableArray<double> PressurePa { get; private init; } = [];

    /// <summary>Temperature in each row, in K, NaN where it was not recorded; empty when it never was.</summary>
    public ImmutableArray<double> Kelvins { get; private init; } = [];

    /// <summary>The cycler's own counter of charge passed while charging, in C, in each row; it may begin anew at any step. Empty when there is none.</summary>
    public ImmutableArray<double> ChargeCounterCoulombs { get; private init; } = [];

    /// <summary>The same while discharging, positive.</summary>
    public ImmutableArray<double> DischargeCounterCoulombs { get; private init; } = [];

    /// <summary>With the cycler's cycle numbers.</summary>
    public CyclerSeries WithCycleNumbers(ImmutableArray<int> numbers) => numbers.Length == Count
        ? this with { CycleNumbers = numbers }
        : throw new ArgumentException($"{numbers.Length} cycle numbers are given for {Count} rows", nameof(numbers));

    /// <summary>With the pressure on the same clock, in Pa.</summary>
    public CyclerSeries WithPressure(ImmutableArray<double> pascals)
    {
        Check(pascals, Count, "pressures", nameof(pascals));
        return this with { PressurePa = pascals };
    }

    /// <summary>With the temperature on the same clock, in K.</summary>
    public CyclerSeries WithTemperature(ImmutableArray<double> kelvins)
    {
        Check(kelvins, Count, "temperatures", nameof(kelvins));
        return this with { Kelvins = kelvins };
    }

    /// <summary>With the cycler's own counters of charge, in C.</summary>
    public CyclerSeries WithCounters(ImmutableArray<double> charge, ImmutableArray<double> discharge)
    {
        Check(charge, Count, "counters of charge", nameof(charge));
        Check(discharge, Count, "counters of discharge", nameof(discharge));
        return this with { ChargeCounterCoulombs = charge, DischargeCounterCoulombs = discharge };
    }

    private static void Check(ImmutableArray<double> values, int count, string what, string parameter)
    {
        if (values.Length != count) throw new ArgumentException($"{values.Length} {what} are given for {count} rows", parameter);
    }
}
