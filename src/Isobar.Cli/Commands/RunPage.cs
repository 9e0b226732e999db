using System.Collections.Immutable;
using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;
using Spectre.Console;

namespace Isobar.Cli.Commands;

/// <summary>A run for people: the verdict first, then step by step.</summary>
internal static class RunPage
{
    public static void Write(IAnsiConsole page, RunRecord run, ImmutableArray<StepVerdict> steps, StepJudgement overall)
    {
        string took = run.Samples.Length == 0 ? "0 s" : Quantity.Format(new Duration(run.Samples[^1].TimeSeconds), 3);
        page.MarkupLineInterpolated($"[bold]run {Words(run.Outcome)}, {Words(overall)}[/], {took} of press time, {run.Samples.Length} samples");
        var table = new Listing("step", "target", "achieved (90 %)", "in band", "took", "verdict");
        foreach (StepVerdict verdict in steps)
        {
            if ((verdict.Target is null && verdict.Judgement == StepJudgement.Passed) || verdict.Judgement == StepJudgement.NotNeeded) continue;
            table.Add(
                verdict.Name,
                verdict.Target is { } target ? Quantity.Format(target, 3) : "",
                verdict.Achieved is { } achieved ? achieved.ToString() : "",
                verdict.InBand is { } inBand ? Quantity.Number(inBand.Percent, 3) + " %" : "",
                Quantity.Format(verdict.Duration, 2),
                Words(verdict.Judgement));
        }

        table.Write(page);
        foreach (StepVerdict verdict in steps.Where(verdict => verdict.Judgement is not (StepJudgement.Passed or StepJudgement.NotNeeded))) Prose.Write(page, $"{verdict.Name}: {Words(verdict.Judgement)}, {verdict.Reason}", 2);
    }

    public static void WriteProof(IAnsiConsole page, CellProof proof)
    {
        var table = new Listing("measured", "planned", "90 % band", "found", "90 % of it", "verdict");
        foreach (ProvedProperty property in proof.Properties)
        {
            if (property.Measured is not { } measured) continue;
            table.Add(
                property.Label,
                PlanPage.Value(property.Dimension, property.Planned),
                PlanPage.Band(property.Dimension, property.Planned, withUnit: false),
                PlanPage.Value(property.Dimension, measured),
                PlanPage.Band(property.Dimension, measured, withUnit: false),
                property.Verdict == ProofVerdict.AsPlanned ? "as planned" : "differs");
        }

        table.Write(page);
        int judged = proof.Properties.Count(property => property.Verdict != ProofVerdict.NotMeasured), differing = proof.Properties.Count(property => property.Verdict == ProofVerdict.Differs);
        if (differing > 0)
        {
            PlanPage.Note(page, "note", $"{differing} of {judged} measured properties {(differing == 1 ? "differs" : "differ")} from the plan by more than the 90 % interval of the difference, as one in ten does by chance. It is the plan that is in question; whether the pressing kept its limits is told above");
        }

        foreach (string missing in proof.Missing) PlanPage.Note(page, "not recorded", missing);
    }

    public static string Words(RunOutcome outcome) => outcome.ToString().ToLowerInvariant();

    public static string Words(StepJudgement judgement) => judgement switch
    {
        StepJudgement.Passed => "passed",
        StepJudgement.Failed => "failed",
        StepJudgement.NotVerifiable => "not verifiable",
        StepJudgement.NotNeeded => "not needed",
        _ => "not done",
    };
}
