using System.Collections.Immutable;
using System.Globalization;
using Isobar.Electrochemistry.Cycling;
using Isobar.Lab.Files.Cycling;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Exports;

/// <summary>Cycling that belongs to a run.</summary>
/// <param name="File">The cycler's file.</param>
/// <param name="StartsAt">Time of its first row since the start of the run, s.</param>
public sealed record RunCycling(CyclerFile File, double StartsAt);

/// <summary>
/// A cycled cell in the Battery Data Format: test time, voltage and current of the cycler, the pressure of the press on the same clock in pascal. Applied pressure is what the
/// press was set to, surface pressure what was measured. Outside the trace of the press both stay empty; nothing is drawn out beyond it. Force and displacement are columns
/// of their own, which the metadata beside the table declares.
/// </summary>
internal static class BdfTable
{
    // Samples further apart than this leave a gap that is not bridged, s.
    private const double LongestGapSeconds = 2;

    private const string Force = "Applied Force", Displacement = "Stack Displacement";

    public static ImmutableArray<ExportFile> Write(StoredRun run, RunCycling cycling, string name) =>
        [new(name + ".bdf.csv", Table(run, cycling)), new(name + ".bdf.metadata.json", Metadata(run, cycling))];

    /// <summary>Institution, cell, day and number, as the format wants its files named.</summary>
    public static string Name(StoredRun run, string institution) =>
        $"{FileName.Of(institution)}__{FileName.Of(run.Summary.Name)}__{run.Summary.Started.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}_001";

    private static byte[] Table(StoredRun run, RunCycling cycling)
    {
        CyclerSeries series = cycling.File.Series;
        ImmutableArray<TraceSample> samples = run.Record.Samples;
        double unixStart = (run.Summary.Started - DateTimeOffset.UnixEpoch).TotalSeconds + cycling.StartsAt;
        bool own = !series.PressurePa.IsEmpty;
        var table = new CsvText();
        table.Text("Test Time / s").Text("Voltage / V").Text("Current / A").Text("Unix Time / s");
        if (!series.CycleNumbers.IsEmpty) table.Text("Cycle Count / 1");
        if (!series.Kelvins.IsEmpty) table.Text("Ambient Temperature / degC");
        table.Text("Applied Pressure / Pa").Text("Surface Pressure / Pa").Text(Force + " / N").Text(Displacement + " / m");
        table.EndRow();
        int at = 0;
        for (int row = 0; row < series.Count; row++)
        {
            double seconds = series.Seconds[row] - series.Seconds[0];
            table.Number(seconds).Number(series.Volts[row]).Number(series.ChargingAmperes[row]).Number(unixStart + seconds);
            if (!series.CycleNumbers.IsEmpty) table.Whole(series.CycleNumbers[row]);
            if (!series.Kelvins.IsEmpty) table.Number(series.Kelvins[row] - 273.15);
            TraceSample? pressed = At(samples, cycling.StartsAt + seconds, ref at);
            double? surface = own && double.IsFinite(series.PressurePa[row]) ? series.PressurePa[row] : Finite(pressed?.PressurePa);
            table.Number(Finite(pressed?.SetpointPa)).Number(surface).Number(Finite(pressed?.ForceNewtons)).Number(Finite(pressed?.DisplacementMetres));
            table.EndRow();
        }

        return table.ToBytes();
    }

    // The trace at a time, linear between two samples near each other; null outside it.
    private static TraceSample? At(ImmutableArray<TraceSample> samples, double seconds, ref int from)
    {
        while (from + 1 < samples.Length && samples[from + 1].TimeSeconds <= seconds) from++;
        if (samples.IsEmpty || samples[from].TimeSeconds > seconds) return null;
        TraceSample before = samples[from];
        if (from + 1 >= samples.Length) return before.TimeSeconds.Equals(seconds) ? before : null;
        TraceSample after = samples[from + 1];
        double span = after.TimeSeconds - before.TimeSeconds;
        if (span > LongestGapSeconds) return null;
        double share = (seconds - before.TimeSeconds) / span;
        double Between(double a, double b) => a + (share * (b - a));
        return new TraceSample(
            seconds, before.StepIndex, Between(before.SetpointPa, after.SetpointPa), Between(before.ForceNewtons, after.ForceNewtons), Between(before.PressurePa, after.PressurePa),
            Between(before.DisplacementMetres, after.DisplacementMetres));
    }

    private static byte[] Metadata(StoredRun run, RunCycling cycling) => RunManifest.JsonBytes(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("battinfo_dataset");
        json.WriteStartObject("dataset");
        json.WriteString("name", run.Summary.Name);
        json.WriteString("description", $"Cycling with the pressure of run {run.Summary.Id} on the same clock; the first row is {cycling.StartsAt.ToString("R", CultureInfo.InvariantCulture)} s after its start. Voltage and current from {Path.GetFileName(cycling.File.Path)} ({cycling.File.Format}).");
        json.WriteStartArray("variable_measured");
        foreach ((string name, string unit, string meaning) in ((string, string, string)[])[(Force, "N", "Force measured by the press."), (Displacement, "m", "Displacement of the punch since contact, positive when the sample gets thinner.")])
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("unit_text", unit);
            json.WriteString("description", meaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? known : null;
}

/// <summary>Names of people's things as names of files.</summary>
internal static class FileName
{
    /// <summary>Letters, digits and hyphens of a text; everything else becomes one hyphen.</summary>
    public static string Of(string text)
    {
        string plain = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        string joined = string.Join('-', plain.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return joined.Length == 0 ? "cell" : joined.Length <= 60 ? joined : joined[..60].TrimEnd('-');
    }
}
