using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Isobar.Lab.Files;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Cli.Commands;

/// <summary>Records a calibration of the force of a press and says its class.</summary>
internal sealed class CalibrateForceCommand : IsobarCommand
{
    private readonly Argument<string> _points = new("points") { Description = "Table with indicated_kN, series_1_kN, series_2_kN, series_3_kN and, where taken, falling_kN" };
    private readonly Option<string> _press = new("--press") { Description = "Name of the press, as its file says", HelpName = "name", Required = true };
    private readonly Option<DateOnly?> _date = Day("--date", "Day of the calibration (default: today)");
    private readonly Option<DateOnly?> _due = Day("--due", "Day after which it counts no more (default: a year after the calibration)");
    private readonly Option<string> _certificate = new("--certificate") { Description = "Number of the certificate", HelpName = "text", Required = true };
    private readonly Option<string> _by = new("--by") { Description = "Who calibrated", HelpName = "name", Required = true };
    private readonly Option<Force?> _fullScale = QuantityOption<Force>("--full-scale", "Upper end of the range (default: the largest force of the table)", "50kN");
    private readonly Option<Force?> _zero = QuantityOption<Force>("--zero", "What was shown after the load was taken off (default: 0 N)", "1N");
    private readonly Option<Force?> _resolution = QuantityOption<Force>("--resolution", "Smallest step that can be read", "1N");
    private readonly Option<string?> _lab = LabPlace.Option();

    public CalibrateForceCommand()
        : base("calibrate-force", "Record the force calibration of a press: class by ISO 7500-1, verified range, due date.")
    {
        _resolution.Required = true;
        Arguments.Add(_points);
        foreach (Option option in (Option[])[_press, _date, _due, _certificate, _by, _fullScale, _zero, _resolution, _lab]) Options.Add(option);
    }

    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("calibrate-force points.csv --press 'lab 24 t' --certificate K-118 --by 'A. Smith' --resolution 5N", "from today, for a year"),
    ];

    protected override Task<ExitCode> RunAsync(ParseResult parse, Output output, Surroundings surroundings, CancellationToken cancellation)
    {
        var points = ForceCalibrationFile.ReadPoints(surroundings.PathOf(parse.GetRequiredValue(_points)));
        DateOnly date = parse.GetValue(_date) ?? CalibrationPlace.Today(surroundings);
        DateOnly due = parse.GetValue(_due) ?? date.AddYears(1);
        if (due <= date) throw new Failure("the calibration would be due on the day it is made, or before", "a due date after the calibration", "correct --due", "option --due");
        var record = new ForceCalibrationRecord(
            parse.GetRequiredValue(_press),
            date,
            due,
            parse.GetRequiredValue(_certificate),
            parse.GetRequiredValue(_by),
            parse.GetValue(_fullScale) ?? new Force(points.Max(point => point.Indicated.Newtons)),
            parse.GetValue(_zero) ?? default,
            parse.GetValue(_resolution)!.Value,
            points);
        ForceCalibration result = record.Result;
        string path = ForceCalibrationFile.Keep(CalibrationPlace.Folder(parse.GetValue(_lab), surroundings), record);
        output.Answer(
            new ForceCalibrationAnswer(
                record.Press,
                date,
                due,
                record.Certificate,
                record.By,
                result.Class,
                record.LowestVerified?.Kilonewtons,
                record.FullScale.Kilonewtons,
                [.. result.Forces.Select(force => new CalibratedForceFacts(force.Indicated.Kilonewtons, force.True.Kilonewtons, force.Error, force.Repeatability, force.Reversibility, force.Class))],
                [.. result.Findings],
                path),
            page =>
            {
                string found = result.Class is { } known ? $"class {known.ToString(CultureInfo.InvariantCulture)}, verified from {Quantity.Format(record.LowestVerified!.Value)} to {Quantity.Format(record.FullScale)}" : "meets no class";
                Prose.Write(page, string.Create(CultureInfo.InvariantCulture, $"{record.Press}: {found}; due {due:yyyy-MM-dd}"));
                var table = new Listing("indicated", "true", "error", "repeatability", "reversibility", "class");
                foreach (CalibratedForce force in result.Forces)
                    table.Add(Quantity.Format(force.Indicated), Quantity.Format(force.True, 5), Percent(force.Error), Percent(force.Repeatability), force.Reversibility is { } back ? Percent(back) : "", force.Class?.ToString(CultureInfo.InvariantCulture) ?? "none");
                table.Write(page);
                foreach (string finding in result.Findings) PlanPage.Note(page, "finding", finding);
                PlanPage.Wrote(page, surroundings, path);
            });
        return Task.FromResult(result.Class is null ? ExitCode.LimitFailed : ExitCode.Done);
    }

    private static string Percent(double value) => Quantity.Number(value, 2) + " %";

    private static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "2026-11-23",
        CustomParser = (ArgumentResult result) =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)) return day;
            result.AddError($"'{result.Tokens[0].Value}' is not a date; write year-month-day, for example 2026-11-23");
            return null;
        },
    };

    private sealed record CalibratedForceFacts(double IndicatedKilonewtons, double TrueKilonewtons, double ErrorPercent, double RepeatabilityPercent, double? ReversibilityPercent, double? Class);

    private sealed record ForceCalibrationAnswer(
        string Press,
        DateOnly Date,
        DateOnly Due,
        string Certificate,
        string By,
        double? Class,
        double? LowestVerifiedKilonewtons,
        double FullScaleKilonewtons,
        CalibratedForceFacts[] Forces,
        string[] Findings,
        string File);
}
