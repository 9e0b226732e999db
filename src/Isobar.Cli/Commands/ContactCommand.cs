using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Lab.Files.Surfaces;
using Isobar.Mechanics.Contact;
using Isobar.Numerics;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Presses a rough surface on a flat and says what touches, what gaps remain and what that costs the current.</summary>
internal sealed class ContactCommand : IsobarCommand
{
    private readonly Argument<string> _surface = new("surface") { Description = "Height map (npy, SDF, X3P, GWY, SUR, OPD, table of numbers) or recipe, for example examples/contact/surface.yaml" };
    private readonly Option<string> _modulus = new("--modulus") { Description = "Contact modulus E*, 1/E* = Σ(1 − ν²)/E; a plain number for reduced units", HelpName = "20GPa", Required = true };
    private readonly Option<string> _pressures = new("--pressure") { Description = "Mean pressures in the order in which they are applied", HelpName = "1,5,25,74MPa", Required = true };
    private readonly Option<string?> _hardness = new("--hardness") { Description = "Pressure at which the softer side flows (default: elastic)", HelpName = "1GPa" };
    private readonly Option<bool> _unload = new("--unload") { Description = "Come back through the same pressures; what has flowed stays" };
    private readonly Option<string?> _conductivity = new("--conductivity") { Description = "Conductivity of the electrolyte, for the resistance of the contact", HelpName = "3mS/cm" };
    private readonly Option<string?> _transfer = new("--charge-transfer") { Description = "Charge-transfer resistance of true contact", HelpName = "5ohmcm2" };
    private readonly Option<string?> _frequency = new("--frequency") { Description = "Impedance over these frequencies, four per decade; needs --conductivity and --charge-transfer", HelpName = "1mHz..10MHz" };
    private readonly Option<string?> _creep = new("--creep") { Description = "Let the soft side creep, a material or a material file; its hardness falls with time", HelpName = "lithium" };
    private readonly Option<string?> _times = new("--times") { Description = "Times after loading at which the creeping contact is wanted", HelpName = "1s,10min,1d" };
    private readonly Option<string?> _temperature = new("--temperature") { Description = "Temperature of the creep (default: 25 °C)", HelpName = "60°C" };
    private readonly Option<string?> _fixture = new("--fixture") { Description = "Stiffness of a fixture that loses load as the creeping contact closes (default: load held); needs --die", HelpName = "20kN/mm" };
    private readonly Option<string?> _die = new("--die") { Description = "Diameter over which the force of the fixture spreads", HelpName = "13mm" };
    private readonly Option<string?> _against = new("--against") { Description = "Second surface, turned over onto the first", HelpName = "SURFACE" };
    private readonly Option<string?> _layer = new("--layer") { Description = "Thickness of the deforming layer on a rigid base, such as a lithium foil (default: a half-space)", HelpName = "20um" };
    private readonly Option<double?> _poisson = new("--poisson") { Description = "Poisson's ratio of that layer (default: 0.36)", HelpName = "0.36" };
    private readonly Option<string?> _boundary = new("--boundary") { Description = "Whether the surface repeats or stands alone", HelpName = "periodic or free" };
    private readonly Option<string?> _heightUnit = new("--height-unit") { Description = "Unit of the heights, when the file has none", HelpName = "um" };
    private readonly Option<string?> _pixel = new("--pixel") { Description = "Distance of neighbouring points, when the file has none", HelpName = "0.5um" };
    private readonly Option<string?> _size = new("--size") { Description = "Length of a row of points, instead of --pixel", HelpName = "100um" };
    private readonly Option<string?> _missing = new("--missing") { Description = "Pixels without a height: refuse the map, fill them smoothly, or mask them out of any contact (default: refuse)", HelpName = "refuse, fill or mask" };
    private readonly Option<string?> _level = new("--level") { Description = "Form that is taken out (default: plane for height maps, none for recipes)", HelpName = "none, mean, plane or 2..8" };
    private readonly Option<double?> _tolerance = new("--tolerance") { Description = "Worst violation of contact over the rms height (default: 1e-8)", HelpName = "1e-8" };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads; the answer does not depend on them (default: all processors)", HelpName = "number" };
    private readonly Option<bool> _fast = new("--fast") { Description = "Answer from the spectrum alone, without solving: milliseconds, with bands" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draw contact map, gap map and curves", HelpName = "out.svg or out.png" };

    public ContactCommand()
        : base("contact", "Press a rough surface: what touches, what gaps remain, what that costs the ions.")
    {
        Arguments.Add(_surface);
        Option[] options = [_modulus, _pressures, _hardness, _unload, _conductivity, _transfer, _frequency, _creep, _times, _temperature, _fixture, _die, _against, _layer, _poisson, _boundary, _heightUnit, _pixel, _size, _missing, _level, _tolerance, _threads, _fast, _plot];
        foreach (Option option in options) Options.Add(option);
        _missing.CompletionSources.Add("refuse", "fill", "mask");
        _boundary.CompletionSources.Add("periodic", "free");
        _level.CompletionSources.Add("none", "mean", "plane");
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("contact surface.yaml --modulus 20GPa --hardness 1GPa --pressure 1,5,25,74MPa --conductivity 3mS/cm", "a rough electrolyte on a flat one, with the resistance"),
        ("contact pellet.sdf --modulus 20GPa --pressure 5,25MPa --missing fill --plot contact.svg", "a measured surface, with maps and curves"),
        ("contact surface.yaml --modulus 8GPa --pressure 2MPa --creep lithium --times 1min,1h,1d --fixture 20kN/mm --die 13mm", "lithium that flows into the surface while its fixture loses load"),
        ("contact surface.yaml --modulus 1 --pressure 0.05,0.2 --json", "reduced units: pressures over E*, lengths over the size"),
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        (double modulus, bool reduced) = ContactArguments.Modulus(parse.GetRequiredValue(_modulus));
        ContactScale scale = reduced ? ContactScale.Reduced : ContactScale.Si;
        var medium = new ContactMedium(modulus)
        {
            HardnessPa = ContactArguments.Number<Pressure>(parse.GetValue(_hardness), reduced, "--hardness"),
            LayerThicknessM = ContactArguments.Number<Length>(parse.GetValue(_layer), reduced, "--layer"),
            LayerPoissonRatio = Poisson(parse),
            Boundary = Boundary(parse),
        };
        ImmutableArray<double> pressures = ContactArguments.Pressures(parse.GetRequiredValue(_pressures), reduced);
        RefuseAboveHardness(pressures, medium.HardnessPa, scale);
        double? conductivity = ContactArguments.Number<Conductivity>(parse.GetValue(_conductivity), reduced, "--conductivity");
        double? transfer = ContactArguments.Number<ArealResistance>(parse.GetValue(_transfer), reduced, "--charge-transfer");
        ImmutableArray<double> hertz = ContactArguments.Frequencies(parse.GetValue(_frequency));
        RequireElectrics(conductivity, transfer, hertz, reduced);
        ContactCreep? creep = Creep(parse, medium.HardnessPa, reduced, surroundings);
        if (creep is not null)
        {
            creep.RequireOpen(pressures);
            medium = medium with { HardnessPa = creep.HardnessPa };
        }

        string? plot = PlotPath(parse, surroundings);
        ContactOptions options = SolverOptions(parse);
        // The work stands on its own thread, so that Ctrl-C is heard.
        return await Task.Run(
            () =>
            {
                ContactSurface surface = Surface(parse, surroundings, reduced, medium.Boundary == ContactBoundary.Free, cancellation);
                var run = new ContactRun(surface, medium, options, scale, conductivity, transfer, hertz, surroundings);
                if (creep is not null) return new ContactCreepRun(run, surface, medium, options, scale, surroundings).Solve(pressures, creep, plot, output, cancellation);
                return parse.GetValue(_fast) ? run.Fast(pressures, output) : run.Solve(ContactPath.Pressures(pressures, parse.GetValue(_unload)), plot, output, cancellation);
            },
            CancellationToken.None);
    }

    private ContactSurface Surface(ParseResult parse, Surroundings surroundings, bool reduced, bool free, CancellationToken cancellation)
    {
        string? size = parse.GetValue(_size), pixel = parse.GetValue(_pixel), unit = parse.GetValue(_heightUnit);
        if (size is not null && pixel is not null) throw new Failure("both --size and --pixel are given", "one of the two; the other follows", "leave one out", "option --size");
        bool plainSize = reduced && size is not null && double.TryParse(size, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        var context = new SurfaceFileContext
        {
            HeightUnit = unit is null ? null : HeightUnit(unit),
            Pitch = pixel is null ? null : new Length(ContactArguments.Number<Length>(pixel, reduced: false, "--pixel")!.Value),
            Width = size is null || plainSize ? null : new Length(ContactArguments.Number<Length>(size, reduced: false, "--size")!.Value),
            Missing = ContactArguments.Missing(parse.GetValue(_missing)),
        };
        var request = new ContactSurface.Request(context, plainSize ? ContactArguments.Number<Length>(size, reduced: true, "--size") : null, parse.GetValue(_level), reduced, free);
        ContactSurface surface = ContactSurface.Read(parse.GetRequiredValue(_surface), request, surroundings, cancellation);
        return parse.GetValue(_against) is { } second ? surface.Against(ContactSurface.Read(second, request, surroundings, cancellation)) : surface;
    }

    private static Length HeightUnit(string text) => Quantity.TryParse("1" + text, out Length one, out _) || Quantity.TryParse(text, out one, out _)
        ? one
        : throw new Failure($"'{text}' is not a unit of length", "one of " + Length.Dimension.UnitList(), "write for example --height-unit um", "option --height-unit");

    private double Poisson(ParseResult parse) => (parse.GetValue(_poisson) ?? new ContactMedium(1).LayerPoissonRatio) switch
    {
        >= 0 and <= 0.5 and var ratio => ratio,
        var other => throw new Failure($"Poisson's ratio is {Quantity.Number(other)}", "a number between 0 and 0.5", "correct --poisson", "option --poisson"),
    };

    private ContactBoundary Boundary(ParseResult parse) => parse.GetValue(_boundary) switch
    {
        null or "periodic" => ContactBoundary.Periodic,
        "free" => ContactBoundary.Free,
        var other => throw new Failure($"'{other}' is not a boundary", "periodic or free", "write --boundary free", "option --boundary"),
    };

    private ContactCreep? Creep(ParseResult parse, double? hardness, bool reduced, Surroundings surroundings)
    {
        if (parse.GetValue(_creep) is not { } material)
        {
            foreach (Option<string?> option in (Option<string?>[])[_times, _temperature, _fixture, _die])
            {
                if (parse.GetValue(option) is not null) throw new Failure($"{option.Name} without --creep", "the material that creeps", "add for example --creep lithium", $"option {option.Name}");
            }

            return null;
        }

        if (reduced) throw new Failure("--creep in a problem of reduced units", "pressures with units, since creep was measured in them", "write --modulus with its unit", "option --creep");
        if (parse.GetValue(_unload)) throw new Failure("--creep with --unload", "one of the two: a load in time, or a load that goes up and down", "leave one out", "option --creep");
        if (parse.GetValue(_fast)) throw new Failure("--creep with --fast", "the solver; the closed form has no time", "leave one out", "option --creep");
        if (parse.GetValue(_frequency) is not null) throw new Failure("--creep with --frequency", "one of the two", "give the hardness that the creeping spot holds by then as --hardness, and leave --creep out", "option --creep");
        return ContactCreep.Of(new ContactCreep.Request(material, parse.GetValue(_times), parse.GetValue(_temperature), parse.GetValue(_fixture), parse.GetValue(_die)), hardness, surroundings);
    }

    private static void RefuseAboveHardness(ImmutableArray<double> pressures, double? hardness, ContactScale scale)
    {
        if (hardness is not { } cap) return;
        foreach (double pressure in pressures)
        {
            if (pressure < cap) continue;
            string unit = scale.Pressure.Length > 0 ? " " + scale.Pressure : "";
            throw new Failure(
                $"a mean pressure of {Quantity.Number(pressure / scale.PressurePa)}{unit} on a hardness of {Quantity.Number(cap / scale.PressurePa)}{unit}", "a mean pressure below the hardness; at the hardness all of the area flows",
                "lower the pressure, or check the unit of the hardness", "option --pressure");
        }
    }

    private static void RequireElectrics(double? conductivity, double? transfer, ImmutableArray<double> hertz, bool reduced)
    {
        if (transfer is not null && conductivity is null && !reduced) throw new Failure("--charge-transfer without --conductivity", "both, which give the resistance", "add for example --conductivity 3mS/cm", "option --charge-transfer");
        if (hertz.IsEmpty) return;
        if (reduced) throw new Failure("--frequency in a problem of reduced units", "pressures and lengths with units, from which capacitances follow", "write --modulus with its unit", "option --frequency");
        if (transfer is null || conductivity is null) throw new Failure("--frequency without --conductivity and --charge-transfer", "all three", "add for example --conductivity 3mS/cm --charge-transfer 5ohmcm2", "option --frequency");
    }

    private string? PlotPath(ParseResult parse, Surroundings surroundings)
    {
        if (parse.GetValue(_plot) is not { } plot) return null;
        if (parse.GetValue(_fast)) throw new Failure("--plot with --fast", "maps need the solver", "leave one of the two out", "option --plot");
        return FigureFile.PathOf(plot, surroundings);
    }

    private ContactOptions SolverOptions(ParseResult parse)
    {
        int threads = parse.GetValue(_threads) ?? Environment.ProcessorCount;
        if (threads is < 1 or > 1024) throw new Failure($"{threads} threads", "a number from 1 on", "correct --threads", "option --threads");
        double tolerance = parse.GetValue(_tolerance) ?? new ContactOptions().Tolerance;
        if (tolerance is not (>= 1e-13 and <= 0.1)) throw new Failure($"a tolerance of {Quantity.Number(tolerance)}", "a number between 1e-13 and 0.1", "correct --tolerance", "option --tolerance");
        return new ContactOptions
        {
            Tolerance = tolerance,
            Parallel = threads == 1 ? ParallelLoop.Sequential : new ParallelLoop(threads, (count, body) => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, body)),
        };
    }
}
