using Isobar.Lab.Store;
using Isobar.Protocols;

namespace Isobar.Lab.Presses;

/// <summary>
/// Drives a press through a protocol at 20 Hz and writes the record. All decisions are the executor's; the engine reads, watches the limit,
/// obeys and records, on a thread of its own. On a simulated press time is simulated and passes as fast as the clock allows.
/// </summary>
public static class RunEngine
{
    /// <summary>Period of the loop unless told otherwise, s.</summary>
    public const double TickSeconds = 0.05;

    /// <summary>Runs a protocol to its end without hands from elsewhere.</summary>
    /// <inheritdoc cref="RunAsync(Protocol, IPress, IRunSink, IOperator, IMeasurer, RunClock, IProgress{RunProgress}, RunControl, CancellationToken)"/>
    public static Task<RunRecord> RunAsync(
        Protocol protocol,
        IPress press,
        IRunSink sink,
        IOperator person,
        IMeasurer measurer,
        RunClock clock,
        IProgress<RunProgress>? progress,
        CancellationToken stop) => RunAsync(protocol, press, sink, person, measurer, clock, progress, null, stop);

    /// <summary>
    /// Runs a protocol to its end. Cancelling is STOP: the pressure is taken away by the release policy and the run reads
    /// <see cref="RunOutcome.Stopped"/>; the task never ends as cancelled once the press may have moved.
    /// </summary>
    /// <param name="protocol">What to do; <see cref="ProtocolCheck"/> has let it pass.</param>
    /// <param name="press">The press.</param>
    /// <param name="sink">Where the record goes.</param>
    /// <param name="person">Who answers prompts.</param>
    /// <param name="measurer">What answers measure steps.</param>
    /// <param name="clock">How fast.</param>
    /// <param name="progress">Told about ten times per second of wall time and at the end.</param>
    /// <param name="control">Pause, hold, resume, stop and abort from elsewhere; without it a run on simulated time that comes to rest is stopped.</param>
    /// <param name="stop">STOP.</param>
    /// <exception cref="PressException">The press could not be reached at the start; nothing has moved.</exception>
    /// <exception cref="RunRecordingException">The record could not be written; the press was released.</exception>
    public static Task<RunRecord> RunAsync(
        Protocol protocol,
        IPress press,
        IRunSink sink,
        IOperator person,
        IMeasurer measurer,
        RunClock clock,
        IProgress<RunProgress>? progress,
        RunControl? control,
        CancellationToken stop) => RunAsync(protocol, press, sink, person, measurer, clock, progress, control, RunConditions.Plain, stop);

    /// <summary>Runs a protocol to its end under conditions: a tare and a calibration, what STOP does, a record that is read back, a run that was lost.</summary>
    /// <inheritdoc cref="RunAsync(Protocol, IPress, IRunSink, IOperator, IMeasurer, RunClock, IProgress{RunProgress}, RunControl, CancellationToken)"/>
    public static async Task<RunRecord> RunAsync(
        Protocol protocol,
        IPress press,
        IRunSink sink,
        IOperator person,
        IMeasurer measurer,
        RunClock clock,
        IProgress<RunProgress>? progress,
        RunControl? control,
        RunConditions conditions,
        CancellationToken stop)
    {
        if (!(clock.Speed > 0)) throw new ArgumentException($"a speed of {clock.Speed} is not above zero", nameof(clock));
        if (!(clock.PeriodSeconds >= 1 / RunClock.MostHertz && clock.PeriodSeconds <= 1 / RunClock.LeastHertz))
            throw new ArgumentException($"a period of {clock.PeriodSeconds} s is none of a loop of {RunClock.LeastHertz} to {RunClock.MostHertz} Hz", nameof(clock));
        if (press is not IVirtualPress && clock.Speed is not 1) throw new ArgumentException($"{press.Name} is a real press and runs in real time only", nameof(clock));
        if (press is not IVirtualPress and not LeasedPress) throw new ArgumentException($"{press.Name} is a real press; it is commanded under a lease only", nameof(press));
        ExecutorState start = conditions.Lost?.Last ?? Executor.Begin(protocol, conditions.Terms.Stop);
        if (press is IVirtualPress simulated)
        {
            simulated.Load(protocol);
            foreach (string layer in conditions.Lost?.Layers ?? []) simulated.AddLayer(layer);
        }

        await press.ConnectAsync(stop);
        await press.ArmAsync(stop);

        // A thread of its own: the loop keeps its deadlines there, and a run on simulated time would keep the caller until its end.
        var done = new TaskCompletionSource<RunRecord>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                using var run = new RunLoop(start, press, sink, person, measurer, clock, progress, control, conditions, stop);
                done.SetResult(run.Go());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        {
            Name = "isobar loop",
            IsBackground = true,
        };
        thread.Start();
        return await done.Task;
    }
}

/// <summary>The record of a run could not be written. The press was released; what was acknowledged before is kept.</summary>
public sealed class RunRecordingException(string message, Exception inner) : IOException(message, inner);
