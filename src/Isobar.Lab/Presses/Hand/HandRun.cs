using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Presses.Hand;

/// <summary>
/// Guides a person through a protocol at a press with a gauge. The executor is that of every run; between two readings it is told the straight line
/// that joins them, and the record holds the readings alone.
/// </summary>
public sealed class HandRun : IDisposable
{
    private const double TickSeconds = RunEngine.TickSeconds;

    private readonly IHandPerson _person;
    private readonly TimeProvider _time;
    private readonly RunLog _log;
    private readonly PartnerDesk _partners;
    private readonly LimitGuard _limits;
    private readonly HandWords _words;
    private readonly double _area;
    private readonly RunControl? _control;
    private readonly CancellationToken _stop;
    private readonly long _started;
    private ExecutorState _state;
    private double _toldSeconds;
    private double _toldPa;

    private HandRun(ExecutorState start, PressInstrument press, IRunSink sink, IHandPerson person, IOperator confirms, IMeasurer measurer, TimeProvider time, RunControl? control, CancellationToken stop)
    {
        _state = start;
        _control = control;
        _person = person;
        _time = time;
        _stop = stop;
        _log = new RunLog(start.Protocol, sink);
        _partners = new PartnerDesk(confirms, measurer, simulatedTime: false, stop);
        Area area = Die.AreaOf(start.Protocol.Diameter);
        _area = area.SquareMetres;
        _words = new HandWords(start.Protocol, _area);
        _limits = new LimitGuard(new LimitWatcher(new Force(Math.Min(start.Protocol.Limit.Pascals * _area, press.Capacity.Newtons)), area));
        _started = time.GetTimestamp();
    }

    /// <summary>Guides to the end of the protocol. Cancelling is STOP: the person is asked to release.</summary>
    /// <param name="protocol">What to do.</param>
    /// <param name="press">The press.</param>
    /// <param name="sink">Where the record goes.</param>
    /// <param name="person">Who pumps and reads.</param>
    /// <param name="confirms">Who answers prompts; usually the same person.</param>
    /// <param name="measurer">What answers measure steps.</param>
    /// <param name="time">The clock.</param>
    /// <param name="control">What is asked from elsewhere; it is taken after the next answer of the person.</param>
    /// <param name="stop">STOP.</param>
    /// <exception cref="RunRecordingException">The record could not be written.</exception>
    public static async Task<RunRecord> RunAsync(Protocol protocol, PressInstrument press, IRunSink sink, IHandPerson person, IOperator confirms, IMeasurer measurer, TimeProvider time, RunControl? control, CancellationToken stop)
    {
        using var run = new HandRun(Executor.Begin(protocol), press, sink, person, confirms, measurer, time, control, stop);
        try
        {
            return await run.GoAsync();
        }
        finally
        {
            control?.Close();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _limits.Dispose();
        _partners.Dispose();
    }

    private double Now => _time.GetElapsedTime(_started).TotalSeconds;

    private async Task<RunRecord> GoAsync()
    {
        Tell(ExecutorEvent.Tick(0, 0), new TraceSample(0, -1, 0, 0, 0, double.NaN));
        bool stopped = false;
        while (!_state.HasEnded)
        {
            if (_stop.IsCancellationRequested && !stopped)
            {
                stopped = true;
                Tell(ExecutorEvent.Stop(_toldSeconds, "stop requested"), null);
            }

            while (_control is not null && _control.TryTake(out RunControl.Asked asked))
            {
                if (asked.Verb is null)
                {
                    asked.Answer.TrySetResult("refused: a prompt of a hand press is answered at the press");
                    continue;
                }

                Tell(asked.Event(_toldSeconds)!.Value, null);
                asked.Answer.TrySetResult($"done: the press {PressStateTable.InWords(PressStateTable.Of(_state))}");
            }

            if (_state.HasEnded) break;
            if (_state.Phase is RunPhase.Prompting or RunPhase.Measuring) await AwaitPartnerAsync();
            else await AskAsync(stopped);
        }

        return _log.Finish(_state.Outcome, _toldSeconds, null);
    }

    // A hold may end while a person works; what is asked next follows from where the run is by then.
    private async Task AskAsync(bool stopped)
    {
        HandAnswer answer;
        try
        {
            answer = await _person.AskAsync(_words.Question(_state), stopped ? CancellationToken.None : _stop);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (EndOfStreamException)
        {
            Leave();
            return;
        }

        double now = Math.Max(Now, _toldSeconds);
        if (answer.Verb is { } verb)
        {
            PassTime(now, _toldPa);
            if (Verb(verb, answer.Reason) is { } input) Tell(input, null);
            return;
        }

        double pressurePa = answer.Reading!.Value.Newtons / _area;
        PassTime(now - TickSeconds, pressurePa);
        foreach (ExecutorEvent tripped in _limits.Saw(new LimitReading(now, answer.Reading.Value.Newtons))) Tell(tripped, null);
        Reading(now, answer.Reading.Value.Newtons);
    }

    private void Reading(double now, double newtons)
    {
        double pressurePa = newtons / _area;
        _toldSeconds = now;
        _toldPa = pressurePa;
        Tell(ExecutorEvent.Tick(now, pressurePa), new TraceSample(now, _state.StepIndex, _state.SetpointPa, newtons, pressurePa, double.NaN));
    }

    // The straight line between two readings, tick by tick; it is no evidence and stays out of the trace.
    private void PassTime(double until, double pressurePa)
    {
        double from = _toldSeconds, fromPa = _toldPa;
        double span = until + TickSeconds - from;
        for (double t = from + TickSeconds; t <= until && !_state.HasEnded; t += TickSeconds)
        {
            _toldSeconds = t;
            _toldPa = fromPa + ((pressurePa - fromPa) * ((t - from) / span));
            Tell(ExecutorEvent.Tick(t, _toldPa, quality: SampleQuality.Interpolated), null);
            if (_state.Phase is RunPhase.Prompting or RunPhase.Measuring) return;
        }
    }

    private async Task AwaitPartnerAsync()
    {
        _partners.Wait();
        await Task.Yield();
        double now = Math.Max(Now, _toldSeconds);
        if (_partners.Take(now) is not { } answer) return;
        _toldSeconds = now;
        if (answer.Kind != ExecutorEventKind.StopRequested || _state.Phase != RunPhase.Releasing) Tell(answer, null);
    }

    private ExecutorEvent? Verb(PressVerb verb, string reason) => new RunControl.Asked(verb, reason, new TaskCompletionSource<string>()).Event(_toldSeconds);

    // Nobody is there any more: the run ends without a reading that says that the pressure is gone.
    private void Leave()
    {
        Tell(ExecutorEvent.Stop(_toldSeconds, "nobody answers any more"), null);
        for (double t = _toldSeconds + TickSeconds; !_state.HasEnded; t += TickSeconds)
        {
            _toldSeconds = t;
            Tell(ExecutorEvent.Tick(t, double.NaN, quality: SampleQuality.Bad), null);
        }
    }

    private void Tell(in ExecutorEvent input, TraceSample? sample)
    {
        bool written = sample is null || _log.Take(sample.Value);
        written &= _log.Take(new RunInput(input, sample is not null));
        (_state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(_state, input);
        foreach (ExecutorCommand command in commands)
        {
            switch (command)
            {
                case LogEvent log:
                    written &= _log.Take(log.Event);
                    break;
                case ShowPrompt prompt:
                    written &= _log.Flush();
                    _partners.Ask(prompt, _toldSeconds);
                    break;
                case RequestMeasurement request:
                    written &= _log.Flush();
                    _partners.Ask(new MeasurementRequest(request.StepIndex, _state.Protocol.Steps[request.StepIndex].Name, request.Quantities, _toldSeconds, new SamplePressure(_toldPa), null, _log.History()));
                    break;
                case BeginRelease:
                    _partners.Leave();
                    break;
                default:
                    break;
            }
        }

        if (!written) Tell(ExecutorEvent.Fault(_toldSeconds, "the record cannot be written"), null);
    }
}
