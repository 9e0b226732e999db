using System.Globalization;
using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Runs;

/// <summary>What a load cell is logged for.</summary>
/// <param name="Name">Name of the log, usually the cell's.</param>
/// <param name="Diameter">Diameter of the cell, by which a force is a pressure.</param>
/// <param name="For">How long.</param>
/// <param name="Every">Time between two readings.</param>
public sealed record MonitorRequest(string Name, Length Diameter, Duration For, Duration Every)
{
    /// <summary>Pressure below which a note is written; null for none.</summary>
    public SamplePressure? Lowest { get; init; }

    /// <summary>Pressure above which a note is written; null for none.</summary>
    public SamplePressure? Highest { get; init; }
}

/// <summary>What was logged.</summary>
/// <param name="Id">Id of the run that holds it.</param>
/// <param name="Outcome">Completed, or stopped before its time.</param>
/// <param name="Readings">How many readings.</param>
/// <param name="Missed">How many readings did not come.</param>
/// <param name="Mean">Mean pressure; NaN without a reading.</param>
/// <param name="LowestSeen">Lowest.</param>
/// <param name="HighestSeen">Highest.</param>
/// <param name="First">First.</param>
/// <param name="Last">Last.</param>
public sealed record MonitorResult(string Id, RunOutcome Outcome, long Readings, long Missed, SamplePressure Mean, SamplePressure LowestSeen, SamplePressure HighestSeen, SamplePressure First, SamplePressure Last);

/// <summary>Logs a load cell for days: no command is ever sent, nothing is kept in memory, and every reading is durable when it was taken.</summary>
public static class ForceMonitor
{
    /// <summary>Logs. Cancelling ends it; what was logged is kept and reads stopped.</summary>
    public static async Task<MonitorResult> RunAsync(MonitorRequest request, ILoadCell cell, LabDatabase lab, TimeProvider time, Action<string>? begun, IProgress<TraceSample>? progress, CancellationToken stop)
    {
        var protocol = new Protocol(request.Name, request.Diameter, request.Highest ?? new SamplePressure(0), new PressureRate(0), []);
        string text = string.Create(CultureInfo.InvariantCulture, $"monitor {cell.Name} for {request.For} every {request.Every}");
        using RunWriter writer = lab.Begin(new RunDescription(request.Name, protocol, cell.Name, text));
        begun?.Invoke(writer.Id);
        var log = new Log(request, writer);
        RunOutcome outcome = RunOutcome.Completed;
        long started = time.GetTimestamp();
        long count = (long)Math.Floor(request.For.Seconds / request.Every.Seconds);
        for (long i = 0; i <= count; i++)
        {
            double due = i * request.Every.Seconds;
            try
            {
                if (!cell.IsSimulated && time.GetElapsedTime(started).TotalSeconds < due) await Task.Delay(TimeSpan.FromSeconds(due) - time.GetElapsedTime(started), time, stop);
                stop.ThrowIfCancellationRequested();
                if (i > 0) cell.Advance(request.Every.Seconds);
                double now = cell.IsSimulated ? due : time.GetElapsedTime(started).TotalSeconds;
                // A computer that slept has missed readings; they are not made up for.
                if (!cell.IsSimulated) i = Math.Max(i, (long)(now / request.Every.Seconds));
                if (await ReadAsync(cell, log, now, stop) is { } sample) progress?.Report(sample);
            }
            catch (OperationCanceledException)
            {
                outcome = RunOutcome.Stopped;
                break;
            }
        }

        writer.Finish(outcome);
        return log.Result(writer.Id, outcome);
    }

    private static async Task<TraceSample?> ReadAsync(ILoadCell cell, Log log, double now, CancellationToken stop)
    {
        try
        {
            PressSample sample = await cell.ReadAsync(stop);
            if (sample.Quality == SampleQuality.Bad || !double.IsFinite(sample.ForceNewtons))
            {
                log.Miss(now, "the reading is no number");
                return null;
            }

            return log.Take(now, sample);
        }
        catch (PressException exception)
        {
            log.Miss(now, exception.Message);
            return null;
        }
    }

    private sealed class Log(MonitorRequest request, RunWriter writer)
    {
        private readonly double _area = Cells.Die.AreaOf(request.Diameter).SquareMetres;
        private double _sum;
        private double _low = double.PositiveInfinity;
        private double _high = double.NegativeInfinity;
        private double _first = double.NaN;
        private double _last = double.NaN;
        private long _readings;
        private long _missed;
        private bool _silent;
        private bool _outside;

        public TraceSample Take(double now, in PressSample sample)
        {
            double pressurePa = sample.ForceNewtons / _area;
            if (_silent) Note(now, RunEventKind.Resumed, "readings come again");
            _silent = false;
            bool outside = pressurePa < request.Lowest?.Pascals || pressurePa > request.Highest?.Pascals;
            if (outside && !_outside) Note(now, RunEventKind.GuardTripped, $"{new SamplePressure(pressurePa)} is outside of {request.Lowest?.ToString() ?? "any"} to {request.Highest?.ToString() ?? "any"}");
            _outside = outside;
            _readings++;
            _sum += pressurePa;
            _low = Math.Min(_low, pressurePa);
            _high = Math.Max(_high, pressurePa);
            if (double.IsNaN(_first)) _first = pressurePa;
            _last = pressurePa;
            var taken = new TraceSample(now, 0, 0, sample.ForceNewtons, pressurePa, sample.DisplacementMetres);
            writer.Append(taken);
            return taken;
        }

        public void Miss(double now, string why)
        {
            _missed++;
            if (!_silent) Note(now, RunEventKind.Fault, why);
            _silent = true;
        }

        public MonitorResult Result(string id, RunOutcome outcome) => new(
            id, outcome, _readings, _missed, new SamplePressure(_sum / _readings), new SamplePressure(_low), new SamplePressure(_high), new SamplePressure(_first), new SamplePressure(_last));

        private void Note(double now, RunEventKind kind, string text) => writer.Append(new RunEvent(now, kind, 0, text));
    }
}
