using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>The verdicts: each step against the protocol, each property against the plan.</summary>
internal static class ProofSection
{
    public static void WriteSteps(CellProof proof, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "verdicts", "Verdict per step");
        ReportTable.Write(
            html,
            "Achieved: mean nominal sample pressure with the 90 % band of its measurement.",
            [
                new("step"), new("asked (MPa)", true), new("achieved (MPa)", true), new("90 % band (MPa)", true), new("overshoot (%)", true),
                new("spread (%)", true), new("in band (%)", true), new("took"), new("verdict and why"),
            ],
            proof.Steps.Select(step => (ReportCell[])
            [
                step.Name,
                step.Target is { } target ? ReportText.Megapascals(target) : "–",
                step.Achieved is { } achieved ? ReportText.Megapascals(achieved.Value) : "–",
                step.Achieved is { } banded ? $"{ReportText.Megapascals(banded.Low90)} to {ReportText.Megapascals(banded.High90)}" : "–",
                Share(step.Overshoot),
                Share(step.Spread),
                step.InBand is { } inBand ? ReportText.Percent(inBand, 3) : "–",
                ReportText.Time(step.Duration).Replace(' ', '\u00a0'),
                Word(step.Judgement) with { Detail = step.Reason },
            ]));
    }

    public static void WriteProperties(ReportInput input, MarkupWriter html)
    {
        if (input.Proof is not { } proof)
        {
            if (input.Plan is { } plan) WritePredictions(plan, html);
            return;
        }

        if (input.Plan is null) return;

        using MarkupWriter.Scope section = ReportTable.Section(html, "properties", "Planned and measured");
        ReportTable.Write(
            html,
            "A property is as planned when the difference lies within its own 90 % interval. Not measured is not the same as planned.",
            [new("property"), new("unit"), new("planned", true), new("90 % band", true), new("measured", true), new("90 % band", true), new("verdict")],
            proof.Properties.Select(property =>
            {
                Unit unit = UnitOf(property.Dimension, property.Planned);
                BandText planned = ReportText.Band(unit, property.Planned);
                BandText? measured = property.Measured is { } value ? ReportText.Band(unit, value) : null;
                return (ReportCell[])
                [
                    property.Label + (property.Planned.Extrapolated ? " *" : ""),
                    UnitName(planned.Unit),
                    planned.Value,
                    $"{planned.Low} to {planned.High}",
                    measured?.Value ?? "–",
                    measured is { } found ? $"{found.Low} to {found.High}" : "–",
                    Word(property.Verdict),
                ];
            }));
        Footnote(html, proof.Properties.Any(property => property.Planned.Extrapolated));
    }

    public static string Lower(ProofVerdict verdict) => verdict switch
    {
        ProofVerdict.AsPlanned => "as planned",
        ProofVerdict.Differs => "which differs from the plan",
        ProofVerdict.NotMeasured => "not measured",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "a verdict without a name"),
    };

    private static void WritePredictions(Plan plan, MarkupWriter html)
    {
        using MarkupWriter.Scope section = ReportTable.Section(html, "properties", "What to expect");
        ReportTable.Write(
            html,
            "Properties of the finished cell at stack pressure, as predicted.",
            [new("property"), new("unit"), new("predicted", true), new("90 % band", true)],
            plan.Predictions.Select(prediction =>
            {
                BandText text = ReportText.Band(UnitOf(prediction.Dimension, prediction.Estimate), prediction.Estimate);
                return (ReportCell[])[prediction.Label + (prediction.Estimate.Extrapolated ? " *" : ""), UnitName(text.Unit), text.Value, $"{text.Low} to {text.High}"];
            }));
        Footnote(html, plan.Predictions.Any(prediction => prediction.Estimate.Extrapolated));
    }

    private static void Footnote(MarkupWriter html, bool extrapolated)
    {
        if (extrapolated) html.Element("p", "* A model was asked outside the range in which it was shown to hold.", ("class", "note"));
    }

    // Shares under one per cent stay in per cent; the other dimensions choose the unit that suits the planned value.
    private static Unit UnitOf(Dimension dimension, Estimate planned) =>
        dimension == Fraction.Dimension ? AnswerSection.Percent : dimension.PrintUnit(planned.Value);

    private static string UnitName(string unit) => unit.Length == 0 ? "1" : unit;

    private static string Share(Fraction? share) => share is { } value ? ReportText.Percent(value) : "–";

    private static ReportCell Word(StepJudgement judgement) => judgement switch
    {
        StepJudgement.Passed => new("✓ passed", "word good"),
        StepJudgement.Failed => new("✗ failed", "word bad"),
        StepJudgement.NotVerifiable => new("! not verifiable", "word attention"),
        StepJudgement.NotDone => new("✗ not done", "word bad"),
        StepJudgement.NotNeeded => new("– not needed", "word"),
        _ => throw new ArgumentOutOfRangeException(nameof(judgement), judgement, "a judgement without a name"),
    };

    private static ReportCell Word(ProofVerdict verdict) => verdict switch
    {
        ProofVerdict.AsPlanned => new("✓ as planned", "word good"),
        ProofVerdict.Differs => new("✗ differs", "word bad"),
        ProofVerdict.NotMeasured => new("– not measured", "word plain"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "a verdict without a name"),
    };
}
