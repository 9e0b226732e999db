using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Control.ForceControlTests;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Control;

/// <summary>Whole runs on a simulated press in which something goes wrong. The truth behind the readings is judged, not the readings.</summary>
public sealed class FaultRunTests
{
    private static readonly PressPlantParameters s_heated = PressPlantParameters.ServoScrew with { Platens = HeatedColumnParameters.Laboratory };

    private static readonly Protocol s_everything = new("every kind", new Length(10e-3), Mpa(320), Rate(20),
    [
        new ApproachStep("touch", Mpa(3), Rate(1), new Duration(120)),
        new RampStep("up", PressureKind.Fabrication, Mpa(200), Rate(10)),
        new HoldStep("hold", PressureKind.Fabrication, Mpa(200), new Fraction(0.02), new Duration(20), new Duration(60), null),
        new MeasureStep("measure", MeasuredQuantities.Impedance, new Duration(60)),
        new HoldPositionStep("gap", PressureKind.Fabrication, Mpa(3), Mpa(310), Rate(2), new Duration(20), new Duration(20), null),
        new DensifyStep("dense", PressureKind.Fabrication, new Fraction(0.99), new Length(100e-6 / (1640 * Die10.SquareMetres)), Mpa(300), Rate(10)),
        new AdaptiveStep("adapt", PressureKind.Stack, Mpa(250), Mpa(5), Mpa(300), Rate(10), new Fraction(0.02), new Duration(5), new Fraction(0.02), 4, new Duration(60)),
        new HeatStep("warm", new Temperature(300), new TemperatureRate(0.2), new TemperatureDifference(1), new Duration(900)),
        new SoakStep("soak", new Temperature(300), new TemperatureDifference(1), new Duration(20), new Duration(600)),
        new PromptStep("look", "Look at it.", null),
        new RampStep("again", PressureKind.Stack, Mpa(50), Rate(10)),
        new ReleaseStep("open", Mpa(0), Rate(20)) { Gap = new Length(0.2e-3) },
    ])
    { TemperatureLimit = new Temperature(350) };

    public static TheoryData<int> Steps => [.. Enumerable.Range(0, s_everything.Steps.Length)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Abort_and_stop_in_every_step_end_without_pressure_and_without_heat(int step)
    {
        foreach (bool abort in new[] { true, false })
        {
            PressTwin press = Press(s_heated, 100, 11);
            double since = double.NaN;
            var run = new TwinRun(press, s_everything, Watcher(s_everything))
            {
                Disturb = (time, state) =>
                {
                    if (Answer(time, state) is { } answer) return answer;
                    if (state.StepIndex != step || !double.IsNaN(since)) return null;
                    since = double.IsNaN(since) && time > state.StepStartedSeconds + 0.5 ? time : double.NaN;
                    return double.IsNaN(since) ? null : abort ? ExecutorEvent.Abort(time, "abort") : ExecutorEvent.Stop(time, "stop");
                },
            };
            RunRecord record = run.Go(3600);
            Assert.Equal(abort ? RunOutcome.Aborted : RunOutcome.Stopped, record.Outcome);
            Assert.Equal(step, Assert.Single(record.Events, e => e.Kind == RunEventKind.StopRequested).StepIndex);
            Assert.Single(record.Events, e => e.Kind == RunEventKind.ReleaseStarted);
            Assert.InRange(press.Plant.ForceNewtons, 0, Newtons(0.6));
            Assert.Equal(0, press.SetpointNewtons);
            for (int i = 0; i < 100; i++) press.Step();
            Assert.Equal(0, press.Heat!.PowerWatts);
        }
    }

    [Fact]
    public void A_force_sensor_that_freezes_in_a_hold_is_found_and_the_press_released()
    {
        foreach (PressPlantParameters parameters in new[] { PressPlantParameters.Hydraulic5t, PressPlantParameters.Hydraulic24t, PressPlantParameters.ServoScrew })
        {
            PressTwin press = Press(parameters, 100, 12);
            Protocol protocol = s_everything with { Steps = [s_everything.Steps[0], s_everything.Steps[1], Hold(600), new ReleaseStep("down", Mpa(0), Rate(20))] };
            double frozen = double.NaN;
            var run = new TwinRun(press, protocol, Watcher(protocol))
            {
                Disturb = (time, state) =>
                {
                    if (state.InBandSeconds > 60 && double.IsNaN(frozen)) (frozen, press.Sensor) = (time, SensorState.Frozen);
                    return null;
                },
            };
            RunRecord record = run.Go(1200);
            RunEvent suspended = Assert.Single(record.Events, e => e.Kind == RunEventKind.Suspended);
            Assert.InRange(suspended.TimeSeconds - frozen, 3, 4);
            Assert.Equal(RunOutcome.Aborted, record.Outcome);
            Assert.Contains(record.Events, e => e.Kind == RunEventKind.Fault && e.Text.Contains("not known", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_lost_sensor_ends_the_run_after_two_seconds()
    {
        PressTwin press = Press(s_heated, 100, 13);
        Protocol protocol = s_everything with { Steps = [s_everything.Steps[0], s_everything.Steps[1], Hold(60), new ReleaseStep("down", Mpa(0), Rate(20))] };
        var run = new TwinRun(press, protocol, Watcher(protocol))
        {
            Disturb = (time, _) =>
            {
                if (time >= 50) press.Sensor = SensorState.NotANumber;
                return null;
            },
        };
        RunRecord record = run.Go(600);
        Assert.InRange(Assert.Single(record.Events, e => e.Kind == RunEventKind.Suspended).TimeSeconds, 50.5, 50.6);
        Assert.InRange(record.Events.First(e => e.Kind == RunEventKind.Fault).TimeSeconds, 52.0, 52.15);
        Assert.Equal(RunOutcome.Aborted, record.Outcome);
    }

    [Fact]
    public void A_valve_that_sticks_in_a_ramp_ends_the_run_and_leaves_the_rest_to_the_dump()
    {
        PressTwin press = Press(PressPlantParameters.Hydraulic5t, 100, 14);
        Protocol protocol = s_everything with { Steps = [s_everything.Steps[0], s_everything.Steps[1], new ReleaseStep("down", Mpa(0), Rate(20))] };
        var run = new TwinRun(press, protocol, Watcher(protocol))
        {
            Disturb = (_, state) =>
            {
                press.Plant.Stuck |= state.SetpointPa > 100e6;
                return null;
            },
        };
        RunRecord record = run.Go(600);
        Assert.Equal(RunOutcome.Aborted, record.Outcome);
        Assert.Contains(record.Events, e => e.Kind == RunEventKind.Fault && e.Text.Contains("does not follow", StringComparison.Ordinal));
        Assert.Contains(record.Events, e => e.Kind == RunEventKind.Fault && e.Text.Contains("remain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RunPhase.NotStarted)]
    [InlineData(RunPhase.Held)]
    [InlineData(RunPhase.Suspended)]
    [InlineData(RunPhase.Measuring)]
    [InlineData(RunPhase.Prompting)]
    public void A_limit_is_seen_while_idle_at_rest_and_in_a_measurement(RunPhase phase)
    {
        PressTwin press = Press(s_heated, 100, 15);
        double since = double.NaN;
        var run = new TwinRun(press, s_everything, Watcher(s_everything))
        {
            Disturb = (time, state) =>
            {
                if (phase is RunPhase.Held or RunPhase.Suspended && state.Phase == RunPhase.Holding && double.IsNaN(since))
                    return phase == RunPhase.Held ? ExecutorEvent.Hold(time, "look") : ExecutorEvent.Suspend(time, "door");
                if (state.Phase == phase && double.IsNaN(since)) since = time;
                press.Sensor = time >= since && time < since + 0.1 ? SensorState.Spiking : SensorState.Healthy;
                return state.Phase == phase ? null : Answer(time, state);
            },
        };
        RunRecord record = run.Go(1200);
        RunEvent tripped = record.Events.First(e => e.Kind == RunEventKind.LimitTripped);
        Assert.InRange(tripped.TimeSeconds - since, 0, 0.1);
        Assert.EndsWith("exceeds the limit of 25.13 kN (320 MPa)", tripped.Text, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Aborted, record.Outcome);
        if (phase == RunPhase.NotStarted) Assert.DoesNotContain(record.Events, e => e.Kind == RunEventKind.StepStarted);
    }

    internal static LimitWatcher Watcher(Protocol protocol) => new(new Force(protocol.Limit.Pascals * Die10.SquareMetres), Die10) { Hottest = protocol.TemperatureLimit };

    // An instrument and a person who need two seconds; the resistance falls by half from round to round.
    private static ExecutorEvent? Answer(double time, ExecutorState state) =>
        time < state.StepStartedSeconds + 2 ? null
        : state.Phase == RunPhase.Measuring ? ExecutorEvent.MeasurementDone(time, "{}", 0.01 * Math.Pow(0.5, state.Round))
        : state.Phase == RunPhase.Prompting ? ExecutorEvent.Confirmed(time, "fine")
        : null;

    private static HoldStep Hold(double seconds) => new("hold", PressureKind.Fabrication, Mpa(200), new Fraction(0.02), new Duration(seconds), new Duration(2 * seconds), null);
}
