using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Isobar.Cells;
using Isobar.Mechanics.Conversion;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>"My gauge says X: how many MPa in my die, ± what?", and the way back.</summary>
internal sealed class ConvertCommand : IsobarCommand
{
    private readonly Argument<string> _reading = new("reading")
    {
        Description = "What the gauge or the recipe says, with its unit: 3t, 29.4kN, 74MPa, 250bar",
    };

    private readonly Option<Estimate<Length>?> _die = new("--die")
    {
        Description = "Inner diameter of the die, ± one standard uncertainty if you know it (default 0.02 mm)",
        HelpName = "10mm or '10mm ± 0.01mm'",
        CustomParser = ParseDie,
    };

    private readonly Option<Ram?> _ram = new("--ram")
    {
        Description = "Piston of the press, area or bore; needed when the gauge shows oil pressure",
        HelpName = "12.6cm2 or 40mm",
        CustomParser = ParseRam,
    };

    private readonly Option<PressureBasis?> _basis = new("--basis")
    {
        Description = "Whose pressure a reading in MPa is, where die and ram leave a doubt",
        HelpName = "oil or sample",
        CustomParser = ParseBasis,
    };

    private readonly Option<GaugeLimit?> _gaugeClass = new("--gauge-class")
    {
        Description = "Largest error of the gauge (default: 1.6 % of full scale, a class 1.6 dial)",
        HelpName = "'1 % of reading' or '1.6 % of full scale'",
        CustomParser = ParseGaugeClass,
    };

    private readonly Option<string?> _capacity = new("--capacity")
    {
        Description = "Full scale of the gauge: a force, or an oil pressure when the ram is given (default: 15 t, or the next common press that reaches the force)",
        HelpName = "15t or 400bar",
    };

    private readonly Option<Length?> _thickness = QuantityOption<Length>("--thickness", "Thickness of the pellet, for the force the wall carries (default: thin, 0.5 to 1.5 mm)", "0.6mm");

    public ConvertCommand()
        : base("convert", "Turn a gauge reading into the pressure on the sample, or a pressure into the force to set.")
    {
        Arguments.Add(_reading);
        foreach (Option option in (Option[])[_die, _ram, _basis, _gaugeClass, _capacity, _thickness]) Options.Add(option);
        _basis.CompletionSources.Add("oil", "sample");
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("convert 3t --die 10mm", "the pressure of three metric tons"),
        ("convert 74MPa --die 13mm", "the force that makes 74 MPa on the sample"),
        ("convert 250bar --die 10mm --ram 40mm", "oil pressure on a gauge, piston of 40 mm bore"),
        ("convert 29.4kN --die 10mm --gauge-class '1 % of reading'", "a load cell instead of a dial"),
    ];

    internal static IReadOnlyList<KeyValuePair<string, string>> ForceFacts(Force? force) =>
        force is { } known ? [new("force", string.Join(" = ", InAllUnits(known)))] : [];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        Ram? ram = parse.GetValue(_ram);
        if (parse.GetValue(_thickness) is { Metres: <= 0 } thickness) throw new Failure($"a thickness of {thickness}", "a thickness above zero", "correct --thickness", "option --thickness");
        var question = new PressureQuestion(parse.GetRequiredValue(_reading))
        {
            Die = parse.GetValue(_die) is { } diameter ? Die.OfDiameter(diameter.Value) with { Diameter = diameter } : null,
            Ram = ram,
            Basis = parse.GetValue(_basis),
            Press = PressOf(parse.GetValue(_gaugeClass), parse.GetValue(_capacity), ram),
            PelletThickness = parse.GetValue(_thickness),
        };
        PressureAnswer answer = PressureConversion.Answer(question);
        output.Answer(ConvertFacts.Of(answer), page => ConvertPage.Write(page, answer));
        return Task.FromResult(ExitCode.Done);
    }

    internal static IEnumerable<string> InAllUnits(Force force)
    {
        yield return Quantity.Format(force, Force.Dimension.Find("kN")!);
        yield return $"{Quantity.Number(force.MetricTons)} t";
        yield return $"{Quantity.Number(force.Newtons / Force.NewtonsPerShortTon)} short_ton";
        yield return $"{Quantity.Number(force.Newtons / Force.NewtonsPerLongTon)} long_ton";
        yield return $"{Quantity.Number(force.Newtons / Force.StandardGravity)} kgf";
        yield return $"{Quantity.Number(force.Newtons / Force.NewtonsPerPoundForce)} lbf";
    }

    // The question itself chooses a press when nothing is said about it; as soon as one thing is said, the other must be known too.
    private static PressInstrument? PressOf(GaugeLimit? limit, string? capacity, Ram? ram)
    {
        if (limit is null && capacity is null) return null;
        GaugeLimit gauge = limit ?? new GaugeLimit(new Fraction(0.016), GaugeClassBasis.FullScale);
        if (capacity is null && gauge.Basis == GaugeClassBasis.FullScale)
        {
            throw new Failure(
                "a gauge class in per cent of full scale without the full scale",
                "the full scale of the gauge",
                "add it: --capacity 15t, or --capacity 400bar with --ram; or give the class as '1 % of reading'",
                "option --gauge-class");
        }

        Force fullScale = capacity is null ? new Force(double.PositiveInfinity) : FullScale(capacity, ram);
        return PressureQuestion.Dial(gauge.Limit, gauge.Basis, fullScale);
    }

    private static Force FullScale(string text, Ram? ram)
    {
        if (ram is not null && Quantity.TryParse(text, out OilPressure oil, out _)) return ram.ForceOf(oil);
        if (Quantity.TryParse(text, out Force force, out string error)) return force;
        string hint = ram is null && Quantity.TryParse<OilPressure>(text, out _, out _) ? "an oil pressure needs --ram to become a force" : "write for example --capacity 15t";
        throw new Failure(error, "the full scale of the gauge: a force, or an oil pressure together with --ram", hint, "option --capacity");
    }

    private static Estimate<Length>? ParseDie(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!Measured.TryParse(text, out Measured<Length> diameter, out string error))
        {
            result.AddError(error);
            return null;
        }

        if (diameter.Value.Metres is >= 1e-3 and <= 1) return diameter.OrUnstated(Die.OfDiameter(diameter.Value).Diameter.StandardUncertainty);
        result.AddError($"a die of {diameter.Value} is not possible; expected an inner diameter between 1 mm and 1 m");
        return null;
    }

    // Neither an area nor a bore on a name plate carries a tolerance; half a per cent of area covers rounding and honing.
    private static Ram? ParseRam(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!Quantity.TryParse(text, out Area area, out string areaError))
        {
            if (!Quantity.TryParse(text, out Length bore, out _))
            {
                result.AddError($"{areaError}; or the bore as a length, for example 40mm");
                return null;
            }

            area = Die.AreaOf(bore);
        }

        if (area.SquareMetres > 0) return new Ram(new Estimate<Area>(area, area * 0.005));
        result.AddError($"a ram of {area} has no area; expected more than zero");
        return null;
    }

    private static PressureBasis? ParseBasis(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        switch (text)
        {
            case "oil": return PressureBasis.Oil;
            case "sample": return PressureBasis.Sample;
            default:
                result.AddError($"'{text}' is not a basis; expected oil or sample");
                return null;
        }
    }

    private static GaugeLimit? ParseGaugeClass(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int percent = text.IndexOf('%', StringComparison.Ordinal);
        if (percent > 0 && double.TryParse(text.AsSpan(0, percent), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 100)
        {
            string rest = text[(percent + 1)..].Trim();
            if (rest.StartsWith("of ", StringComparison.Ordinal)) rest = rest[3..].Trim();
            if (rest is "reading") return new GaugeLimit(new Fraction(number / 100), GaugeClassBasis.Reading);
            if (rest is "full scale" or "FS" or "fs") return new GaugeLimit(new Fraction(number / 100), GaugeClassBasis.FullScale);
        }

        result.AddError($"'{text}' does not say how far the gauge may be wrong; expected '1 % of reading' (load cells, ISO 7500-1) or '1.6 % of full scale' (dials, EN 837-1)");
        return null;
    }

    private sealed record GaugeLimit(Fraction Limit, GaugeClassBasis Basis);
}
