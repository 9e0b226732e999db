using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Lab.Presses;
using Isobar.Lab.Presses.Modbus;
using Isobar.Lab.Store;
using Isobar.Protocols;
using Isobar.Quantities;

namespace Isobar.Lab.Tests.Presses.Modbus;

/// <summary>
/// A protocol on the simulated device over a real wire, at 20 Hz of simulated time: the device lives between two ticks and nobody sleeps. Executor, driver, line
/// and server are those of a run; only the clock is not.
/// </summary>
internal sealed class WireRun(IPress driver, SimulatedPress press, SimulatedPressDevice device, Protocol protocol)
{
    public const double TickSeconds = 0.05;

    private readonly double _area = Die.AreaOf(protocol.Diameter).SquareMetres;

    /// <summary>True force after each tick with the step that it belongs to, N.</summary>
    public List<(double TimeSeconds, int Step, double Newtons)> Truth { get; } = [];

    /// <summary>Temperature that was read after each tick, K.</summary>
    public List<double> Kelvins { get; } = [];

    /// <summary>Called after every reading, before the executor is told.</summary>
    public Func<ExecutorState, TraceSample, Task> Look { get; init; } = (_, _) => Task.CompletedTask;

    public async Task<RunRecord> GoAsync(IRunSink? sink, CancellationToken cancellation)
    {
        ExecutorState state = Executor.Begin(protocol);
        var samples = ImmutableArray.CreateBuilder<TraceSample>();
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        var watcher = new LimitWatcher(new Force(protocol.Limit.Pascals * _area), new Area(_area));
        LimitMemory memory = default;
        uint heartbeat = 0;
        for (long tick = 0; !state.HasEnded; tick++)
        {
            double time = tick * TickSeconds;
            device.Advance(new Duration(TickSeconds));
            PressSample read = await driver.ReadAsync(cancellation);
            Truth.Add((time, state.StepIndex, press.Plant.ForceNewtons));
            Kelvins.Add(read.TemperatureKelvins);
            var sample = new TraceSample(time, state.StepIndex, state.SetpointPa, read.ForceNewtons, read.ForceNewtons / _area, read.DisplacementMetres);
            samples.Add(sample);
            sink?.Append(sample);
            await Look(state, sample);
            (ImmutableArray<LimitTrip> trips, memory) = watcher.Judge(new LimitReading(time, read.ForceNewtons, read.DisplacementMetres, read.TemperatureKelvins), memory);
            foreach (LimitTrip trip in trips) await TellAsync(trip.Input(time)!.Value, ofSample: false);
            await TellAsync(ExecutorEvent.Tick(time, sample.PressurePa, read.ThicknessMetres, read.Quality, read.DisplacementMetres, read.TemperatureKelvins), ofSample: true);
            await driver.WriteAsync(new Force(state.SetpointPa * _area), ++heartbeat, cancellation);
        }

        return new RunRecord(protocol, state.Outcome, samples.ToImmutable(), events.ToImmutable());

        async Task TellAsync(ExecutorEvent input, bool ofSample)
        {
            sink?.Append(new RunInput(input, ofSample));
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input);
            foreach (ExecutorCommand command in commands)
            {
                if (command is LogEvent log)
                {
                    events.Add(log.Event);
                    sink?.Append(log.Event);
                }
                else if (command is SetTemperature heat)
                {
                    await driver.HeatAsync(new Temperature(heat.Kelvins), cancellation);
                }
                else if (command is SwitchHeatingOff)
                {
                    await driver.HeatAsync(null, cancellation);
                }
            }
        }
    }
}

/// <summary>A clock on which waiting is the life of a device: who waits lets it live for as long.</summary>
internal sealed class DeviceTime(SimulatedPressDevice device) : TimeProvider
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => Begin + _elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _elapsed += dueTime;
        device.Advance(new Duration(dueTime.TotalSeconds));
        callback(state);
        return new Elapsed();
    }

    private sealed class Elapsed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            // It has rung already.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
