using System.Text.Json;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Store;

/// <summary>
/// The form in which a protocol is kept with its run: every value in SI with the unit in its name and all its digits, so that the same
/// protocol always gives the same bytes. People write and read protocols as YAML.
/// </summary>
internal static class ProtocolJson
{
    public static byte[] Write(Protocol protocol)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("name", protocol.Name);
            json.WriteNumber("diameter_m", protocol.Diameter.Metres);
            json.WriteNumber("limit_pa", protocol.Limit.Pascals);
            json.WriteNumber("release_rate_pa_per_s", protocol.ReleaseRate.PascalsPerSecond);
            if (protocol.TemperatureLimit is { } hottest) json.WriteNumber("temperature_limit_k", hottest.Kelvins);
            json.WriteStartArray("steps");
            foreach (Step step in protocol.Steps) StepJson.Write(json, step);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static Protocol Read(JsonElement json) => new(
        StepJson.Text(json, "name"),
        new Length(StepJson.Number(json, "diameter_m")),
        StepJson.Pressure(json, "limit_pa"),
        StepJson.Rate(json, "release_rate_pa_per_s"),
        [.. json.GetProperty("steps").EnumerateArray().Select(StepJson.Read)])
    {
        TemperatureLimit = StepJson.Maybe(json, "temperature_limit_k", kelvins => new Temperature(kelvins)),
    };
}
