using System.Collections.Immutable;
using Isobar.Numerics;
using Isobar.Protocols;
using Isobar.Quantities;
using Xunit;
using static Isobar.Tests.Protocols.ExecutorTests;

namespace Isobar.Tests.Protocols;

/// <summary>A force reading that freezes while the set-point stands still.</summary>
public sealed class SensorWatchTests
{
    private const double Tick = 0.05;

    private static readonly Protocol s_long = Simple(
    [
        new RampStep("up", PressureKind.Fabrication, Mpa(100), Rate(10)),
        new HoldStep("hold", PressureKind.Fabrication, Mpa(100), new Fraction(0.02), new Duration(600), new Duration(1200), null),
        new ReleaseStep("down", Mpa(0), Rate(10)),
    ]);

    [Fact]
    public void A_lively_reading_that_freezes_in_a_hold_suspends_the_run_and_ends_it_through_the_release()
    {
        ExecutorState state = Played(resolutionPa: 1e3, noisePa: 2e4, freezeAt: 60, until: 75, out List<RunEvent> events);
        RunEvent suspended = Assert.Single(events, e => e.Kind == RunEventKind.Suspended);
        // 60 readings and the first of the row make 3.05 s, half a second of uncertainty is allowed.
        Assert.InRange(suspended.TimeSeconds, 63.0, 63.8);
        Assert.Contains("stands still at 100 MPa", suspended.Text, StringComparison.Ordinal);
        Assert.Equal((RunPhase.Releasing, RunOutcome.Aborted), (state.Phase, state.Outcome));
    }

    [Theory]
    [InlineData(2e6, 2e4)]
    [InlineData(1e3, 0.0)]
    public void A_coarse_or_quiet_reading_may_repeat_itself_for_ever(double resolutionPa, double noisePa)
    {
        ExecutorState state = Played(resolutionPa, noisePa, freezeAt: double.PositiveInfinity, until: 400, out List<RunEvent> events);
        Assert.Equal(RunPhase.Holding, state.Phase);
        Assert.DoesNotContain(events, e => e.Kind == RunEventKind.Suspended);
    }

    [Fact]
    public void A_healthy_reading_is_never_called_frozen_in_a_day()
    {
        var noise = new RandomSource(3);
        SensorWatch watch = SensorWatch.Fresh;
        for (int i = 0; i < 20 * 86_400; i++)
        {
            // Steps of 0.1 MPa under a noise of 0.2 MPa: a fifth of the readings repeat.
            watch = watch.Add(100e6 + (1e5 * Math.Round(2 * noise.NextNormal())), atRest: true);
            Assert.False(watch.IsFrozen);
        }

        Assert.InRange((double)watch.Repeats / watch.Readings, 0.1, 0.25);
    }

    [Fact]
    public void Nothing_is_said_about_a_reading_without_pressure()
    {
        var noise = new RandomSource(4);
        SensorWatch watch = SensorWatch.Fresh;
        for (int i = 0; i < 500; i++) watch = watch.Add(100e6 + (1e4 * noise.NextNormal()), atRest: true);
        for (int i = 0; i < 5000; i++) watch = watch.Add(0, atRest: true);
        Assert.False(watch.IsFrozen);
    }

    private static ExecutorState Played(double resolutionPa, double noisePa, double freezeAt, double until, out List<RunEvent> events)
    {
        events = [];
        var noise = new RandomSource(1);
        ExecutorState state = Executor.Begin(s_long);
        double reading = 0;
        for (double time = 0; time < until; time += Tick)
        {
            if (time < freezeAt) reading = Math.Max(0, Math.Round((state.SetpointPa + (noisePa * noise.NextNormal())) / resolutionPa) * resolutionPa);
            (state, ImmutableArray<ExecutorCommand> commands) = Executor.Step(state, ExecutorEvent.Tick(time, reading));
            events.AddRange(commands.OfType<LogEvent>().Select(log => log.Event));
        }

        return state;
    }
}
