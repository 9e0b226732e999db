using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Lab.Presses.RealTime;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses;

/// <summary>One run in progress, on the thread that calls <see cref="Go"/>: wait, read, watch, decide, command, record.</summary>
internal sealed class RunLoop : IDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    // A wall clock that jumps forward by this means a computer that slept, in which a press was without its heartbeat.
    private const double SleptSeconds = 1;
    private const double FreshReadingSeconds = 2;

    private readonly Protocol _protocol;
    private readonly IPress _press;
    private readonly IVirtualPress? _virtual;
    private readonly RunLog _log;
    private readonly RunClock _clock;
    private readonly IProgress<RunProgress>? _progress;
    private readonly RunControl? _control;
    private readonly CancellationToken _stop;
    private readonly PartnerDesk _partners;
    private readonly PressReader _reader;
    private readonly PressWriter _writer;
    private readonly LostRun? _lost;
    private readonly double _origin;
    private readonly bool _unpaced;
    private readonly Queue<ExecutorEvent> _inbox = new();
    private readonly Queue<RunControl.Asked> _asked = new();
    private ExecutorState _state;
    private double _time;
    private double _asksToResume = double.NaN;
    private bool _stopTold;
    private bool _dumpTold;
    private bool _stood;
    private long _progressStamp;

    public RunLoop(ExecutorState start, IPress press, IRunSink sink, IOperator person, IMeasurer measurer, RunClock clock, IProgress<RunProgress>? progress, RunControl? control, RunConditions conditions, CancellationToken stop)
    {
        _state = start;
        _protocol = start.Protocol;
        _press = press;
        _virtual = press as IVirtualPress;
        _log = new RunLog(_protocol, sink, conditions.ReadBack);
        _clock = clock;
        _progress = progress;
        _control = control;
        _stop = stop;
        _unpaced = double.IsPositiveInfinity(clock.Speed);
        _partners = new PartnerDesk(person, measurer, _virtual is not null, stop);
        _lost = conditions.Lost;
        _origin = _time = _lost?.TimeSeconds ?? 0;
        _reader = new PressReader(press, _protocol, conditions.Terms, _origin, _inbox);
        _writer = new PressWriter(press, _reader, conditions.Terms.Force, Die.AreaOf(_protocol.Diameter).SquareMetres, _inbox);
    }

    public RunRecord Go()
    {
        using var timer = new LoopTimer(_clock, _unpaced ? _clock.PeriodSeconds : _clock.PeriodSeconds / _clock.Speed);
        _progressStamp = _clock.Time.GetTimestamp();
        if (_virtual is null) _reader.Watch(_clock.Time, _progressStamp, _origin);
        long first = _lost is null ? 0 : TakeUp(timer, _lost.Cause);
        bool orderly = false;
        try
        {
            for (long tick = first; !_state.HasEnded; tick++)
            {
                WaitForTick(timer, tick);
                Tick();
                timer.Done();
            }

            orderly = true;
        }
        finally
        {
            // An error of the program itself: the device must not keep the last set-point.
            if (!orderly) _writer.DumpOrThrow();
            CloseControl();
        }

        Report(force: true);
        return _log.Finish(_state.Outcome, _time, _unpaced ? null : Timing(timer));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _partners.Dispose();
    }

    private void CloseControl()
    {
        _control?.Close();
        while (_asked.TryDequeue(out RunControl.Asked? late)) late.Answer.TrySetResult("refused: the run is over");
    }

    // Until a person resumes it a run that was lost is at rest where the press is now; without a fresh reading it stays as it was lost.
    private long TakeUp(LoopTimer timer, string cause)
    {
        for (long tick = 0; tick * _clock.PeriodSeconds <= FreshReadingSeconds; tick++)
        {
            WaitForTick(timer, tick);
            (ExecutorEvent read, _) = _reader.Read(_time, _state, stood: false);
            timer.Done();
            if (read.Quality != SampleQuality.Good) continue;
            // A run that is at rest anyway need not be suspended; what a limit says stays.
            ExecutorEvent[] said = [.. _inbox.Where(input => input.Kind != ExecutorEventKind.SuspendRequested)];
            _inbox.Clear();
            foreach (ExecutorEvent input in said) _inbox.Enqueue(input);
            Obey(ExecutorEvent.TakeUp(_time, read.PressurePa, cause), null);
            return tick + 1;
        }

        CloseControl();
        throw new PressException($"{_press.Name} gave no fresh reading within {new Duration(FreshReadingSeconds)}; the run stays interrupted");
    }

    private RunTiming Timing(LoopTimer timer) => timer.Timing() with { Heartbeats = _reader.Echo?.Beats, MissedHeartbeats = _reader.Echo?.Missed };

    private bool WaitsForPerson => _state.IsAtRest || _state.Phase == RunPhase.Locked;

    private void WaitForTick(LoopTimer timer, long tick)
    {
        double before = _time;
        double due = _origin + (tick * _clock.PeriodSeconds);
        // Nobody computes through the days in which a run at rest waits for a person.
        if (_unpaced && WaitsForPerson) timer.Restart();
        double wall = !_unpaced || WaitsForPerson ? timer.Wait() : 0;
        _time = _virtual is null ? _origin + wall : due;
        _virtual?.Advance(new Duration(_clock.PeriodSeconds));
        if (_virtual is not null) return;
        double stood = Math.Max(_time - before, timer.ClockStepSeconds);
        if (timer.ClockStepSeconds > SleptSeconds) _inbox.Enqueue(ExecutorEvent.Suspend(_time, $"the clock of the computer went ahead by {new Duration(timer.ClockStepSeconds)}: it slept or was set"));
        else if (stood > StalePolicy.SuspendSeconds && tick > 0) _inbox.Enqueue(ExecutorEvent.Suspend(_time, $"the control loop stood still for {new Duration(stood)}"));
        _stood = stood > StalePolicy.SuspendSeconds && tick > 0;
    }

    private void Tick()
    {
        if (_stop.IsCancellationRequested && !_stopTold)
        {
            _stopTold = true;
            _inbox.Enqueue(ExecutorEvent.Stop(_time, "stop requested"));
        }

        (ExecutorEvent tick, TraceSample? sample) = _reader.Read(_time, _state, _stood);
        if (_partners.Take(_time) is { } answer) TakeAnswer(answer);
        while (_inbox.TryDequeue(out ExecutorEvent input)) Obey(input, null);
        Obey(tick, sample);
        while (_control is not null && _control.TryTake(out RunControl.Asked asked)) _asked.Enqueue(asked);
        while (_asked.TryPeek(out RunControl.Asked? next) && !MustWait(next)) Obey(_asked.Dequeue());
        // What the tick itself has put in, such as a record that cannot be written.
        while (_inbox.TryDequeue(out ExecutorEvent input)) Obey(input, null);
        if (_unpaced && WaitsForPerson && _control is null) Obey(ExecutorEvent.Stop(_time, _state.IsAtRest ? "nobody is there to resume the run" : "nobody is there to let go what is locked"), null);
        Command();
        Report(force: false);
    }

    private void Obey(RunControl.Asked asked)
    {
        _asksToResume = double.NaN;
        if (asked.Verb is null)
        {
            Confirm(asked);
            return;
        }

        string? refused = Obey(asked.Event(_time)!.Value, null);
        string state = PressStateTable.InWords(PressStateTable.Of(_state));
        asked.Answer.TrySetResult(refused is not null ? $"refused: {refused}" : asked.Verb == PressVerb.Pause ? "the run is held when the present step is done" : $"done: the press {state}");
    }

    // A prompt that is answered elsewhere is not waited for at the press any more.
    private void Confirm(RunControl.Asked asked)
    {
        if (_state.Phase != RunPhase.Prompting)
        {
            asked.Answer.TrySetResult($"refused: no prompt waits for an answer, the press {PressStateTable.InWords(PressStateTable.Of(_state))}");
            return;
        }

        _partners.Withdraw();
        TakeAnswer(asked.Event(_time)!.Value);
        asked.Answer.TrySetResult("done: the prompt is answered");
    }

    // Resuming needs a fresh reading; one that is only a few ticks away is waited for before the person is refused.
    private bool MustWait(RunControl.Asked asked)
    {
        if (asked.Verb is not (PressVerb.Unhold or PressVerb.Unsuspend) || _state.UnreadSeconds == 0) return false;
        if (double.IsNaN(_asksToResume)) _asksToResume = _time;
        if (_time - _asksToResume < FreshReadingSeconds) return true;
        _asksToResume = double.NaN;
        return false;
    }

    // Gives why it was refused, when it was.
    private string? Obey(in ExecutorEvent input, TraceSample? sample)
    {
        // The sample carries the step and the set-point before its tick.
        if (sample is { } taken && !_log.Take(taken with { StepIndex = _state.StepIndex, SetpointPa = _state.SetpointPa })) ReleaseUnrecorded();
        if (!_log.Take(new RunInput(input, sample is not null))) ReleaseUnrecorded();
        (_state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(_state, input);
        string? refused = null;
        Action? ask = null;
        foreach (ExecutorCommand command in commands)
        {
            switch (command)
            {
                case LogEvent log:
                    if (log.Event.Kind == RunEventKind.Refused) refused = log.Event.Text;
                    if (!_log.Take(log.Event)) ReleaseUnrecorded();
                    break;
                case ShowPrompt prompt:
                    ask = () => _partners.Ask(prompt, _time);
                    break;
                case RequestMeasurement request:
                    ask = () => _partners.Ask(Measurement(request));
                    break;
                case BeginRelease:
                    _partners.Leave();
                    break;
                default:
                    _writer.Obey(command);
                    break;
            }
        }

        if (ask is not null) Ask(ask);
        return refused;
    }

    private void Command()
    {
        if (_reader.DumpReason is { } guarded && !_dumpTold)
        {
            _dumpTold = true;
            _writer.Dump();
            Obey(ExecutorEvent.Fault(_time, guarded), null);
        }

        _writer.Write(_state);
    }

    private void Ask(Action ask)
    {
        // Waiting for a person may take long: what was taken so far must not wait with it.
        if (!_log.Flush()) ReleaseUnrecorded();
        ask();
        if (_unpaced) _partners.Wait();
    }

    private MeasurementRequest Measurement(RequestMeasurement request) => new(
        request.StepIndex,
        _protocol.Steps[request.StepIndex].Name,
        request.Quantities,
        _time,
        new SamplePressure(_reader.Last.PressurePa),
        double.IsFinite(_reader.ThicknessMetres) ? new Length(_reader.ThicknessMetres) : null,
        _log.History());

    private void TakeAnswer(in ExecutorEvent answer)
    {
        if (answer.Kind == ExecutorEventKind.StopRequested && (_stopTold || _state.IsLeaving)) return;
        if (answer.Kind == ExecutorEventKind.Confirmed && _state.Phase == RunPhase.Prompting && _protocol.Steps[_state.StepIndex] is PromptStep { Adds: { } layer }) _virtual?.AddLayer(layer);
        _inbox.Enqueue(answer);
    }

    private void ReleaseUnrecorded() => _inbox.Enqueue(ExecutorEvent.Fault(_time, "the record cannot be written"));

    private void Report(bool force)
    {
        if (_progress is null || (!force && _clock.Time.GetElapsedTime(_progressStamp) < ProgressInterval)) return;
        _progressStamp = _clock.Time.GetTimestamp();
        Length? thickness = double.IsFinite(_reader.ThicknessMetres) ? new Length(_reader.ThicknessMetres) : null;
        _progress.Report(new RunProgress(_state.Phase, _state.Step?.Name ?? "", _reader.Last, _state.InBand, _state.InBandSeconds, thickness));
    }
}
