using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Hand;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Store;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>A protocol that is to be run.</summary>
/// <param name="Protocol">What to do.</param>
/// <param name="Cell">The cell whose layers are pressed.</param>
/// <param name="CellText">The cell file as the person wrote it, when there is one.</param>
/// <param name="Seed">Seed of the simulated cell, press and instruments.</param>
/// <param name="Clock">How fast.</param>
public sealed record ProtocolRunRequest(Protocol Protocol, Cell Cell, string? CellText, ulong Seed, RunClock Clock)
{
    /// <summary>Goal of the plan behind it, when there is one.</summary>
    public string? Goal { get; init; }

    /// <summary>The plan behind it, when there is one.</summary>
    public string? PlanJson { get; init; }

    /// <summary>Which simulated press; the smallest hydraulic one that is as large as the press of the cell when left out.</summary>
    public PressPlantParameters? Plant { get; init; }

    /// <summary>The real press, with whoever stands at it; null for the simulated one.</summary>
    public RealPress? Real { get; init; }

    /// <summary>What stands between the press and the numbers of the run.</summary>
    public RunTerms Terms { get; init; } = RunTerms.Plain;

    /// <summary>The interrupted run that is taken up; null for a run that begins.</summary>
    public RunTakeUp? TakeUp { get; init; }

    /// <summary>Told the id of the run as soon as it has one.</summary>
    public Action<string>? Begun { get; init; }
}

/// <summary>A real press with whoever stands at it.</summary>
/// <param name="Description">The press.</param>
/// <param name="Press">The driver; null where a person reads a gauge.</param>
/// <param name="Hand">The person who pumps and reads; null where there is a driver.</param>
/// <param name="Person">Who answers prompts.</param>
/// <param name="Measurer">What answers measure steps.</param>
/// <param name="Who">Who commands, for the record of the lease.</param>
public sealed record RealPress(PressDescription Description, IPress? Press, IHandPerson? Hand, IOperator Person, IMeasurer Measurer, string Who)
{
    /// <summary>Clock of readings that were written down before; null for life's own.</summary>
    public TimeProvider? Time { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Id">Id in the laboratory database.</param>
/// <param name="PressName">Press it was done with.</param>
/// <param name="Run">What was done.</param>
/// <param name="Steps">Verdict per step.</param>
/// <param name="Overall">Verdict over all steps.</param>
/// <param name="Digest">Digest of what was done; the same for the same inputs and seed.</param>
/// <param name="Metrics">Numbers of every step.</param>
/// <param name="Timing">How punctual the loop was; null for a run that was not paced.</param>
public sealed record ProtocolRunResult(
    string Id,
    string PressName,
    RunRecord Run,
    ImmutableArray<StepVerdict> Steps,
    StepJudgement Overall,
    string Digest,
    ImmutableArray<StepMetricFacts> Metrics,
    RunTiming? Timing);

/// <summary>Presses, judges and stores.</summary>
public static class ProtocolRun
{
    // A person opens the die, fills in a layer and closes it.
    private static readonly Duration s_promptTakes = new(60);

    private static readonly ImmutableArray<string> s_missingWithoutPlan =
    [
        "a plan: nothing was predicted that the measurements could be held against",
        "atmosphere of the glovebox (dew point, O₂), lot numbers of the materials",
    ];

    /// <summary>Does it. A cancelled run goes through its release policy, reads stopped and is stored as such.</summary>
    public static async Task<ProtocolRunResult> RunAsync(ProtocolRunRequest request, LabDatabase database, IProgress<RunProgress>? progress, CancellationToken stop)
    {
        SimulatedBench? bench = request.Real is null ? new SimulatedBench(request.Cell, request.Seed) : null;
        await using SimulatedPress? simulated = bench?.Press(request.Plant);
        string name = simulated?.Name ?? request.Real!.Description.Instrument.Name;
        var description = new RunDescription(
            request.Cell.Name, request.Protocol, name, ProtocolFile.ToText(request.Protocol), request.Goal, request.CellText, request.PlanJson)
        {
            Terms = request.Terms,
        };
        if (request is { TakeUp: not null, Real.Hand: not null }) throw new ArgumentException("a run by hand is not taken up: what was typed says nothing of the press now", nameof(request));
        // A run that may not command its press is not begun.
        string id = request.TakeUp?.RunId ?? RunId.New(request.Clock.Time);
        LostRun? lost = request.TakeUp is { } again ? LostRuns.Find(database, again, request.Clock, simulated is not null) : null;
        using PressLease? lease = request.Real is { } asked ? Lease(request, asked, id, database) : null;
        using RunWriter writer = lost is null ? database.Begin(description, id) : database.Continue(id);
        request.Begun?.Invoke(writer.Id);
        var making = new Making(request, writer, database, lost, progress);
        RunRecord run = lost is { Last.HasEnded: true } ? Close(making, lease)
            : request.Real is { } real ? await RealAsync(making, real, lease!, stop)
            : await SimulatedAsync(making, simulated!, bench!, stop);
        var thickness = new Length(request.Cell.Layers.Sum(layer => layer.SolidThickness(request.Cell.Die.Area).Metres));
        ImmutableArray<StepVerdict> steps = Judge.Evaluate(run, request.Cell.Die, request.Cell.Press, thickness);
        if (request.Real?.Hand is not null) steps = HandVerdicts.Of(run, steps);
        var budget = new PressureBudget(request.Cell.Die, request.Cell.Press, thickness);
        database.SaveArtefact(writer.Id, MetricFacts.Artefact, MetricFacts.Write(run, budget));
        RunTiming? timing = double.IsPositiveInfinity(request.Clock.Speed) ? null : database.Overview(writer.Id).Timing;
        return new ProtocolRunResult(writer.Id, name, run, steps, Judge.Overall(run, steps), RunDigest.Of(run), MetricFacts.Of(run, budget), timing);
    }

    // The time of the lost process ran out between the last event and the end of the record: there is nothing left to do at the press.
    private static RunRecord Close(Making making, PressLease? lease)
    {
        making.Writer.Finish(making.Lost!.Last.Outcome);
        lease?.Release(null);
        return making.ReadBack(null);
    }

    private static PressLease Lease(ProtocolRunRequest request, RealPress real, string id, LabDatabase database) => request.TakeUp is { } again
        ? PressLease.TakeUp(database, real.Description.Identity, real.Who, id, again.Reason, request.Clock.Time)
        : PressLease.Take(database, real.Description.Identity, real.Who, id, request.Clock.Time);

    // On unlimited speed nobody could ask for anything in time; a run that was taken up waits for whoever took it up.
    private static async Task<RunRecord> SimulatedAsync(Making making, SimulatedPress press, SimulatedBench bench, CancellationToken stop)
    {
        ProtocolRunRequest request = making.Request;
        var person = new AutomaticOperator(s_promptTakes);
        bool unpaced = double.IsPositiveInfinity(request.Clock.Speed);
        if (unpaced && making.Lost is null)
            return await RunEngine.RunAsync(request.Protocol, press, making.Writer, person, bench, request.Clock, making.Progress, null, making.Conditions(null), stop);
        var control = new RunControl();
        await using var desk = new RunDesk(making.Database, making.Writer.Id, control, null, request.Clock.Time);
        making.AskToResume(control);
        return await RunEngine.RunAsync(request.Protocol, press, making.Writer, person, bench, request.Clock, making.Progress, control, making.Conditions(null), stop);
    }

    private static async Task<RunRecord> RealAsync(Making making, RealPress real, PressLease lease, CancellationToken stop)
    {
        (ProtocolRunRequest request, RunWriter writer, _, _, _) = making;
        string? blocked = $"run {writer.Id} ended without its release being known";
        try
        {
            var control = new RunControl();
            await using var desk = new RunDesk(making.Database, writer.Id, control, lease, request.Clock.Time);
            making.AskToResume(control);
            if (real.Hand is { } hand)
                return Free(await HandRun.RunAsync(request.Protocol, real.Description.Instrument, writer, hand, real.Person, real.Measurer, real.Time ?? request.Clock.Time, control, stop));
            if (real.Press is ModbusPress armed) armed.Proved = proof => making.Database.SaveArtefact(writer.Id, WatchdogProof.Artefact, proof.ToJson());
            await using var leased = new LeasedPress(real.Press!, lease);
            using var record = new QueuedSink(writer);
            try
            {
                return Free(await RunEngine.RunAsync(request.Protocol, leased, record, real.Person, real.Measurer, request.Clock, making.Progress, control, making.Conditions(record), stop));
            }
            catch (PressException)
            {
                // It could not be reached at the start: nothing has moved. A run that was to be taken up stays interrupted.
                if (making.Lost is null) record.Finish(RunOutcome.Aborted);
                blocked = making.Lost is null ? null : $"run {writer.Id} was lost on it and could not be taken up";
                throw;
            }
        }
        finally
        {
            lease.Release(blocked);
        }

        RunRecord Free(RunRecord run)
        {
            blocked = run.Outcome == RunOutcome.Aborted ? $"run {writer.Id} was aborted: {run.Events[^1].Text}" : null;
            return run;
        }
    }

    private sealed record Making(ProtocolRunRequest Request, RunWriter Writer, LabDatabase Database, LostRun? Lost, IProgress<RunProgress>? Progress)
    {
        // A run that is paced may take days: its record is read back from the store. So is one that was begun by another process.
        public RunConditions Conditions(QueuedSink? queue) => new()
        {
            Terms = Request.Terms,
            Lost = Lost,
            ReadBack = double.IsPositiveInfinity(Request.Clock.Speed) && Lost is null ? null : () => ReadBack(queue),
        };

        // In the thread of whoever asks, which is not that of the database of the run.
        public RunRecord ReadBack(QueuedSink? queue)
        {
            if (queue is null) Writer.FlushPending();
            else queue.Drain();
            using LabDatabase lab = LabDatabase.OpenOrCreate(Database.DatabasePath, Request.Clock.Time);
            return lab.Open(Writer.Id).Record;
        }

        // Whoever takes a run up says with it that it may go on; a run that was not under way has nothing to resume.
        public void AskToResume(RunControl control)
        {
            if (Request.TakeUp is not { } again || Lost is not { Last: { IsLeaving: false, Phase: not RunPhase.NotStarted } }) return;
            _ = control.AskAsync(PressVerb.Unsuspend, $"{again.Who}: {again.Reason}");
        }
    }

    /// <summary>The report of a protocol that was run without a plan, as one HTML page.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="cell">The cell, when it was described.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="version">Version of the software.</param>
    /// <param name="remarks">What to know before trusting it.</param>
    /// <param name="started">When it began, on a real press; null on the simulated one.</param>
    public static string Report(ProtocolRunResult result, Cell? cell, ulong? seed, string version, ImmutableArray<string> remarks, DateTimeOffset? started = null) =>
        ReportAssembly.Html(ReportAssembly.Of(result.Run, cell, result.PressName, version) with
        {
            Timing = result.Timing,
            Proof = new CellProof(result.Steps, [], s_missingWithoutPlan),
            Seed = seed,
            Simulated = started is null,
            Started = started,
            Digest = result.Digest,
            Remarks = remarks,
        });
}
