using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Mechanics;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Planning;

/// <summary>
/// Holds what was measured on a pressed cell against what was planned. The rule: a property is as planned when the difference of measured and planned
/// value lies within the 90 % interval of that difference, 1.645·√(u²_planned + u²_measured), on the scale of the property.
/// </summary>
public static class CellProver
{
    // A sweep's two resistances are read from single points: noise of 0.3 % and the choice of the point, together taken as 1 %.
    private const double SweepReading = 0.01;

    private const string SeparatorStep = "measure separator";

    /// <summary>Proves a cell.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="steps">Verdict per step of the run.</param>
    /// <param name="measurements">What the measure steps gave, in order.</param>
    public static CellProof Prove(Plan plan, ImmutableArray<StepVerdict> steps, ImmutableArray<CellMeasurement> measurements)
    {
        Dictionary<string, Estimate> measured = Measured(plan, measurements);
        ImmutableArray<ProvedProperty> properties = [.. plan.Predictions.Select(prediction => Compare(prediction, measured.TryGetValue(prediction.Key, out Estimate found) ? found : null))];
        return new CellProof(steps, properties, Missing(plan, measurements, measured));
    }

    /// <summary>The verdict on one property.</summary>
    public static ProvedProperty Compare(Prediction planned, Estimate? measured)
    {
        ProofVerdict verdict = measured is not { } found
            ? ProofVerdict.NotMeasured
            : Math.Abs(OnScale(found.Value, planned.Estimate.Scale) - OnScale(planned.Estimate.Value, planned.Estimate.Scale))
              <= Estimate.CoverageFactor(0.90, double.PositiveInfinity) * Math.Sqrt(Square(UncertaintyOnScale(planned.Estimate)) + Square(UncertaintyOnScale(found with { Scale = planned.Estimate.Scale })))
                ? ProofVerdict.AsPlanned
                : ProofVerdict.Differs;
        return new ProvedProperty(planned.Key, planned.Label, planned.Dimension, planned.Estimate, measured, verdict);
    }

    private static Dictionary<string, Estimate> Measured(Plan plan, ImmutableArray<CellMeasurement> measurements)
    {
        var found = new Dictionary<string, Estimate>(StringComparer.Ordinal);
        Cell cell = plan.Cell;
        double areaShare = 2 * cell.Die.Diameter.Si.RelativeUncertainty;

        if (measurements.FirstOrDefault(measurement => measurement.StepName == SeparatorStep)?.Thickness is { } pressed)
        {
            // Thinner than without pores is no density; what is missing says so.
            if (pressed.Value > DenseSeparator(cell)) found.Add(PropertyKeys.PressedSeparatorDensity, SeparatorDensity(cell, pressed));
        }

        CellMeasurement? last = measurements.LastOrDefault(measurement => measurement.Sweep is not null);
        if (last is null) return found;
        if (last.Thickness is { } stack) found.Add(PropertyKeys.StackThickness, stack.Si with { Scale = EstimateScale.Logarithmic });

        double reading = Math.Sqrt(Square(SweepReading) + Square(areaShare));
        double high = last.Sweep!.HighFrequencyResistance(), total = last.Sweep.LowFrequencyResistance();
        found.Add(PropertyKeys.HighFrequencyResistance, Estimate.Relative(high, reading));
        found.Add(PropertyKeys.TotalResistance, Estimate.Relative(total, reading));
        return found;
    }

    // The density without pores is taken as exact: the planned density refers to the same one.
    private static Estimate SeparatorDensity(Cell cell, Estimate<Length> pressed)
    {
        double mass = 0, variance = 0;
        foreach (Layer layer in cell.Separators)
        {
            mass += layer.Mass.Value.Kilograms;
            variance += Square(layer.Mass.StandardUncertainty.Kilograms);
        }

        var solidDensity = new MassDensity(mass / (DenseSeparator(cell).Metres * cell.Die.Area.SquareMetres));
        return PelletDensity.Of(new Estimate<Mass>(new Mass(mass), new Mass(Math.Sqrt(variance))), pressed, cell.Die.Diameter, new Estimate<MassDensity>(solidDensity, default));
    }

    private static Length DenseSeparator(Cell cell) => new(cell.Separators.Sum(layer => layer.SolidThickness(cell.Die.Area).Metres));

    private static ImmutableArray<string> Missing(Plan plan, ImmutableArray<CellMeasurement> measurements, Dictionary<string, Estimate> measured)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        if (!measurements.Any(measurement => measurement.Sweep is not null)) missing.Add("impedance of the finished cell: without it no resistance is proved");
        if (!measured.ContainsKey(PropertyKeys.PressedSeparatorDensity))
        {
            Estimate<Length>? pressed = measurements.FirstOrDefault(measurement => measurement.StepName == SeparatorStep)?.Thickness;
            missing.Add(pressed is { } thin
                ? $"a possible thickness of the separator under its pre-press: {thin.Value} is thinner than it is without pores, {DenseSeparator(plan.Cell)}; check zero and compliance of the gauge, mass and die"
                : "thickness of the separator under its pre-press: without it its density is not proved");
        }

        missing.Add("thickness of the cathode alone: its density and coverage stay predictions");
        missing.Add("micrographs of the cathode: cracking and coating indices stay screening numbers");
        if (plan.Cell.Fixture.Stiffness is null) missing.Add("stiffness of the fixture");
        missing.Add("atmosphere of the glovebox (dew point, O₂), lot numbers of the materials, open-circuit voltage after rest");
        return missing.ToImmutable();
    }

    private static double OnScale(double value, EstimateScale scale) => scale switch
    {
        EstimateScale.Logarithmic => Math.Log(value),
        EstimateScale.Logit => Math.Log(value / (1 - value)),
        _ => value,
    };

    private static double UncertaintyOnScale(Estimate estimate) => estimate.Scale switch
    {
        EstimateScale.Logarithmic => estimate.RelativeUncertainty,
        EstimateScale.Logit => estimate.StandardUncertainty / (estimate.Value * (1 - estimate.Value)),
        _ => estimate.StandardUncertainty,
    };

    private static double Square(double x) => x * x;
}
