using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>Takes the record of a run while it is made.</summary>
public interface IRunSink
{
    /// <summary>Takes a sample; it is durable within a second of wall time while samples keep coming, or after <see cref="Flush"/>.</summary>
    void Append(in TraceSample sample);

    /// <summary>Takes an event.</summary>
    void Append(RunEvent runEvent);

    /// <summary>Takes what the executor is told, the tick of a sample right after the sample. A sink that nobody replays from may leave it.</summary>
    void Append(in RunInput input)
    {
        // Only a record that is kept needs it.
    }

    /// <summary>Takes how punctual the loop was, before the end. A sink that keeps no record may leave it.</summary>
    void Append(RunTiming timing)
    {
        // Only a record that is kept needs it.
    }

    /// <summary>Makes everything durable that was taken so far.</summary>
    void Flush();

    /// <summary>Closes the record with its outcome.</summary>
    void Finish(RunOutcome outcome);
}

/// <summary>Keeps nothing: for runs that only their <see cref="RunRecord"/> is wanted of.</summary>
public sealed class NoSink : IRunSink
{
    /// <inheritdoc/>
    public void Append(in TraceSample sample)
    {
        // The engine keeps the samples of the record it returns.
    }

    /// <inheritdoc/>
    public void Append(RunEvent runEvent)
    {
        // The engine keeps the events of the record it returns.
    }

    /// <inheritdoc/>
    public void Flush()
    {
        // Nothing is held back.
    }

    /// <inheritdoc/>
    public void Finish(RunOutcome outcome)
    {
        // The outcome is in the record the engine returns.
    }
}
