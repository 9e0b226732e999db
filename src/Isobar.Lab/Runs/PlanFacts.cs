using System.Text.Encodings.Web;
using System.Text.Json;
using Isobar.Planning;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>A number with its 90 % band in a named unit, for machines.</summary>
/// <param name="Value">Best value.</param>
/// <param name="Low90">Lower end of the band.</param>
/// <param name="High90">Upper end of the band.</param>
/// <param name="Unit">Unit of all three.</param>
/// <param name="Extrapolated">Whether a model was asked outside its range.</param>
public sealed record BandFacts(double Value, double Low90, double High90, string Unit, bool Extrapolated)
{
    /// <summary>An estimate in the unit that people read it in.</summary>
    public static BandFacts Of(Dimension dimension, Estimate estimate)
    {
        Unit unit = dimension.PrintUnit(estimate.Value);
        Interval band = estimate.Band90;
        return new BandFacts(
            unit.FromSiValue(estimate.Value), unit.FromSiValue(band.Low), unit.FromSiValue(band.High), Quantity.Pretty(unit.Symbol), estimate.Extrapolated);
    }

    /// <summary>A typed estimate in the unit that people read it in.</summary>
    public static BandFacts Of<T>(Estimate<T> estimate) where T : struct, IQuantity<T> => Of(T.Dimension, estimate.Si);
}

/// <summary>One end of a window, MPa.</summary>
/// <param name="Megapascals">Where it lies.</param>
/// <param name="Low90">Lower end of where it could lie.</param>
/// <param name="High90">Upper end of where it could lie.</param>
/// <param name="Reason">Why.</param>
public sealed record BoundFacts(double Megapascals, double Low90, double High90, string Reason);

/// <summary>One window.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Kind">fabrication, attach or stack.</param>
/// <param name="Low">Lowest defensible pressure.</param>
/// <param name="High">Highest defensible pressure.</param>
/// <param name="Chosen">Chosen pressure with the band of what this press delivers.</param>
/// <param name="ForceKilonewtons">Force on this die.</param>
/// <param name="HoldSeconds">Time to hold.</param>
/// <param name="Reason">Why this point.</param>
/// <param name="Habit">What habit says.</param>
public sealed record WindowFacts(
    string Key, string Label, string Kind, BoundFacts Low, BoundFacts High, BandFacts Chosen, double ForceKilonewtons, double HoldSeconds, string Reason, string Habit);

/// <summary>One predicted property.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Value">Value with its band.</param>
public sealed record PredictionFacts(string Key, string Label, BandFacts Value);

/// <summary>What a goal leads to.</summary>
/// <param name="Goal">rate or reliability.</param>
/// <param name="PressuresMegapascals">Pressures by window.</param>
/// <param name="Resistance">Areal resistance of the cell.</param>
/// <param name="Scatter">Scatter from cell to cell, shorted cells counted.</param>
/// <param name="SurvivingScatter">Scatter among cells that do not short.</param>
/// <param name="ShortRiskPercent">Share of cells expected to short.</param>
/// <param name="RateCapability">C-rate at which the resistance takes 200 mV.</param>
public sealed record OutcomeFacts(string Goal, SortedDictionary<string, double> PressuresMegapascals, BandFacts Resistance, BandFacts Scatter, BandFacts SurvivingScatter, double ShortRiskPercent, BandFacts RateCapability);

/// <summary>A source.</summary>
/// <param name="Text">Authors, journal, year.</param>
/// <param name="Doi">Its DOI.</param>
public sealed record CitationFacts(string Text, string? Doi);

/// <summary>A plan for machines: stable names, units beside the numbers.</summary>
/// <param name="Cell">Name of the cell.</param>
/// <param name="Goal">rate or reliability.</param>
/// <param name="Windows">Windows in order.</param>
/// <param name="Predictions">What to expect.</param>
/// <param name="Chosen">What this goal leads to.</param>
/// <param name="Alternative">What the other goal would lead to.</param>
/// <param name="Cost">What the goal costs, in words.</param>
/// <param name="Warnings">What to know before trusting it.</param>
/// <param name="Citations">Sources.</param>
/// <param name="Rates">What the plan is worth in capacity.</param>
public sealed record PlanFacts(
    string Cell,
    string Goal,
    WindowFacts[] Windows,
    PredictionFacts[] Predictions,
    OutcomeFacts Chosen,
    OutcomeFacts Alternative,
    string Cost,
    string[] Warnings,
    CitationFacts[] Citations,
    RatesFacts? Rates)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A cell that may be an open circuit has an unbounded resistance, and says so.
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The facts of a plan.</summary>
    public static PlanFacts Of(Plan plan) => new(
        plan.Cell.Name,
        Name(plan.Goal),
        [.. plan.Windows.Select(Window)],
        [.. plan.Predictions.Select(prediction => new PredictionFacts(prediction.Key, prediction.Label, BandFacts.Of(prediction.Dimension, prediction.Estimate)))],
        Outcome(plan.Chosen),
        Outcome(plan.Alternative),
        plan.Cost,
        [.. plan.Warnings],
        [.. plan.Citations.Select(citation => new CitationFacts(citation.Text, citation.Doi))],
        plan.Rates is { } outlook ? RatesFacts.Of(outlook) : null);

    /// <summary>The facts of a plan as one line of JSON.</summary>
    public static string ToJson(Plan plan) => JsonSerializer.Serialize(Of(plan), s_options);

    private static WindowFacts Window(PressureWindow window) => new(
        window.Key,
        window.Label,
        window.Kind.ToString().ToLowerInvariant(),
        Bound(window.Low),
        Bound(window.High),
        BandFacts.Of(window.Chosen),
        window.Force.Kilonewtons,
        window.Hold.Seconds,
        window.Reason,
        window.Habit);

    private static BoundFacts Bound(WindowBound bound) =>
        new(bound.Pressure.Megapascals, bound.Band90.Low / 1e6, bound.Band90.High / 1e6, bound.Reason);

    private static OutcomeFacts Outcome(GoalOutcome outcome)
    {
        Interval rate = outcome.RateCapability.Band90;
        return new OutcomeFacts(
            Name(outcome.Goal),
            new SortedDictionary<string, double>(outcome.Pressures.ToDictionary(pair => pair.Key, pair => pair.Value.Megapascals, StringComparer.Ordinal), StringComparer.Ordinal),
            BandFacts.Of(outcome.Resistance),
            BandFacts.Of(outcome.Scatter),
            BandFacts.Of(outcome.SurvivingScatter),
            outcome.ShortRisk.Percent,
            new BandFacts(outcome.RateCapability.Value, rate.Low, rate.High, "C", outcome.RateCapability.Extrapolated));
    }

    private static string Name(Goal goal) => goal == Planning.Goal.Rate ? "rate" : "reliability";
}
