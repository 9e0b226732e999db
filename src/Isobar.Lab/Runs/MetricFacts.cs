using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Cells;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>A number with its standard uncertainty.</summary>
/// <param name="Value">The number.</param>
/// <param name="U">Standard uncertainty.</param>
public sealed record MetricNumber(double Value, double U);

/// <summary>What a hold achieved, in MPa.</summary>
/// <param name="BiasMegapascals">Mean − target.</param>
/// <param name="StandardDeviationMegapascals">Standard deviation.</param>
/// <param name="DriftMegapascalsPerMinute">Slope by Theil and Sen.</param>
/// <param name="InBandPercent">Share of the time within the band.</param>
/// <param name="LowestMegapascals">Lowest pressure.</param>
/// <param name="HighestMegapascals">Highest pressure.</param>
/// <param name="TopUps">How often the pressure was pumped up again.</param>
public sealed record HoldMetricFacts(
    MetricNumber BiasMegapascals,
    MetricNumber StandardDeviationMegapascals,
    MetricNumber DriftMegapascalsPerMinute,
    double InBandPercent,
    double LowestMegapascals,
    double HighestMegapascals,
    int TopUps);

/// <summary>The numbers of one step, for machines; null where the step has no such number.</summary>
/// <param name="Step">Its name.</param>
/// <param name="OvershootPercent">Largest excess over the target.</param>
/// <param name="RiseSeconds">From 10 to 90 % of a ramp.</param>
/// <param name="SettlingSeconds">Until the pressure stays within ±0.5 %.</param>
/// <param name="TrackingPercent">Root mean square deviation on a ramp, of the target.</param>
/// <param name="Hold">What a hold achieved.</param>
/// <param name="K1Seconds">Relaxation constant k₁.</param>
/// <param name="K2">Relaxation constant k₂.</param>
/// <param name="ContactMillimetres">Displacement at contact.</param>
/// <param name="EndMillimetres">Displacement at the end.</param>
/// <param name="SpringbackMicrometres">What the sample grew back in a release.</param>
/// <param name="WorkJoules">∫F dx.</param>
/// <param name="UnloadStiffness">Stiffness when unloading, N/µm.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="Gaps">Intervals longer than half a second.</param>
/// <param name="LongestIntervalSeconds">Longest interval.</param>
public sealed record StepMetricFacts(
    string Step,
    MetricNumber? OvershootPercent,
    MetricNumber? RiseSeconds,
    MetricNumber? SettlingSeconds,
    MetricNumber? TrackingPercent,
    HoldMetricFacts? Hold,
    MetricNumber? K1Seconds,
    MetricNumber? K2,
    MetricNumber? ContactMillimetres,
    MetricNumber? EndMillimetres,
    MetricNumber? SpringbackMicrometres,
    MetricNumber? WorkJoules,
    MetricNumber? UnloadStiffness,
    int Samples,
    int Gaps,
    double LongestIntervalSeconds);

/// <summary>The metrics of a run as they are kept beside it, with what they were computed from, so that they can be computed again.</summary>
public static class MetricFacts
{
    /// <summary>Name of the metrics among the artefacts of a run.</summary>
    public const string Artefact = "metrics.json";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The numbers of every step.</summary>
    public static ImmutableArray<StepMetricFacts> Of(RunRecord run, PressureBudget budget) => [.. RunMetrics.Of(run, budget).Select(Step)];

    /// <summary>Metrics and budget as bytes; the same run and budget give the same bytes.</summary>
    public static byte[] Write(RunRecord run, PressureBudget budget) => JsonSerializer.SerializeToUtf8Bytes(new Document(Budget(budget), [.. Of(run, budget)]), s_options);

    /// <summary>The budget that kept metrics were computed with.</summary>
    /// <exception cref="FormatException">The bytes are no metrics.</exception>
    public static PressureBudget BudgetOf(byte[] kept)
    {
        try
        {
            BudgetDocument budget = JsonSerializer.Deserialize<Document>(kept, s_options)?.Budget ?? throw new FormatException("the kept metrics have no budget");
            var die = new Die(
                new Estimate<Length>(new Length(budget.DiameterMetres), new Length(budget.DiameterU)),
                budget.DieMaterial,
                new SamplePressure(budget.DieLimitPa),
                new Estimate<Fraction>(new Fraction(budget.WallFriction), new Fraction(budget.WallFrictionU)),
                new Estimate<Fraction>(new Fraction(budget.LateralRatio), new Fraction(budget.LateralRatioU)));
            var press = new PressInstrument(
                budget.Press,
                new Force(budget.CapacityNewtons),
                new Fraction(budget.GaugeClass),
                Enum.Parse<GaugeClassBasis>(budget.ClassBasis),
                new Force(budget.ResolutionNewtons),
                new Force(budget.LowestCalibratedNewtons),
                new Fraction(budget.Repeatability));
            return new PressureBudget(die, press, budget.ThicknessMetres is { } metres ? new Length(metres) : null);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new FormatException($"the kept metrics are not readable: {exception.Message}", exception);
        }
    }

    private static BudgetDocument Budget(PressureBudget budget) => new(
        budget.Die.Diameter.Value.Metres,
        budget.Die.Diameter.StandardUncertainty.Metres,
        budget.Die.MaterialName,
        budget.Die.Limit.Pascals,
        budget.Die.WallFriction.Value.Value,
        budget.Die.WallFriction.StandardUncertainty.Value,
        budget.Die.LateralRatio.Value.Value,
        budget.Die.LateralRatio.StandardUncertainty.Value,
        budget.Press.Name,
        budget.Press.Capacity.Newtons,
        budget.Press.GaugeClass.Value,
        budget.Press.ClassBasis.ToString(),
        budget.Press.Resolution.Newtons,
        budget.Press.LowestCalibrated.Newtons,
        budget.Press.Repeatability.Value,
        budget.Thickness?.Metres);

    private static StepMetricFacts Step(StepMetrics step) => new(
        step.Name,
        Number(step.Overshoot?.Si, 100),
        Number(step.Rise?.Si, 1),
        Number(step.Settling?.Si, 1),
        Number(step.TrackingRms?.Si, 100),
        step.Hold is { } hold
            ? new HoldMetricFacts(
                Number(hold.Bias.Si, 1e-6),
                Number(hold.StandardDeviation.Si, 1e-6),
                Number(hold.Drift.Si, 60e-6),
                hold.InBand.Percent,
                hold.Lowest.Megapascals,
                hold.Highest.Megapascals,
                hold.TopUps)
            : null,
        Number(step.Relaxation?.K1Seconds, 1),
        Number(step.Relaxation?.K2, 1),
        Number(step.DisplacementAtContact?.Si, 1e3),
        Number(step.DisplacementAtEnd?.Si, 1e3),
        Number(step.Springback?.Si, 1e6),
        Number(step.WorkJoules, 1),
        Number(step.UnloadStiffness?.Si, 1e-6),
        step.Record.Samples,
        step.Record.Gaps,
        step.Record.LongestInterval.Seconds);

    private static MetricNumber? Number(Estimate? estimate, double scale) => estimate is { } known ? Number(known, scale) : null;

    private static MetricNumber Number(Estimate estimate, double scale) => new(estimate.Value * scale, estimate.StandardUncertainty * scale);

    private sealed record Document(BudgetDocument Budget, StepMetricFacts[] Steps);

    private sealed record BudgetDocument(
        double DiameterMetres,
        double DiameterU,
        string DieMaterial,
        double DieLimitPa,
        double WallFriction,
        double WallFrictionU,
        double LateralRatio,
        double LateralRatioU,
        string Press,
        double CapacityNewtons,
        double GaugeClass,
        string ClassBasis,
        double ResolutionNewtons,
        double LowestCalibratedNewtons,
        double Repeatability,
        double? ThicknessMetres);
}
