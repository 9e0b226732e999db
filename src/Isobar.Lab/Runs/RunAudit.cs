using System.Globalization;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Runs;

/// <summary>What came of one check of a record.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="Passed">Whether it is as it should be; null when there was nothing to check.</param>
/// <param name="Text">In words.</param>
public sealed record AuditFinding(string Check, bool? Passed, string Text);

/// <summary>A run put through the executor again.</summary>
/// <param name="Inputs">How many inputs were replayed.</param>
/// <param name="Samples">How many samples were compared, bit for bit.</param>
/// <param name="Events">How many events were compared.</param>
/// <param name="Outcome">Outcome that the replay gives.</param>
/// <param name="Difference">The first difference; null when everything is the same to the last bit.</param>
public sealed record ReplayResult(long Inputs, long Samples, long Events, RunOutcome Outcome, string? Difference);

/// <summary>Checks a stored run against itself: records, digest, metrics, and the executor run again on its inputs.</summary>
public static class RunAudit
{
    /// <summary>Checks chain and checksums, digest and metrics; the first finding that fails names the first wrong record.</summary>
    /// <exception cref="LabException">No run or several runs have this prefix.</exception>
    public static (RunVerification Chain, AuditFinding[] Findings) Verify(LabDatabase lab, string runId)
    {
        RunVerification chain = lab.Verify(runId);
        var records = new AuditFinding("records", chain.Intact, chain.Text);
        // What stands behind a broken record is not worth computing from.
        if (!chain.Intact) return (chain, [records]);
        StoredRun run = lab.Open(runId);
        return (chain, [records, Digest(run), Metrics(lab, run)]);
    }

    /// <summary>Puts the inputs of a run through the executor and compares states, events and outcome with the record, to the last bit.</summary>
    /// <exception cref="LabException">A record cannot be read.</exception>
    public static ReplayResult Replay(LabDatabase lab, RunSummary run)
    {
        RunOverview overview = lab.Overview(run.Id);
        long inputs = 0, samples = 0;
        int events = 0;
        string? difference = null;
        using IEnumerator<TraceSample> recorded = lab.Samples(run.Id).GetEnumerator();
        ExecutorState state = Executor.Begin(overview.Protocol, overview.Terms.Stop);
        foreach (RunInput input in lab.Inputs(run.Id))
        {
            inputs++;
            if (input.IsSample && recorded.MoveNext()) difference ??= Compare(++samples, recorded.Current, input.Event, state, overview.Protocol);
            (state, System.Collections.Immutable.ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input.Event);
            foreach (RunEvent made in commands.OfType<LogEvent>().Select(log => log.Event))
            {
                if (events < overview.Events.Length && !made.Equals(overview.Events[events])) difference ??= $"event {events + 1}: the record has {overview.Events[events]}, the replay {made}";
                events++;
            }
        }

        if (inputs == 0) difference ??= "it was kept without the inputs of its executor, or ended before the first; it can only be verified";
        if (recorded.MoveNext()) difference ??= string.Create(CultureInfo.InvariantCulture, $"the record has more than the {samples} samples of the replay");
        if (events != overview.Events.Length) difference ??= string.Create(CultureInfo.InvariantCulture, $"the record has {overview.Events.Length} events, the replay {events}");
        RunOutcome outcome = state.HasEnded ? state.Outcome : run.Outcome is RunOutcome.Running ? RunOutcome.Running : RunOutcome.Interrupted;
        if (outcome != run.Outcome) difference ??= $"the record says {run.Outcome}, the replay {outcome}";
        return new ReplayResult(inputs, samples, events, outcome, difference);
    }

    private static string? Compare(long number, in TraceSample recorded, in ExecutorEvent tick, in ExecutorState before, Protocol protocol)
    {
        double area = Cells.Die.AreaOf(protocol.Diameter).SquareMetres;
        string? what = recorded.StepIndex != before.StepIndex ? $"step {recorded.StepIndex + 1}, the replay {before.StepIndex + 1}"
            : !recorded.SetpointPa.Equals(before.SetpointPa) ? $"a set-point of {recorded.SetpointPa:R} Pa, the replay {before.SetpointPa:R} Pa"
            : !recorded.PressurePa.Equals(recorded.ForceNewtons / area) ? $"{recorded.PressurePa:R} Pa, but its force over the area of the die is {recorded.ForceNewtons / area:R} Pa"
            : !recorded.TimeSeconds.Equals(tick.TimeSeconds) ? $"the time {recorded.TimeSeconds:R} s, its tick {tick.TimeSeconds:R} s"
            : null;
        return what is null ? null : string.Create(CultureInfo.InvariantCulture, $"sample {number}: the record has {what}");
    }

    private static AuditFinding Digest(StoredRun run)
    {
        if (run.Summary.Digest is not { } kept) return new AuditFinding("digest", null, "the run did not end, so it has no digest");
        string again = RunDigest.Of(run.Record);
        return string.Equals(kept, again, StringComparison.Ordinal)
            ? new AuditFinding("digest", true, kept)
            : new AuditFinding("digest", false, $"the record says {kept}, its samples and events give {again}");
    }

    private static AuditFinding Metrics(LabDatabase lab, StoredRun run)
    {
        if (lab.ReadArtefact(run.Summary.Id, MetricFacts.Artefact) is not { } kept) return new AuditFinding("metrics", null, "none were kept with this run");
        try
        {
            byte[] again = MetricFacts.Write(run.Record, MetricFacts.BudgetOf(kept));
            int at = kept.AsSpan().CommonPrefixLength(again);
            if (at == kept.Length && at == again.Length) return new AuditFinding("metrics", true, string.Create(CultureInfo.InvariantCulture, $"{run.Record.Protocol.Steps.Length} steps, the same to the last digit"));
            int line = 1 + kept.AsSpan(0, at).Count((byte)'\n');
            return new AuditFinding("metrics", false, string.Create(CultureInfo.InvariantCulture, $"{MetricFacts.Artefact} differs from what the samples give, first in line {line}"));
        }
        catch (FormatException exception)
        {
            return new AuditFinding("metrics", false, exception.Message);
        }
    }
}
