using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Isobar.Impedance;
using Isobar.Impedance.Circuits;
using Isobar.Impedance.Fitting;
using Isobar.Impedance.Series;
using Isobar.Lab.Reports;
using Isobar.Quantities;

namespace Isobar.Cli.Commands;

/// <summary>Fits circuits to spectra; a series of pressures as one fit.</summary>
internal sealed class FitCommand : IsobarCommand
{
    private const string Auto = "auto";

    private readonly ImpedanceArguments _spectra = new();
    private readonly Option<string> _circuit = new("--circuit") { Description = "Circuit, R0-p(R1,CPE1)-CPE2 or R(RQ)Q, or auto to have one chosen", HelpName = "CIRCUIT", DefaultValueFactory = _ => Auto };
    private readonly Option<string?> _pressures = new("--pressures") { Description = "Pressure on the sample for each sweep in order, where the files do not hold it", HelpName = "25,50,100MPa" };
    private readonly Option<string?> _joint = new("--joint") { Description = "Fit all spectra of a pressure series at once to the laws of their resistances; besides these share nothing, the exponents, or also a power of the pressure for what stores", HelpName = "laws, exponents or all" };
    private readonly Option<string?> _thickness = new("--thickness") { Description = "Thickness of the pellet under pressure, for its conductivity; needs --area", HelpName = "0.8mm or '0.8mm ± 0.01mm'" };
    private readonly Option<string?> _weighting = new("--weighting") { Description = "What residuals are counted in (default: modulus)", HelpName = "modulus, parts or unit" };
    private readonly Option<bool> _robust = new("--robust") { Description = "Points far from the fit count less" };
    private readonly Option<int> _copies = new("--copies") { Description = "Noisy copies behind the intervals; 0 takes them from the covariance", HelpName = "400", DefaultValueFactory = _ => 400 };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of starts and copies", HelpName = "1", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _plot = new("--plot") { Description = "Draw impedance plane, modulus, phase and residuals, of a series also resistances over pressure; names are made from this one", HelpName = "out.svg or out.png" };

    public FitCommand()
        : base("fit", "Fit circuits to impedance spectra without a guess, with honest intervals; a pressure series as one fit.")
    {
        Arguments.Add(_spectra.Files);
        foreach (Option option in _spectra.Options.Concat([_circuit, _pressures, _joint, _thickness, _weighting, _robust, _copies, _seed, _plot])) Options.Add(option);
        _weighting.CompletionSources.Add("modulus", "parts", "unit");
        _joint.CompletionSources.Add("laws", "exponents", "all");
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("fit pellet.mpr", "a circuit is chosen, or it says that none is determined"),
        ("fit pellet.mpr --circuit 'R0-p(R1,CPE1)-CPE2' --area 0.785cm2 --thickness 0.8mm", "your circuit, with the conductivity"),
        ("fit series.csv --circuit 'L0-R0-p(R1,CPE1)-CPE2' --plot fit.svg", "sweeps under several pressures as one fit, and figures"),
        ("fit series.csv --circuit 'L0-R0-p(R1,CPE1)-CPE2' --joint exponents", "all spectra at once, the exponents alike, beside the separate fits"),
        ("fit cell.z --circuit 'R(RQ)(RQ){n=.9F}' --json", "for a program"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        (ImmutableArray<Spectrum> sweeps, ImmutableArray<string> notes) = _spectra.Read(parse, surroundings);
        sweeps = WithThickness(ImpedanceArguments.WithPressures(sweeps, parse.GetValue(_pressures)), parse.GetValue(_thickness));
        FitOptions options = OptionsOf(parse);
        JointFitOptions? joint = JointOf(parse.GetValue(_joint));
        if (joint is not null && !IsSeries(sweeps)) throw new Failure("--joint without a pressure series", "at least two sweeps under different pressures", "give the pressures: --pressures 25,50,100MPa", "option --joint");
        string text = parse.GetValue(_circuit)!;
        Circuit? circuit = string.Equals(text, Auto, StringComparison.OrdinalIgnoreCase) ? null : Circuit.Parse(text);
        foreach (Spectrum sweep in sweeps) RequirePoints(sweep, circuit);

        long began = surroundings.Time.GetTimestamp();
        Fitted fitted = IsSeries(sweeps) ? OfSeries(sweeps, circuit, options, joint) : OfSweeps(sweeps, circuit, options, cancellation);
        double seconds = surroundings.Time.GetElapsedTime(began).TotalSeconds;
        ImmutableArray<string> figures = ImpedanceArguments.Draw(parse.GetValue(_plot), surroundings, Figures(sweeps, fitted));
        output.Answer(FitFacts.Of(sweeps, fitted, seconds, notes, figures), page =>
        {
            FitPage.Write(page, sweeps, fitted);
            foreach (string note in notes) PlanPage.Note(page, "note", note);
            if (figures.Length > 0) PlanPage.Wrote(page, surroundings, [.. figures]);
        });
        return Task.FromResult(ExitCode.Done);
    }

    private FitOptions OptionsOf(ParseResult parse)
    {
        int copies = parse.GetValue(_copies), seed = parse.GetValue(_seed);
        if (copies is not (0 or (>= 50 and <= 100_000))) throw new Failure($"{copies} noisy copies make no interval", "0, or 50 to 100000", "leave it out for 400", "option --copies");
        if (seed < 0) throw new Failure($"a seed of {seed}", "zero or more", "correct --seed", "option --seed");
        return new FitOptions { Weighting = ImpedanceArguments.Weighting(parse.GetValue(_weighting)), Robust = parse.GetValue(_robust), BootstrapRepeats = copies, Seed = (ulong)seed };
    }

    private static JointFitOptions? JointOf(string? shared) => shared switch
    {
        null => null,
        "laws" => new JointFitOptions(),
        "exponents" => new JointFitOptions { Exponents = JointTie.Tied },
        "all" => new JointFitOptions { Exponents = JointTie.Tied, Storage = JointTie.Scaled },
        _ => throw new Failure($"'{shared}' is not what a joint fit shares", "laws, exponents or all", "write --joint laws to share nothing but the laws of the resistances", "option --joint"),
    };

    private static ImmutableArray<Spectrum> WithThickness(ImmutableArray<Spectrum> sweeps, string? thickness)
    {
        // A micrometer on a pellet of a millimetre is good to one per cent.
        if (PelletArguments.Measured<Length>(thickness, default, "--thickness") is not { } measured) return sweeps;
        if (sweeps.Any(sweep => sweep.Area is null)) throw new Failure("--thickness without an area", "both, which give the conductivity", "add --area", "option --thickness");
        Estimate<Length> known = measured.Si.StandardUncertainty > 0 ? measured : new Estimate<Length>(measured.Value, new Length(0.01 * measured.Value.Metres));
        return [.. sweeps.Select(sweep => sweep with { Thickness = known })];
    }

    private static void RequirePoints(Spectrum sweep, Circuit? circuit)
    {
        int points = sweep.Points.Count(point => !point.LeftOut), free = circuit?.Parameters.Count(parameter => parameter.IsFree) ?? 4;
        if (free == 0) throw new Failure($"every parameter of {circuit} is fixed", "at least one that is free", "remove an F from the braces", "option --circuit");
        if (2 * points <= free || points < 3) throw new Failure($"{sweep.Name} has {points} points", $"more than {Math.Max(2, free / 2)} for the {free} free parameters of the circuit", "take a smaller circuit or a longer sweep");
    }

    private static bool IsSeries(ImmutableArray<Spectrum> sweeps) =>
        sweeps.Length >= 2 && sweeps.All(sweep => sweep.StackPressure is { Value.Pascals: > 0 }) && sweeps.Max(sweep => sweep.StackPressure!.Value.Value.Pascals) > 1.05 * sweeps.Min(sweep => sweep.StackPressure!.Value.Value.Pascals);

    // One circuit for all pressures: that of the sweep in the middle.
    private static Fitted OfSeries(ImmutableArray<Spectrum> sweeps, Circuit? circuit, FitOptions options, JointFitOptions? joint)
    {
        ChosenCircuit? chosen = circuit is null ? ModelChoice.Of(sweeps.OrderBy(sweep => sweep.StackPressure!.Value.Value.Pascals).ElementAt(sweeps.Length / 2), options) : null;
        var series = PressureSeries.Of(sweeps, circuit ?? Circuit.Parse(chosen!.Proposal.Text), options, joint);
        return new Fitted([.. series.Points.Select(point => point.Fit)], [.. sweeps.Select(_ => chosen)], series, null);
    }

    // Repeats of one sweep get one circuit, that of the first, so that its parameters can be compared.
    private static Fitted OfSweeps(ImmutableArray<Spectrum> sweeps, Circuit? circuit, FitOptions options, CancellationToken cancellation)
    {
        bool repeated = sweeps.Length >= 3 && sweeps.All(sweep => sweep.Count == sweeps[0].Count && sweep.Hertz.Zip(sweeps[0].Hertz).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-3 * pair.Second));
        ChosenCircuit? common = repeated && circuit is null ? ModelChoice.Of(sweeps[0], options) : null;
        Circuit? given = common is null ? circuit : Circuit.Parse(common.Proposal.Text);
        var fits = ImmutableArray.CreateBuilder<CircuitFitResult>();
        var chosen = ImmutableArray.CreateBuilder<ChosenCircuit?>();
        foreach (Spectrum sweep in sweeps)
        {
            cancellation.ThrowIfCancellationRequested();
            ChosenCircuit? choice = given is null ? ModelChoice.Of(sweep, options) : null;
            fits.Add(choice?.Fit ?? CircuitFit.Of(sweep, given!, options));
            chosen.Add(choice ?? common);
        }

        return new Fitted(fits.ToImmutable(), chosen.ToImmutable(), null, repeated ? RepeatedSweeps.Of(sweeps, given, options) : null);
    }

    private static IEnumerable<(string, Figure)> Figures(ImmutableArray<Spectrum> sweeps, Fitted fitted)
    {
        for (int i = 0; i < sweeps.Length; i++)
        {
            string number = sweeps.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{i + 1}");
            yield return (number, ImpedanceFigures.Plane(sweeps[i], fitted.Fits[i]));
            yield return (number + "-modulus", ImpedanceFigures.Modulus(sweeps[i], fitted.Fits[i]));
            yield return (number + "-phase", ImpedanceFigures.Phase(sweeps[i], fitted.Fits[i]));
            yield return (number + "-residuals", ImpedanceFigures.Residuals(sweeps[i], fitted.Fits[i]));
        }

        if (fitted.Series is { } series) yield return ("-pressures", ImpedanceFigures.Pressures(series));
    }
}

/// <summary>What was fitted: one result for each sweep, and what ties them.</summary>
/// <param name="Fits">Of each sweep.</param>
/// <param name="Chosen">How its circuit was chosen; null where it was given.</param>
/// <param name="Series">The pressure series, where the sweeps are one.</param>
/// <param name="Repeats">Trends of the parameters, where the sweeps repeat each other.</param>
internal sealed record Fitted(ImmutableArray<CircuitFitResult> Fits, ImmutableArray<ChosenCircuit?> Chosen, PressureSeries? Series, RepeatedSweeps? Repeats);
