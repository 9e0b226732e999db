using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
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
    private readonly LimitGuard _limits;
    private readonly LinkWatch _link;
    private readonly double _area;
    private readonly bool _unpaced;
    private readonly Queue<ExecutorEvent> _inbox = new();
    private readonly Queue<RunControl.Asked> _asked = new();
    private ExecutorState _state;
    private double _time;
    private double _thickness = double.NaN;
    private TraceSample _last;
    private double _asksToResume = double.NaN;
    private bool _stopTold;
    private bool _leaseTold;
    private bool _dumpTold;
    private string? _dumpAsked;
    private bool _stood;
    private uint _heartbeat;
    // After an outage the press may have released by itself; until a person resumes it is not asked for more than it has.
    private double _ceilingPa = double.PositiveInfinity;
    private long _progressStamp;

    public RunLoop(ExecutorState start, IPress press, IRunSink sink, IOperator person, IMeasurer measurer, RunClock clock, IProgress<RunProgress>? progress, RunControl? control, CancellationToken stop)
    {
        _state = start;
        _protocol = start.Protocol;
        _press = press;
        _virtual = press as IVirtualPress;
        _log = new RunLog(_protocol, sink);
        _clock = clock;
        _progress = progress;
        _control = control;
        _stop = stop;
        _unpaced = double.IsPositiveInfinity(clock.Speed);
        _partners = new PartnerDesk(person, measurer, _virtual is not null, stop);
        _link = new LinkWatch(press.FollowsByItself);
        Area area = Die.AreaOf(_protocol.Diameter);
        _area = area.SquareMetres;
        double limit = Math.Min(_protocol.Limit.Pascals * _area, press.Limits.Force?.Newtons ?? double.PositiveInfinity);
        _limits = new LimitGuard(new LimitWatcher(new Force(limit), area)
        {
            Travel = press.Limits.Travel,
            Hottest = press.Limits.Hottest ?? _protocol.TemperatureLimit,
        });
    }

    public RunRecord Go()
    {
        using var timer = new LoopTimer(_clock, _unpaced ? _clock.PeriodSeconds : _clock.PeriodSeconds / _clock.Speed);
        _progressStamp = _clock.Time.GetTimestamp();
        if (_virtual is null) _limits.Watch(_press, _clock.Time, _progressStamp);
        bool orderly = false;
        try
        {
            for (long tick = 0; !_state.HasEnded; tick++)
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
            if (!orderly) Now(_press.DumpAsync(CancellationToken.None));
            _control?.Close();
            while (_asked.TryDequeue(out RunControl.Asked? late)) late.Answer.TrySetResult("refused: the run is over");
        }

        Report(force: true);
        return _log.Finish(_state.Outcome, _time, _unpaced ? null : timer.Timing());
    }

    public void Dispose()
    {
        _limits.Dispose();
        _partners.Dispose();
    }

    private void WaitForTick(LoopTimer timer, long tick)
    {
        double before = _time;
        double due = tick * _clock.PeriodSeconds;
        // Nobody computes through the days in which a run at rest waits for a person.
        if (_unpaced && _state.IsAtRest) timer.Restart();
        double wall = !_unpaced || _state.IsAtRest ? timer.Wait() : 0;
        _time = _virtual is null ? wall : due;
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

        (ExecutorEvent tick, TraceSample? sample) = Read();
        if (_partners.Take(_time) is { } answer) TakeAnswer(answer);
        while (_inbox.TryDequeue(out ExecutorEvent input)) Obey(input, null);
        Obey(tick, sample);
        while (_control is not null && _control.TryTake(out RunControl.Asked asked)) _asked.Enqueue(asked);
        while (_asked.TryPeek(out RunControl.Asked? next) && !MustWait(next)) Obey(_asked.Dequeue());
        // What the tick itself has put in, such as a record that cannot be written.
        while (_inbox.TryDequeue(out ExecutorEvent input)) Obey(input, null);
        if (_unpaced && _state.IsAtRest && _control is null) Obey(ExecutorEvent.Stop(_time, "nobody is there to resume the run"), null);
        Command();
        Report(force: false);
    }

    // Reads the press, watches limits, link and lease, and gives what the executor is told of it.
    private (ExecutorEvent Tick, TraceSample? Sample) Read()
    {
        PressSample sample = new(0, double.NaN, double.NaN, double.NaN, SampleQuality.Bad);
        Try(() => sample = Now(_press.ReadAsync(CancellationToken.None)));
        SampleQuality quality = _link.Judge(sample, _state.SetpointPa * _area, _time);
        double pressurePa = sample.ForceNewtons / _area;
        bool leaving = _state.Phase == RunPhase.Releasing;
        if (_stood && quality == SampleQuality.Good) Cap(pressurePa);
        if (_link.OutageSeconds > StalePolicy.SuspendSeconds)
        {
            Cap(pressurePa);
            if (!leaving && !_state.IsAtRest) _inbox.Enqueue(ExecutorEvent.Suspend(_time, $"no fresh reading for {new Duration(_link.OutageSeconds)}"));
        }

        if (_link.Broken is { } broken && !leaving) _inbox.Enqueue(ExecutorEvent.Fault(_time, broken));
        if (_link.Silence(_time) is { } silence && !leaving && !_state.IsAtRest) _inbox.Enqueue(ExecutorEvent.Suspend(_time, silence));
        foreach (ExecutorEvent tripped in _limits.Saw(new LimitReading(_time, sample.ForceNewtons, sample.DisplacementMetres, sample.TemperatureKelvins))) _inbox.Enqueue(tripped);
        if (_virtual is not null) _limits.Look(_time, ofLoop: true);
        WatchLease();
        if (quality != SampleQuality.Bad)
        {
            _thickness = sample.ThicknessMetres;
            _last = new TraceSample(_time, _state.StepIndex, _state.SetpointPa, sample.ForceNewtons, pressurePa, sample.DisplacementMetres);
        }

        return (ExecutorEvent.Tick(_time, pressurePa, sample.ThicknessMetres, quality, sample.DisplacementMetres, sample.TemperatureKelvins), quality == SampleQuality.Good ? _last : null);
    }

    private void WatchLease()
    {
        if (_leaseTold || _press is not LeasedPress { Lease.Lost: { } lost }) return;
        _leaseTold = true;
        _inbox.Enqueue(ExecutorEvent.Fault(_time, lost));
    }

    private void Obey(RunControl.Asked asked)
    {
        _asksToResume = double.NaN;
        string? refused = Obey(asked.Event(_time)!.Value, null);
        string state = PressStateTable.InWords(PressStateTable.Of(_state));
        asked.Answer.TrySetResult(refused is not null ? $"refused: {refused}" : asked.Verb == PressVerb.Pause ? "the run is held when the present step is done" : $"done: the press {state}");
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
        foreach (ExecutorCommand command in commands)
        {
            switch (command)
            {
                case LogEvent log:
                    if (log.Event.Kind == RunEventKind.Refused) refused = log.Event.Text;
                    if (!_log.Take(log.Event)) ReleaseUnrecorded();
                    break;
                case ShowPrompt prompt:
                    Ask(() => _partners.Ask(prompt, _time));
                    break;
                case RequestMeasurement request:
                    Ask(() => _partners.Ask(Measurement(request)));
                    break;
                case SetTemperature heat:
                    Try(() => Now(_press.HeatAsync(new Temperature(heat.Kelvins), CancellationToken.None)));
                    break;
                case SwitchHeatingOff:
                    Try(() => Now(_press.HeatAsync(null, CancellationToken.None)));
                    break;
                case OpenGap open:
                    Try(() => Now(_press.OpenAsync(new Length(open.GapMetres), CancellationToken.None)));
                    break;
                case DumpPressure dump:
                    _dumpAsked = dump.Reason;
                    Try(() => Now(_press.DumpAsync(CancellationToken.None)));
                    break;
                case BeginRelease:
                    _partners.Leave();
                    break;
                default:
                    break;
            }
        }

        return refused;
    }

    private void Command()
    {
        if (_limits.DumpReason is { } guarded && !_dumpTold)
        {
            _dumpTold = true;
            Obey(ExecutorEvent.Fault(_time, guarded), null);
        }

        if (_dumpAsked is not null || _dumpTold) Try(() => Now(_press.DumpAsync(CancellationToken.None)));
        if (!_state.IsAtRest && _state.Phase != RunPhase.Releasing) _ceilingPa = double.PositiveInfinity;
        double asked = Math.Min(_state.SetpointPa, _ceilingPa);
        Try(() => Now(_press.WriteAsync(new Force(asked * _area), ++_heartbeat, CancellationToken.None)));
    }

    private void Cap(double pressurePa) => _ceilingPa = Math.Min(_ceilingPa, Math.Max(0, pressurePa));

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
        new SamplePressure(_last.PressurePa),
        double.IsFinite(_thickness) ? new Length(_thickness) : null,
        _log.SoFar());

    private void TakeAnswer(in ExecutorEvent answer)
    {
        if (answer.Kind == ExecutorEventKind.StopRequested && (_stopTold || _state.Phase == RunPhase.Releasing)) return;
        if (answer.Kind == ExecutorEventKind.Confirmed && _state.Phase == RunPhase.Prompting && _protocol.Steps[_state.StepIndex] is PromptStep { Adds: { } layer }) _virtual?.AddLayer(layer);
        _inbox.Enqueue(answer);
    }

    private void ReleaseUnrecorded() => _inbox.Enqueue(ExecutorEvent.Fault(_time, "the record cannot be written"));

    // A dead link is no reason to leave the loop: the executor decides, and the device's watchdog acts.
    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (PressException exception)
        {
            _link.Failed(exception.Message);
        }
    }

    private void Report(bool force)
    {
        if (_progress is null || (!force && _clock.Time.GetElapsedTime(_progressStamp) < ProgressInterval)) return;
        _progressStamp = _clock.Time.GetTimestamp();
        Length? thickness = double.IsFinite(_thickness) ? new Length(_thickness) : null;
        _progress.Report(new RunProgress(_state.Phase, _state.Step?.Name ?? "", _last, _state.InBand, _state.InBandSeconds, thickness));
    }

    // The loop stays on its thread: it waits for the press there, and never goes on in another one.
    private static void Now(ValueTask task)
    {
        if (task.IsCompletedSuccessfully) return;
        task.AsTask().GetAwaiter().GetResult();
    }

    private static T Now<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();
}
