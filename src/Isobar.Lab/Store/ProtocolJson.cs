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
            json.WriteStartArray("steps");
            foreach (Step step in protocol.Steps) Write(json, step);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static Protocol Read(JsonElement json) => new(
        Text(json, "name"),
        new Length(Number(json, "diameter_m")),
        Pressure(json, "limit_pa"),
        Rate(json, "release_rate_pa_per_s"),
        [.. json.GetProperty("steps").EnumerateArray().Select(ReadStep)]);

    private static void Write(Utf8JsonWriter json, Step step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        switch (step)
        {
            case ApproachStep s:
                json.WriteString("do", "approach");
                json.WriteNumber("contact_pa", s.Contact.Pascals);
                json.WriteNumber("rate_pa_per_s", s.Rate.PascalsPerSecond);
                json.WriteNumber("timeout_s", s.Timeout.Seconds);
                break;
            case RampStep s:
                json.WriteString("do", "ramp");
                json.WriteString("kind", s.Kind.ToString());
                json.WriteNumber("target_pa", s.Target.Pascals);
                json.WriteNumber("rate_pa_per_s", s.Rate.PascalsPerSecond);
                break;
            case HoldStep s:
                json.WriteString("do", "hold");
                json.WriteString("kind", s.Kind.ToString());
                json.WriteNumber("target_pa", s.Target.Pascals);
                json.WriteNumber("band", s.Band.Value);
                json.WriteNumber("minimum_s", s.Minimum.Seconds);
                json.WriteNumber("maximum_s", s.Maximum.Seconds);
                if (s.SettleRate is { } settle) json.WriteNumber("settle_per_min", settle.Value);
                break;
            case MeasureStep s:
                json.WriteString("do", "measure");
                json.WriteNumber("quantities", (int)s.Quantities);
                json.WriteNumber("timeout_s", s.Timeout.Seconds);
                break;
            case PromptStep s:
                json.WriteString("do", "prompt");
                json.WriteString("text", s.Text);
                if (s.Adds is { } adds) json.WriteString("adds", adds);
                break;
            case ReleaseStep s:
                json.WriteString("do", "release");
                json.WriteNumber("target_pa", s.Target.Pascals);
                json.WriteNumber("rate_pa_per_s", s.Rate.PascalsPerSecond);
                break;
            default:
                throw new NotSupportedException($"step '{step.Name}': steps of kind {step.GetType().Name} cannot be kept");
        }

        json.WriteEndObject();
    }

    private static Step ReadStep(JsonElement json)
    {
        string name = Text(json, "name");
        return Text(json, "do") switch
        {
            "approach" => new ApproachStep(name, Pressure(json, "contact_pa"), Rate(json, "rate_pa_per_s"), Seconds(json, "timeout_s")),
            "ramp" => new RampStep(name, Kind(json), Pressure(json, "target_pa"), Rate(json, "rate_pa_per_s")),
            "hold" => new HoldStep(
                name,
                Kind(json),
                Pressure(json, "target_pa"),
                new Fraction(Number(json, "band")),
                Seconds(json, "minimum_s"),
                Seconds(json, "maximum_s"),
                json.TryGetProperty("settle_per_min", out JsonElement settle) ? new Fraction(settle.GetDouble()) : null),
            "measure" => new MeasureStep(name, (MeasuredQuantities)json.GetProperty("quantities").GetInt32(), Seconds(json, "timeout_s")),
            "prompt" => new PromptStep(name, Text(json, "text"), json.TryGetProperty("adds", out JsonElement adds) ? adds.GetString() : null),
            "release" => new ReleaseStep(name, Pressure(json, "target_pa"), Rate(json, "rate_pa_per_s")),
            string other => throw new JsonException($"step '{name}': a step of kind '{other}' is not known to this version"),
        };
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new JsonException($"'{name}' is null");

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static SamplePressure Pressure(JsonElement json, string name) => new(Number(json, name));

    private static PressureRate Rate(JsonElement json, string name) => new(Number(json, name));

    private static Duration Seconds(JsonElement json, string name) => new(Number(json, name));

    private static PressureKind Kind(JsonElement json) => Enum.Parse<PressureKind>(Text(json, "kind"));
}
