using System.Collections.Immutable;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>
/// The record of a run in progress: in the sink for good, and in memory for the verdicts where it cannot be read back. A sink that fails ends the run, but
/// through the release policy.
/// </summary>
/// <param name="protocol">What is to be done.</param>
/// <param name="sink">Where the record goes.</param>
/// <param name="readBack">Gives what the sink has; with it nothing is kept here, so that the memory of a run does not grow with its length.</param>
internal sealed class RunLog(Protocol protocol, IRunSink sink, Func<RunRecord>? readBack = null)
{
    private readonly ImmutableArray<TraceSample>.Builder _samples = ImmutableArray.CreateBuilder<TraceSample>(readBack is null ? 4096 : 0);
    private readonly ImmutableArray<RunEvent>.Builder _events = ImmutableArray.CreateBuilder<RunEvent>();
    private IOException? _failure;
    private double _failedAt;
    private double _lastSeconds;

    /// <summary>Takes a sample; false when it is the first thing that cannot be written.</summary>
    public bool Take(TraceSample sample)
    {
        if (readBack is null) _samples.Add(sample);
        _lastSeconds = sample.TimeSeconds;
        return Write(to => to.Append(sample), sample.TimeSeconds);
    }

    public bool Take(RunEvent happened)
    {
        if (readBack is null) _events.Add(happened);
        return Write(to => to.Append(happened), happened.TimeSeconds);
    }

    public bool Take(RunInput input) => Write(to => to.Append(input), input.Event.TimeSeconds);

    public bool Flush() => Write(to => to.Flush(), _lastSeconds);

    /// <summary>What was done until now, for whoever asks; what has to be read back is read when it is asked for.</summary>
    public Func<RunRecord> History()
    {
        if (readBack is not null) return readBack;
        var now = new RunRecord(protocol, RunOutcome.Running, _samples.ToImmutable(), _events.ToImmutable());
        return () => now;
    }

    /// <summary>Closes the record.</summary>
    /// <exception cref="RunRecordingException">It could not be written whole.</exception>
    public RunRecord Finish(RunOutcome outcome, double timeSeconds, RunTiming? timing)
    {
        if (timing is not null) Write(to => to.Append(timing), timeSeconds);
        Write(to => to.Finish(outcome), timeSeconds);
        if (_failure is not null) throw new RunRecordingException($"the record of the run could not be written after {new Duration(_failedAt)}: {_failure.Message}; the press was released", _failure);
        return readBack?.Invoke() ?? new RunRecord(protocol, outcome, _samples.ToImmutable(), _events.ToImmutable());
    }

    private bool Write(Action<IRunSink> write, double timeSeconds)
    {
        if (_failure is not null) return true;
        try
        {
            write(sink);
            return true;
        }
        catch (IOException exception)
        {
            _failure = exception;
            _failedAt = timeSeconds;
            return false;
        }
    }
}
