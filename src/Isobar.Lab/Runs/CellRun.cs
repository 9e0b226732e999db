using System.Collections.Immutable;
using System.Text;
using Isobar.Cells;
using Isobar.Lab.Files;
using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Planning;
using Isobar.Protocols;

namespace Isobar.Lab.Runs;

/// <summary>A cell that is to be pressed and proved on the simulated bench.</summary>
/// <param name="Plan">Its plan.</param>
/// <param name="Protocol">What to do; the plan's own protocol, or an edited one.</param>
/// <param name="CellText">The cell file as the person wrote it.</param>
/// <param name="Seed">Seed of the simulated cell, press and instruments.</param>
/// <param name="Version">Version of the software.</param>
/// <param name="Clock">How fast.</param>
public sealed record CellRunRequest(Plan Plan, Protocol Protocol, string CellText, ulong Seed, string Version, RunClock Clock);

/// <summary>What came of it.</summary>
/// <param name="Id">Id in the laboratory database.</param>
/// <param name="Run">What was done.</param>
/// <param name="Proof">Verdicts.</param>
/// <param name="Overall">Verdict over all steps.</param>
/// <param name="Digest">Digest of what was done; the same for the same inputs and seed.</param>
/// <param name="ReportHtml">The report.</param>
public sealed record CellRunResult(string Id, RunRecord Run, CellProof Proof, StepJudgement Overall, string Digest, string ReportHtml);

/// <summary>Presses a planned cell on the simulated bench, judges it, proves it, stores it and reports it.</summary>
public static class CellRun
{
    /// <summary>Name of the stored report among the artefacts of a run.</summary>
    public const string ReportArtefact = "report.html";

    /// <summary>Does it. A cancelled run goes through its release policy, reads stopped and is stored and reported as such.</summary>
    public static async Task<CellRunResult> RunAsync(CellRunRequest request, LabDatabase database, IProgress<RunProgress>? progress, CancellationToken stop)
    {
        Plan plan = request.Plan;
        var bench = new SimulatedBench(plan.Cell, request.Seed);
        await using SimulatedPress press = bench.Press();
        var description = new RunDescription(
            plan.Cell.Name,
            request.Protocol,
            press.Name,
            ProtocolFile.ToText(request.Protocol),
            plan.Goal == Goal.Rate ? "rate" : "reliability",
            request.CellText,
            PlanFacts.ToJson(plan));
        RunRecord run;
        string id;
        using (RunWriter writer = database.Begin(description))
        {
            id = writer.Id;
            run = await RunEngine.RunAsync(
                request.Protocol, press, writer, new AutomaticOperator(new Quantities.Duration(60)), bench, request.Clock, progress, stop);
        }

        ImmutableArray<StepVerdict> verdicts = Judge.Evaluate(run, plan.Cell.Die, plan.Cell.Press, SolidThickness(plan.Cell));
        CellProof proof = CellProver.Prove(plan, verdicts, MeasurementText.Of(run));
        string digest = RunDigest.Of(run);
        string html = ReportAssembly.Html(ReportAssembly.Of(plan, request.Version) with
        {
            PressName = press.Name,
            Simulated = true,
            Run = run,
            Proof = proof,
            Spectrum = ReportAssembly.Spectrum(plan, run),
            Seed = request.Seed,
            Digest = digest,
        });
        database.SaveArtefact(id, ReportArtefact, Encoding.UTF8.GetBytes(html));
        return new CellRunResult(id, run, proof, Judge.Overall(run, verdicts), digest, html);
    }

    private static Quantities.Length SolidThickness(Cell cell) =>
        new(cell.Layers.Sum(layer => layer.SolidThickness(cell.Die.Area).Metres));
}
