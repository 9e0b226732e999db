using System.Text;
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
        ProtocolRunResult pressed = await ProtocolRun.RunAsync(
            new ProtocolRunRequest(request.Protocol, plan.Cell, request.CellText, request.Seed, request.Clock)
            {
                Goal = plan.Goal == Goal.Rate ? "rate" : "reliability",
                PlanJson = PlanFacts.ToJson(plan),
            },
            database,
            progress,
            stop);
        CellProof proof = CellProver.Prove(plan, pressed.Steps, MeasurementText.Of(pressed.Run));
        string html = ReportAssembly.Html(ReportAssembly.Of(plan, request.Version) with
        {
            PressName = pressed.PressName,
            Simulated = true,
            Run = pressed.Run,
            Proof = proof,
            Spectrum = ReportAssembly.Spectrum(plan, pressed.Run),
            Seed = request.Seed,
            Digest = pressed.Digest,
        });
        database.SaveArtefact(pressed.Id, ReportArtefact, Encoding.UTF8.GetBytes(html));
        return new CellRunResult(pressed.Id, pressed.Run, proof, pressed.Overall, pressed.Digest, html);
    }
}
