using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Reproducibility;

/// <summary>Cells that are meant to be alike, with what was measured on each.</summary>
/// <param name="MeasureName">What was measured, for example "resistance".</param>
/// <param name="Unit">Its unit as it is typeset; empty for a plain number.</param>
/// <param name="Measure">One number per cell.</param>
/// <param name="Ids">Name of each cell.</param>
public sealed record CellSet(string MeasureName, string Unit, MeasurementSeries Measure, ImmutableArray<string> Ids)
{
    /// <summary>How the cells are grouped; an inner grouping after the one that holds it.</summary>
    public ImmutableArray<Grouping> Groupings { get; init; } = [];

    /// <summary>Pressure of each cell in MPa; NaN where it was not recorded. Empty when there is none.</summary>
    public ImmutableArray<double> PressuresMegapascals { get; init; } = [];

    /// <summary>What the pressure is called, for example "stack pressure".</summary>
    public string PressureName { get; init; } = "pressure";

    /// <summary>Standard uncertainty of a pressure from cell to cell over the pressure; 0 when not stated.</summary>
    public double RelativePressureUncertainty { get; init; }

    /// <summary>What one number stands for: a cell, or a reading of a cell that was read several times.</summary>
    public string RowName { get; init; } = "cell";

    /// <summary>Name of the scatter that no grouping explains, for example "cell to cell".</summary>
    public string ResidualName => $"{RowName} to {RowName}";
}

/// <summary>What the cell-set check is asked, with the usual answers as defaults.</summary>
public sealed record CellSetQuestion
{
    /// <summary>Level of every test; 0.05.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Probability that each interval holds; 0.95.</summary>
    public double Coverage { get; init; } = 0.95;

    /// <summary>Relative difference within which groups count as the same; 0.10.</summary>
    public double RelativeMargin { get; init; } = 0.10;

    /// <summary>Difference in the unit of the measure within which groups count as the same; null for the relative one.</summary>
    public double? AbsoluteMargin { get; init; }

    /// <summary>Relative difference that the next experiment shall find; 0.10.</summary>
    public double Effect { get; init; } = 0.10;

    /// <summary>With which probability; 0.8.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>Share of all cells that the tolerance interval holds; 0.90.</summary>
    public double Content { get; init; } = 0.90;

    /// <summary>Limits that the measure must keep; null when there are none.</summary>
    public Interval? Limits { get; init; }
}

/// <summary>How two groups compare. "Not shown to differ" and "shown to be equivalent" are different answers.</summary>
public enum ComparisonVerdict
{
    /// <summary>Neither a difference nor equivalence is shown: there are too few cells.</summary>
    NothingShown,

    /// <summary>Shown to differ.</summary>
    ShownToDiffer,

    /// <summary>Shown to be equivalent within the margin.</summary>
    ShownEquivalent,

    /// <summary>Shown to differ, by less than the margin.</summary>
    DifferWithinMargin,
}

/// <summary>A cell with what speaks against it.</summary>
/// <param name="Index">Place in the set.</param>
/// <param name="Id">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Statistic">Statistic of the test, G or R.</param>
/// <param name="Critical">Its limit.</param>
/// <param name="Probability">p.</param>
/// <param name="RobustScore">Distance from the median in robust standard deviations.</param>
/// <param name="Odd">Whether the rule calls it odd.</param>
public sealed record OddCell(int Index, string Id, double Value, double Statistic, double Critical, double Probability, double RobustScore, bool Odd);

/// <summary>Odd cells by a rule that stands before the verdict.</summary>
/// <param name="Rule">The rule in words.</param>
/// <param name="Cells">The cells that were looked at, the farthest first; at least one when there are three cells or more.</param>
/// <param name="Robust">Cells beyond 3.5 robust standard deviations.</param>
/// <param name="RobustFalseAlarm">Probability that a set of this size without odd cells has one as far out as the farthest here.</param>
/// <param name="Without">The spread without the odd cells; null when there are none. Nothing is left out anywhere else.</param>
public sealed record OddCellsAnswer(string Rule, ImmutableArray<OddCell> Cells, ImmutableArray<int> Robust, double RobustFalseAlarm, Spread? Without)
{
    /// <summary>Cells that the rule calls odd.</summary>
    public ImmutableArray<OddCell> Odd => [.. Cells.Where(cell => cell.Odd)];
}

/// <summary>Two groups compared.</summary>
/// <param name="First">One group.</param>
/// <param name="Second">The other.</param>
/// <param name="Comparison">Means, difference, Welch's test.</param>
/// <param name="HolmProbability">p corrected for the number of pairs (Holm).</param>
/// <param name="Equivalence">Two one-sided tests against the margin; null when scatter is zero.</param>
/// <param name="Verdict">What is shown.</param>
public sealed record PairAnswer(string First, string Second, GroupComparison Comparison, double HolmProbability, Equivalence? Equivalence, ComparisonVerdict Verdict);

/// <summary>How many cells the next experiment needs.</summary>
/// <param name="Effect">Relative difference to be found.</param>
/// <param name="Power">With which probability.</param>
/// <param name="CellsPerGroup">Cells per group at the observed scatter.</param>
/// <param name="CellsInterval">The same at both ends of the interval of the scatter.</param>
/// <param name="SmallestEffect">Relative difference that two groups of half this set's size each would find with that power; NaN below four cells.</param>
public sealed record SizeAnswer(double Effect, double Power, double CellsPerGroup, Interval CellsInterval, double SmallestEffect);

/// <summary>Everything the cell-set check has to say. Parts that the data do not allow are null, and <see cref="Notes"/> says why.</summary>
public sealed record CellSetAnswer
{
    /// <summary>The set.</summary>
    public required CellSet Set { get; init; }

    /// <summary>What was asked.</summary>
    public required CellSetQuestion Question { get; init; }

    /// <summary>The spread.</summary>
    public required Spread Spread { get; init; }

    /// <summary>Odd cells; null below three cells.</summary>
    public OddCellsAnswer? OddCells { get; init; }

    /// <summary>From where the scatter comes.</summary>
    public VarianceComponents? Components { get; init; }

    /// <summary>Exact interval of the share of a single grouping, cut to 0 to 1.</summary>
    public Interval? ShareInterval { get; init; }

    /// <summary>The share of pressure.</summary>
    public PressureShare? Pressure { get; init; }

    /// <summary>The same without the odd cells; null when there are none.</summary>
    public PressureShare? PressureWithoutOdd { get; init; }

    /// <summary>Groups of the first grouping, pair by pair.</summary>
    public ImmutableArray<PairAnswer> Pairs { get; init; } = [];

    /// <summary>The same at equal pressure.</summary>
    public CovarianceAnalysis? Adjusted { get; init; }

    /// <summary>How many cells are needed.</summary>
    public SizeAnswer? Size { get; init; }

    /// <summary>Tolerance interval: it holds the stated content of all cells with the stated coverage.</summary>
    public Interval? Tolerance { get; init; }

    /// <summary>Capability against the limits; null below thirty cells or without limits.</summary>
    public Capability? Capability { get; init; }

    /// <summary>Whether the limits are kept; null when there are none.</summary>
    public bool? LimitsKept { get; init; }

    /// <summary>What could not be said, and why; what to keep in mind.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>Sentences for the methods section.</summary>
    public string MethodsText => MethodsSentence.Of(this);
}
