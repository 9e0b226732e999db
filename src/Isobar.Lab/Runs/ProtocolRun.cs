using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>A protocol that is to be run on the simulated press.</summary>
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
}

/// <summary>What came of it.</summary>
/// <param name="Id">Id in the laboratory database.</param>
/// <param name="PressName">Press it was done with.</param>
/// <param name="Run">What was done.</param>
/// <param name="Steps">Verdict per step.</param>
/// <param name="Overall">Verdict over all steps.</param>
/// <param name="Digest">Digest of what was done; the same for the same inputs and seed.</param>
public sealed record ProtocolRunResult(string Id, string PressName, RunRecord Run, ImmutableArray<StepVerdict> Steps, StepJudgement Overall, string Digest);

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
        var bench = new SimulatedBench(request.Cell, request.Seed);
        await using SimulatedPress press = bench.Press();
        var description = new RunDescription(
            request.Cell.Name, request.Protocol, press.Name, ProtocolFile.ToText(request.Protocol), request.Goal, request.CellText, request.PlanJson);
        using RunWriter writer = database.Begin(description);
        RunRecord run = await RunEngine.RunAsync(
            request.Protocol, press, writer, new AutomaticOperator(s_promptTakes), bench, request.Clock, progress, stop);
        var thickness = new Length(request.Cell.Layers.Sum(layer => layer.SolidThickness(request.Cell.Die.Area).Metres));
        ImmutableArray<StepVerdict> steps = Judge.Evaluate(run, request.Cell.Die, request.Cell.Press, thickness);
        return new ProtocolRunResult(writer.Id, press.Name, run, steps, Judge.Overall(run, steps), RunDigest.Of(run));
    }

    /// <summary>The report of a protocol that was run without a plan, as one HTML page.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="cell">The cell, when it was described.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="version">Version of the software.</param>
    /// <param name="remarks">What to know before trusting it.</param>
    public static string Report(ProtocolRunResult result, Cell? cell, ulong seed, string version, ImmutableArray<string> remarks) =>
        ReportAssembly.Html(ReportAssembly.Of(result.Run, cell, result.PressName, version) with
        {
            Proof = new CellProof(result.Steps, [], s_missingWithoutPlan),
            Seed = seed,
            Digest = result.Digest,
            Remarks = remarks,
        });
}
