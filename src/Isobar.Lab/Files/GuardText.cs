using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Reads and writes the guard of a step: what must not happen, and what is done when it does.</summary>
internal static class GuardText
{
    internal static readonly (string Word, GuardAction Value)[] Actions =
        [("log", GuardAction.Log), ("warn", GuardAction.Warn), ("hold", GuardAction.Hold), ("stop", GuardAction.Stop), ("abort", GuardAction.Abort)];

    public static StepGuard Read(FileNode node)
    {
        DeclaredMap map = StepDeclarations.Guard.Open(node);
        var guard = new StepGuard(map.Require("action").OneOf("action", Actions))
        {
            Band = map.Find("band")?.Positive<Fraction>("the band"),
            Lowest = map.Find("lowest")?.Positive<SamplePressure>("the lowest pressure"),
            Highest = map.Find("highest")?.Positive<SamplePressure>("the highest pressure"),
            Fastest = map.Find("fastest")?.Positive<PressureRate>("the fastest change"),
            Travel = map.Find("travel")?.Positive<Length>("the travel"),
            Hottest = map.Find("hottest")?.Positive<Temperature>("the highest temperature"),
            Patience = map.Find("patience")?.Positive<Duration>("the patience") ?? default,
        };
        return guard.IsEmpty ? throw map.Map.Error("the guard watches nothing", "at least one of band, lowest, highest, fastest, travel, hottest", "add one, or remove the guard") : guard;
    }

    public static string Write(StepGuard guard)
    {
        (string Key, string? Value)[] settings =
        [
            ("action", Actions.First(pair => pair.Value == guard.Action).Word),
            ("band", guard.Band is { } band ? ExactText.Of(band) : null),
            ("lowest", guard.Lowest is { } lowest ? ExactText.Of(lowest) : null),
            ("highest", guard.Highest is { } highest ? ExactText.Of(highest) : null),
            ("fastest", guard.Fastest is { } fastest ? ExactText.Of(fastest) : null),
            ("travel", guard.Travel is { } travel ? ExactText.Of(travel) : null),
            ("hottest", guard.Hottest is { } hottest ? ExactText.Of(hottest) : null),
            ("patience", guard.Patience.Seconds > 0 ? ExactText.Of(guard.Patience) : null),
        ];
        return "{" + string.Join(", ", settings.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}: {pair.Value}")) + "}";
    }
}
