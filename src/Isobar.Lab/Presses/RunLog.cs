using System.Collections.Immutable;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>The record of a run in progress: in memory for the verdicts, and in the sink for good. A sink that fails ends the run, but through the release policy.</summary>
internal sealed class RunLog(Protocol protocol, IRunSink sink)
{
    private readonly ImmutableArray<TraceSample>.Builder _samples = ImmutableArray.CreateBuilder<TraceSample>(4096);
    private readonly ImmutableArray<RunEvent>.Builder _events = ImmutableArray.CreateBuilder<RunEvent>();
    private IOException? _failure;
    private double _failedAt;

    /// <summary>Takes a sample; false when it is the first thing that cannot be written.</summary>
    public bool Take(TraceSample sample)
    {
        _samples.Add(sample);
        return Write(to => to.Append(sample), sample.TimeSeconds);
    }

    public bool Take(RunEvent happened)
    {
        _events.Add(happened);
        return Write(to => to.Append(happened), happened.TimeSeconds);
    }

    public bool Take(RunInput input) => Write(to => to.Append(input), input.Event.TimeSeconds);

    public bool Flush() => Write(to => to.Flush(), _samples.Count > 0 ? _samples[^1].TimeSeconds : 0);

    public RunRecord SoFar() => new(protocol, RunOutcome.Running, _samples.ToImmutable(), _events.ToImmutable());

    /// <summary>Closes the record.</summary>
    /// <exception cref="RunRecordingException">It could not be written whole.</exception>
    public RunRecord Finish(RunOutcome outcome, double timeSeconds, RunTiming? timing)
    {
        if (timing is not null) Write(to => to.Append(timing), timeSeconds);
        Write(to => to.Finish(outcome), timeSeconds);
        return _failure is null
            ? new RunRecord(protocol, outcome, _samples.ToImmutable(), _events.ToImmutable())
            : throw new RunRecordingException($"the record of the run could not be written after {new Duration(_failedAt)}: {_failure.Message}; the press was released", _failure);
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
