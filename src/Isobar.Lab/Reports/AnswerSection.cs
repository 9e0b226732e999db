using Isobar.Planning;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Reports;

/// <summary>How the whole report turned out, in a word and a sentence.</summary>
/// <param name="Word">For the badge.</param>
/// <param name="Tone">Class that colours it; the word alone says the same.</param>
/// <param name="Sentence">Why.</param>
internal sealed record Outcome(string Word, string Tone, string Sentence)
{
    public static Outcome Of(ReportInput input)
    {
        if (input.Run is not { } run) return new("Planned, not pressed", "plain", "Nothing has been pressed or measured yet; every number here is a prediction.");
        if (run.Outcome != RunOutcome.Completed) return Unfinished(run);
        if (input.Proof is not { } proof) return new("! Not judged", "attention", "The run is complete, but it has not been judged against the protocol.");
        int failed = proof.Steps.Count(step => step.Judgement is StepJudgement.Failed or StepJudgement.NotDone);
        int open = proof.Steps.Count(step => step.Judgement == StepJudgement.NotVerifiable);
        List<string> differing = [.. proof.Properties.Where(p => p.Verdict == ProofVerdict.Differs).Select(p => p.Label)];
        int measured = proof.Properties.Count(p => p.Verdict != ProofVerdict.NotMeasured);
        string steps = $"{ReportText.Count(proof.Steps.Length - failed - open)} of {ReportText.Count(proof.Steps.Length)} steps passed"
            + (failed > 0 ? $", {ReportText.Count(failed)} did not" : "")
            + (open > 0 ? $", {ReportText.Count(open)} could not be verified" : "");
        string properties = measured == 0 ? "no property was measured"
            : differing.Count == 0 ? $"{ReportText.Count(measured)} of {ReportText.Count(measured)} measured properties came out as planned"
            : $"{ReportText.Count(differing.Count)} of {ReportText.Count(measured)} measured properties differ from the plan ({string.Join(", ", differing)})";
        string sentence = input.Plan is null ? $"{steps}." : $"{steps}; {properties}.";
        return failed > 0 ? new("✗ Not as asked", "bad", sentence)
            : differing.Count > 0 ? new("✗ Differs from the plan", "bad", sentence)
            : open > 0 ? new("! Not fully verifiable", "attention", sentence)
            : input.Plan is null ? new("✓ As asked", "good", sentence)
            : measured == 0 ? new("! Pressed, not measured", "attention", sentence)
            : new("✓ As planned", "good", sentence);
    }

    private static Outcome Unfinished(RunRecord run)
    {
        string last = run.Events.LastOrDefault(e => e.Kind is RunEventKind.LimitTripped or RunEventKind.Fault or RunEventKind.StopRequested)?.Text ?? "";
        string because = last.Length == 0 ? "." : $": {last.TrimEnd('.')}.";
        return run.Outcome switch
        {
            RunOutcome.Running => new("Running", "plain", "The run is not over; what follows is what was recorded so far."),
            RunOutcome.Stopped => new("! Stopped", "attention", "A person stopped the run" + because),
            RunOutcome.Aborted => new("✗ Aborted", "bad", "A limit or a fault ended the run" + because),
            _ => new("✗ Interrupted", "bad", "The program that pressed died within the run; what was acknowledged is kept."),
        };
    }
}

/// <summary>The first thing a reader sees: what to press, what to expect, what came out.</summary>
internal static class AnswerSection
{
    public static void Write(ReportInput input, MarkupWriter html)
    {
        Outcome outcome = Outcome.Of(input);
        using MarkupWriter.Scope scope = html.Open("header", ("id", "answer"));
        html.Element("p", Kicker(input), ("class", "kicker"));
        html.Element("h1", input.Title);
        html.Element("p", outcome.Word, ("class", "verdict " + outcome.Tone));
        html.Element("p", input.Plan is { } intended ? Sentence(intended, input, outcome) : $"Protocol {input.Run!.Protocol.Name}. {outcome.Sentence}", ("class", "answer"));
        if (input.Plan is { } plan) PlanKeys(plan, input, html);
        else if (input.Proof is { } proof) HoldKeys(proof, html);
    }

    private static void PlanKeys(Plan plan, ReportInput input, MarkupWriter html)
    {
        using MarkupWriter.Scope keys = html.Open("dl", ("class", "keys"));
        foreach (PressureWindow window in plan.Windows)
        {
            BandText chosen = ReportText.Band(window.Chosen);
            Key(html, ReportText.Capital(window.Label), chosen.ValueWithUnit, $"90 % band {chosen.BandWithUnit}; {ReportText.Of(window.Force)}");
        }

        BandText resistance = ReportText.Band(plan.Chosen.Resistance);
        Key(html, "Cell resistance, predicted", resistance.ValueWithUnit, "90 % band " + resistance.BandWithUnit);
        if (Resistance(input) is { Measured: { } measured } property)
        {
            BandText found = ReportText.Band(property.Dimension, measured);
            Key(html, "Cell resistance, measured", found.ValueWithUnit, "90 % band " + found.BandWithUnit);
        }

        BandText scatter = ReportText.Band(Percent, plan.Chosen.Scatter.Si);
        Key(html, "Scatter from cell to cell, predicted", scatter.ValueWithUnit, "90 % band " + scatter.BandWithUnit);
        BandText rate = ReportText.Band(CRate, plan.Chosen.RateCapability);
        Key(html, "Rate at which the resistance takes 200 mV", rate.ValueWithUnit, "90 % band " + rate.BandWithUnit);
    }

    // Without a plan the answer is what was held, and how well that is known.
    private static void HoldKeys(CellProof proof, MarkupWriter html)
    {
        List<(string Name, Estimate<SamplePressure> Achieved, Duration Took)> holds =
            [.. proof.Steps.Where(step => step.InBand is not null && step.Achieved is not null).Select(step => (step.Name, step.Achieved!.Value, step.Duration))];
        if (holds.Count == 0) return;
        using MarkupWriter.Scope keys = html.Open("dl", ("class", "keys"));
        foreach ((string name, Estimate<SamplePressure> achieved, Duration took) in holds)
        {
            BandText band = ReportText.Band(achieved);
            Key(html, ReportText.Capital(name), band.ValueWithUnit, $"90 % band {band.BandWithUnit}; for {ReportText.Time(took)}");
        }
    }

    /// <summary>Shares are always in per cent here, also those under one.</summary>
    internal static Unit Percent => Fraction.Dimension.Find("%")!;

    /// <summary>A rate relative to the capacity; a plain number that people write with a C.</summary>
    internal static Unit CRate { get; } = new("C", 1);

    internal static string Name(Goal goal) => goal switch
    {
        Goal.Rate => "rate",
        Goal.Reliability => "reliability",
        _ => throw new ArgumentOutOfRangeException(nameof(goal), goal, "a goal without a name"),
    };

    private static ProvedProperty? Resistance(ReportInput input) =>
        input.Proof?.Properties.FirstOrDefault(property => string.Equals(property.Key, input.ResistanceKey, StringComparison.Ordinal));

    private static string Kicker(ReportInput input)
    {
        string what = input.Run is null ? "Plan" : input.Simulated ? "Simulated run" : "Run";
        return $"{what} · {input.PressName}" + (input.Plan is { } plan ? $" · goal: {Name(plan.Goal)}" : "");
    }

    private static string Sentence(Plan plan, ReportInput input, Outcome outcome)
    {
        string pressures = string.Join(", ", plan.Windows.Select(window =>
            $"{Lower(window.Label)} {Glued(ReportText.Of(window.Chosen.Value))} for {Glued(ReportText.Time(window.Hold))}"));
        string expected = $"This should give a cell of {Banded(ReportText.Band(plan.Chosen.Resistance))} with a scatter of "
            + $"{Banded(ReportText.Band(Percent, plan.Chosen.Scatter.Si))} from cell to cell.";
        string found = Resistance(input) is { Measured: { } measured } property
            ? $" Measured: {Banded(ReportText.Band(property.Dimension, measured))}, {ProofSection.Lower(property.Verdict)}."
            : "";
        return $"For {Name(plan.Goal)}: {pressures}. {expected}{found} {outcome.Sentence}";
    }

    private static string Banded(BandText band) => $"{Glued(band.ValueWithUnit)} ({band.Low} to {band.High})";

    // A number and its unit stay on one line.
    private static string Glued(string quantity) => quantity.Replace(' ', '\u00a0');

    // A label that begins a name of its own (Li, NCM) keeps its capital.
    private static string Lower(string label) =>
        label.Length > 1 && char.IsUpper(label[0]) && char.IsLower(label[1]) && label.Length > 3 && char.IsLower(label[2])
            ? char.ToLowerInvariant(label[0]) + label[1..]
            : label;

    private static void Key(MarkupWriter html, string name, string value, string detail)
    {
        using MarkupWriter.Scope scope = html.Open("div");
        html.Element("dt", name);
        using MarkupWriter.Scope number = html.Open("dd");
        html.Text(value);
        html.Element("span", detail);
    }
}
