using System.Collections.Immutable;
using Isobar.Control;
using Isobar.Protocols;
using Isobar.Quantities;
using Isobar.Tests.Protocols;
using Xunit;

namespace Isobar.Tests.Control;

/// <summary>The limits that stand beside the executor.</summary>
public sealed class LimitWatcherTests
{
    private static readonly LimitWatcher s_watcher = new(new Force(10_000), new Area(1e-4))
    {
        Fastest = new PressureRate(20e6),
        Travel = new Length(2e-3),
        Hottest = new Temperature(373),
    };

    [Fact]
    public void A_force_above_its_limit_ends_the_run_in_every_state()
    {
        foreach (RunPhase phase in Enum.GetValues<RunPhase>().Where(phase => phase != RunPhase.Ended))
        {
            ExecutorState state = ExecutorTests.At(phase);
            LimitTrip trip = Assert.Single(s_watcher.Judge(new LimitReading(0, 10_001), default).Trips);
            Assert.Equal((LimitKind.Force, GuardAction.Abort), (trip.Kind, trip.Action));
            (state, _) = Executor.Step(state, trip.Input(state.TimeSeconds)!.Value);
            Assert.Equal((RunPhase.Releasing, RunOutcome.Aborted), (state.Phase, state.Outcome));
        }
    }

    [Fact]
    public void A_level_trips_on_every_reading_as_long_as_it_lasts()
    {
        LimitMemory memory = default;
        for (int i = 0; i < 100; i++)
        {
            (ImmutableArray<LimitTrip> trips, memory) = s_watcher.Judge(new LimitReading(0.05 * i, -10_500, 2.1e-3, 380), memory);
            Assert.Equal([LimitKind.Force, LimitKind.Displacement, LimitKind.Temperature], trips.Select(trip => trip.Kind));
        }
    }

    [Theory]
    [InlineData(19, 0)]
    [InlineData(21, 1)]
    public void A_rate_is_judged_over_half_a_second(double megapascalsPerSecond, int expected)
    {
        LimitMemory memory = default;
        ImmutableArray<LimitTrip> trips = [];
        for (int i = 0; i < 90; i++) (trips, memory) = s_watcher.Judge(new LimitReading(0.05 * i, megapascalsPerSecond * 1e6 * 1e-4 * 0.05 * i), memory);
        Assert.Equal(expected, trips.Count(trip => trip.Kind == LimitKind.ForceRate));
        if (expected > 0) Assert.Equal(ExecutorEventKind.HoldRequested, trips.First(trip => trip.Kind == LimitKind.ForceRate).Input(1)!.Value.Kind);
    }

    [Fact]
    public void What_the_press_cannot_tell_does_not_trip_and_does_not_spoil_the_rate()
    {
        (ImmutableArray<LimitTrip> trips, LimitMemory memory) = s_watcher.Judge(new LimitReading(0, 100), default);
        (trips, memory) = s_watcher.Judge(new LimitReading(0.05, double.NaN), memory);
        Assert.Empty(trips);
        (trips, _) = s_watcher.Judge(new LimitReading(0.1, 100), memory);
        Assert.Empty(trips);
    }
}
