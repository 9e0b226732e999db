using System.Text.Json;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Store;

/// <summary>The guard of a step in the form in which it is kept.</summary>
internal static class GuardJson
{
    public static void Write(Utf8JsonWriter json, StepGuard guard)
    {
        json.WriteStartObject("guard");
        json.WriteString("action", guard.Action.ToString());
        if (guard.Band is { } band) json.WriteNumber("band", band.Value);
        if (guard.Lowest is { } lowest) json.WriteNumber("lowest_pa", lowest.Pascals);
        if (guard.Highest is { } highest) json.WriteNumber("highest_pa", highest.Pascals);
        if (guard.Fastest is { } fastest) json.WriteNumber("fastest_pa_per_s", fastest.PascalsPerSecond);
        if (guard.Travel is { } travel) json.WriteNumber("travel_m", travel.Metres);
        if (guard.Hottest is { } hottest) json.WriteNumber("hottest_k", hottest.Kelvins);
        json.WriteNumber("patience_s", guard.Patience.Seconds);
        json.WriteEndObject();
    }

    public static StepGuard Read(JsonElement json) => new(Enum.Parse<GuardAction>(StepJson.Text(json, "action")))
    {
        Band = StepJson.Maybe(json, "band", share => new Fraction(share)),
        Lowest = StepJson.Maybe(json, "lowest_pa", pascals => new SamplePressure(pascals)),
        Highest = StepJson.Maybe(json, "highest_pa", pascals => new SamplePressure(pascals)),
        Fastest = StepJson.Maybe(json, "fastest_pa_per_s", rate => new PressureRate(rate)),
        Travel = StepJson.Maybe(json, "travel_m", metres => new Length(metres)),
        Hottest = StepJson.Maybe(json, "hottest_k", kelvins => new Temperature(kelvins)),
        Patience = new Duration(StepJson.Number(json, "patience_s")),
    };
}
