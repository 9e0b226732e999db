using System.Text.Json;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Store;

/// <summary>One step of a protocol in the form in which it is kept.</summary>
internal static class StepJson
{
    public static void Write(Utf8JsonWriter json, Step step)
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
                if (s.SettlePressureRate is { } quiet) json.WriteNumber("settle_pa_per_s", quiet.PascalsPerSecond);
                break;
            case HoldPositionStep s:
                json.WriteString("do", "hold_position");
                json.WriteString("kind", s.Kind.ToString());
                json.WriteNumber("lowest_pa", s.Lowest.Pascals);
                json.WriteNumber("highest_pa", s.Highest.Pascals);
                json.WriteNumber("rate_pa_per_s", s.Rate.PascalsPerSecond);
                json.WriteNumber("minimum_s", s.Minimum.Seconds);
                json.WriteNumber("maximum_s", s.Maximum.Seconds);
                if (s.SettleRate is { } slow) json.WriteNumber("settle_pa_per_s", slow.PascalsPerSecond);
                break;
            case DensifyStep s:
                json.WriteString("do", "densify");
                json.WriteString("kind", s.Kind.ToString());
                json.WriteNumber("density", s.Density.Value);
                json.WriteNumber("solid_m", s.SolidThickness.Metres);
                json.WriteNumber("highest_pa", s.Highest.Pascals);
                json.WriteNumber("rate_pa_per_s", s.Rate.PascalsPerSecond);
                break;
            case AdaptiveStep s:
                WriteAdaptive(json, s);
                break;
            case HeatStep s:
                json.WriteString("do", "heat");
                json.WriteNumber("target_k", s.Target.Kelvins);
                json.WriteNumber("rate_k_per_s", s.Rate.KelvinsPerSecond);
                json.WriteNumber("band_k", s.Band.Kelvins);
                json.WriteNumber("timeout_s", s.Timeout.Seconds);
                break;
            case SoakStep s:
                json.WriteString("do", "soak");
                json.WriteNumber("target_k", s.Target.Kelvins);
                json.WriteNumber("band_k", s.Band.Kelvins);
                json.WriteNumber("minimum_s", s.Minimum.Seconds);
                json.WriteNumber("maximum_s", s.Maximum.Seconds);
                break;
            case RoundStep s:
                json.WriteString("do", "round");
                json.WriteNumber("round", s.Round);
                json.WriteNumber("steps", s.Steps);
                json.WriteNumber("most", s.End.Most);
                if (s.End.After is { } after) json.WriteNumber("after_s", after.Seconds);
                if (s.End.Thickness is { } still) json.WriteNumber("thickness", still.Value);
                if (s.End.Resistance is { } falling) json.WriteNumber("resistance", falling.Value);
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
                if (s.Gap is { } gap) json.WriteNumber("gap_m", gap.Metres);
                break;
            default:
                throw new NotSupportedException($"step '{step.Name}': steps of kind {step.GetType().Name} cannot be kept");
        }

        if (step.Guard is { } guard) GuardJson.Write(json, guard);
        json.WriteEndObject();
    }

    public static Step Read(JsonElement json)
    {
        Step step = ReadPlain(json);
        return json.TryGetProperty("guard", out JsonElement guard) ? step with { Guard = GuardJson.Read(guard) } : step;
    }

    private static void WriteAdaptive(Utf8JsonWriter json, AdaptiveStep s)
    {
        json.WriteString("do", "adaptive");
        json.WriteString("kind", s.Kind.ToString());
        json.WriteNumber("start_pa", s.Start.Pascals);
        json.WriteNumber("increment_pa", s.Increment.Pascals);
        json.WriteNumber("highest_pa", s.Highest.Pascals);
        json.WriteNumber("rate_pa_per_s", s.Rate.PascalsPerSecond);
        json.WriteNumber("band", s.Band.Value);
        json.WriteNumber("dwell_s", s.Dwell.Seconds);
        json.WriteNumber("stop_below", s.StopBelow.Value);
        json.WriteNumber("most_rounds", s.MostRounds);
        json.WriteNumber("timeout_s", s.Timeout.Seconds);
    }

    private static Step ReadPlain(JsonElement json)
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
                Maybe(json, "settle_per_min", share => new Fraction(share)))
            {
                SettlePressureRate = Maybe(json, "settle_pa_per_s", rate => new PressureRate(rate)),
            },
            "hold_position" => new HoldPositionStep(
                name,
                Kind(json),
                Pressure(json, "lowest_pa"),
                Pressure(json, "highest_pa"),
                Rate(json, "rate_pa_per_s"),
                Seconds(json, "minimum_s"),
                Seconds(json, "maximum_s"),
                Maybe(json, "settle_pa_per_s", rate => new PressureRate(rate))),
            "densify" => new DensifyStep(
                name, Kind(json), new Fraction(Number(json, "density")), new Length(Number(json, "solid_m")), Pressure(json, "highest_pa"), Rate(json, "rate_pa_per_s")),
            "adaptive" => new AdaptiveStep(
                name,
                Kind(json),
                Pressure(json, "start_pa"),
                Pressure(json, "increment_pa"),
                Pressure(json, "highest_pa"),
                Rate(json, "rate_pa_per_s"),
                new Fraction(Number(json, "band")),
                Seconds(json, "dwell_s"),
                new Fraction(Number(json, "stop_below")),
                json.GetProperty("most_rounds").GetInt32(),
                Seconds(json, "timeout_s")),
            "heat" => new HeatStep(
                name,
                new Temperature(Number(json, "target_k")),
                new TemperatureRate(Number(json, "rate_k_per_s")),
                new TemperatureDifference(Number(json, "band_k")),
                Seconds(json, "timeout_s")),
            "soak" => new SoakStep(
                name, new Temperature(Number(json, "target_k")), new TemperatureDifference(Number(json, "band_k")), Seconds(json, "minimum_s"), Seconds(json, "maximum_s")),
            "round" => new RoundStep(
                name,
                json.GetProperty("round").GetInt32(),
                json.GetProperty("steps").GetInt32(),
                new CycleEnd(json.GetProperty("most").GetInt32())
                {
                    After = Maybe(json, "after_s", seconds => new Duration(seconds)),
                    Thickness = Maybe(json, "thickness", share => new Fraction(share)),
                    Resistance = Maybe(json, "resistance", share => new Fraction(share)),
                }),
            "measure" => new MeasureStep(name, (MeasuredQuantities)json.GetProperty("quantities").GetInt32(), Seconds(json, "timeout_s")),
            "prompt" => new PromptStep(name, Text(json, "text"), json.TryGetProperty("adds", out JsonElement adds) ? adds.GetString() : null),
            "release" => new ReleaseStep(name, Pressure(json, "target_pa"), Rate(json, "rate_pa_per_s")) { Gap = Maybe(json, "gap_m", metres => new Length(metres)) },
            string other => throw new JsonException($"step '{name}': a step of kind '{other}' is not known to this version"),
        };
    }

    public static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new JsonException($"'{name}' is null");

    public static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    public static SamplePressure Pressure(JsonElement json, string name) => new(Number(json, name));

    public static PressureRate Rate(JsonElement json, string name) => new(Number(json, name));

    public static T? Maybe<T>(JsonElement json, string name, Func<double, T> make) where T : struct =>
        json.TryGetProperty(name, out JsonElement value) ? make(value.GetDouble()) : null;

    private static Duration Seconds(JsonElement json, string name) => new(Number(json, name));

    private static PressureKind Kind(JsonElement json) => Enum.Parse<PressureKind>(Text(json, "kind"));
}
