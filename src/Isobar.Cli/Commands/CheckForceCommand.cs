using System.Collections.Immutable;
using System.CommandLine;
using Isobar.Lab.Files;
using Isobar.Quantities;
using Isobar.Reproducibility;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>Class of a press by its calibration against a transfer load cell.</summary>
internal sealed class CheckForceCommand : IsobarCommand
{
    private readonly Argument<string> _table = new("table") { Description = "Table (CSV) of the calibration: indicated_kN, true_1_kN, true_2_kN, true_3_kN and perhaps falling_kN, one row per force" };
    private readonly Option<Force?> _capacity = QuantityOption<Force>("--capacity", "Upper end of the range (default: the largest force of the table)", "5t");
    private readonly Option<Force?> _resolution = QuantityOption<Force>("--resolution", "Smallest step that can be read", "10N");
    private readonly Option<Force?> _zero = QuantityOption<Force>("--zero", "What is shown after the load was taken off (default: zero)", "5N");
    private readonly Option<double?> _class = new("--class") { Description = "Class that is wanted; exit code 2 when it is not met", HelpName = "1" };

    public CheckForceCommand()
        : base("force", "Class of a press by ISO 7500-1, from its calibration against a transfer load cell.")
    {
        Arguments.Add(_table);
        foreach (Option option in (Option[])[_capacity, _resolution, _zero, _class]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("check force examples/cells/force.csv --capacity 50kN --resolution 10N", "three series, rising"),
        ("check force calibration.csv --class 1", "fails when class 1 is not met"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        string file = parse.GetRequiredValue(_table);
        double? wanted = parse.GetValue(_class);
        if (wanted is { } asked && asked is not (0.5 or 1 or 2 or 3)) throw new Failure($"there is no class {Quantity.Number(asked)}", "0.5, 1, 2 or 3", "choose one of them", "option --class");
        ImmutableArray<ForceCalibrationPoint> points = ForceTable.Read(surroundings.PathOf(file));
        Force capacity = parse.GetValue(_capacity) ?? new Force(points.Max(point => point.Indicated.Newtons));
        Force? resolution = parse.GetValue(_resolution), zero = parse.GetValue(_zero);
        ForceCalibration calibration = ForceCalibration.Of(points, capacity, zero ?? default, resolution ?? default);
        ImmutableArray<string> notes =
        [
            .. resolution is null ? ["the resolution is not given and limits nothing: --resolution 10N"] : Array.Empty<string>(),
            .. zero is null ? ["the zero after release is not given and is taken as zero: --zero 5N"] : Array.Empty<string>(),
        ];
        bool met = calibration.Class is { } found && !(found > (wanted ?? found));
        output.Answer(
            new Facts(
                calibration.Class, calibration.Range.Low.Newtons, calibration.Range.High.Newtons,
                [.. calibration.Forces.Select(force => new ForceFacts(force.Indicated.Newtons, force.True.Newtons, force.Error, force.Repeatability, force.Reversibility, force.Class))], calibration.Findings, notes),
            page => Write(page, calibration, points, wanted, met, notes));
        return Task.FromResult(met ? ExitCode.Done : ExitCode.LimitFailed);
    }

    private static void Write(IAnsiConsole page, ForceCalibration calibration, ImmutableArray<ForceCalibrationPoint> points, double? wanted, bool met, ImmutableArray<string> notes)
    {
        string range = $"from {Quantity.Format(calibration.Range.Low, 3)} to {Quantity.Format(calibration.Range.High, 3)}";
        string answer = calibration.Class is { } found ? $"class {Quantity.Number(found, 1)} {range}{(met ? "" : $"; class {Quantity.Number(wanted!.Value, 1)} is not met")}" : $"no class {range}";
        page.MarkupLineInterpolated($"[bold]{answer}[/]");
        Prose.Write(page, $"{points.Length} forces, {points.Min(point => point.True.Length)} series; rule: error and repeatability within the class in per cent at every force from 20 to 100 % of the range, reversibility within one and a half times as much, zero within a tenth, resolution within half (ISO 7500-1)");
        page.WriteLine();
        var table = new Listing("indicated", "true, mean", "error %", "repeatability %", "reversibility %", "class");
        foreach (CalibratedForce force in calibration.Forces)
        {
            table.Add(
                Quantity.Format(force.Indicated, 4), Quantity.Format(force.True, 4), Quantity.Number(force.Error, 2), Quantity.Number(force.Repeatability, 2), force.Reversibility is { } reversibility ? Quantity.Number(reversibility, 2) : "",
                force.Class is { } each ? Quantity.Number(each, 1) : "none");
        }

        table.Write(page);
        foreach (string finding in calibration.Findings) PlanPage.Note(page, "finding", finding);
        foreach (string note in notes) PlanPage.Note(page, "note", note);
    }

    private sealed record Facts(double? Class, double LowestNewtons, double HighestNewtons, ForceFacts[] Forces, ImmutableArray<string> Findings, ImmutableArray<string> Notes);

    private sealed record ForceFacts(double IndicatedNewtons, double TrueNewtons, double ErrorPercent, double RepeatabilityPercent, double? ReversibilityPercent, double? Class);
}
