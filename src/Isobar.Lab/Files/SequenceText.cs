using System.Collections.Immutable;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Files;

/// <summary>
/// Reads the list of steps of a protocol, and writes out what stands for several steps: a cycle, the call of a sub-protocol, a staircase of
/// pressures. A protocol that was read holds plain steps only, each under a name of its own.
/// </summary>
internal sealed class SequenceText(SamplePressure limit, Length diameter, FileMap? subprotocols)
{
    private const int DeepestCall = 8;

    private readonly Stack<string> _calling = new();
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);

    /// <summary>All steps of a protocol.</summary>
    public ImmutableArray<Step> Read(FileNode node)
    {
        SamplePressure? present = new SamplePressure(0);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var steps = ImmutableArray.CreateBuilder<Step>();
        foreach (FileNode item in node.AsList("steps").Items)
        {
            foreach (Step step in ReadOne(item, ref present))
            {
                if (!names.Add(step.Name)) throw item.Error($"two steps have the name '{step.Name}'", "a name of its own for each step", "rename one; runs and verdicts call steps by name");
                steps.Add(step);
            }

            if (steps.Count > StepSequence.MostSteps) throw item.Error($"up to here the protocol has {steps.Count} steps", $"at most {StepSequence.MostSteps}", "lower the counts of the cycles");
        }

        foreach (FileEntry entry in subprotocols?.Entries ?? [])
        {
            if (!_called.Contains(entry.Key.Text)) throw entry.Key.Error($"the sub-protocol '{entry.Key.Text}' is never called", "a call for each sub-protocol", $"add '- call: {{name: ..., protocol: {entry.Key.Text}}}' or remove it");
        }

        return steps.ToImmutable();
    }

    private ImmutableArray<Step> ReadOne(FileNode node, ref SamplePressure? present)
    {
        string[] words = [.. StepDeclarations.All.Select(declaration => declaration.Word)];
        if (node.AsMap("the step") is not { Entries: [FileEntry entry] })
            throw node.Error("the step has more or less than one key", "one key that says what is done: " + string.Join(", ", words), "write each step as '- ramp: {name: ..., ...}'");
        switch (entry.Key.OneOf("type of step", [.. words.Select(word => (word, word))]))
        {
            case "cycle":
                return ReadCycle(entry.Value, ref present);
            case "call":
                return ReadCall(entry.Value, ref present);
            case "staircase":
                ImmutableArray<Step> stairs = StaircaseText.Read(entry.Value, limit);
                present = ((RampStep)stairs.Last(step => step is RampStep)).Target;
                return stairs;
            default:
                Step step = StepText.Read(entry, new StepText.StepPlace(limit, diameter, present));
                present = StepText.EndOf(step, present);
                return [step];
        }
    }

    private ImmutableArray<Step> ReadList(FileNode node, ref SamplePressure? present)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        foreach (FileNode item in node.AsList("steps").Items) steps.AddRange(ReadOne(item, ref present));
        return steps.ToImmutable();
    }

    // Every round is read on its own: a ramp by time starts where the round before it ended.
    private ImmutableArray<Step> ReadCycle(FileNode node, ref SamplePressure? present)
    {
        DeclaredMap map = StepDeclarations.Cycle.Open(node);
        string name = StepText.Name(map);
        if (map.Find("duration") is not null || map.Find("until") is not null) return CycleText.Read(map, name, ReadList, ref present);
        if (map.Find("most") is { } most) throw most.Error("the cycle has 'most' and is counted", "'most' with a duration or until", "remove it; the count says how often");
        int count = MeasureText.Count(map.Require("count"), "count of the cycle", 1, StepSequence.MostSteps);
        FileNode list = map.Require("steps");
        var steps = ImmutableArray.CreateBuilder<Step>();
        for (int round = 1; round <= count; round++)
        {
            steps.AddRange(StepSequence.Round(name, round, count, ReadList(list, ref present)));
            if (steps.Count > StepSequence.MostSteps) throw map.Map.Error($"the cycle has more than {StepSequence.MostSteps} steps", $"at most {StepSequence.MostSteps}", "lower its count");
        }

        return steps.ToImmutable();
    }

    private ImmutableArray<Step> ReadCall(FileNode node, ref SamplePressure? present)
    {
        DeclaredMap map = StepDeclarations.Call.Open(node);
        string name = StepText.Name(map);
        FileNode calledNode = map.Require("protocol");
        string called = calledNode.AsText("the sub-protocol");
        string[] known = [.. (subprotocols?.Entries ?? []).Select(entry => entry.Key.Text)];
        if (subprotocols?.Find(called) is not { } list)
        {
            string expected = known.Length == 0 ? "a sub-protocol under the key 'subprotocols'" : Spelling.DidYouMean(called, known) + "one of " + string.Join(", ", known);
            throw calledNode.Error($"there is no sub-protocol '{called}'", expected, "correct the name, or write the sub-protocol");
        }

        if (_calling.Contains(called)) throw calledNode.Error($"the sub-protocol '{called}' calls itself", "calls that end", "use a cycle with a count");
        if (_calling.Count >= DeepestCall) throw calledNode.Error("sub-protocols call each other too deeply here", $"at most {DeepestCall} levels", "flatten this part");
        _called.Add(called);
        _calling.Push(called);
        ImmutableArray<Step> steps = StepSequence.Call(name, ReadList(list, ref present));
        _calling.Pop();
        return steps;
    }
}
