using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Runs;

/// <summary>
/// Follows a run that another process makes, out of the laboratory database: what was durable when it last looked goes through the executor again, so
/// that the state is the run's own. It is behind by half a second at most.
/// </summary>
public sealed class RunFollower
{
    private readonly LabDatabase _lab;
    private readonly Queue<TraceSample> _samples = new();
    private long _sequence = -1;
    private ExecutorState _state;

    /// <summary>Begins at the begin of the run.</summary>
    /// <exception cref="LabException">The record of its protocol cannot be read.</exception>
    public RunFollower(LabDatabase lab, string runId)
    {
        _lab = lab;
        RunId = runId;
        _state = Executor.Begin(lab.ProtocolOf(runId), lab.TermsOf(runId).Stop);
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>Its state as far as it is durable.</summary>
    public ExecutorState State => _state;

    /// <summary>The last sample; null before the first.</summary>
    public TraceSample? Last { get; private set; }

    /// <summary>What happened last; null before the first event.</summary>
    public RunEvent? LastEvent { get; private set; }

    /// <summary>Reads what has come; false when nothing has.</summary>
    public bool Look()
    {
        long before = _sequence;
        foreach (RunInput input in _lab.Follow(RunId, ref _sequence, _samples, sample => Last = sample))
        {
            (_state, System.Collections.Immutable.ImmutableArray<ExecutorCommand> commands) = Executor.Step(_state, input.Event);
            foreach (ExecutorCommand command in commands)
            {
                if (command is LogEvent log) LastEvent = log.Event;
            }
        }

        return _sequence != before;
    }
}
