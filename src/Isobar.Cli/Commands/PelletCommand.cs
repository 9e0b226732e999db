using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>What a powder becomes at a pressure: density under load and released, conductivity.</summary>
internal sealed class PelletCommand : IsobarCommand
{
    // Colder nobody presses, and hotter is sintering, which no term here describes.
    private const double ColdestKelvins = 223.15, HottestKelvins = 573.15;

    private readonly Option<string> _material = new("--material") { Description = "Known material, or the file that isobar calibrate wrote", HelpName = "NAME or FILE", Required = true };
    private readonly Option<string> _pressures = new("--pressures") { Description = "Pressures on the sample", HelpName = "20,30,40MPa", Required = true };
    private readonly Option<string?> _stack = new("--stack") { Description = "Pressures at which the pressed pellet is measured afterwards", HelpName = "49,97MPa" };
    private readonly Option<Duration?> _hold = QuantityOption<Duration>("--hold", "How long the pressure is held (default: 120 s)", "10min");
    private readonly Option<Temperature?> _temperature = QuantityOption<Temperature>("--temperature", "Temperature of pressing and measurement (default: 25 °C)", "60C");
    private readonly Option<PressureRate?> _rate = QuantityOption<PressureRate>("--rate", "How fast the pressure rises (default: 1 MPa/s)", "0.2MPa/s");
    private readonly Option<string?> _mass = PelletArguments.Mass("Mass of the pellet, to tell its thickness and what the die does to it; needs --die");
    private readonly Option<string?> _die = PelletArguments.Die("Inner diameter of the die; needs --mass");
    private readonly Option<string?> _friction = new("--wall-friction") { Description = "Friction of the powder on the wall of the die (default: 0.2 ± 0.06, a lubricated or polished die)", HelpName = "'0.2 ± 0.06'" };
    private readonly Option<Length?> _outer = QuantityOption<Length>("--die-outer", "Outer diameter of the die or sleeve, to tell what it holds", "20mm");
    private readonly Option<string?> _wall = new("--die-material") { Description = "What the wall or sleeve of the die is made of (default: steel)", HelpName = "steel or peek" };
    private readonly Option<Length?> _backing = QuantityOption<Length>("--backing", "Outer diameter of a steel ring that fits closely around the sleeve", "40mm");
    private readonly Option<string?> _plot = PelletArguments.Plot();

    public PelletCommand()
        : base("pellet", "Density and conductivity of a powder at pressures, with 90 % bands.")
    {
        foreach (Option option in (Option[])[_material, _pressures, _stack, _hold, _temperature, _rate, _mass, _die, _friction, _outer, _wall, _backing, _plot]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("pellet --material my-lpscl.yaml --pressures 100,250,375MPa", "your own powder"),
        ("pellet --material li6ps5cl-ball-milled --pressures 390MPa --stack 49,97,195MPa", "a known one, measured under less pressure than it was pressed with"),
        ("pellet --material my-lpscl.yaml --pressures 375MPa --mass 80mg --die 10mm --json", "with the thickness to expect and what the die does to it, for a program"),
        ("pellet --material li6ps5cl-annealed --pressures 375MPa --mass 80mg --die 10mm --die-material peek --die-outer 20mm --backing 40mm", "whether a sleeve in a steel ring holds"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string? plot = parse.GetValue(_plot) is { } asTyped ? FigureFile.PathOf(asTyped, surroundings) : null;
        CalibratedPowder powder = PelletArguments.Powder(parse.GetRequiredValue(_material), surroundings);
        if (powder.Calibration is null) PelletArguments.RequirePelletLaw(powder.Material);
        ImmutableArray<SamplePressure> pressures = PelletArguments.Pressures(parse.GetRequiredValue(_pressures), "--pressures");
        ImmutableArray<SamplePressure> stacks = parse.GetValue(_stack) is { } stack ? PelletArguments.Pressures(stack, "--stack") : [];
        PelletPressing how = How(parse);
        PelletDie? die = Die(parse, powder.Material);
        PelletCalibration calibration = powder.CalibrationOrPrior;
        PointFacts[] points = [.. pressures.Select(pressure => PointOf(calibration, pressure, stacks, how, die))];
        ImmutableArray<(string Path, byte[] Bytes)> drawn = PelletArguments.Figures(plot, powder, pressures);
        WholeFile.Write(drawn.AsSpan());
        ImmutableArray<string> figures = [.. drawn.Select(figure => figure.Path)];
        output.Answer(new Answer(points), page => Write(page, powder, points, how, die, figures, surroundings));
        return Task.FromResult(ExitCode.Done);
    }

    private PelletPressing How(ParseResult parse)
    {
        var how = new PelletPressing(parse.GetValue(_hold), parse.GetValue(_temperature), parse.GetValue(_rate));
        if (how.Hold is { Seconds: <= 0 }) throw new Failure($"a hold of {how.Hold}", "a time above zero", "correct --hold", "option --hold");
        if (how.Temperature is { Kelvins: < ColdestKelvins or > HottestKelvins }) throw new Failure($"a temperature of {how.Temperature}", "a temperature from -50 to 300 °C", "correct --temperature", "option --temperature");
        return how.Rate is { Si: <= 0 } ? throw new Failure($"a rate of {how.Rate}", "a rate above zero", "correct --rate", "option --rate") : how;
    }

    private PelletDie? Die(ParseResult parse, Material material)
    {
        Estimate<Mass>? mass = PelletArguments.Measured(parse.GetValue(_mass), CellDefaults.MassUncertainty, "--mass");
        Estimate<Length>? bore = PelletArguments.Measured(parse.GetValue(_die), CellDefaults.DiameterUncertainty, "--die");
        if (mass is null && bore is null)
        {
            Option? lonely = ((Option[])[_friction, _outer, _wall, _backing]).FirstOrDefault(option => parse.GetResult(option) is not null);
            return lonely is null ? null : throw new Failure($"{lonely.Name} without a pellet in a die", "the mass of the pellet and the bore of the die", "add --mass 80mg --die 10mm", $"option {lonely.Name}");
        }

        if (mass is null || bore is null) throw new Failure($"--{(mass is null ? "die" : "mass")} without --{(mass is null ? "mass" : "die")}", "both, which give the thickness", "add the other one");
        Estimate<Fraction> friction = PelletArguments.Measured(parse.GetValue(_friction), new Fraction(0.06), "--wall-friction") ?? CellDefaults.WallFriction;
        if (friction.Value.Value > 1) throw new Failure($"a wall friction of {Quantity.Number(friction.Value.Value)}", "a coefficient between 0 and 1", "correct it", "option --wall-friction");
        return PelletDie.Of(material, mass.Value, bore.Value, friction, parse.GetValue(_wall), parse.GetValue(_outer), parse.GetValue(_backing));
    }

    private static PointFacts PointOf(PelletCalibration calibration, SamplePressure pressure, ImmutableArray<SamplePressure> stacks, PelletPressing how, PelletDie? die)
    {
        BandedValue loaded = Density(calibration, pressure, pressure, how), released = Density(calibration, default, pressure, how);
        return new PointFacts(
            pressure.Megapascals,
            Value.Of(loaded, 1),
            Value.Of(released, 1),
            Sigma(calibration, pressure, pressure, how) is { } sigma ? Value.Of(sigma, 10) : null,
            die is null ? null : Value.Thickness(loaded, die.DenseThickness),
            die is null ? null : Value.Thickness(released, die.DenseThickness),
            die?.At(calibration, pressure, how),
            stacks.IsEmpty ? null : [.. stacks.Select(stack => StackOf(calibration, pressure, stack, how))]);
    }

    // A stack pressure above the pressing pressure presses the pellet further.
    private static StackFacts StackOf(PelletCalibration calibration, SamplePressure pressure, SamplePressure stack, PelletPressing how)
    {
        SamplePressure largest = stack > pressure ? stack : pressure;
        return new StackFacts(stack.Megapascals, Value.Of(Density(calibration, stack, largest, how), 1), Sigma(calibration, stack, largest, how) is { } sigma ? Value.Of(sigma, 10) : null);
    }

    private static BandedValue Density(PelletCalibration calibration, SamplePressure present, SamplePressure largest, PelletPressing how) =>
        calibration.RelativeDensity(present, largest, how.Hold, how.Temperature, how.Rate);

    private static BandedValue? Sigma(PelletCalibration calibration, SamplePressure present, SamplePressure largest, PelletPressing how) =>
        calibration.ConductivityAt(present, largest, how.Temperature, how.Hold, how.Rate);

    private static void Write(IAnsiConsole page, CalibratedPowder powder, PointFacts[] points, PelletPressing how, PelletDie? die, ImmutableArray<string> figures, Surroundings surroundings)
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
            die!.Write(page, points);
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

        if (how.Hold is not null) PlanPage.Note(page, "note", "the effect of the hold is known to a factor of three: no curve of density against time is published for these powders");
        if (how.Temperature is not null) PlanPage.Note(page, "note", "what warmth does to the density is hardly known: 0.02 ± 0.04 in ln(D/(1 − D)) per 10 K, by judgement");
        if (how.Rate is not null) PlanPage.Note(page, "note", "the effect of the rate is known to a factor of three: no curve of density against it is published for these powders");
        if (points.Any(point => point.RelativeDensityLoaded.Extrapolated || point.Conductivity is { Extrapolated: true }))
        {
            PlanPage.Note(page, "note", "* is extrapolated: above 1.3 times the largest calibrated pressure, or outside of the range of the laws");
        }

        if (points.Any(point => point.IsBelowContacts)) PlanPage.Note(page, "note", "* of a conductivity is also what lies below the lowest pressure that a conductivity was measured at, over 1.3");
        if (figures.Length > 0) PlanPage.Wrote(page, surroundings, [.. figures]);
    }

    internal sealed record Answer(PointFacts[] Points);

    internal sealed record PointFacts(double Pressure, Value RelativeDensityLoaded, Value RelativeDensityReleased, Value? Conductivity, Value? ThicknessLoaded, Value? ThicknessReleased, DieFacts? Die, StackFacts[]? Stack)
    {
        // A conductivity is marked where the density, which knows no lowest pressure, is not.
        [System.Text.Json.Serialization.JsonIgnore]
        public bool IsBelowContacts =>
            (Conductivity is { Extrapolated: true } && !RelativeDensityLoaded.Extrapolated) || (Stack ?? []).Any(stack => stack.Conductivity is { Extrapolated: true } && !stack.RelativeDensity.Extrapolated);
    }

    internal sealed record StackFacts(double Pressure, Value RelativeDensity, Value? Conductivity);

    /// <summary>A value with its band in the unit of the answer: MPa, mS/cm, mm or a share.</summary>
    internal sealed record Value([property: System.Text.Json.Serialization.JsonPropertyName("value")] double Best, double Low90, double High90, bool Extrapolated)
    {
        public static Value Of(BandedValue value, double scale) => new(scale * value.Value, scale * value.Low90, scale * value.High90, value.Extrapolated);

        // Thin is dense: the ends of the band change places.
        public static Value Thickness(BandedValue density, Length dense) =>
            new(dense.Millimetres / density.Value, dense.Millimetres / density.High90, dense.Millimetres / density.Low90, density.Extrapolated);

        public string Text(double scale = 1, int digits = 3) => $"{Quantity.Number(scale * Best, digits)} ({Quantity.Number(scale * Low90, digits)} to {Quantity.Number(scale * High90, digits)}){(Extrapolated ? " *" : "")}";
    }
}
