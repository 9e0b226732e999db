using System.Collections.Immutable;
using Isobar.Electrochemistry.Cycling;
using Isobar.Lab.Files.Tables;

namespace Isobar.Lab.Files.Cycling;

/// <summary>Makes a series of the table that a format found: units, one clock, the sign of the current, and what does not fit together.</summary>
internal static class CyclerAssembly
{
    public static CyclerFile Assemble(FileContent content, CyclerFormat format, CyclerDraft draft, CyclerFileOptions options)
    {
        List<string> notes = [.. draft.Notes, .. draft.Table.Notes], dialect = [.. draft.Dialect];
        var columns = new CyclerChoice(draft);
        int time = columns.Require(draft.ClockOfStep ? CyclerRole.StepTime : CyclerRole.TestTime, "time", "a column of the time since the test began, such as 'Test_Time(s)'");
        int voltage = columns.Require(CyclerRole.Voltage, "voltage", "a column such as 'Voltage(V)'");
        int current = columns.Require(CyclerRole.Current, "current", "a column such as 'Current(A)'");
        double[] seconds = columns.Values(time), volts = columns.Values(voltage), amperes = columns.Values(current);
        List<int> rows = Rows(seconds, volts, amperes, notes);
        if (rows.Count == 0) throw content.Error("no row has time, voltage and current", "rows of cycling data", "check that the test ran");
        seconds = draft.ClockOfStep ? Joined(draft.Table, rows, seconds, notes) : Pick(seconds, rows);
        CheckClock(draft.Table, rows, seconds, columns);
        (double[] charging, string sign) = CurrentSign.Of(draft, columns, rows, Pick(amperes, rows), Pick(volts, rows), options, notes);
        double start = seconds[0];
        var series = new CyclerSeries([.. seconds.Select(s => s - start)], [.. Pick(volts, rows)], [.. charging]);
        series = WithOthers(series, columns, rows, notes);
        dialect.Add(columns.Told(time, voltage, current));
        dialect.Add(sign);
        foreach ((int column, string what, string unit) in (ReadOnlySpan<(int, string, string)>)[(voltage, "voltage", "V"), (current, "current", "A"), (time, "time", "s")])
        {
            if (draft.Columns[column].Unit.Length == 0 && !format.UnitsAreKnown) notes.Add($"no unit of the {what} is stated: taken as {unit}");
        }

        return new CyclerFile(content.Path, format.Name, [.. dialect], series, [.. draft.Facts], [.. notes]);
    }

    private static CyclerSeries WithOthers(CyclerSeries series, CyclerChoice columns, List<int> rows, List<string> notes)
    {
        if (columns.Find(CyclerRole.Cycle) is { } cycle) series = series.WithCycleNumbers(CycleNumbers(Pick(columns.Values(cycle), rows)));
        int? charge = columns.Find(CyclerRole.ChargeCounter), discharge = columns.Find(CyclerRole.DischargeCounter);
        if (charge is { } c && discharge is { } d) series = series.WithCounters([.. Pick(columns.Values(c), rows)], [.. Pick(columns.Values(d), rows)]);
        if (columns.Find(CyclerRole.Temperature) is { } temperature) series = series.WithTemperature([.. Pick(columns.Values(temperature), rows)]);
        int? applied = columns.Find(CyclerRole.AppliedPressure), surface = columns.Find(CyclerRole.SurfacePressure);
        if (applied is not null && surface is not null) notes.Add("the file has an applied and a measured (surface) pressure; the measured one is used");
        if ((surface ?? applied) is { } pressure) series = series.WithPressure([.. Pick(columns.Values(pressure), rows)]);
        return series;
    }

    // A row without a number has the cycle of the row before it.
    private static ImmutableArray<int> CycleNumbers(double[] values)
    {
        var numbers = ImmutableArray.CreateBuilder<int>(values.Length);
        int last = 0;
        foreach (double value in values)
        {
            if (value is >= int.MinValue and <= int.MaxValue) last = (int)value;
            numbers.Add(last);
        }

        return numbers.MoveToImmutable();
    }

    private static List<int> Rows(double[] seconds, double[] volts, double[] amperes, List<string> notes)
    {
        List<int> rows = new(seconds.Length);
        for (int i = 0; i < seconds.Length; i++)
        {
            if (double.IsFinite(seconds[i]) && double.IsFinite(volts[i]) && double.IsFinite(amperes[i])) rows.Add(i);
        }

        int without = seconds.Length - rows.Count;
        if (without > 0) notes.Add($"{Plural.Of(without, "row")} without time, voltage or current {(without == 1 ? "is" : "are")} left out");
        return rows;
    }

    // A clock that begins anew at each step is put end to end; the time between the last row of a step and the first of the next is not recorded.
    private static double[] Joined(NumberTable table, List<int> rows, double[] stepSeconds, List<string> notes)
    {
        var seconds = new double[rows.Count];
        double offset = 0;
        int restarts = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double here = stepSeconds[rows[i]];
            if (here < 0) throw table.RowError(rows[i], $"the time is {here:G6} s", "a time since the step began", "check the column of times");
            if (i > 0 && here < stepSeconds[rows[i - 1]])
            {
                offset = seconds[i - 1];
                restarts++;
            }

            seconds[i] = offset + here;
        }

        notes.Add($"the file has only the time within each step: its {Plural.Of(restarts + 1, "step")} are put end to end");
        return seconds;
    }

    private static void CheckClock(NumberTable table, List<int> rows, double[] seconds, CyclerChoice columns)
    {
        for (int i = 1; i < seconds.Length; i++)
        {
            if (seconds[i] >= seconds[i - 1]) continue;
            bool newStep = columns.Find(CyclerRole.Step) is { } step && !columns.Values(step)[rows[i]].Equals(columns.Values(step)[rows[i - 1]]);
            throw table.RowError(
                rows[i], $"the time goes back from {seconds[i - 1]:G9} s to {seconds[i]:G9} s" + (newStep ? ", where a new step begins: it is the time within a step, or was written wrongly there" : ""),
                "a time since the test began, which never goes back", newStep ? "export the total time of the test" : "put the rows in the order of time, or export the test again");
        }
    }

    private static double[] Pick(double[] values, List<int> rows)
    {
        var picked = new double[rows.Count];
        for (int i = 0; i < picked.Length; i++) picked[i] = values[rows[i]];
        return picked;
    }
}
