using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>One run in progress.</summary>
internal sealed class RunLoop : IDisposable
{
    private const double OverLimitSeconds = 1;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly Protocol _protocol;
    private readonly IPress _press;
    private readonly IVirtualPress? _virtual;
    private readonly IRunSink _sink;
    private readonly IOperator _person;
    private readonly IMeasurer _measurer;
    private readonly RunClock _clock;
    private readonly IProgress<RunProgress>? _progress;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _partners = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly Area _area;
    private readonly LimitWatcher _limit;
    private readonly LinkWatch _link = new();
    private readonly ImmutableArray<TraceSample>.Builder _samples = ImmutableArray.CreateBuilder<TraceSample>(4096);
    private readonly ImmutableArray<RunEvent>.Builder _events = ImmutableArray.CreateBuilder<RunEvent>();
    private readonly Queue<ExecutorEvent> _inbox = new();
    private ExecutorState _state;
    private double _time;
    private double _overLimitSeconds;
    private double _thickness = double.NaN;
    private TraceSample _last;
    private bool _limitTold;
    private bool _stopTold;
    private Task<ExecutorEvent>? _pending;
    private double _pendingNotBefore;
    private string? _dumpReason;
    private RunRecordingException? _recordingFailed;
    private long _progressStamp;

    public RunLoop(ExecutorState start, IPress press, IRunSink sink, IOperator person, IMeasurer measurer, RunClock clock, IProgress<RunProgress>? progress, CancellationToken stop)
    {
        _state = start;
        _protocol = start.Protocol;
        _press = press;
        _virtual = press as IVirtualPress;
        _sink = sink;
        _person = person;
        _measurer = measurer;
        _clock = clock;
        _progress = progress;
        _stop = stop;
        // STOP also ends waiting for a person or an instrument.
        _registration = stop.Register(static source => ((CancellationTokenSource)source!).Cancel(), _partners);
        _area = Die.AreaOf(_protocol.Diameter);
        _limit = new LimitWatcher(new Force(_protocol.Limit.Pascals * _area.SquareMetres), _area);
    }

    public async Task<RunRecord> GoAsync()
    {
        long started = _clock.Time.GetTimestamp();
        _progressStamp = started;
        bool orderly = false;
        try
        {
            for (long tick = 0; !_state.HasEnded; tick++)
            {
                await WaitForTickAsync(started, tick);
                await TickAsync((uint)tick + 1);
            }

            orderly = true;
        }
        finally
        {
            // An error of the program itself: the device must not keep the last set-point.
            if (!orderly) await _press.DumpAsync(CancellationToken.None);
        }

        Report(force: true);
        Record(sink => sink.Finish(_state.Outcome));
        if (_recordingFailed is not null) throw _recordingFailed;
        return new RunRecord(_protocol, _state.Outcome, _samples.ToImmutable(), _events.ToImmutable());
    }

    public void Dispose()
    {
        _registration.Dispose();
        _partners.Dispose();
    }

    private async ValueTask WaitForTickAsync(long started, long tick)
    {
        double due = tick * RunEngine.TickSeconds;
        if (!double.IsPositiveInfinity(_clock.Speed))
        {
            TimeSpan left = TimeSpan.FromSeconds(due / _clock.Speed) - _clock.Time.GetElapsedTime(started);
            if (left > TimeSpan.Zero) await Task.Delay(left, _clock.Time, CancellationToken.None);
        }

        _time = _virtual is null ? _clock.Time.GetElapsedTime(started).TotalSeconds : due;
        _virtual?.Advance(new Duration(RunEngine.TickSeconds));
    }

    private async ValueTask TickAsync(uint heartbeat)
    {
        if (_stop.IsCancellationRequested && !_stopTold)
        {
            _stopTold = true;
            _inbox.Enqueue(ExecutorEvent.Stop(_time, "stop requested"));
        }

        await ReadAsync();
        await CollectPartnerAsync();
        while (_inbox.TryDequeue(out ExecutorEvent input)) await ObeyAsync(input);
        if (_dumpReason is not null) await TryAsync(() => _press.DumpAsync(CancellationToken.None));
        await TryAsync(() => _press.WriteAsync(new Force(_state.SetpointPa * _area.SquareMetres), heartbeat, CancellationToken.None));
        Report(force: false);
    }

    // Reads the press, watches limit and link, and puts what the executor must know into the inbox, the tick last.
    private async ValueTask ReadAsync()
    {
        PressSample sample = new(0, double.NaN, double.NaN, double.NaN, SampleQuality.Bad);
        await TryAsync(async () => sample = await _press.ReadAsync(CancellationToken.None));
        SampleQuality quality = _link.Judge(sample, _state.SetpointPa * _area.SquareMetres, _time);
        double pressurePa = sample.ForceNewtons / _area.SquareMetres;
        if (_link.Failure(_time) is { } failure && _state.Phase != RunPhase.Releasing) _inbox.Enqueue(ExecutorEvent.Fault(_time, failure));
        WatchLimit(sample.ForceNewtons);
        if (quality != SampleQuality.Bad)
        {
            _thickness = sample.ThicknessMetres;
            _last = new TraceSample(_time, _state.StepIndex, _state.SetpointPa, sample.ForceNewtons, pressurePa, sample.DisplacementMetres);
            if (quality == SampleQuality.Good)
            {
                _samples.Add(_last);
                Record(sink => sink.Append(_last));
            }
        }

        _inbox.Enqueue(ExecutorEvent.Tick(_time, pressurePa, sample.ThicknessMetres, quality));
    }

    private void WatchLimit(double forceNewtons)
    {
        if (!_limit.Trips(forceNewtons))
        {
            _overLimitSeconds = 0;
            return;
        }

        if (!_limitTold)
        {
            _limitTold = true;
            _inbox.Enqueue(ExecutorEvent.LimitTripped(_time, _limit.Describe(forceNewtons)));
        }

        // The release policy is on its way; when the force stays above the limit, the device's own dump is the way out.
        _overLimitSeconds += RunEngine.TickSeconds;
        if (_overLimitSeconds > OverLimitSeconds) _dumpReason ??= "the force stays above the limit";
    }

    private async ValueTask ObeyAsync(ExecutorEvent input)
    {
        (_state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(_state, input);
        foreach (ExecutorCommand command in commands)
        {
            switch (command)
            {
                case LogEvent log:
                    _events.Add(log.Event);
                    Record(sink => sink.Append(log.Event));
                    break;
                case ShowPrompt prompt:
                    await AskAsync(() => ConfirmAsync(prompt));
                    break;
                case RequestMeasurement request:
                    await AskAsync(() => MeasureAsync(request));
                    break;
                case DumpPressure dump:
                    await TryAsync(() => _press.DumpAsync(CancellationToken.None));
                    _dumpReason = dump.Reason;
                    break;
                case BeginRelease:
                    // Nobody waits for an answer any more.
                    await _partners.CancelAsync();
                    break;
                default:
                    break;
            }
        }
    }

    private async ValueTask AskAsync(Func<Task<ExecutorEvent>> ask)
    {
        // Waiting for a person may take long: what was taken so far must not wait with it.
        Record(sink => sink.Flush());
        _pendingNotBefore = _time;
        _pending = ask();
        if (double.IsPositiveInfinity(_clock.Speed)) await Task.WhenAny(_pending);
    }

    private async Task<ExecutorEvent> ConfirmAsync(ShowPrompt prompt)
    {
        try
        {
            Reply reply = await _person.ConfirmAsync(new PromptRequest(prompt.StepIndex, prompt.Text, prompt.Adds), _partners.Token);
            NotBefore(reply);
            return ExecutorEvent.Confirmed(0, reply.Text);
        }
        catch (OperationCanceledException)
        {
            return ExecutorEvent.Stop(0, "the prompt was left");
        }
        catch (Exception exception)
        {
            return ExecutorEvent.Fault(0, $"the prompt failed: {exception.Message}");
        }
    }

    private async Task<ExecutorEvent> MeasureAsync(RequestMeasurement request)
    {
        try
        {
            Length? thickness = double.IsFinite(_thickness) ? new Length(_thickness) : null;
            var what = new MeasurementRequest(request.StepIndex, _protocol.Steps[request.StepIndex].Name, request.Quantities, _time, new SamplePressure(_last.PressurePa), thickness, new RunRecord(_protocol, RunOutcome.Running, _samples.ToImmutable(), _events.ToImmutable()));
            Reply reply = await _measurer.MeasureAsync(what, _partners.Token);
            NotBefore(reply);
            return ExecutorEvent.MeasurementDone(0, reply.Text);
        }
        catch (OperationCanceledException)
        {
            return ExecutorEvent.Stop(0, "the measurement was left");
        }
        catch (Exception exception)
        {
            return ExecutorEvent.Fault(0, $"the measurement failed: {exception.Message}");
        }
    }

    private void NotBefore(Reply reply) => _pendingNotBefore += _virtual is null ? 0 : reply.Took.Seconds;

    private async ValueTask CollectPartnerAsync()
    {
        if (_pending is not { IsCompleted: true } || _time < _pendingNotBefore) return;
        ExecutorEvent answer = await _pending with { TimeSeconds = _time };
        _pending = null;
        if (answer.Kind == ExecutorEventKind.StopRequested && (_stopTold || _state.Phase == RunPhase.Releasing)) return;
        if (answer.Kind == ExecutorEventKind.Confirmed && _state.Phase == RunPhase.Prompting && _protocol.Steps[_state.StepIndex] is PromptStep { Adds: { } layer }) _virtual?.AddLayer(layer);
        _inbox.Enqueue(answer);
    }

    // A dead link is no reason to leave the loop: the executor decides, and the device's watchdog acts.
    private async ValueTask TryAsync(Func<ValueTask> action)
    {
        try
        {
            await action();
        }
        catch (PressException exception)
        {
            _link.Failed(exception.Message);
        }
    }

    // A record that cannot be written ends the run, but through the release policy.
    private void Record(Action<IRunSink> write)
    {
        if (_recordingFailed is not null) return;
        try
        {
            write(_sink);
        }
        catch (IOException exception)
        {
            _recordingFailed = new RunRecordingException($"the record of the run could not be written after {new Duration(_time)}: {exception.Message}; the press was released", exception);
            _inbox.Enqueue(ExecutorEvent.Fault(_time, "the record cannot be written"));
        }
    }

    private void Report(bool force)
    {
        if (_progress is null || (!force && _clock.Time.GetElapsedTime(_progressStamp) < ProgressInterval)) return;
        _progressStamp = _clock.Time.GetTimestamp();
        Length? thickness = double.IsFinite(_thickness) ? new Length(_thickness) : null;
        _progress.Report(new RunProgress(_state.Phase, _state.Step?.Name ?? "", _last, _state.InBand, _state.InBandSeconds, thickness));
    }
}
