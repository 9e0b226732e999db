using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>How numbers are laid along an axis.</summary>
public enum FigureScale
{
    /// <summary>Equal steps are equal differences.</summary>
    Linear,

    /// <summary>Equal steps are equal ratios; every number on it is positive.</summary>
    Logarithmic,
}

/// <summary>An axis of a figure.</summary>
/// <param name="Label">What is counted along it, for example "Sample pressure".</param>
/// <param name="Unit">The unit as it is typeset, for example "MPa"; empty for a plain number.</param>
/// <param name="Scale">Linear or logarithmic.</param>
/// <param name="Range">First and last number shown; null to fit the data with a small margin.</param>
public sealed record FigureAxis(string Label, string Unit, FigureScale Scale = FigureScale.Linear, Interval? Range = null)
{
    /// <summary>Names that stand at 1, 2, 3 and so on instead of numbers; empty for an axis of numbers.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>"Sample pressure (MPa)".</summary>
    public string LabelWithUnit => Unit.Length == 0 ? Label : $"{Label} ({Unit})";
}

/// <summary>
/// A figure as data: what is drawn, in the units of its axes, and nothing about how. <see cref="FigureRenderer"/> draws it.
/// Elements later in the list are drawn over earlier ones.
/// </summary>
/// <param name="Title">What the figure shows, in a few words.</param>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis.</param>
/// <param name="Elements">Series and marks, from back to front.</param>
public sealed record Figure(string Title, FigureAxis X, FigureAxis Y, ImmutableArray<FigureElement> Elements)
{
    /// <summary>What a reader who cannot see the figure should know; part of the SVG.</summary>
    public string Description { get; init; } = "";

    /// <summary>Width in CSS pixels.</summary>
    public int Width { get; init; } = 760;

    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 380;

    /// <summary>Whether one unit is as long on both axes, as a Nyquist plot needs.</summary>
    public bool EqualScales { get; init; }
}

/// <summary>Something drawn in a figure.</summary>
/// <param name="Label">Written beside it; empty to leave it unlabelled.</param>
/// <param name="Colour">Its colour.</param>
public abstract record FigureElement(string Label, FigureColour Colour);

/// <summary>How a line is drawn.</summary>
public enum FigureLine
{
    /// <summary>Unbroken: what was measured or is the best value.</summary>
    Solid,

    /// <summary>Broken: what was asked for or predicted.</summary>
    Dashed,
}

/// <summary>A line through points.</summary>
/// <param name="Label">Written at its end.</param>
/// <param name="X">Positions, ascending where the line is long.</param>
/// <param name="Y">Values.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Line">Solid or dashed.</param>
/// <param name="Stepped">Whether the value holds until the next position.</param>
public sealed record LineSeries(
    string Label,
    ImmutableArray<double> X,
    ImmutableArray<double> Y,
    FigureColour Colour,
    FigureLine Line = FigureLine.Solid,
    bool Stepped = false) : FigureElement(Label, Colour);

/// <summary>Points, with error bars where intervals are given.</summary>
/// <param name="Label">Written beside the last point.</param>
/// <param name="X">Positions.</param>
/// <param name="Y">Values.</param>
/// <param name="Colour">Their colour.</param>
/// <param name="YBars">Interval of each value; empty for none.</param>
/// <param name="XBars">Interval of each position; empty for none.</param>
/// <param name="Open">Whether the markers are rings, which tells series apart without colour.</param>
public sealed record PointSeries(
    string Label,
    ImmutableArray<double> X,
    ImmutableArray<double> Y,
    FigureColour Colour,
    ImmutableArray<Interval> YBars = default,
    ImmutableArray<Interval> XBars = default,
    bool Open = false) : FigureElement(Label, Colour);

/// <summary>The area between two lines: a band of uncertainty or tolerance.</summary>
/// <param name="Label">Written at its end.</param>
/// <param name="X">Positions, ascending.</param>
/// <param name="Low">Lower edge.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Colour">Its colour, drawn pale.</param>
public sealed record BandSeries(
    string Label,
    ImmutableArray<double> X,
    ImmutableArray<double> Low,
    ImmutableArray<double> High,
    FigureColour Colour) : FigureElement(Label, Colour);

/// <summary>A vertical line at one position.</summary>
/// <param name="X">Where.</param>
/// <param name="Label">Written at its top.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Line">Solid or dashed.</param>
public sealed record VerticalMark(double X, string Label, FigureColour Colour, FigureLine Line = FigureLine.Solid) : FigureElement(Label, Colour);

/// <summary>A horizontal line at one value.</summary>
/// <param name="Y">Where.</param>
/// <param name="Label">Written at its right end.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Line">Solid or dashed.</param>
public sealed record HorizontalMark(double Y, string Label, FigureColour Colour, FigureLine Line = FigureLine.Dashed) : FigureElement(Label, Colour);

/// <summary>A range of positions with a pale background, from bottom to top.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Label">Written at its foot.</param>
/// <param name="Colour">Its colour, drawn pale.</param>
public sealed record ShadedRange(double Low, double High, string Label, FigureColour Colour) : FigureElement(Label, Colour);
