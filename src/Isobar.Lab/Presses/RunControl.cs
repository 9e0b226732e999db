using System.Collections.Concurrent;
using Isobar.Protocols;

namespace Isobar.Lab.Presses;

/// <summary>
/// The hands on a run in progress: pause, hold, resume, stop and abort, from any thread. The engine takes them at its next tick and answers in words.
/// </summary>
public sealed class RunControl
{
    private readonly ConcurrentQueue<Asked> _asked = new();

    /// <summary>Asks; the task ends when the engine has answered, or when the run is over.</summary>
    /// <param name="verb">What; resume is <see cref="PressVerb.Unhold"/>, whatever the run waits for.</param>
    /// <param name="reason">Who and why.</param>
    /// <exception cref="ArgumentException">The verb is none that a run in progress knows.</exception>
    public Task<string> AskAsync(PressVerb verb, string reason)
    {
        Asked asked = New(verb, reason);
        if (asked.Event(0) is null) throw new ArgumentException($"{verb} is not a verb of a run in progress", nameof(verb));
        _asked.Enqueue(asked);
        return asked.Answer.Task;
    }

    /// <summary>Answers the prompt that the run waits for; the task ends when the engine has taken it.</summary>
    /// <param name="text">Who, and what was done.</param>
    public Task<string> AnswerAsync(string text)
    {
        Asked asked = New(null, text);
        _asked.Enqueue(asked);
        return asked.Answer.Task;
    }

    internal bool TryTake(out Asked asked) => _asked.TryDequeue(out asked!);

    internal void Close()
    {
        while (_asked.TryDequeue(out Asked? late)) late.Answer.TrySetResult("refused: the run is over");
    }

    private static Asked New(PressVerb? verb, string text) => new(verb, text, new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));

    internal sealed record Asked(PressVerb? Verb, string Reason, TaskCompletionSource<string> Answer)
    {
        public ExecutorEvent? Event(double timeSeconds) => Verb switch
        {
            null => ExecutorEvent.Confirmed(timeSeconds, Reason),
            PressVerb.Hold => ExecutorEvent.Hold(timeSeconds, Reason),
            PressVerb.Suspend => ExecutorEvent.Suspend(timeSeconds, Reason),
            PressVerb.Pause => ExecutorEvent.Pause(timeSeconds, Reason),
            PressVerb.Unhold or PressVerb.Unsuspend => ExecutorEvent.Resume(timeSeconds, Reason),
            PressVerb.Stop => ExecutorEvent.Stop(timeSeconds, Reason),
            PressVerb.Abort => ExecutorEvent.Abort(timeSeconds, Reason),
            _ => null,
        };
    }
}
