using Isobar.Protocols;

namespace Isobar.Lab.Presses;

/// <summary>Asks the person and the instrument of a run, and keeps the answer until the loop takes it.</summary>
internal sealed class PartnerDesk : IDisposable
{
    private readonly IOperator _person;
    private readonly IMeasurer _measurer;
    private readonly bool _simulatedTime;
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationTokenRegistration _registration;
    private CancellationTokenSource? _asking;
    private Task<ExecutorEvent>? _pending;
    private double _notBefore;

    public PartnerDesk(IOperator person, IMeasurer measurer, bool simulatedTime, CancellationToken stop)
    {
        _person = person;
        _measurer = measurer;
        _simulatedTime = simulatedTime;
        // STOP also ends waiting for a person or an instrument.
        _registration = stop.Register(static source => ((CancellationTokenSource)source!).Cancel(), _leaving);
    }

    /// <summary>Asks a person; at most one question is open.</summary>
    public void Ask(ShowPrompt prompt, double timeSeconds) => Begin(timeSeconds, async () =>
    {
        Reply reply = await _person.ConfirmAsync(new PromptRequest(prompt.StepIndex, prompt.Text, prompt.Adds), _asking!.Token);
        NotBefore(reply);
        return ExecutorEvent.Confirmed(0, reply.Text);
    }, "the prompt");

    /// <summary>Asks for a measurement.</summary>
    public void Ask(MeasurementRequest request) => Begin(request.TimeSeconds, async () =>
    {
        Reply reply = await _measurer.MeasureAsync(request, _asking!.Token);
        NotBefore(reply);
        return ExecutorEvent.MeasurementDone(0, reply.Text, reply.ResistanceOhmSquareMetres);
    }, "the measurement");

    /// <summary>Waits for the answer itself, where simulated time would run away from it.</summary>
    public void Wait()
    {
        if (_pending is not null) Task.WaitAny(_pending);
    }

    /// <summary>The answer, when it is in and its time has come.</summary>
    public ExecutorEvent? Take(double timeSeconds)
    {
        if (_pending is not { IsCompleted: true } || timeSeconds < _notBefore) return null;
        ExecutorEvent answer = _pending.GetAwaiter().GetResult() with { TimeSeconds = timeSeconds };
        _pending = null;
        return answer;
    }

    /// <summary>The open question was answered elsewhere; whoever was asked is told to leave it.</summary>
    public void Withdraw()
    {
        _asking?.Cancel();
        _pending = null;
    }

    /// <summary>Nobody waits for an answer any more.</summary>
    public void Leave() => _leaving.Cancel();

    public void Dispose()
    {
        _registration.Dispose();
        _asking?.Dispose();
        _leaving.Dispose();
    }

    private void Begin(double timeSeconds, Func<Task<ExecutorEvent>> ask, string what)
    {
        _notBefore = timeSeconds;
        _asking?.Dispose();
        _asking = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        _pending = Guarded(ask, what);
    }

    private static async Task<ExecutorEvent> Guarded(Func<Task<ExecutorEvent>> ask, string what)
    {
        try
        {
            return await ask();
        }
        catch (OperationCanceledException)
        {
            return ExecutorEvent.Stop(0, $"{what} was left");
        }
        catch (Exception exception)
        {
            return ExecutorEvent.Fault(0, $"{what} failed: {exception.Message}");
        }
    }

    private void NotBefore(Reply reply) => _notBefore += _simulatedTime ? reply.Took.Seconds : 0;
}
