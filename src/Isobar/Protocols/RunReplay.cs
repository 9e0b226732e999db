using System.Collections.Immutable;

namespace Isobar.Protocols;

/// <summary>One input of a run and what the executor made of it.</summary>
/// <param name="Input">The input.</param>
/// <param name="State">The state after it.</param>
/// <param name="Commands">What was to be done.</param>
public readonly record struct ReplayStep(ExecutorEvent Input, ExecutorState State, ImmutableArray<ExecutorCommand> Commands);

/// <summary>
/// Puts the recorded inputs of a run through the executor again. The executor is pure, so that the same protocol and inputs give the same
/// states, events and commands to the last bit; a difference means that the record or the program is not the one of the run.
/// </summary>
public static class RunReplay
{
    /// <summary>Every transition, one after the other; nothing is kept, so that a run of days can be replayed.</summary>
    /// <param name="protocol">What was to be done.</param>
    /// <param name="inputs">Every input of the run, in order.</param>
    /// <param name="stop">What STOP did on the press.</param>
    public static IEnumerable<ReplayStep> Steps(Protocol protocol, IEnumerable<ExecutorEvent> inputs, StopPolicy stop = StopPolicy.Release)
    {
        ExecutorState state = Executor.Begin(protocol, stop);
        foreach (ExecutorEvent input in inputs)
        {
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input);
            yield return new ReplayStep(input, state, commands);
        }
    }

    /// <summary>
    /// The record that the inputs give: the events as the executor says them, the samples as the engine takes them, one for each tick of good
    /// quality, with the step and the set-point before the tick.
    /// </summary>
    /// <param name="protocol">What was to be done.</param>
    /// <param name="inputs">Every input of the run, in order.</param>
    /// <param name="areaSquareMetres">Area of the die, by which a pressure is a force.</param>
    public static RunRecord Record(Protocol protocol, IEnumerable<ExecutorEvent> inputs, double areaSquareMetres)
    {
        var samples = ImmutableArray.CreateBuilder<TraceSample>();
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        ExecutorState before = Executor.Begin(protocol);
        foreach (ReplayStep step in Steps(protocol, inputs))
        {
            if (step.Input.Kind == ExecutorEventKind.Tick && step.Input.Quality == SampleQuality.Good)
                samples.Add(new TraceSample(step.Input.TimeSeconds, before.StepIndex, before.SetpointPa, step.Input.PressurePa * areaSquareMetres, step.Input.PressurePa, step.Input.DisplacementMetres));
            foreach (ExecutorCommand command in step.Commands)
            {
                if (command is LogEvent log) events.Add(log.Event);
            }

            before = step.State;
        }

        RunOutcome outcome = before.HasEnded ? before.Outcome : RunOutcome.Interrupted;
        return new RunRecord(protocol, outcome, samples.ToImmutable(), events.ToImmutable());
    }

    /// <summary>Where a record differs from what its inputs give, in words; null when it is the same to the last bit.</summary>
    public static string? Difference(RunRecord recorded, RunRecord replayed)
    {
        if (recorded.Outcome != replayed.Outcome) return $"the record says {recorded.Outcome}, the replay {replayed.Outcome}";
        if (recorded.Samples.Length != replayed.Samples.Length) return $"the record has {recorded.Samples.Length} samples, the replay {replayed.Samples.Length}";
        for (int i = 0; i < recorded.Samples.Length; i++)
        {
            if (!recorded.Samples[i].Equals(replayed.Samples[i])) return $"sample {i + 1}: the record has {recorded.Samples[i]}, the replay {replayed.Samples[i]}";
        }

        if (recorded.Events.Length != replayed.Events.Length) return $"the record has {recorded.Events.Length} events, the replay {replayed.Events.Length}";
        for (int i = 0; i < recorded.Events.Length; i++)
        {
            if (!recorded.Events[i].Equals(replayed.Events[i])) return $"event {i + 1}: the record has {recorded.Events[i]}, the replay {replayed.Events[i]}";
        }

        return null;
    }
}
