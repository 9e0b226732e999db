using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Electrochemistry;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>What a cell is asked.</summary>
/// <param name="CRates">C-rates of the discharges; 1C empties the nominal areal capacity of the cell file in an hour.</param>
/// <param name="Hertz">Frequencies of the impedance; empty for none.</param>
public sealed record ForecastQuestion(ImmutableArray<double> CRates, ImmutableArray<double> Hertz)
{
    /// <summary>Number of possible cells behind a band: a 5 % quantile then rests on ten of them.</summary>
    public int Draws { get; init; } = 200;

    /// <summary>Seed of the sample; the same seed gives the same forecast to the last bit.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Voltage of the cell at which a discharge ends, V; null: that of the chemistry against this anode.</summary>
    public double? LowerVolts { get; init; }

    /// <summary>Whether the stack pressure follows the breathing of the cell in its fixture; otherwise it stays.</summary>
    public bool Breathing { get; init; }

    /// <summary>State of charge at which the impedance is taken, from empty (0) to full (1).</summary>
    public double ChargeAtImpedance { get; init; } = 0.5;
}

/// <summary>One discharge of a cell as far as the cell is known.</summary>
/// <param name="CRate">C-rate.</param>
/// <param name="CurrentDensity">Current density.</param>
/// <param name="Best">The discharge of the best cell.</param>
/// <param name="CoulombsPerSquareMetre">Areal capacity: the best cell and the band of the possible ones, C/m².</param>
/// <param name="MeanVolts">Energy over capacity, of the cells that carry the current, V.</param>
/// <param name="JoulesPerSquareMetre">Areal energy, J/m².</param>
/// <param name="Band">Band of the voltage over the charge.</param>
/// <param name="Ends">How many of the possible cells ended for which reason.</param>
public sealed record RateForecast(
    double CRate,
    CurrentDensity CurrentDensity,
    HalfCellRun Best,
    BandedValue CoulombsPerSquareMetre,
    BandedValue MeanVolts,
    BandedValue JoulesPerSquareMetre,
    VoltageBand Band,
    ImmutableSortedDictionary<EndReason, int> Ends);

/// <summary>Where 90 % of the possible cells lie; a cell that has ended counts with the voltage at which it ended.</summary>
/// <param name="CoulombsPerSquareMetre">Charge since the start, ascending.</param>
/// <param name="Low90">Lower edge, V.</param>
/// <param name="High90">Upper edge, V.</param>
public sealed record VoltageBand(ImmutableArray<double> CoulombsPerSquareMetre, ImmutableArray<double> Low90, ImmutableArray<double> High90);

/// <summary>The impedance of a cell as far as the cell is known.</summary>
/// <param name="Stoichiometry">Stoichiometry of the active material.</param>
/// <param name="Hertz">Frequencies, ascending.</param>
/// <param name="Best">Impedance of the best cell, split as a reference electrode in the separator would.</param>
/// <param name="Real90">Band of the real part, Ω m².</param>
/// <param name="Imaginary90">Band of the imaginary part, Ω m².</param>
public sealed record ImpedanceForecast(
    double Stoichiometry, ImmutableArray<double> Hertz, ImmutableArray<ImpedanceSplit> Best, ImmutableArray<Interval> Real90, ImmutableArray<Interval> Imaginary90);

/// <summary>What a cell in a state of contact does when it is used.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Chemistry">Where its chemistry comes from.</param>
/// <param name="State">State of contact of the best cell.</param>
/// <param name="HalfCell">The best cell as the model sees it.</param>
/// <param name="Rates">The discharges.</param>
/// <param name="Impedance">The impedance; null when none was asked for.</param>
/// <param name="Warnings">What a reader must know.</param>
public sealed record CellForecast(
    Cell Cell,
    ParameterSet Chemistry,
    CellState State,
    HalfCellParameters HalfCell,
    ImmutableArray<RateForecast> Rates,
    ImpedanceForecast? Impedance,
    ImmutableArray<string> Warnings);
