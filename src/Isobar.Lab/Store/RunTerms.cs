using System.Text.Json;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Store;

/// <summary>
/// What stood between the press and the numbers of a run: tare and calibration of the force, and what STOP does. Kept in the first record of the run, so
/// that what the press indicated can be had back from what was recorded, and a replay stops as the run did.
/// </summary>
public sealed record RunTerms
{
    /// <summary>What is indicated is the force, and STOP releases.</summary>
    public static RunTerms Plain { get; } = new();

    /// <summary>From what the press indicates to the force on the sample.</summary>
    public ForceChain Force { get; init; } = ForceChain.Plain;

    /// <summary>Taring that gave the zero; null when the press was never tared.</summary>
    public TareRecord? Tare { get; init; }

    /// <summary>Calibration that corrected the force, in words; null for none.</summary>
    public string? Calibration { get; init; }

    /// <summary>What STOP does.</summary>
    public StopPolicy Stop { get; init; }

    internal bool IsPlain => Force.IsPlain && Tare is null && Calibration is null && Stop == StopPolicy.Release;

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("terms");
        json.WriteString("stop", Stop.ToString());
        if (Tare is { } tare)
        {
            json.WriteStartObject("tare");
            json.WriteNumber("utc_us", (tare.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            json.WriteNumber("offset_n", tare.Offset.Newtons);
            json.WriteNumber("drift_n", tare.Drift.Newtons);
            json.WriteString("who", tare.Who);
            json.WriteString("reason", tare.Reason);
            json.WriteEndObject();
        }

        if (Force.Correction is { } correction)
        {
            json.WriteString("calibration", Calibration);
            json.WriteStartArray("points");
            foreach (CorrectionPoint point in correction.Points)
            {
                json.WriteStartArray();
                json.WriteNumberValue(point.Indicated.Newtons);
                json.WriteNumberValue(point.Applied.Newtons);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    internal static RunTerms Read(JsonElement header)
    {
        if (!header.TryGetProperty("terms", out JsonElement json)) return Plain;
        TareRecord? tare = json.TryGetProperty("tare", out JsonElement kept)
            ? new TareRecord(
                DateTimeOffset.UnixEpoch.AddTicks(kept.GetProperty("utc_us").GetInt64() * TimeSpan.TicksPerMicrosecond),
                new Force(StepJson.Number(kept, "offset_n")),
                new Force(StepJson.Number(kept, "drift_n")),
                StepJson.Text(kept, "who"),
                StepJson.Text(kept, "reason"))
            : null;
        ForceCorrection? correction = json.TryGetProperty("points", out JsonElement points)
            ? new ForceCorrection([.. points.EnumerateArray().Select(point => new CorrectionPoint(new Force(point[0].GetDouble()), new Force(point[1].GetDouble())))])
            : null;
        return new RunTerms
        {
            Force = new ForceChain(tare?.Offset ?? default, correction),
            Tare = tare,
            Calibration = correction is null ? null : StepJson.Text(json, "calibration"),
            Stop = Enum.Parse<StopPolicy>(StepJson.Text(json, "stop")),
        };
    }
}
