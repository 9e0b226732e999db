using System.Collections.Immutable;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>What <c>isobar calibrate</c> found, for people.</summary>
internal static class CalibratePage
{
    // Laws below this share are told together.
    private const double Told = 0.02;

    private static readonly ConstantDefinition[] s_constants =
    [
        MaterialConstants.PouredPorosity, MaterialConstants.CompactionPressure, MaterialConstants.CompactionExponent, MaterialConstants.ModulusPorosityExponent,
        MaterialConstants.DenseConductivity, MaterialConstants.GrainContactPressure, MaterialConstants.GrainContactMemory,
    ];

    public static void Write(IAnsiConsole page, CalibratedPowder powder, PelletTable table, IReadOnlyList<string> notes)
    {
        PelletCalibration calibration = powder.Calibration!;
        page.MarkupLineInterpolated($"[bold]{powder.Material.Name}[/] from {table.Series.Points.Length} points");
        Prose.Write(page, "laws: " + Laws(calibration));
        if (Dominant(table) is { } words) Prose.Write(page, words);
        page.WriteLine();
        var measured = new Listing("MPa", "under load", "predicted", "released", "predicted", "mS/cm", "predicted");
        foreach (PelletPoint point in table.Series.Points) AddRow(measured, calibration, point);
        measured.Write(page);
        page.WriteLine();
        var constants = new Listing("constant", "value", "90 % band");
        foreach (ConstantDefinition definition in s_constants)
        {
            if (powder.Material.Find(definition) is not { } constant || !constant.Source.StartsWith("calibrated", StringComparison.Ordinal)) continue;
            // Exponents and shares have one dimension; plain numbers read well for both.
            bool plain = definition.Dimension == Fraction.Dimension;
            Interval band = constant.Estimate.Band90;
            constants.Add(
                definition.Key,
                plain ? Quantity.Number(constant.Estimate.Value, 3) : PlanPage.Value(definition.Dimension, constant.Estimate),
                plain ? $"{Quantity.Number(band.Low, 3)} to {Quantity.Number(band.High, 3)}" : PlanPage.Band(definition.Dimension, constant.Estimate));
        }

        constants.Write(page);
        foreach (string note in notes) PlanPage.Note(page, "note", note);
    }

    /// <summary>"power 51 %, Panelli-Ambrozio 37 %, ...".</summary>
    public static string Laws(PelletCalibration calibration)
    {
        var told = calibration.Laws.Where(law => law.Weight >= Told).OrderByDescending(law => law.Weight).Select(law => $"{law.Law.Name} {Quantity.Number(100 * law.Weight, 2)} %").ToList();
        double rest = calibration.Laws.Where(law => law.Weight < Told).Sum(law => law.Weight);
        return string.Join(", ", told) + (rest > 0 ? $"; the others {Quantity.Number(100 * rest, 1)} %" : "") + " (by the pressures each predicts from the others)";
    }

    /// <summary>What the densities can be trusted to, told for the thinnest pellet.</summary>
    public static string? Dominant(PelletTable table) => table.Readings.IsEmpty ? null : table.Readings.MaxBy(reading => reading.ByThickness).Words;

    /// <summary>"87.9 (86.7 to 89.0)".</summary>
    public static string Band(BandedValue value, double scale, int digits = 3) =>
        $"{Quantity.Number(scale * value.Value, digits)} ({Quantity.Number(scale * value.Low90, digits)} to {Quantity.Number(scale * value.High90, digits)}){(value.Extrapolated ? " *" : "")}";

    private static void AddRow(Listing table, PelletCalibration calibration, PelletPoint point)
    {
        SamplePressure present = point.Stack ?? point.Pressure, largest = present > point.Pressure ? present : point.Pressure;
        table.Add(
            Quantity.Number(point.Pressure.Megapascals) + (point.Stack is { } stack && stack != point.Pressure ? $", at {Quantity.Number(stack.Megapascals)}" : ""),
            point.Loaded is { } loaded ? Quantity.Number(100 * loaded.Value.Value, 3) + " %" : "",
            point.Loaded is null ? "" : Band(calibration.RelativeDensity(point.Pressure, point.Pressure, point.Hold, point.Temperature), 100),
            point.Released is { } released ? Quantity.Number(100 * released.Value.Value, 3) + " %" : "",
            point.Released is null ? "" : Band(calibration.RelativeDensity(default, point.Pressure, point.Hold, point.Temperature), 100),
            point.Conductivity is { } sigma ? Quantity.Number(10 * sigma.SiemensPerMetre, 3) : "",
            point.Conductivity is null || calibration.ConductivityAt(present, largest, point.Temperature) is not { } predicted ? "" : Band(predicted, 10));
    }
}

/// <summary>The same for machines.</summary>
internal static class CalibrateFacts
{
    public static Facts Of(CalibratedPowder powder, PelletPrior prior, PelletTable table, IReadOnlyList<string> notes, string? file, ImmutableArray<string> figures)
    {
        PelletCalibration calibration = powder.Calibration!;
        return new Facts(
            powder.Material.Id,
            prior.Material.Id,
            calibration.Points,
            calibration.LargestPressurePa > 0 ? calibration.LargestPressurePa / 1e6 : null,
            calibration.Noise,
            [.. calibration.Laws.Select(law => new LawFacts(law.Law.Id, law.Weight, [.. law.Law.Parameters.Select((parameter, j) => new ParameterFacts(parameter.Symbol, law.Parameters[j], law.StandardUncertainty(j), parameter.Unit))]))],
            [.. powder.Material.Constants.Values.Where(constant => constant.Source.StartsWith("calibrated", StringComparison.Ordinal)).Select(constant => new ConstantFacts(constant.Definition.Key, constant.Estimate.Value, constant.Estimate.StandardUncertainty, constant.Definition.Dimension.SiUnit.Symbol))],
            CalibratePage.Dominant(table),
            notes,
            file,
            figures);
    }

    internal sealed record Facts(
        string Material, string Prior, int Points, double? LargestPressureMPa, double NoiseRelativeDensity, LawFacts[] Laws, ConstantFacts[] Constants, string? Dominant, IReadOnlyList<string> Notes, string? File, ImmutableArray<string> Figures);

    internal sealed record LawFacts(string Law, double Weight, ParameterFacts[] Parameters);

    internal sealed record ParameterFacts(string Symbol, double Value, double StandardUncertainty, string Unit);

    internal sealed record ConstantFacts(string Key, double Value, double StandardUncertainty, string Unit);
}
