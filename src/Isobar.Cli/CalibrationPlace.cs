using System.Collections.Immutable;
using System.Globalization;
using Isobar.Cells;
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
    /// The press as its newest calibration knows it. Without one, or after its due date, a real press is used with a remark; a run that is to be verified is refused.
    /// </summary>
    public static (PressInstrument Press, ImmutableArray<string> Notes) Apply(PressInstrument press, bool real, bool verified, string? lab, Surroundings surroundings)
    {
        if (!real) return (press, []);
        ForceCalibrationRecord? newest = ForceCalibrationFile.Of(Folder(lab, surroundings), press.Name).LastOrDefault();
        string? wrong = newest is null ? $"no calibration of '{press.Name}' is recorded"
            : newest.Due < Today(surroundings) ? string.Create(CultureInfo.InvariantCulture, $"the calibration of '{press.Name}' ({newest.Certificate}) was due on {newest.Due:yyyy-MM-dd}")
            : newest.Result.Class is null ? $"the calibration of '{press.Name}' ({newest.Certificate}) meets no class: {string.Join("; ", newest.Result.Findings)}"
            : null;
        if (wrong is not null && verified)
            throw new Failure(wrong, "a valid calibration, so that the force is proven", $"record one: isobar calibrate-force points.csv --press '{press.Name}' ...; or leave --verified out", "option --verified", ExitCode.LimitFailed);
        if (newest is null) return (press, [wrong! + "; the class of its file counts"]);
        string used = string.Create(
            CultureInfo.InvariantCulture,
            $"calibration {newest.Certificate} of {newest.Date:yyyy-MM-dd}, class {newest.Result.Class?.ToString(CultureInfo.InvariantCulture) ?? "none"}, verified from {(newest.LowestVerified is { } low ? Quantity.Format(low) : "nowhere")}, due {newest.Due:yyyy-MM-dd}");
        return (newest.Apply(press), wrong is null ? [used] : [wrong, used]);
    }

    private static string Root(string? lab, Surroundings surroundings) => lab is null ? surroundings.LabFolder : surroundings.PathOf(lab);
}
