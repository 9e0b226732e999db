using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Isobar.Lab.Files;
using Isobar.Materials;
using Isobar.Mechanics.Pellets;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Turns a few pellets into the laboratory's own material file.</summary>
internal sealed class CalibrateCommand : IsobarCommand
{
    // What stands for a powder of which only the class is known; its scatter is widened by half.
    // The scatter of densities between laboratories was found over annealed, ball-milled and chlorine-rich argyrodite and glass together; about the curve of
    // one of them it is a tenth wider, and a fifth is taken. Of halides and active materials no such table exists.
    private static readonly (string Class, string Material, double Widening)[] s_classes =
    [
        ("annealed", "li6ps5cl-annealed", 1.2), ("ball-milled", "li6ps5cl-ball-milled", 1.2), ("glass", "75li2s-25p2s5-glass", 1.2), ("halide", "li3ycl6", 1.5), ("active", "nmc622-poly", 1.5),
    ];

    // Conductivities scatter by 40 % on the same powders; on another powder of the class they do more.
    private const double ConductionWidening = 1.5;

    // The best solid electrolytes reach some 30 mS/cm.
    private static readonly Conductivity s_impossible = new(100);

    // Laboratories differ by factors of two or three, powders of one class by ten; further away it is nearly always the unit.
    private const double FarAway = 30;

    private readonly Argument<string> _pellets = new("pellets") { Description = "Table of pellets (CSV) with units in the heading, for example examples/pellets/pellets.csv" };
    private readonly Option<string?> _out = new("--out") { Description = "Material file to write (default: none, only print)", HelpName = "my-lpscl.yaml" };
    private readonly Option<string?> _material = new("--material") { Description = "Known material, or material file, that the powder is", HelpName = "NAME or FILE" };
    private readonly Option<string?> _class = new("--class") { Description = "Class of the powder when it is none of the known materials", HelpName = "annealed, ball-milled, glass, halide or active" };
    private readonly Option<MassDensity?> _density = QuantityOption<MassDensity>("--density", "Density without pores (default: that of the material)", "1.87g/cm3");
    private readonly Option<string?> _mass = PelletArguments.Mass("Mass of every pellet, when the table has no column mass_mg");
    private readonly Option<string?> _die = PelletArguments.Die("Inner diameter of the die, when the table has no column die_mm");
    private readonly Option<Length?> _thickness = QuantityOption<Length>("--thickness-uncertainty", "Standard uncertainty of a thickness (default: 5 µm, a micrometer screw)", "2um");
    private readonly Option<string?> _rows = new("--pellets") { Description = "Whether the rows are one pellet pressed step by step, or separate pellets (default: read from the masses)", HelpName = "one or separate" };
    private readonly Option<bool> _electrode = new("--electrode-contact") { Description = "The conductivities hold the contact of bare electrodes: take it out as a term of its own" };
    private readonly Option<string?> _plot = PelletArguments.Plot();

    public CalibrateCommand()
        : base("calibrate", "Turn a few pellets into your own material: density, springback, conductivity, with bands.")
    {
        Arguments.Add(_pellets);
        foreach (Option option in (Option[])[_out, _material, _class, _density, _mass, _die, _thickness, _rows, _electrode, _plot]) Options.Add(option);
        _class.CompletionSources.Add([.. s_classes.Select(each => each.Class)]);
        _rows.CompletionSources.Add("one", "separate");
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("calibrate pellets.csv --out my-lpscl.yaml", "a powder of which nothing else is known"),
        ("calibrate pellets.csv --material li6ps5cl-annealed --mass 80.2mg --die 10mm --out my-lpscl.yaml", "mass and die for all rows"),
        ("calibrate pellets.csv --class ball-milled --density 1.87g/cm3 --plot pellets.svg", "a class of powder, and a figure"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        List<string> notes = [];
        string? plot = parse.GetValue(_plot) is { } asTyped ? FigureFile.PathOf(asTyped, surroundings) : null;
        (Material parent, double widening, double conductionWidening) = ParentOf(parse, surroundings, notes);
        if (parse.GetValue(_density) is { } density)
        {
            if (density.KilogramsPerCubicMetre < MaterialConstants.CrystalDensity.Lowest || density.KilogramsPerCubicMetre > MaterialConstants.CrystalDensity.Highest)
            {
                throw new Failure($"{density} is not the density of a solid", "a density between 0.1 and 23 g/cm3", "correct --density", "option --density");
            }

            parent = parent.With(new Constant(
                MaterialConstants.CrystalDensity, new Estimate(density.KilogramsPerCubicMetre, 0.01 * density.KilogramsPerCubicMetre, Scale: MaterialConstants.CrystalDensity.Scale), null, "given with isobar calibrate --density; uncertainty of 1 % by judgement", null));
        }

        string path = surroundings.PathOf(parse.GetRequiredValue(_pellets));
        PelletTable table = PelletFile.Read(path, new PelletFileContext(parent.Get(MaterialConstants.CrystalDensity).Value)
        {
            Mass = PelletArguments.Measured(parse.GetValue(_mass), CellDefaults.MassUncertainty, "--mass"),
            Die = PelletArguments.Measured(parse.GetValue(_die), CellDefaults.DiameterUncertainty, "--die"),
            ThicknessUncertainty = ThicknessUncertainty(parse),
            ImpossibleConductivity = parent.Kind == MaterialKind.Electrolyte ? s_impossible : null,
            SeparatePellets = SeparateOf(parse.GetValue(_rows)),
        });
        notes.AddRange(table.Notes);
        PelletPrior prior = PelletPrior.Of(parent, widening, conductionWidening);
        NoteFarAway(prior, table.Series, notes);
        if (parse.GetValue(_electrode))
        {
            notes.Add(table.Series.Points.Any(point => point.Conductivity is not null)
                ? "the predicted conductivities are those without the contact of the electrodes, the measured ones hold it"
                : "the table has no conductivity; --electrode-contact changes nothing");
        }

        PelletCalibration calibration = PelletCalibration.Of(prior, table.Series, parse.GetValue(_electrode));
        CalibratedPowder powder = PowderOf(parent, calibration, table, Path.GetFileName(path), parse.GetValue(_out));

        string? file = parse.GetValue(_out) is { } name ? surroundings.PathOf(name) : null;
        ImmutableArray<(string Path, byte[] Bytes)> drawn = PelletArguments.Figures(plot, powder, []);
        ImmutableArray<(string Path, byte[] Bytes)> material = file is null ? [] : [(file, Encoding.UTF8.GetBytes(MaterialFile.ToText(powder, $"Written by isobar calibrate from {Path.GetFileName(path)}.")))];
        WholeFile.Write(material.AddRange(drawn).AsSpan());
        ImmutableArray<string> figures = [.. drawn.Select(figure => figure.Path)];
        output.Answer(CalibrateFacts.Of(powder, prior, table, notes, file, figures), page =>
        {
            CalibratePage.Write(page, powder, table, notes);
            string[] written = [.. (file is null ? [] : ImmutableArray.Create(file)).AddRange(figures)];
            if (written.Length > 0) PlanPage.Wrote(page, surroundings, written);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private (Material Parent, double Widening, double ConductionWidening) ParentOf(ParseResult parse, Surroundings surroundings, List<string> notes)
    {
        string? name = parse.GetValue(_material), kind = parse.GetValue(_class);
        if (name is not null && kind is not null) throw new Failure("both --material and --class are given", "one of the two", "remove --class when the powder is a known material");
        if (name is not null)
        {
            CalibratedPowder known = PelletArguments.Powder(name, surroundings);
            PelletArguments.RequirePelletLaw(known.Material);
            if (known.Calibration is not null) notes.Add($"{name} was calibrated before; its constants are the prior, so its own pellets must not be in this table again");
            return (known.Material, 1, 1);
        }

        if (kind is null)
        {
            notes.Add("neither --material nor --class was given: taken as an annealed argyrodite, with its density without pores");
            return (BuiltInMaterials.Library.Find(s_classes[0].Material), s_classes[0].Widening, ConductionWidening);
        }

        foreach ((string word, string material, double widening) in s_classes)
        {
            if (string.Equals(word, kind, StringComparison.OrdinalIgnoreCase)) return (BuiltInMaterials.Library.Find(material), widening, ConductionWidening);
        }

        string[] words = [.. s_classes.Select(each => each.Class)];
        throw new Failure($"'{kind}' is not a class of powder", Spelling.DidYouMean(kind, words) + "one of " + string.Join(", ", words), "name one of them, or a material with --material", "option --class");
    }

    private Length ThicknessUncertainty(ParseResult parse)
    {
        if (parse.GetValue(_thickness) is not { } u) return CellDefaults.ThicknessUncertainty;
        return u.Metres > 0 ? u : throw new Failure($"an uncertainty of {u}", "an uncertainty above zero", "give what the gauge can resolve, for example 2um", "option --thickness-uncertainty");
    }

    private static bool? SeparateOf(string? rows) => rows switch
    {
        null => null,
        "one" => false,
        "separate" => true,
        _ => throw new Failure($"'{rows}' does not say what the rows are", "one or separate", "write --pellets one or --pellets separate", "option --pellets"),
    };

    private static void NoteFarAway(PelletPrior prior, PelletSeries series, List<string> notes)
    {
        var known = PelletCalibration.Of(prior);
        for (int i = 0; i < series.Points.Length; i++)
        {
            PelletPoint point = series.Points[i];
            SamplePressure present = point.Stack ?? point.Pressure, largest = present > point.Pressure ? present : point.Pressure;
            if (point.Conductivity is not { } sigma || known.ConductivityAt(present, largest, point.Temperature) is not { } expected) continue;
            double factor = sigma.SiemensPerMetre / expected.Value;
            if (factor is > 1 / FarAway and < FarAway) continue;
            string words = factor > 1 ? $"{Quantity.Number(factor, 2)} times more" : $"{Quantity.Number(1 / factor, 2)} times less";
            notes.Add($"row {i + 1} conducts {words} than {prior.Material.Name} is known to: check the unit of the conductivity or resistance");
            return;
        }
    }

    private static CalibratedPowder PowderOf(Material parent, PelletCalibration calibration, PelletTable table, string file, string? name)
    {
        string id = name is null ? parent.Id : IdOf(Path.GetFileNameWithoutExtension(name));
        string source = string.Create(CultureInfo.InvariantCulture, $"calibrated from {table.Series.Points.Length} points of {file}");
        Material material = CalibratedMaterial.Of(parent, calibration, source) with { Id = id, Name = $"{parent.Name}, calibrated" };
        return new CalibratedPowder(material, calibration, table.Series.Points);
    }

    private static string IdOf(string fileName)
    {
        string id = new([.. fileName.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' ? c : '-')]);
        return id.Trim('-').Length > 0 ? id : "my-powder";
    }
}
