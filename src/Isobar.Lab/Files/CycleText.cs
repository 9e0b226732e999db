using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>Cycles that end by time or by what they have reached, both ways: a protocol holds them written out, its file as one entry.</summary>
internal static class CycleText
{
    /// <summary>Reads a list of steps that begins at a pressure and says where it ends.</summary>
    internal delegate ImmutableArray<Step> ListReader(FileNode node, ref SamplePressure? present);

    public static ImmutableArray<Step> Read(DeclaredMap map, string name, ListReader readList, ref SamplePressure? present)
    {
        (string Key, FileNode? Node)[] ends = [("count", map.Map.Find("count")), ("duration", map.Find("duration")), ("until", map.Find("until"))];
        if (ends.Count(end => end.Node is not null) > 1)
        {
            (_, FileNode? more) = ends.Last(end => end.Node is not null);
            throw more!.Error($"the cycle has {string.Join(" and ", ends.Where(end => end.Node is not null).Select(end => $"'{end.Key}'"))}", "one of count, duration and until", "remove all but one");
        }

        FileNode list = map.Require("steps");
        SamplePressure? first = present;
        ImmutableArray<Step> steps = readList(list, ref present);
        SamplePressure? next = present;
        // A ramp by time has the rate of the pressure before it; rounds that differ could not be passed over.
        if (!readList(list, ref next).SequenceEqual(steps))
            throw list.Error($"the first round begins at {Shown(first)} and the next at {Shown(present)}, so that a ramp by time differs between them", "rounds that are the same", "give the ramp a rate, or bring the pressure back at the end of a round");
        CycleEnd end = map.Find("duration") is { } duration ? Timed(map, duration, steps, first) : Settled(map);
        long count = ((long)end.Most * (steps.Length + 1)) + 1;
        if (count > StepSequence.MostSteps) throw map.Map.Error($"{end.Most} rounds are {count} steps", $"at most {StepSequence.MostSteps}", "lower 'most', or the number of steps of a round");
        return StepSequence.Repeat(name, end, steps);
    }

    /// <summary>Writes steps, cycles folded, one entry each.</summary>
    public static void Write(StringBuilder text, ImmutableArray<Step> steps, string indent, Func<Step, string> plain)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i] is not RoundStep round)
            {
                text.Append(indent).Append("- ").Append(plain(steps[i])).Append('\n');
                continue;
            }

            (string name, ImmutableArray<Step> one, int behind) = Fold(steps, i, round);
            text.Append(indent).Append("- cycle:\n");
            string inner = indent + "    ";
            text.Append(inner).Append("name: ").Append(ExactText.Quoted(name)).Append('\n');
            if (round.End.After is { } time) text.Append(inner).Append("duration: ").Append(ExactText.Of(time)).Append('\n');
            else if (round.End.Thickness is { } still) text.Append(inner).Append("until: {thickness: ").Append(ExactText.Of(still)).Append("}\n");
            else text.Append(inner).Append("until: {resistance: ").Append(ExactText.Of(round.End.Resistance!.Value)).Append("}\n");
            text.Append(inner).Append("most: ").Append(round.End.Most.ToString(CultureInfo.InvariantCulture)).Append('\n');
            text.Append(inner).Append("steps:\n");
            Write(text, one, inner + "  ", plain);
            i = behind - 1;
        }
    }

    private static (string Name, ImmutableArray<Step> Round, int Behind) Fold(ImmutableArray<Step> steps, int index, RoundStep round)
    {
        if (round is { Round: 1, Steps: > 0, Cycle: { } name })
        {
            int behind = (int)Math.Min(steps.Length, index + ((long)round.End.Most * (round.Steps + 1)) + 1);
            string prefix = $"{round.Name} / ";
            ImmutableArray<Step> one = [.. steps.Skip(index + 1).Take(round.Steps).Select(step => step.Name.StartsWith(prefix, StringComparison.Ordinal) ? step with { Name = step.Name[prefix.Length..] } : step)];
            if (!one.IsEmpty && StepSequence.Repeat(name, round.End, one).SequenceEqual(steps.Skip(index).Take(behind - index))) return (name, one, behind);
        }

        throw new ArgumentException($"step '{round.Name}' stands between rounds that are not the same; such a cycle has no text", nameof(steps));
    }

    private static CycleEnd Timed(DeclaredMap map, FileNode duration, ImmutableArray<Step> steps, SamplePressure? present)
    {
        Duration time = duration.Positive<Duration>("the duration of the cycle");
        if (map.Find("most") is { } most) return new CycleEnd(Most(most)) { After = time };
        double shortest = Shortest(steps, present);
        if (!(shortest > 0)) throw duration.Error("how long a round takes shows only in the run", "the largest number of rounds beside the duration", "add for example 'most: 100'");
        double rounds = Math.Ceiling(time.Seconds / shortest);
        return rounds <= StepSequence.MostSteps
            ? new CycleEnd((int)rounds) { After = time }
            : throw duration.Error($"{time} of rounds of {new Duration(shortest)} at least may be {rounds.ToString(CultureInfo.InvariantCulture)} rounds", $"at most {StepSequence.MostSteps} steps", "add 'most', or make the rounds longer");
    }

    private static CycleEnd Settled(DeclaredMap map)
    {
        DeclaredMap until = StepDeclarations.Until.Open(map.Require("until"));
        int most = Most(map.Require("most"));
        (FileNode? thickness, FileNode? resistance) = (until.Find("thickness"), until.Find("resistance"));
        if (thickness is null == resistance is null) throw until.Map.Error(thickness is null ? "the cycle waits for nothing" : "the cycle waits for the thickness and the resistance", "thickness or resistance", "write for example 'until: {thickness: 0.1 %}'");
        return new CycleEnd(most)
        {
            Thickness = thickness is null ? null : StepText.Share(thickness, "the change of the thickness"),
            Resistance = resistance is null ? null : StepText.Share(resistance, "the fall of the resistance"),
        };
    }

    private static int Most(FileNode node) => MeasureText.Count(node, "largest number of rounds", 1, StepSequence.MostSteps);

    // The least time that a round takes: what is held, and the ways between known pressures.
    private static double Shortest(ImmutableArray<Step> steps, SamplePressure? present)
    {
        double seconds = 0;
        foreach (Step step in steps)
        {
            seconds += step switch
            {
                HoldStep hold => hold.Minimum.Seconds,
                HoldPositionStep hold => hold.Minimum.Seconds,
                SoakStep soak => soak.Minimum.Seconds,
                RampStep ramp => Way(present, ramp.Target, ramp.Rate),
                ReleaseStep release => Way(present, release.Target, release.Rate),
                _ => 0,
            };
            present = StepText.EndOf(step, present);
        }

        return seconds;
    }

    private static double Way(SamplePressure? from, SamplePressure to, PressureRate rate) =>
        from is { } known ? Math.Abs(to.Pascals - known.Pascals) / rate.PascalsPerSecond : 0;

    private static string Shown(SamplePressure? pressure) => pressure?.ToString() ?? "a pressure that shows only in the run";
}
