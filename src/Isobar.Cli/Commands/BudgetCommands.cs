using System.CommandLine;
using Isobar.Numerics.Propagation;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Cli.Commands;

/// <summary>Pressure on the sample from force, diameter and what the wall takes.</summary>
internal sealed class PressureBudgetCommand : BudgetOf
{
    private readonly Option<Estimate<Force>?> _force;
    private readonly Option<Estimate<Length>?> _die;
    private readonly Option<Force?> _indication;
    private readonly Option<string?> _wall;

    public PressureBudgetCommand()
        : this(
            MeasuredOption<Force>("--force", "Force with one standard uncertainty", "'29.452kN ± 0.5%'"), MeasuredOption<Length>("--die", "Inner diameter of the die with one standard uncertainty; it counts twice", "'10mm ± 0.02mm'"),
            QuantityOption<Force>("--indication", "Largest error of the indication, either way (default: none)", "100N"),
            new Option<string?>("--wall") { Description = "Share of the force that the wall takes, from least to most (default: 0..4%)", HelpName = "0..4%" })
    {
    }

    private PressureBudgetCommand(Option<Estimate<Force>?> force, Option<Estimate<Length>?> die, Option<Force?> indication, Option<string?> wall)
        : base("pressure", "Pressure on the sample: p = (F + ΔF)·(1 - f)/(π·d²/4).", force, die, indication, wall) => (_force, _die, _indication, _wall) = (force, die, indication, wall);

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("budget pressure --force '29.452kN ± 0.5%' --indication 100N --die '10mm ± 0.01mm' --wall 0..4%", "a load cell on a 10 mm die"),
        ("budget pressure --force '29.452kN ± 0.5%' --die '10mm ± 0.02mm' --freedom force=4", "the force is a mean of five readings"),
    ];

    protected override MeasurementModel Model(ParseResult parse)
    {
        string wall = parse.GetValue(_wall) ?? "0..4%";
        string[] ends = wall.Split("..");
        // "0..4%": the unit behind the second number belongs to both.
        if (ends.Length == 2 && ends[1].TrimEnd().EndsWith('%') && !ends[0].Contains('%', StringComparison.Ordinal)) ends[0] += "%";
        if (ends.Length != 2 || !Quantity.TryParse(ends[0], out Fraction low, out _) || !Quantity.TryParse(ends[1], out Fraction high, out _) || !(low.Value >= 0 && low.Value <= high.Value && high.Value < 1))
            throw new Failure($"'{wall}' is not a range of shares", "two shares from 0 to 100 %, the lower first, for example 0..4%", "correct --wall", "option --wall");
        return ReadyBudgets.SamplePressure(parse.GetValue(_force)!.Value, parse.GetValue(_indication) ?? default, parse.GetValue(_die)!.Value, low, high);
    }
}

/// <summary>Pressure of a bolted cell from the torque on its screws.</summary>
internal sealed class TorqueBudgetCommand : BudgetOf
{
    // The only command that reads a torque.
    private static readonly Dimension s_torque = new("torque", [new("N m", 1, 0, true, "Nm", "N*m"), new("N cm", 0.01, 0, false, "Ncm"), new("lbf in", Force.NewtonsPerPoundForce * 0.0254), new("lbf ft", Force.NewtonsPerPoundForce * 0.3048)]);

    private readonly Option<Estimate?> _torque;
    private readonly Option<int?> _screws;
    private readonly Option<Length?> _thread;
    private readonly Option<double> _nut;
    private readonly Option<Fraction?> _scatter;
    private readonly Option<Estimate<Length>?> _die;

    public TorqueBudgetCommand()
        : this(
            new Option<Estimate?>("--torque") { Description = "Torque on each screw with one standard uncertainty", HelpName = "'2 ± 0.1 N m'", Required = true, CustomParser = ParseTorque },
            new Option<int?>("--screws") { Description = "Number of screws", HelpName = "3", Required = true },
            QuantityOption<Length>("--thread", "Nominal diameter of the thread, 6 mm for M6", "6mm"),
            new Option<double>("--nut-factor") { Description = "K in F = T/(K·d), 0.2 for dry steel (default: 0.2)", HelpName = "0.2", DefaultValueFactory = _ => 0.2 },
            QuantityOption<Fraction>("--scatter", "Half width of the preload of a torque: 35% dry, 25% lubricated (default: 35%)", "35%"),
            MeasuredOption<Length>("--die", "Diameter of the sample with one standard uncertainty", "'10mm ± 0.02mm'"))
    {
    }

    private TorqueBudgetCommand(Option<Estimate?> torque, Option<int?> screws, Option<Length?> thread, Option<double> nut, Option<Fraction?> scatter, Option<Estimate<Length>?> die)
        : base("torque", "Pressure of a bolted cell: p = n·T·c/(K·d_s)/(π·d²/4); use a load cell where it matters.", torque, screws, thread, nut, scatter, die) =>
        (_torque, _screws, _thread, _nut, _scatter, _die) = (torque, screws, thread, nut, scatter, die);

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("budget torque --torque '2 ± 0.1 N m' --screws 3 --thread 6mm --die 10mm", "three dry M6 screws"),
        ("budget torque --torque '2 ± 0.1 N m' --screws 3 --thread 6mm --scatter 25% --die 10mm", "the same, lubricated"),
    ];

    protected override MeasurementModel Model(ParseResult parse)
    {
        int screws = parse.GetValue(_screws) ?? 0;
        if (screws < 1) throw new Failure($"{screws} screws", "at least one", "correct --screws", "option --screws");
        if (parse.GetValue(_thread) is not { Metres: > 0 } thread) throw new Failure("the thread is not given, or has no diameter", "its nominal diameter, 6 mm for M6", "add --thread 6mm", "option --thread");
        double nut = parse.GetValue(_nut), scatter = parse.GetValue(_scatter)?.Value ?? 0.35;
        if (!(nut > 0 && nut < 1)) throw new Failure($"a nut factor of {Quantity.Number(nut)}", "a number between 0 and 1, usually 0.1 to 0.3", "correct --nut-factor", "option --nut-factor");
        if (!(scatter >= 0 && scatter < 1)) throw new Failure($"a scatter of {Quantity.Number(100 * scatter)} %", "a share between 0 and 100 %", "correct --scatter", "option --scatter");
        return ReadyBudgets.BoltedPressure(parse.GetValue(_torque)!.Value, screws, thread, nut, new Fraction(scatter), parse.GetValue(_die)!.Value);
    }

    private static Estimate? ParseTorque(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!Measured.TryParse(text, s_torque, out double torque, out double? u, out string error)) result.AddError(error);
        else if (!(torque > 0)) result.AddError($"'{text}' is not possible; expected more than zero");
        else return new Estimate(torque, u ?? 0);
        return null;
    }
}

/// <summary>Conductivity of a pellet from resistance, thickness under load and diameter.</summary>
internal sealed class ConductivityBudgetCommand : BudgetOf
{
    private readonly Option<Estimate<Resistance>?> _resistance;
    private readonly Option<Estimate<Length>?> _thickness;
    private readonly Option<Estimate<Length>?> _die;

    public ConductivityBudgetCommand()
        : this(
            MeasuredOption<Resistance>("--resistance", "Resistance of the pellet with one standard uncertainty", "'30 ± 0.5 ohm'"),
            MeasuredOption<Length>("--thickness", "Thickness while it was measured, under its load", "'0.6mm ± 0.01mm'"), MeasuredOption<Length>("--die", "Diameter with one standard uncertainty", "'10mm ± 0.02mm'"))
    {
    }

    private ConductivityBudgetCommand(Option<Estimate<Resistance>?> resistance, Option<Estimate<Length>?> thickness, Option<Estimate<Length>?> die)
        : base("conductivity", "Conductivity of a pellet: σ = L/(R·π·d²/4).", resistance, thickness, die) => (_resistance, _thickness, _die) = (resistance, thickness, die);

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("budget conductivity --resistance '30 ± 0.5 ohm' --thickness '0.6mm ± 0.01mm' --die '10mm ± 0.02mm'", "a pellet under load"),
    ];

    protected override MeasurementModel Model(ParseResult parse) => ReadyBudgets.Conductivity(parse.GetValue(_resistance)!.Value, parse.GetValue(_thickness)!.Value, parse.GetValue(_die)!.Value);
}
