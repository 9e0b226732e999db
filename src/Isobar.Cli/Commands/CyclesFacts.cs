using System.Collections.Immutable;
using Isobar.Electrochemistry.Cycling;
using Isobar.Lab.Files;
using Isobar.Lab.Files.Cycling;

namespace Isobar.Cli.Commands;

/// <summary>What <c>isobar cycles</c> found, for machines.</summary>
internal static class CyclesFacts
{
    public static Facts Of(string name, CyclerFile file, CyclingResult result, string[] figures) => new(
        name, file.Format, file.Dialect, file.Series.Count, double.IsFinite(result.ReferenceCoulombs) ? result.ReferenceCoulombs / 3.6 : null,
        [.. result.Cycles.Select(cycle => new CycleFacts(
            cycle.Number, cycle.Complete, HalfOf(cycle.Charge, result), HalfOf(cycle.Discharge, result), cycle.CoulombicEfficiency?.Value, cycle.CoulombicEfficiency?.StandardUncertainty, cycle.EnergyEfficiency))],
        file.Facts, [.. file.Notes, .. result.Notes], figures);

    private static HalfFacts? HalfOf(HalfCycle? half, CyclingResult result) => half is null ? null : new HalfFacts(
        half.Capacity.Value / 3.6, half.Capacity.StandardUncertainty / 3.6, half.CounterCoulombs / 3.6, half.EnergyJoules / 3600, half.Seconds, half.MeanVolts, half.RatePerHour(result.ReferenceCoulombs),
        half.Pressure?.Value / 1e6, half.Pressure?.StandardUncertainty / 1e6);

    internal sealed record Facts(
        string Path, string Format, ImmutableArray<string> Dialect, int Rows, double? ReferenceCapacityMAh, ImmutableArray<CycleFacts> Cycles, ImmutableArray<FileFact> FileFacts, ImmutableArray<string> Notes, string[] Figures);

    internal sealed record CycleFacts(int Number, bool Complete, HalfFacts? Charge, HalfFacts? Discharge, double? CoulombicEfficiency, double? CoulombicEfficiencySe, double? EnergyEfficiency);

    internal sealed record HalfFacts(
        double CapacityMAh, double CapacitySe, double? CounterMAh, double EnergyWh, double Seconds, double MeanVolts, double RatePerHour, double? PressureMPa, double? PressureSd);
}
