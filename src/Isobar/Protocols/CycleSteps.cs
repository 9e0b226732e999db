using System.Collections.Immutable;
using Isobar.Quantities;

namespace Isobar.Protocols;

/// <summary>What is known of a cycle that goes on.</summary>
/// <param name="StartedSeconds">When it began; moved on by the time at rest.</param>
/// <param name="Before">Thickness or resistance at the end of the round before; not a number before the second.</param>
/// <param name="MeasuredOhmSquareMetres">Resistance measured last in the present round; not a number without any.</param>
/// <param name="Outer">The cycle around it.</param>
internal sealed record CycleMemory(double StartedSeconds, double Before, double MeasuredOhmSquareMetres, CycleMemory? Outer)
{
    /// <summary>The same, begun later by the time that nobody counts.</summary>
    public CycleMemory Later(double seconds) => this with { StartedSeconds = StartedSeconds + seconds, Outer = Outer?.Later(seconds) };

    /// <summary>The same after a measurement, which counts for every cycle around it.</summary>
    public CycleMemory Measured(double ohmSquareMetres) => this with { MeasuredOhmSquareMetres = ohmSquareMetres, Outer = Outer?.Measured(ohmSquareMetres) };
}

/// <summary>Whether another round of a cycle is done.</summary>
internal static class CycleSteps
{
    /// <summary>Why it cannot be said; null when it can.</summary>
    public static string? Refusal(in ExecutorState state, RoundStep step)
    {
        if (!step.End.IsClear) return "a cycle ends by a time, by the thickness or by the resistance, and by one of them";
        if (step.Round < 1 || RoundStep.Behind(state.Protocol.Steps, state.StepIndex) is null) return "the rounds of the cycle do not follow each other";
        if (step.Round == 1) return null;
        if (state.Cycle is not { } memory) return "the cycle was not begun";
        if (step.End.Thickness is not null && !double.IsFinite(state.Smooth.ThicknessMetres)) return "the press does not tell the thickness, by which the cycle ends";
        return step.End.Resistance is not null && !(memory.MeasuredOhmSquareMetres > 0 && double.IsFinite(memory.MeasuredOhmSquareMetres))
            ? "no resistance above zero was measured in the round, by which the cycle ends"
            : null;
    }

    public static void Decide(ref Transition t, RoundStep step)
    {
        if (step.Round == 1)
        {
            t.State = t.State with { Cycle = new CycleMemory(t.State.TimeSeconds, double.NaN, double.NaN, t.State.Cycle) };
            StepEntry.End(ref t, "begun");
            return;
        }

        CycleMemory memory = t.State.Cycle!;
        (bool enough, string found, double now) = Look(t.State, step.End, memory);
        if (!enough && step.Round <= step.End.Most)
        {
            t.Log(RunEventKind.Decided, found);
            t.State = t.State with { Cycle = memory with { Before = now, MeasuredOhmSquareMetres = double.NaN } };
            StepEntry.End(ref t, "another round");
            return;
        }

        t.State = t.State with { Cycle = memory.Outer };
        if (enough) StepEntry.EndBefore(ref t, $"{found}: enough after {Rounds(step.Round - 1)}", RoundStep.Behind(t.State.Protocol.Steps, t.State.StepIndex)!.Value);
        else StepEntry.GiveUp(ref t, $"after {Rounds(step.End.Most)}: {found}");
    }

    /// <summary>Which steps were passed over because their cycle had enough before.</summary>
    public static bool[] PassedOver(RunRecord run)
    {
        ImmutableArray<Step> steps = run.Protocol.Steps;
        var passed = new bool[steps.Length];
        HashSet<int> ended = [.. run.Events.Where(e => e.Kind == RunEventKind.StepEnded).Select(e => e.StepIndex)];
        HashSet<int> another = [.. run.Events.Where(e => e.Kind == RunEventKind.Decided).Select(e => e.StepIndex)];
        for (int at = 0; at < steps.Length; at++)
        {
            if (steps[at] is not RoundStep { Round: > 1 } || !ended.Contains(at) || another.Contains(at)) continue;
            if (RoundStep.Behind(steps, at) is { } behind) passed.AsSpan(at + 1, behind - at - 1).Fill(true);
        }

        return passed;
    }

    private static (bool Enough, string Found, double Now) Look(in ExecutorState state, CycleEnd end, CycleMemory memory)
    {
        if (end.After is { } time)
        {
            double elapsed = state.TimeSeconds - memory.StartedSeconds;
            return (elapsed >= time.Seconds - Executor.TimeTolerance, $"{new Duration(elapsed)} of {time}", double.NaN);
        }

        if (end.Thickness is { } still)
        {
            double thickness = state.Smooth.ThicknessMetres;
            var change = new Fraction((thickness - memory.Before) / memory.Before);
            string found = double.IsNaN(memory.Before) ? $"{new Length(thickness)} thick" : $"{new Length(thickness)} thick, {change} more than a round before";
            return (Math.Abs(change.Value) < still.Value, found, thickness);
        }

        double resistance = memory.MeasuredOhmSquareMetres;
        var fall = new Fraction((memory.Before - resistance) / memory.Before);
        string measured = $"{new ArealResistance(resistance)}" + (double.IsNaN(memory.Before) ? "" : $", {fall} less than a round before");
        return (fall.Value < end.Resistance!.Value.Value, measured, resistance);
    }

    private static string Rounds(int count) => count == 1 ? "1 round" : $"{count} rounds";
}
