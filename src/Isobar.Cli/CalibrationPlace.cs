using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Files;
using Isobar.Quantities;

namespace Isobar.Cli;

/// <summary>The calibrations and dies of the laboratory, as files in its folder.</summary>
internal static class CalibrationPlace
{
    public static string Folder(string? lab, Surroundings surroundings) => Path.Combine(Root(lab, surroundings), "calibrations");

    public static string Dies(string? lab, Surroundings surroundings) => Path.Combine(Root(lab, surroundings), "dies");

    public static DateOnly Today(Surroundings surroundings) => DateOnly.FromDateTime(surroundings.Time.GetUtcNow().UtcDateTime);

    /// <summary>
    /// The press as its newest calibration knows it, with the correction of its force. Without one, or after its due date, a real press is used uncorrected and with a
    /// remark; a run that is to be verified is refused.
    /// </summary>
    public static (PressInstrument Press, ForceCorrection? Correction, string? Calibration, ImmutableArray<string> Notes) Apply(PressInstrument press, bool real, bool verified, string? lab, Surroundings surroundings)
    {
        if (!real) return (press, null, null, []);
        ForceCalibrationRecord? newest = Newest(press.Name, lab, surroundings);
        string? wrong = newest is null ? $"no calibration of '{press.Name}' is recorded" : Wrong(newest, surroundings);
        if (wrong is not null && verified)
            throw new Failure(wrong, "a valid calibration, so that the force is proven", $"record one: isobar calibrate-force points.csv --press '{press.Name}' ...; or leave --verified out", "option --verified", ExitCode.LimitFailed);
        if (newest is null) return (press, null, null, [wrong! + "; the class of its file counts"]);
        string used = Words(newest);
        if (wrong is not null) return (newest.Apply(press), null, null, [wrong + "; the force is not corrected by it", used]);
        try
        {
            ForceCorrection correction = newest.Correction;
            return (newest.Apply(press), correction, used, [string.Create(CultureInfo.InvariantCulture, $"{used}; the force is corrected by its {correction.Points.Length} points")]);
        }
        catch (ArgumentException fault)
        {
            if (verified) throw new Failure(fault.Message, "points by which a force can be corrected", "calibrate again, or leave --verified out", "option --verified", ExitCode.LimitFailed);
            return (newest.Apply(press), null, null, [$"{fault.Message}; the force is not corrected", used]);
        }
    }

    /// <summary>The calibration of a press in words, for a list; null without one.</summary>
    public static string? Describe(string press, string? lab, Surroundings surroundings) => Newest(press, lab, surroundings) is not { } newest ? null
        : Wrong(newest, surroundings) is { } wrong ? $"not in force: {wrong}"
        : Words(newest);

    private static ForceCalibrationRecord? Newest(string press, string? lab, Surroundings surroundings) => ForceCalibrationFile.Of(Folder(lab, surroundings), press).LastOrDefault();

    private static string? Wrong(ForceCalibrationRecord calibration, Surroundings surroundings) =>
        calibration.Due < Today(surroundings) ? string.Create(CultureInfo.InvariantCulture, $"the calibration of '{calibration.Press}' ({calibration.Certificate}) was due on {calibration.Due:yyyy-MM-dd}")
        : calibration.Result.Class is null ? $"the calibration of '{calibration.Press}' ({calibration.Certificate}) meets no class: {string.Join("; ", calibration.Result.Findings)}"
        : null;

    private static string Words(ForceCalibrationRecord calibration) => string.Create(
        CultureInfo.InvariantCulture,
        $"calibration {calibration.Certificate} of {calibration.Date:yyyy-MM-dd}, class {calibration.Result.Class?.ToString(CultureInfo.InvariantCulture) ?? "none"}, verified from {(calibration.LowestVerified is { } low ? Quantity.Format(low) : "nowhere")}, due {calibration.Due:yyyy-MM-dd}");

    private static string Root(string? lab, Surroundings surroundings) => lab is null ? surroundings.LabFolder : surroundings.PathOf(lab);
}
