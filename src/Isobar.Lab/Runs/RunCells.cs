using System.Collections.Immutable;
using Isobar.Lab.Files;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Reproducibility;

namespace Isobar.Lab.Runs;

/// <summary>
/// The laboratory's own runs as a set of cells: areal resistance at the lowest frequency of the last spectrum, and the mean pressure achieved while it was taken. Runs that
/// were not completed or measured nothing are named in the notes.
/// </summary>
public static class RunCells
{
    /// <summary>All runs whose name begins with a text.</summary>
    /// <param name="database">The laboratory database.</param>
    /// <param name="name">Beginning of the name; null for all runs.</param>
    /// <exception cref="LabException">A record cannot be read.</exception>
    public static CellTable Read(LabDatabase database, string? name = null)
    {
        List<string> ids = [], names = [], presses = [], goals = [], left = [];
        List<double> resistances = [], pressures = [];
        foreach (RunSummary summary in database.Runs())
        {
            if (name is not null && !summary.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            if (summary.Outcome != RunOutcome.Completed)
            {
                left.Add($"{summary.Id} ({summary.Outcome.ToString().ToLowerInvariant()})");
                continue;
            }

            StoredRun run = database.Open(summary.Id);
            if (MeasurementText.Of(run.Record).LastOrDefault(measurement => measurement.Sweep is not null) is not { } last)
            {
                left.Add(summary.Id + " (no spectrum)");
                continue;
            }

            RunEvent taken = run.Record.Events.Last(happened => happened.Kind == RunEventKind.Measured);
            double[] during = [.. run.Record.Samples.Where(sample => sample.StepIndex == taken.StepIndex).Select(sample => sample.PressurePa)];
            ids.Add(summary.Id);
            names.Add(summary.Name);
            presses.Add(summary.Press);
            goals.Add(summary.Goal ?? "none");
            resistances.Add(last.Sweep!.LowFrequencyResistance() * 1e4);
            pressures.Add(during.Length > 0 && during.Average() > 0 ? during.Average() / 1e6 : double.NaN);
        }

        ImmutableArray<string> notes = left.Count == 0
            ? []
            : [$"{left.Count} {(left.Count == 1 ? "run is" : "runs are")} not part of the set: {string.Join(", ", left.Take(8))}{(left.Count > 8 ? ", ..." : "")}"];
        ImmutableArray<Grouping> groupings = ids.Count == 0
            ? []
            : [.. new (string Name, List<string> Labels)[] { ("cell", names), ("press", presses), ("goal", goals) }.Where(each => each.Labels.Distinct(StringComparer.Ordinal).Skip(1).Any()).Select(each => Grouping.Of(each.Name, each.Labels))];
        bool pressed = pressures.Exists(pressure => !double.IsNaN(pressure));
        return new CellTable(
            "areal resistance", "Ω cm²", MeasurementSeries.Of(resistances.ToArray()), [.. ids], groupings, pressed ? "pressure while measuring" : null, pressed ? [.. pressures] : [], notes);
    }
}
