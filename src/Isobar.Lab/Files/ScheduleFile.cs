using System.Collections.Immutable;
using System.Globalization;
using Isobar.Electrochemistry.HalfCell;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads what a cycler does to a cell: <c>isobar: cycler/1</c> and steps. A step is <c>discharge: 1C</c> or <c>charge: 0.5C</c> with <c>until: 3 V</c> and
/// <c>for: 1 h</c> as wanted, <c>hold: 4.3 V</c> with <c>until: 0.05C</c> or <c>for</c>, <c>rest: 1 h</c>, or <c>repeat: 3</c> with steps of its own, which makes
/// cycling, rate tests and titration.
/// </summary>
public static class ScheduleFile
{
    private const string Format = "cycler/1";

    // A schedule longer than this is a slip of a repeat count.
    private const int MostSteps = 10_000;

    /// <summary>Reads a schedule for a half cell, whose rated capacity gives the C-rates their currents.</summary>
    /// <exception cref="IsobarFileException">The file is not a valid schedule.</exception>
    public static CyclerSchedule Read(string path, HalfCellParameters cell) => Read(TextFile.Read(path), cell);

    /// <summary>Reads a schedule from text; <paramref name="pathForMessages"/> stands for the path in messages.</summary>
    /// <exception cref="IsobarFileException">The text is not a valid schedule.</exception>
    public static CyclerSchedule Parse(string text, string pathForMessages, HalfCellParameters cell) => Read(new SourceText(pathForMessages, text), cell);

    private static CyclerSchedule Read(SourceText source, HalfCellParameters cell)
    {
        FileMap root = YamlText.ReadMap(source);
        root.RequireFormat(Format);
        root.AsMap("a cycler file", "isobar", "name", "steps");
        var steps = ImmutableArray.CreateBuilder<CyclerStep>();
        Add(steps, root.Require("steps", "the cycler file", "...").AsList("steps"), cell);
        return new CyclerSchedule(steps.ToImmutable());
    }

    private static void Add(ImmutableArray<CyclerStep>.Builder steps, FileList list, HalfCellParameters cell)
    {
        foreach (FileNode item in list.Items)
        {
            FileMap map = item.AsMap("a step", "discharge", "charge", "hold", "rest", "repeat", "until", "for", "steps");
            string[] kinds = [.. map.Entries.Select(entry => entry.Key.Text).Where(key => key is "discharge" or "charge" or "hold" or "rest" or "repeat")];
            if (kinds.Length != 1) throw map.Error(kinds.Length == 0 ? "a step that does nothing" : $"a step with {string.Join(" and ", kinds)}", "one of discharge, charge, hold, rest, repeat", "write one step per '- '");
            FileNode value = map.Find(kinds[0])!;
            if (kinds[0] is "repeat")
            {
                Refuse(map, "repeat", "until", "for");
                int count = Count(value.AsScalar("the count"));
                FileList inner = map.Require("steps", "the repeat", "...").AsList("steps");
                for (int i = 0; i < count; i++)
                {
                    Add(steps, inner, cell);
                    if (steps.Count > MostSteps) throw value.Error($"more than {MostSteps} steps", $"at most {MostSteps}", "lower the count");
                }

                continue;
            }

            Refuse(map, kinds[0], "steps");
            steps.Add(kinds[0] switch
            {
                "rest" => Rest(map, value),
                "hold" => Hold(map, value, cell),
                _ => Current(map, value, kinds[0], cell),
            });
        }
    }

    private static CyclerStep.ConstantCurrent Current(FileMap map, FileNode value, string kind, HalfCellParameters cell)
    {
        double rate = Rate(value.AsScalar("the C-rate"));
        return new CyclerStep.ConstantCurrent(
            string.Create(CultureInfo.InvariantCulture, $"{kind} {rate:0.####}C"),
            (kind is "discharge" ? 1 : -1) * cell.AmperesPerSquareMetre(rate),
            map.Find("until")?.Quantity<Voltage>("the end voltage").Volts,
            Seconds(map) ?? double.PositiveInfinity);
    }

    private static CyclerStep.ConstantVoltage Hold(FileMap map, FileNode value, HalfCellParameters cell)
    {
        double volts = value.Quantity<Voltage>("the voltage").Volts;
        double? until = map.Find("until") is { } node ? cell.AmperesPerSquareMetre(Rate(node.AsScalar("the C-rate at the end"))) : null;
        double? seconds = Seconds(map);
        if (until is null && seconds is null) throw map.Error("a hold without an end", "'until' with a C-rate, or 'for' with a time", "write for example {hold: 4.3 V, until: 0.05C}");
        return new CyclerStep.ConstantVoltage(string.Create(CultureInfo.InvariantCulture, $"hold {volts:0.####} V"), volts, until ?? 0, seconds ?? double.PositiveInfinity);
    }

    private static CyclerStep.Rest Rest(FileMap map, FileNode value)
    {
        Refuse(map, "rest", "until", "for");
        return new CyclerStep.Rest("rest", value.Positive<Duration>("the time").Seconds);
    }

    private static double? Seconds(FileMap map) => map.Find("for")?.Positive<Duration>("the time").Seconds;

    private static double Rate(FileScalar scalar)
    {
        string text = scalar.Text.EndsWith('C') ? scalar.Text[..^1].TrimEnd() : scalar.Text;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= 1000
            ? rate
            : throw scalar.Error($"'{scalar.Text}' is not a C-rate", "a C-rate above zero such as 0.5C", "correct it; discharge and charge say the direction");
    }

    private static int Count(FileScalar scalar) => int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
        ? count
        : throw scalar.Error($"'{scalar.Text}' is not a count", "a whole number from 1 up", "write how often the steps are done");

    private static void Refuse(FileMap map, string kind, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (map.Find(key) is { } node) throw node.Error($"'{key}' with {kind}", $"no '{key}' here", "remove it, or make it a step of its own");
        }
    }
}
