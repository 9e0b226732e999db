using System.Collections.Immutable;
using Isobar.Lab.Reports;
using Isobar.Quantities;
using Isobar.Reproducibility;

namespace Isobar.Cli.Commands;

/// <summary>The cell-set check for machines: stable names, numbers in the unit of the measure, shares between 0 and 1.</summary>
internal static class CheckFacts
{
    public static Facts Of(CellSetAnswer answer, string source, ImmutableArray<string> files)
    {
        Spread spread = answer.Spread;
        return new Facts(
            source, answer.Set.MeasureName, answer.Set.Unit, [.. CellSetWords.Answer(answer)],
            new SpreadFacts(
                spread.Count, spread.Mean, Finite(spread.MeanInterval), spread.Median, spread.Lowest, spread.Highest, Finite(spread.StandardDeviation), Finite(spread.DeviationInterval), Finite(spread.CoefficientOfVariation), spread.Coverage),
            answer.OddCells is not { } odd ? null : new OddFacts(
                odd.Rule, answer.Question.Alpha, [.. odd.Cells.Select(cell => new OddCellFacts(cell.Id, cell.Value, cell.Statistic, cell.Critical, cell.Probability, Finite(cell.RobustScore), cell.Odd))],
                [.. odd.Robust.Select(i => answer.Set.Ids[i])], Finite(odd.RobustFalseAlarm), odd.Without?.StandardDeviation),
            answer.Components is not { } components ? null : new ComponentsFacts(
                [.. components.Components.Select(component => new ComponentFacts(component.Name, component.Groups, component.Variance, component.Share, Finite(component.RawAnovaVariance), Finite(component.F), Finite(component.Probability), Finite(component.RatioInterval)))],
                components.ResidualVariance, components.ResidualShare, Finite(answer.ShareInterval), Finite(components.RestrictedCriterion)),
            answer.Pressure is not { } pressure ? null : new PressureFacts(
                answer.Set.PressureName, pressure.Count, pressure.Slope, pressure.SlopeError, Finite(pressure.SlopeInterval)!, pressure.Probability, pressure.Share, Finite(pressure.ShareInterval), pressure.WithPressureError?.Slope, pressure.WithPressureError?.SlopeError,
                answer.PressureWithoutOdd?.Slope, answer.PressureWithoutOdd?.Share),
            [.. answer.Pairs.Select(pair => PairOf(pair, answer))],
            answer.Adjusted is not { } adjusted ? null : new AdjustedFacts(
                adjusted.Fit.Coefficients[1], adjusted.Fit.StandardError(1), adjusted.PressureF, adjusted.PressureProbability, adjusted.GroupF, adjusted.GroupProbability,
                [.. adjusted.Comparisons.Select(pair => new AdjustedPairFacts(pair.First, pair.Second, pair.Raw, Finite(pair.RawInterval)!, pair.RawProbability, pair.Adjusted, Finite(pair.AdjustedInterval)!, pair.AdjustedProbability, pair.FirstPressure, pair.SecondPressure, CellSetWords.Why(pair, adjusted)))]),
            answer.Size is not { } size ? null : new SizeFacts(size.Effect, size.Power, Finite(size.CellsPerGroup), Finite(size.CellsInterval), Finite(size.SmallestEffect)),
            Finite(answer.Tolerance), answer.Question.Content, answer.Capability is not { } capability ? null : new CapabilityFacts(capability.Cp, capability.Cpk, Finite(capability.CpkInterval)!), answer.LimitsKept, answer.MethodsText, answer.Notes, files);
    }

    private static PairFacts PairOf(PairAnswer pair, CellSetAnswer answer) => new(
        pair.First, pair.Second, pair.Comparison.FirstCount, pair.Comparison.SecondCount, pair.Comparison.Difference, Finite(pair.Comparison.DifferenceInterval(answer.Question.Coverage))!, pair.Comparison.Probability, pair.HolmProbability,
        pair.Equivalence is not { } equivalence ? null : new EquivalenceFacts(equivalence.Relative, equivalence.Margin.High, Finite(equivalence.Interval), equivalence.Probability, equivalence.Shown), pair.Verdict, CellSetWords.Verdict(pair.Verdict, answer));

    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;

    internal static IntervalFacts? Finite(Interval? interval) => interval is not { } known || double.IsNaN(known.Low) ? null : new IntervalFacts(Finite(known.Low), Finite(known.High));

    internal sealed record IntervalFacts(double? Low, double? High);

    internal sealed record Facts(
        string Source, string Measure, string Unit, string[] Answer, SpreadFacts Spread, OddFacts? OddCells, ComponentsFacts? Components, PressureFacts? Pressure, PairFacts[] Comparisons, AdjustedFacts? AtEqualPressure, SizeFacts? CellsNeeded,
        IntervalFacts? ToleranceInterval, double ToleranceContent, CapabilityFacts? Capability, bool? LimitsKept, string MethodsText, ImmutableArray<string> Notes, ImmutableArray<string> Files);

    internal sealed record SpreadFacts(
        int Count, double Mean, IntervalFacts? MeanInterval, double Median, double Lowest, double Highest, double? StandardDeviation, IntervalFacts? StandardDeviationInterval, double? CoefficientOfVariation, double Coverage);

    internal sealed record OddFacts(string Rule, double Alpha, OddCellFacts[] Cells, string[] BeyondRobustLimit, double? RobustFalseAlarm, double? StandardDeviationWithout);

    internal sealed record OddCellFacts(string Cell, double Value, double Statistic, double Critical, double Probability, double? RobustScore, bool Odd);

    internal sealed record ComponentsFacts(ComponentFacts[] Sources, double ResidualVariance, double ResidualShare, IntervalFacts? ShareInterval, double? RestrictedCriterion);

    internal sealed record ComponentFacts(string Source, int Groups, double Variance, double Share, double? AnovaVariance, double? F, double? Probability, IntervalFacts? RatioToResidualInterval);

    internal sealed record PressureFacts(
        string Name, int Count, double Slope, double SlopeError, IntervalFacts SlopeInterval, double Probability, double Share, IntervalFacts? ShareInterval, double? SlopeWithPressureError, double? SlopeWithPressureErrorStandardError, double? SlopeWithoutOddCells,
        double? ShareWithoutOddCells);

    internal sealed record PairFacts(
        string First, string Second, int FirstCount, int SecondCount, double Difference, IntervalFacts DifferenceInterval, double Probability, double HolmProbability, EquivalenceFacts? Equivalence, ComparisonVerdict Verdict, string Text);

    internal sealed record EquivalenceFacts(bool Relative, double Margin, IntervalFacts? Interval90, double Probability, bool Shown);

    internal sealed record AdjustedFacts(double Slope, double SlopeError, double PressureF, double PressureProbability, double GroupF, double GroupProbability, AdjustedPairFacts[] Comparisons);

    internal sealed record AdjustedPairFacts(
        string First, string Second, double Raw, IntervalFacts RawInterval, double RawProbability, double Adjusted, IntervalFacts AdjustedInterval, double AdjustedProbability, double FirstPressureMPa, double SecondPressureMPa, string Why);

    internal sealed record SizeFacts(double Effect, double Power, double? CellsPerGroup, IntervalFacts? CellsInterval, double? SmallestEffectOfThisSet);

    internal sealed record CapabilityFacts(double Cp, double Cpk, IntervalFacts CpkInterval);
}
