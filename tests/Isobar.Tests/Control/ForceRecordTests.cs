using System.Collections.Immutable;
using Isobar.Control;
using Isobar.Quantities;
using Xunit;

namespace Isobar.Tests.Control;

/// <summary>What stands behind a force reading: its zero, and a partner that lives.</summary>
public sealed class ForceRecordTests
{
    private static readonly Force s_capacity = new(50_000);

    [Fact]
    public void Taring_again_and_again_under_load_is_stopped_by_the_absolute_limit()
    {
        var watcher = new LimitWatcher(new Force(10_000), new Area(1e-4));
        var tare = Tare.None(s_capacity);
        double untared = 0;
        int tarings = 0, refused = 0;
        LimitMemory memory = default;
        while (true)
        {
            // A person asks for 200 N on the display, sees them, tares, and asks for 200 N more.
            untared += 200;
            (ImmutableArray<LimitTrip> trips, memory) = watcher.Judge(new LimitReading(tarings, untared), memory);
            if (!trips.IsEmpty) break;
            (tare, string? refusal) = tare.Zero(tarings++, new Force(untared));
            if (refusal is not null) refused++;
        }

        Assert.Equal(10_200, untared, 1e-9);
        // 0.5 % of 50 kN is 250 N: only the first 200 N could pass for a drift of the zero, the rest was refused as a load.
        Assert.Equal(tarings - 1, refused);
        Assert.Equal(10_000, tare.Net(new Force(untared)).Newtons, 1e-9);
        Assert.Equal(200, Assert.Single(tare.Log).Drift.Newtons, 1e-9);
    }

    [Fact]
    public void The_log_of_taring_says_how_the_zero_drifts()
    {
        var tare = Tare.None(s_capacity);
        foreach (double zero in new[] { 20.0, 35.0, 15.0 }) (tare, _) = tare.Zero(60, new Force(zero));
        Assert.Equal([20.0, 15.0, -20.0], tare.Log.Select(entry => entry.Drift.Newtons));
        Assert.Equal(985, tare.Net(new Force(1000)).Newtons, 1e-9);
        Assert.NotNull(tare.Zero(70, new Force(double.NaN)).Refusal);
    }

    [Fact]
    public void A_bit_that_is_stuck_high_is_silent_and_a_counter_that_skips_has_missed()
    {
        HeartbeatWatch stuck = HeartbeatWatch.Start(0), counting = HeartbeatWatch.Start(0), skipping = HeartbeatWatch.Start(0);
        for (int i = 1; i <= 100; i++)
        {
            stuck = stuck.Hear(0.1 * i, 1);
            counting = counting.Hear(0.1 * i, (uint)i);
            skipping = skipping.Hear(0.1 * i, (uint)(3 * i));
        }

        Assert.True(stuck.IsSilent(10, 0.5));
        Assert.False(counting.IsSilent(10, 0.5));
        Assert.Equal((1, 0), (stuck.Beats, stuck.Missed));
        Assert.Equal((100, 0), (counting.Beats, counting.Missed));
        Assert.Equal((100, 198), (skipping.Beats, skipping.Missed));
    }

    [Fact]
    public void A_partner_that_began_anew_has_skipped_nothing()
    {
        HeartbeatWatch watch = HeartbeatWatch.Start(0, 5000).Hear(1, 5001, 16).Hear(2, 0, 16).Hear(3, 1, 16).Hear(4, 4, 16);
        Assert.Equal((4, 2), (watch.Beats, watch.Missed));
    }

    [Theory]
    [InlineData(16, 0xFFFFu)]
    [InlineData(32, 0xFFFFFFFFu)]
    public void A_counter_may_wrap(int bits, uint last)
    {
        HeartbeatWatch watch = HeartbeatWatch.Start(0, last - 1).Hear(1, last, bits).Hear(2, 0, bits).Hear(3, 1, bits);
        Assert.Equal((3, 0, 3.0), (watch.Beats, watch.Missed, watch.BeatSeconds));
    }
}
