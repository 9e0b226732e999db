using System.Globalization;
using System.Text.Json;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Modbus;

/// <summary>What was seen when the heartbeat was held back from a press without force: that its watchdog trips, and when.</summary>
/// <param name="Press">The press.</param>
/// <param name="At">When it was seen.</param>
/// <param name="Silence">Silence after which the device had tripped.</param>
/// <param name="Allowed">Longest silence that its profile promises.</param>
public sealed record WatchdogProof(string Press, DateTimeOffset At, Duration Silence, Duration Allowed)
{
    /// <summary>Name under which it is kept with a run.</summary>
    public const string Artefact = "watchdog-proof.json";

    /// <summary>In the form in which it is kept.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["press"] = Press,
            ["at"] = At.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["tripped_after_s"] = Silence.Seconds,
            ["allowed_s"] = Allowed.Seconds,
        });

    /// <summary>In words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"watchdog of {Press} seen to trip after {Silence} without a heartbeat, {Allowed} allowed, {At.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC");
}
