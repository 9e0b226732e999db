using System.Collections.Immutable;
using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Runs;

/// <summary>An interrupted run that a person takes up.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Who">Who takes it up.</param>
/// <param name="Reason">Why it may go on.</param>
public sealed record RunTakeUp(string RunId, string Who, string Reason);

/// <summary>Finds out where a run was whose process was lost.</summary>
internal static class LostRuns
{
    /// <summary>The last state that the recorded inputs give; the record must give the same run again to the last bit.</summary>
    /// <exception cref="LabException">The run has ended, or its record does not give its state.</exception>
    public static LostRun Find(LabDatabase lab, RunTakeUp takeUp, RunClock clock, bool simulated)
    {
        RunOverview run = lab.Overview(takeUp.RunId);
        if (run.Summary.Outcome != RunOutcome.Interrupted) throw new LabException($"run {takeUp.RunId} reads {run.Summary.Outcome}; only an interrupted one is taken up");
        ExecutorState state = Executor.Begin(run.Protocol, run.Terms.Stop);
        bool any = false;
        foreach (RunInput input in lab.Inputs(takeUp.RunId))
        {
            (state, _) = Executor.Step(state, input.Event);
            any = true;
        }

        if (!any && run.Samples > 0) throw new LabException($"run {takeUp.RunId} was kept without the inputs of an executor, as a log of a load cell is; it cannot be taken up");
        // A run that was taken up and ended in the same breath has its end in the record of its executor, but not of its file.
        string? difference = !any ? null : RunAudit.Replay(lab, state.HasEnded ? run.Summary with { Outcome = state.Outcome } : run.Summary).Difference;
        if (difference is not null) throw new LabException($"run {takeUp.RunId} cannot be taken up, its inputs do not give its record: {difference}; verify it, and press anew");
        double next = state.TimeSeconds + clock.PeriodSeconds;
        double now = simulated ? next : Math.Max(next, (clock.Time.GetUtcNow() - run.Summary.Started).TotalSeconds);
        ImmutableArray<string> layers =
        [
            .. run.Events
                .Where(happened => happened.Kind == RunEventKind.Confirmed && happened.StepIndex >= 0)
                .Select(happened => run.Protocol.Steps[happened.StepIndex]).OfType<PromptStep>().Select(step => step.Adds).OfType<string>(),
        ];
        return new LostRun(state, now, $"the process of the run was lost; taken up by {takeUp.Who}: {takeUp.Reason}", layers);
    }
}
