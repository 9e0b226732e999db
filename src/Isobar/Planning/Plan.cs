using System.Collections.Immutable;
using System.Numerics;
using Isobar.Cells;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>What a researcher wants from the cell.</summary>
public enum Goal
{
    /// <summary>Lowest resistance, highest power, with the risk of damage and of a short circuit at most 10 %.</summary>
    Rate,

    /// <summary>Lowest scatter of the cell resistance from cell to cell, comparable data.</summary>
    Reliability,
}

/// <summary>A source that a plan relies on.</summary>
/// <param name="Text">Authors, journal, year.</param>
/// <param name="Doi">Its DOI, when it has one.</param>
public sealed record Citation(string Text, string? Doi);

/// <summary>One end of a window.</summary>
/// <param name="Pressure">Where it lies.</param>
/// <param name="Band90">Where it could lie, in Pa, from the uncertainty of the constants behind it.</param>
/// <param name="Reason">Why, in words made from the numbers.</param>
public sealed record WindowBound(SamplePressure Pressure, Interval Band90, string Reason);

/// <summary>
/// For one pressing of the cell: the lowest and the highest defensible pressure, each with its reason, and the chosen point.
/// </summary>
/// <param name="Key">Stable name for machines: separator_press, cathode_press, attach, stack.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Kind">Fabrication, attach or stack.</param>
/// <param name="Low">Lowest defensible pressure.</param>
/// <param name="High">Highest defensible pressure.</param>
/// <param name="Chosen">The chosen pressure with the uncertainty of what this press and die deliver on the sample.</param>
/// <param name="Force">The force that makes it on this die.</param>
/// <param name="Hold">How long to hold, in band.</param>
/// <param name="Reason">Why this point, in words made from the numbers.</param>
/// <param name="Habit">What habit says about this pressure and where the habit comes from.</param>
public sealed record PressureWindow(
    string Key,
    string Label,
    PressureKind Kind,
    WindowBound Low,
    WindowBound High,
    Estimate<SamplePressure> Chosen,
    Force Force,
    Duration Hold,
    string Reason,
    string Habit);

/// <summary>A predicted property of the finished cell.</summary>
/// <param name="Key">Stable name for machines, for example separator.conductivity.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Dimension">What it is a quantity of.</param>
/// <param name="Estimate">Value and uncertainty, SI.</param>
public sealed record Prediction(string Key, string Label, Dimension Dimension, Estimate Estimate);

/// <summary>How a result moves with one pressure while the others stay where the plan puts them.</summary>
/// <param name="WindowKey">Which pressure moves.</param>
/// <param name="Label">What is drawn, for example "cell resistance".</param>
/// <param name="Dimension">What it is a quantity of.</param>
/// <param name="PressuresPa">Pressures, ascending.</param>
/// <param name="Median">Median over what the constants could be, SI.</param>
/// <param name="Low90">Lower end of the 90 % band, SI.</param>
/// <param name="High90">Upper end of the 90 % band, SI.</param>
public sealed record PressureCurve(
    string WindowKey,
    string Label,
    Dimension Dimension,
    ImmutableArray<double> PressuresPa,
    ImmutableArray<double> Median,
    ImmutableArray<double> Low90,
    ImmutableArray<double> High90);

/// <summary>What one goal's pressures lead to.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Pressures">Chosen pressure by window key.</param>
/// <param name="Resistance">Areal resistance of the cell at direct current, diffusion excluded.</param>
/// <param name="Scatter">Relative standard deviation of the resistance from cell to cell, shorted cells counted as wrong by a factor e.</param>
/// <param name="SurvivingScatter">The same among cells that do not short, caused by this laboratory's pressures and contacts.</param>
/// <param name="ShortRisk">Share of cells expected to short within the duty; zero where nothing is known.</param>
/// <param name="RateCapability">C-rate at which the resistance takes 200 mV.</param>
public sealed record GoalOutcome(
    Goal Goal,
    ImmutableSortedDictionary<string, SamplePressure> Pressures,
    Estimate<ArealResistance> Resistance,
    Estimate<Fraction> Scatter,
    Estimate<Fraction> SurvivingScatter,
    Fraction ShortRisk,
    Estimate RateCapability);

/// <summary>A plan: windows with reasons, the protocol that realises them, what to expect, and what the other goal would give.</summary>
/// <param name="Cell">The cell it is for.</param>
/// <param name="Goal">The goal it serves.</param>
/// <param name="Windows">One window per pressing, in order.</param>
/// <param name="Protocol">The protocol.</param>
/// <param name="Predictions">Predicted properties of the finished cell at stack pressure.</param>
/// <param name="Curves">How resistance and scatter move with each pressure.</param>
/// <param name="Chosen">What this plan leads to.</param>
/// <param name="Alternative">What the other goal would lead to.</param>
/// <param name="Cost">In words: what this goal costs in terms of the other.</param>
/// <param name="Warnings">What the researcher should know before trusting it.</param>
/// <param name="Citations">Sources of every model and constant that was used.</param>
public sealed record Plan(
    Cell Cell,
    Goal Goal,
    ImmutableArray<PressureWindow> Windows,
    Protocol Protocol,
    ImmutableArray<Prediction> Predictions,
    ImmutableArray<PressureCurve> Curves,
    GoalOutcome Chosen,
    GoalOutcome Alternative,
    string Cost,
    ImmutableArray<string> Warnings,
    ImmutableArray<Citation> Citations)
{
    /// <summary>What becomes of each layer, in the order of the cell.</summary>
    public ImmutableArray<LayerForecast> Layers { get; init; } = [];

    /// <summary>The impedance to expect at stack pressure.</summary>
    public SpectrumForecast? Spectrum { get; init; }

    /// <summary>What it is worth in capacity, as <see cref="RateForecaster"/> says; null when nobody asked.</summary>
    public RateOutlook? Rates { get; init; }
}

/// <summary>What becomes of a layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Poured">Thickness as filled in; for a foil its thickness.</param>
/// <param name="Finished">Thickness at stack pressure.</param>
/// <param name="RelativeDensity">Relative density at stack pressure.</param>
public sealed record LayerForecast(Layer Layer, Length Poured, Length Finished, Estimate<Fraction> RelativeDensity);

/// <summary>The band of the impedance at stack pressure: 90 % of what the constants could be, for real and imaginary part separately.</summary>
/// <param name="Hertz">Frequencies, descending.</param>
/// <param name="Low90">Lower ends, Ω m².</param>
/// <param name="High90">Upper ends, Ω m².</param>
public sealed record SpectrumForecast(ImmutableArray<double> Hertz, ImmutableArray<Complex> Low90, ImmutableArray<Complex> High90);
