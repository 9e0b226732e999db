using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Isobar.Protocols;

namespace Isobar.Lab.Store;

/// <summary>
/// Keeps the disk away from a loop with deadlines: what it takes is written by a thread of its own, in the same order. A record that cannot be written, or a disk that
/// does not keep up, fails the next call.
/// </summary>
public sealed class QueuedSink : IRunSink, IDisposable
{
    // More than a minute at 100 Hz: a disk that is further behind than that is not going to catch up.
    private const int Longest = 20_000;

    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(50);

    private readonly BlockingCollection<Action> _queue = new(Longest);
    private readonly IRunSink _sink;
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Begins to write.</summary>
    /// <param name="sink">Where to; nobody else writes to it.</param>
    public QueuedSink(IRunSink sink)
    {
        _sink = sink;
        _thread = new Thread(Run) { Name = "isobar record", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Append(in TraceSample sample)
    {
        TraceSample taken = sample;
        Take(() => _sink.Append(taken));
    }

    /// <inheritdoc/>
    public void Append(RunEvent runEvent) => Take(() => _sink.Append(runEvent));

    /// <inheritdoc/>
    public void Append(in RunInput input)
    {
        RunInput taken = input;
        Take(() => _sink.Append(taken));
    }

    /// <inheritdoc/>
    public void Append(RunTiming timing) => Take(() => _sink.Append(timing));

    /// <inheritdoc/>
    public void Flush() => Take(_sink.Flush);

    /// <summary>Closes the record with its outcome, and waits until it is closed.</summary>
    public void Finish(RunOutcome outcome)
    {
        Take(() => _sink.Finish(outcome));
        End();
        Volatile.Read(ref _failure)?.Throw();
    }

    /// <summary>Waits until everything that was taken so far is durable, so that it can be read back.</summary>
    public void Drain()
    {
        if (_queue.IsAddingCompleted) return;
        using var written = new ManualResetEventSlim();
        Take(() =>
        {
            try
            {
                _sink.Flush();
            }
            finally
            {
                written.Set();
            }
        });
        while (!written.Wait(DrainLook)) Volatile.Read(ref _failure)?.Throw();
        Volatile.Read(ref _failure)?.Throw();
    }

    /// <summary>Waits until everything that was taken is written, as far as it can be.</summary>
    public void Dispose()
    {
        End();
        _queue.Dispose();
    }

    private void End()
    {
        if (!_queue.IsAddingCompleted) _queue.CompleteAdding();
        _thread.Join();
    }

    private void Take(Action write)
    {
        Volatile.Read(ref _failure)?.Throw();
        if (!_queue.TryAdd(write)) throw new LabException("the disk of the laboratory database does not keep up with the run; check it, or name another with --lab");
    }

    // After a failure the rest is not written: what is kept is a prefix.
    private void Run()
    {
        foreach (Action write in _queue.GetConsumingEnumerable())
        {
            if (Volatile.Read(ref _failure) is not null) continue;
            try
            {
                write();
            }
            catch (Exception exception)
            {
                Volatile.Write(ref _failure, ExceptionDispatchInfo.Capture(exception));
            }
        }
    }
}
