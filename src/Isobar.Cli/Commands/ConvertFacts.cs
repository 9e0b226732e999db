using Isobar.Mechanics.Conversion;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>The answer of <c>isobar convert --json</c>. Names are stable; units are in the names.</summary>
internal sealed record ConvertFacts(
    string Reading,
    ReadingKind Kind,
    double DieDiameterMm,
    ConvertFacts.Band NominalMPa,
    ConvertFacts.Band OnSampleMPa,
    ConvertFacts.ForceFacts Force,
    double? OilPressureBar,
    double? UsualMPa,
    string? TonHabit,
    IReadOnlyList<ConvertFacts.OtherTonFacts> OtherTons,
    string? Dominant,
    IReadOnlyList<ConvertFacts.BudgetFacts> Budget,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<string> Notes)
{
    public static ConvertFacts Of(PressureAnswer answer)
    {
        Force force = answer.Force.Value;
        double areaM2 = answer.Die.Area.SquareMetres;
        return new ConvertFacts(
            answer.Reading,
            answer.Kind,
            answer.Die.Diameter.Value.Millimetres,
            BandOf(new Estimate(answer.Nominal.Pascals, answer.Force.StandardUncertainty.Newtons / areaM2, Scale: EstimateScale.Logarithmic)),
            BandOf(answer.OnSample.Si),
            new ForceFacts(
                force.Kilonewtons,
                answer.Force.StandardUncertainty.Kilonewtons,
                force.MetricTons,
                force.Newtons / Quantities.Force.NewtonsPerShortTon,
                force.Newtons / Quantities.Force.NewtonsPerLongTon,
                force.Newtons / Quantities.Force.StandardGravity,
                force.Newtons / Quantities.Force.NewtonsPerPoundForce),
            answer.Oil is { } oil ? oil.Pascals / 1e5 : null,
            answer.Habit?.Printed.Megapascals,
            answer.Habit?.ToString(),
            [.. answer.OtherTons.Select(other => new OtherTonFacts(other.Unit, other.Force.Kilonewtons, other.Nominal.Megapascals))],
            answer.Budget.Dominant?.Input.Name,
            [
                .. answer.Budget.Lines.Select(line => new BudgetFacts(
                    line.Input.Name, line.Input.Value, line.Input.StandardUncertainty, line.Input.UnitText, line.Contribution, line.VarianceShare)),
            ],
            answer.Assumptions,
            answer.Notes);
    }

    private static Band BandOf(Estimate pascals) =>
        new(pascals.Value / 1e6, pascals.StandardUncertainty / 1e6, pascals.Band90.Low / 1e6, pascals.Band90.High / 1e6);

    internal sealed record Band(double Value, double StandardUncertainty, double Low90, double High90);

    internal sealed record ForceFacts(
        double Kilonewtons, double StandardUncertaintyKilonewtons, double MetricTons, double ShortTons, double LongTons, double KilogramsForce, double PoundsForce);

    internal sealed record OtherTonFacts(string Ton, double Kilonewtons, double NominalMPa);

    internal sealed record BudgetFacts(string Input, double Value, double StandardUncertainty, string Unit, double ContributionMPa, double VarianceShare);
}
