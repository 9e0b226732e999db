using System.Collections.Immutable;
using Isobar.Planning;
using Isobar.Protocols;

namespace Isobar.Lab.Runs;

/// <summary>One step, asked for and achieved, for machines.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TargetMegapascals">Pressure at its end; null for steps without one.</param>
/// <param name="Achieved">Mean pressure achieved with its band.</param>
/// <param name="OvershootPercent">Largest excess over the target.</param>
/// <param name="SpreadPercent">Relative standard deviation during a hold.</param>
/// <param name="InBandPercent">Share of the hold within the band.</param>
/// <param name="DurationSeconds">How long it took.</param>
/// <param name="Judgement">passed, failed, notVerifiable or notDone.</param>
/// <param name="Reason">Rule and numbers.</param>
public sealed record StepFacts(
    string Name,
    double? TargetMegapascals,
    BandFacts? Achieved,
    double? OvershootPercent,
    double? SpreadPercent,
    double? InBandPercent,
    double DurationSeconds,
    StepJudgement Judgement,
    string Reason);

/// <summary>A run for machines.</summary>
/// <param name="Id">Its id in the laboratory database.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Judgement">Verdict over all steps.</param>
/// <param name="Samples">How many samples were taken.</param>
/// <param name="DurationSeconds">Time from the first to the last sample.</param>
/// <param name="Digest">Digest of what was done.</param>
/// <param name="Steps">Verdict per step.</param>
public sealed record RunFacts(string Id, RunOutcome Outcome, StepJudgement Judgement, int Samples, double DurationSeconds, string Digest, StepFacts[] Steps)
{
    /// <summary>The facts of a run.</summary>
    public static RunFacts Of(string id, RunRecord run, string digest, ImmutableArray<StepVerdict> steps, StepJudgement overall) => new(
        id,
        run.Outcome,
        overall,
        run.Samples.Length,
        run.Samples.Length == 0 ? 0 : run.Samples[^1].TimeSeconds - run.Samples[0].TimeSeconds,
        digest,
        [.. steps.Select(Step)]);

    private static StepFacts Step(StepVerdict verdict) => new(
        verdict.Name,
        verdict.Target?.Megapascals,
        verdict.Achieved is { } achieved ? BandFacts.Of(achieved) : null,
        verdict.Overshoot?.Percent,
        verdict.Spread?.Percent,
        verdict.InBand?.Percent,
        verdict.Duration.Seconds,
        verdict.Judgement,
        verdict.Reason);
}

/// <summary>One property, planned and measured, for machines.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Planned">What the plan predicted.</param>
/// <param name="Measured">What was measured; null when nothing was.</param>
/// <param name="Verdict">asPlanned, differs or notMeasured.</param>
public sealed record PropertyFacts(string Key, string Label, BandFacts Planned, BandFacts? Measured, ProofVerdict Verdict);

/// <summary>What is proved of a cell, for machines.</summary>
/// <param name="Properties">Properties against the plan.</param>
/// <param name="Missing">What was not recorded.</param>
public sealed record ProofFacts(PropertyFacts[] Properties, string[] Missing)
{
    /// <summary>The facts of a proof.</summary>
    public static ProofFacts Of(CellProof proof) => new(
        [
            .. proof.Properties.Select(property => new PropertyFacts(
                property.Key,
                property.Label,
                BandFacts.Of(property.Dimension, property.Planned),
                property.Measured is { } measured ? BandFacts.Of(property.Dimension, measured) : null,
                property.Verdict)),
        ],
        [.. proof.Missing]);
}
