using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>What a powder becomes at a pressure: density under load and released, conductivity.</summary>
internal sealed class PelletCommand : IsobarCommand
{
    private readonly Option<string> _material = new("--material") { Description = "Known material, or the file that isobar calibrate wrote", HelpName = "NAME or FILE", Required = true };
    private readonly Option<string> _pressures = new("--pressures") { Description = "Pressures on the sample", HelpName = "20,30,40MPa", Required = true };
    private readonly Option<string?> _stack = new("--stack") { Description = "Pressures at which the pressed pellet is measured afterwards", HelpName = "49,97MPa" };
    private readonly Option<string?> _mass = PelletArguments.Mass("Mass of the pellet, to tell its thickness; needs --die");
    private readonly Option<string?> _die = PelletArguments.Die("Inner diameter of the die, to tell the thickness; needs --mass");
    private readonly Option<string?> _plot = PelletArguments.Plot();

    public PelletCommand()
        : base("pellet", "Density and conductivity of a powder at pressures, with 90 % bands.")
    {
        foreach (Option option in (Option[])[_material, _pressures, _stack, _mass, _die, _plot]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("pellet --material my-lpscl.yaml --pressures 100,250,375MPa", "your own powder"),
        ("pellet --material li6ps5cl-ball-milled --pressures 390MPa --stack 49,97,195MPa", "a known one, measured under less pressure than it was pressed with"),
        ("pellet --material my-lpscl.yaml --pressures 375MPa --mass 80mg --die 10mm --json", "with the thickness to expect, for a program"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        CalibratedPowder powder = PelletArguments.Powder(parse.GetRequiredValue(_material), surroundings);
        if (powder.Calibration is null) PelletArguments.RequirePelletLaw(powder.Material);
        ImmutableArray<SamplePressure> pressures = PelletArguments.Pressures(parse.GetRequiredValue(_pressures), "--pressures");
        ImmutableArray<SamplePressure> stacks = parse.GetValue(_stack) is { } stack ? PelletArguments.Pressures(stack, "--stack") : [];
        Length? dense = DenseThickness(parse, powder.Material);
        PelletCalibration calibration = powder.CalibrationOrPrior;
        PointFacts[] points = [.. pressures.Select(pressure => PointOf(calibration, pressure, stacks, dense))];
        ImmutableArray<string> figures = PelletArguments.Draw(parse.GetValue(_plot), powder, pressures, surroundings);
        output.Answer(new Answer(points), page => Write(page, powder, points, figures, surroundings));
        return Task.FromResult(ExitCode.Done);
    }

    private Length? DenseThickness(ParseResult parse, Material material)
    {
        Estimate<Mass>? mass = PelletArguments.Measured(parse.GetValue(_mass), CellDefaults.MassUncertainty, "--mass");
        Estimate<Length>? die = PelletArguments.Measured(parse.GetValue(_die), CellDefaults.DiameterUncertainty, "--die");
        if (mass is null && die is null) return null;
        if (mass is null || die is null) throw new Failure($"--{(mass is null ? "die" : "mass")} without --{(mass is null ? "mass" : "die")}", "both, which give the thickness", "add the other one");
        return new Length(mass.Value.Value.Kilograms / (Die.AreaOf(die.Value.Value).SquareMetres * material.Get(MaterialConstants.CrystalDensity).Value.KilogramsPerCubicMetre));
    }

    private static PointFacts PointOf(PelletCalibration calibration, SamplePressure pressure, ImmutableArray<SamplePressure> stacks, Length? dense)
    {
        BandedValue loaded = calibration.RelativeDensity(pressure, pressure), released = calibration.RelativeDensity(default, pressure);
        return new PointFacts(
            pressure.Megapascals,
            Value.Of(loaded, 1),
            Value.Of(released, 1),
            calibration.ConductivityAt(pressure, pressure) is { } sigma ? Value.Of(sigma, 10) : null,
            dense is { } one ? Value.Thickness(loaded, one) : null,
            dense is { } other ? Value.Thickness(released, other) : null,
            stacks.IsEmpty ? null : [.. stacks.Select(stack => StackOf(calibration, pressure, stack))]);
    }

    // A stack pressure above the pressing pressure presses the pellet further.
    private static StackFacts StackOf(PelletCalibration calibration, SamplePressure pressure, SamplePressure stack)
    {
        SamplePressure largest = stack > pressure ? stack : pressure;
        return new StackFacts(stack.Megapascals, Value.Of(calibration.RelativeDensity(stack, largest), 1), calibration.ConductivityAt(stack, largest) is { } sigma ? Value.Of(sigma, 10) : null);
    }

    private static void Write(IAnsiConsole page, CalibratedPowder powder, PointFacts[] points, ImmutableArray<string> figures, Surroundings surroundings)
    {
        page.MarkupLineInterpolated($"[bold]{powder.Material.Name}[/], {(powder.Calibration is { Points: > 0 } own ? $"calibrated with {own.Points} points" : "not calibrated: what is known of the material in any laboratory")}; bands hold 90 %");
        var table = new Listing("MPa", "% under load", "% released", "mS/cm");
        foreach (PointFacts point in points) table.Add(Quantity.Number(point.Pressure), point.RelativeDensityLoaded.Text(100), point.RelativeDensityReleased.Text(100), point.Conductivity?.Text() ?? "");
        table.Write(page);
        if (points[0].ThicknessLoaded is not null)
        {
            var thickness = new Listing("MPa", "mm under load", "mm released");
            foreach (PointFacts point in points) thickness.Add(Quantity.Number(point.Pressure), point.ThicknessLoaded!.Text(), point.ThicknessReleased!.Text());
            page.WriteLine();
            thickness.Write(page);
        }

        if (points[0].Stack is not null)
        {
            var stacks = new Listing("pressed MPa", "then MPa", "% density", "mS/cm");
            foreach (PointFacts point in points)
            {
                foreach (StackFacts stack in point.Stack!) stacks.Add(Quantity.Number(point.Pressure), Quantity.Number(stack.Pressure), stack.RelativeDensity.Text(100), stack.Conductivity?.Text() ?? "");
            }

            page.WriteLine();
            stacks.Write(page);
        }

        if (points.Any(point => point.RelativeDensityLoaded.Extrapolated || point.Conductivity is { Extrapolated: true }))
        {
            PlanPage.Note(page, "note", "* is extrapolated: above 1.3 times the largest calibrated pressure, or outside of the range of the laws");
        }

        if (figures.Length > 0) PlanPage.Wrote(page, surroundings, [.. figures]);
    }

    internal sealed record Answer(PointFacts[] Points);

    internal sealed record PointFacts(double Pressure, Value RelativeDensityLoaded, Value RelativeDensityReleased, Value? Conductivity, Value? ThicknessLoaded, Value? ThicknessReleased, StackFacts[]? Stack);

    internal sealed record StackFacts(double Pressure, Value RelativeDensity, Value? Conductivity);

    /// <summary>A value with its band in the unit of the answer: MPa, mS/cm, mm or a share.</summary>
    internal sealed record Value([property: System.Text.Json.Serialization.JsonPropertyName("value")] double Best, double Low90, double High90, bool Extrapolated)
    {
        public static Value Of(BandedValue value, double scale) => new(scale * value.Value, scale * value.Low90, scale * value.High90, value.Extrapolated);

        // Thin is dense: the ends of the band change places.
        public static Value Thickness(BandedValue density, Length dense) =>
            new(dense.Millimetres / density.Value, dense.Millimetres / density.High90, dense.Millimetres / density.Low90, density.Extrapolated);

        public string Text(double scale = 1) => $"{Quantity.Number(scale * Best, 3)} ({Quantity.Number(scale * Low90, 3)} to {Quantity.Number(scale * High90, 3)}){(Extrapolated ? " *" : "")}";
    }
}
