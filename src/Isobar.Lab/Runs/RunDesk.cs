using Isobar.Lab.Presses;
using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Runs;

/// <summary>Beside a run in progress: hands over what is asked from other processes, writes the answers down and keeps the lease of the press alive.</summary>
public sealed class RunDesk : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly RunRequests _requests;
    private readonly string _runId;
    private readonly RunControl _control;
    private readonly PressLease? _lease;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _working;

    /// <summary>Opens at once.</summary>
    public RunDesk(LabDatabase lab, string runId, RunControl control, PressLease? lease, TimeProvider time)
    {
        _requests = new RunRequests(lab, time);
        _runId = runId;
        _control = control;
        _lease = lease;
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Closes; who asked too late is told so.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _working;
        foreach (RunRequest late in _requests.Waiting(_runId)) _requests.Answer(late.Id, "refused: the run is over");
        _requests.Dispose();
        _ended.Dispose();
    }

    private async Task WorkAsync()
    {
        // The time of other processes is life's own, whatever clock the run has.
        while (!_ended.IsCancellationRequested)
        {
            _lease?.Renew();
            try
            {
                foreach (RunRequest request in _requests.Waiting(_runId)) await HandOverAsync(request);
                await Task.Delay(Interval, _ended.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (LabException)
            {
                // A database that is busy or full now may be free again soon; whoever asked sees no answer meanwhile.
                await Task.Delay(Interval, CancellationToken.None);
            }
        }
    }

    private async Task HandOverAsync(RunRequest request)
    {
        if (request.Verb is { } verb && verb is not (PressVerb.Hold or PressVerb.Suspend or PressVerb.Pause or PressVerb.Unhold or PressVerb.Unsuspend or PressVerb.Stop or PressVerb.Abort))
        {
            _requests.Answer(request.Id, $"refused: {PressStateTable.Word(verb)} is not possible while a run is in progress");
            return;
        }

        string text = $"{request.Who}: {request.Reason}";
        Task<string> asked = request.Verb is { } known ? _control.AskAsync(known, text) : _control.AnswerAsync(text);
        await Task.WhenAny(asked, Task.Delay(Timeout.Infinite, _ended.Token));
        _requests.Answer(request.Id, asked.IsCompletedSuccessfully ? await asked : "refused: the run is over");
    }
}
