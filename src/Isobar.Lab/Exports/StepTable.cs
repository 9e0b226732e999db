using System.Collections.Immutable;
using Isobar.Lab.Runs;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Exports;

/// <summary>The steps of a run, asked for and achieved, as a table in SI units. It is made from the record alone: read back, it comes out the same.</summary>
internal static class StepTable
{
    private sealed record Column(string Name, string Unit, string Meaning, Func<StepVerdict, StepMetrics, object?> Of);

    private static readonly ImmutableArray<Column> s_columns =
    [
        new("step", "", "step of the protocol, from 0", static (verdict, _) => verdict.StepIndex),
        new("name", "", "its name", static (verdict, _) => verdict.Name),
        new("target_Pa", "Pa", "pressure asked for at its end", static (verdict, _) => verdict.Target?.Pascals),
        new("achieved_Pa", "Pa", "mean pressure achieved", static (verdict, _) => verdict.Achieved?.Value.Pascals),
        new("achieved_u_Pa", "Pa", "standard uncertainty of it", static (verdict, _) => verdict.Achieved?.StandardUncertainty.Pascals),
        new("bias_Pa", "Pa", "mean less target during a hold, weighted by time", static (_, metrics) => metrics.Hold?.Bias.Value.Pascals),
        new("deviation_Pa", "Pa", "standard deviation during a hold", static (_, metrics) => metrics.Hold?.StandardDeviation.Value.Pascals),
        new("lowest_Pa", "Pa", "lowest pressure of a hold", static (_, metrics) => metrics.Hold?.Lowest.Pascals),
        new("highest_Pa", "Pa", "highest pressure of a hold", static (_, metrics) => metrics.Hold?.Highest.Pascals),
        new("drift_Pa_per_s", "Pa/s", "slope during a hold (Theil, Sen)", static (_, metrics) => metrics.Hold?.Drift.Value.PascalsPerSecond),
        new("in_band", "", "share of a hold within its band", static (_, metrics) => metrics.Hold?.InBand.Value),
        new("overshoot", "", "largest excess over the target, a share of it", static (_, metrics) => metrics.Overshoot?.Value.Value),
        new("rise_s", "s", "from 10 to 90 % of the way of a ramp", static (_, metrics) => metrics.Rise?.Value.Seconds),
        new("settling_s", "s", "from the arrival of the set-point until within 0.5 %", static (_, metrics) => metrics.Settling?.Value.Seconds),
        new("springback_m", "m", "what the sample grew back in a release", static (_, metrics) => metrics.Springback?.Value.Metres),
        new("work_J", "J", "work done on the sample", static (_, metrics) => metrics.WorkJoules?.Value),
        new("displacement_m", "m", "displacement at the end", static (_, metrics) => metrics.DisplacementAtEnd?.Value.Metres),
        new("duration_s", "s", "how long it took", static (verdict, _) => verdict.Duration.Seconds),
        new("samples", "", "samples of it", static (_, metrics) => metrics.Record.Samples),
        new("gaps", "", "intervals between samples longer than half a second", static (_, metrics) => metrics.Record.Gaps),
        new("verdict", "", "passed, failed, not verifiable or not done", static (verdict, _) => verdict.Judgement.ToString()),
        new("reason", "", "rule and numbers", static (verdict, _) => verdict.Reason),
    ];

    /// <summary>Its description.</summary>
    public static ImmutableArray<TableColumn> Columns { get; } =
        [.. s_columns.Select(column => new TableColumn(column.Name, column.Unit, column.Meaning, column.Name is "step" or "samples" or "gaps" ? "integer" : column.Name is "name" or "verdict" or "reason" ? "string" : "number"))];

    public static byte[] Write(StoredRun run)
    {
        RunEvidence evidence = RunEvidence.Of(run);
        var table = new CsvText();
        foreach (Column column in s_columns) table.Text(column.Name);
        table.EndRow();
        for (int i = 0; i < evidence.Verdicts.Length; i++)
        {
            foreach (Column column in s_columns)
            {
                object? value = column.Of(evidence.Verdicts[i], evidence.Metrics[i]);
                _ = value switch
                {
                    int whole => table.Whole(whole),
                    string text => table.Text(text),
                    _ => table.Number((double?)value),
                };
            }

            table.EndRow();
        }

        return table.ToBytes();
    }
}
