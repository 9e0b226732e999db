using System.Collections.Immutable;
using Isobar.Cells;
using Isobar.Control;
using Isobar.Protocols;

namespace Isobar.Tests.Control;

/// <summary>A protocol on a simulated press at 20 Hz, with executor, limit watcher and device, as an engine runs it but without threads and links.</summary>
internal sealed class TwinRun(PressTwin press, Protocol protocol, LimitWatcher watcher)
{
    private const double TickSeconds = 0.05;

    /// <summary>Called before every tick with the time; disturbs the press and may return an input for the executor.</summary>
    public Func<double, ExecutorState, ExecutorEvent?> Disturb { get; init; } = (_, _) => null;

    /// <summary>Every input of the executor, for a replay.</summary>
    public List<ExecutorEvent> Inputs { get; } = [];

    /// <summary>Lowest and highest force that was commanded in each step, N.</summary>
    public Dictionary<int, (double Lowest, double Highest)> InStep { get; } = [];

    /// <summary>Every force that was commanded, N.</summary>
    public List<double> Commanded { get; } = [];

    /// <summary>Every sample and event.</summary>
    public RunRecord Go(double longestSeconds)
    {
        double area = Die.AreaOf(protocol.Diameter).SquareMetres;
        ExecutorState state = Executor.Begin(protocol);
        var samples = ImmutableArray.CreateBuilder<TraceSample>();
        var events = ImmutableArray.CreateBuilder<RunEvent>();
        LimitMemory memory = default;
        for (long tick = 0; !state.HasEnded && tick * TickSeconds < longestSeconds; tick++)
        {
            double time = tick * TickSeconds;
            var inbox = new List<ExecutorEvent>();
            if (Disturb(time, state) is { } disturbance) inbox.Add(disturbance);
            for (int i = 0; i < 5; i++) press.Step();
            double force = press.TakeForce(), displacement = press.TakeDisplacement();
            double kelvins = press.Heat?.PlatenKelvins ?? double.NaN;
            (ImmutableArray<LimitTrip> trips, memory) = watcher.Judge(new LimitReading(time, force, displacement, kelvins), memory);
            foreach (LimitTrip trip in trips)
            {
                if (state.Phase != RunPhase.Releasing && trip.Input(time) is { } input) inbox.Add(input);
            }

            SampleQuality quality = double.IsFinite(force) ? SampleQuality.Good : SampleQuality.Bad;
            double thickness = press.Plant.ThicknessAtClosingMetres - displacement;
            inbox.Add(ExecutorEvent.Tick(time, force / area, thickness, quality, displacement, kelvins));
            foreach (ExecutorEvent input in inbox)
            {
                if (input.Kind == ExecutorEventKind.Tick && quality == SampleQuality.Good) samples.Add(new TraceSample(time, state.StepIndex, state.SetpointPa, force / area * area, force / area, displacement));
                Inputs.Add(input);
                (int step, double before) = (state.StepIndex, state.SetpointPa * area);
                (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, input);
                double asked = state.SetpointPa * area;
                (double lowest, double highest) = InStep.GetValueOrDefault(step, (before, before));
                InStep[step] = (Math.Min(lowest, asked), Math.Max(highest, asked));
                foreach (ExecutorCommand command in commands) Obey(command, area, events);
            }

            press.Write(state.SetpointPa * area);
            Commanded.Add(state.SetpointPa * area);
        }

        return new RunRecord(protocol, state.HasEnded ? state.Outcome : RunOutcome.Interrupted, samples.ToImmutable(), events.ToImmutable());
    }

    private void Obey(ExecutorCommand command, double area, ImmutableArray<RunEvent>.Builder events)
    {
        switch (command)
        {
            case LogEvent log:
                events.Add(log.Event);
                break;
            case SetSetpoint set:
                Commanded.Add(set.PressurePa * area);
                break;
            case SetTemperature heat:
                press.WriteTemperature(heat.Kelvins);
                break;
            case SwitchHeatingOff:
                press.WriteTemperature(double.NaN);
                break;
            case OpenGap open:
                press.Open(open.GapMetres);
                break;
            default:
                break;
        }
    }
}
