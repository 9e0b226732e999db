using System.Collections.Immutable;

namespace Isobar.Protocols;

/// <summary>
/// Takes up a run whose process, power or link was lost. It never goes on by itself: it comes back suspended at the pressure that the press has
/// now, or on its way out when it already was, and a person resumes it with a reason; a prompt or a measurement whose question was lost is asked
/// again then, at its pressure. The state to begin from is the last one that a replay of the recorded inputs gives (<see cref="RunReplay.Steps"/>).
/// </summary>
public static class RunRecovery
{
    /// <summary>The run as it is taken up, and what is to be done.</summary>
    /// <param name="last">Last state before the loss.</param>
    /// <param name="timeSeconds">Time now on the clock of the run, not before the last input.</param>
    /// <param name="pressurePa">Pressure now, a fresh reading.</param>
    /// <param name="cause">What was lost, for the record.</param>
    /// <exception cref="ArgumentException">The run has ended, time runs backwards, or there is no reading.</exception>
    public static (ExecutorState State, ImmutableArray<ExecutorCommand> Commands) TakeUp(in ExecutorState last, double timeSeconds, double pressurePa, string cause)
    {
        if (last.HasEnded) throw new ArgumentException($"the run has ended ({last.Outcome}: {last.Reason}); there is nothing to take up", nameof(last));
        if (!(timeSeconds >= last.TimeSeconds)) throw new ArgumentException($"the run is taken up at {timeSeconds:R} s, before its last input at {last.TimeSeconds:R} s", nameof(timeSeconds));
        if (!double.IsFinite(pressurePa)) throw new ArgumentException("a run is taken up from the actual pressure, and there is no reading", nameof(pressurePa));
        return Executor.Step(last, ExecutorEvent.TakeUp(timeSeconds, pressurePa, cause));
    }

    /// <summary>The same as a transition of the executor, so that a run that was taken up is replayed like any other.</summary>
    internal static void TakeUp(ref Transition t, double lostSeconds, in ExecutorEvent input)
    {
        if (!double.IsFinite(input.PressurePa))
        {
            t.Log(RunEventKind.Refused, "a run is taken up from the actual pressure, and there is no reading");
            return;
        }

        t.State = t.State with { PressurePa = input.PressurePa, UnreadSeconds = 0, Sensor = SensorWatch.Fresh };
        if (t.State.IsAtRest || t.State.IsLeaving || t.State.Phase == RunPhase.NotStarted)
        {
            Interruptions.Rebase(ref t);
            t.Log(RunEventKind.Fault, input.Text);
        }
        else
        {
            Interruptions.Rest(ref t, suspend: true, input.Text);

            // The time that nobody was there is not held against the step.
            t.State = t.State with { Rest = t.State.Rest with { SinceSeconds = lostSeconds } };
        }

        if (t.State.IsAtRest && t.State.Rest is { Phase: RunPhase.Prompting or RunPhase.Measuring, Answer: null }) t.State = t.State with { Rest = t.State.Rest with { AskAgain = true } };
    }
}
