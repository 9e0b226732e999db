using Isobar.Lab.Presses;
using Isobar.Protocols;
using Xunit;

namespace Isobar.Lab.Tests.Presses;

/// <summary>The heartbeat in the other direction: does the device take what it is told?</summary>
public sealed class LinkWatchTests
{
    private const double Tick = 0.05;

    [Fact]
    public void A_device_that_answers_but_no_longer_echoes_the_heartbeat_is_uncertain_and_then_suspends()
    {
        var link = new LinkWatch(frozenIsBroken: true);
        double time = 0;
        uint beat = 0;
        for (int i = 0; i < 100; i++) Assert.Equal(SampleQuality.Good, Judge(link, time += Tick, ++beat));
        double deafSince = time;
        double? uncertain = null, suspended = null;
        while (time < deafSince + 2)
        {
            if (Judge(link, time += Tick, beat) == SampleQuality.Uncertain) uncertain ??= time - deafSince;
            if (link.Silence(time) is { } said)
            {
                suspended ??= time - deafSince;
                Assert.Contains("does not take what it is told", said, StringComparison.Ordinal);
            }
        }

        Assert.Equal(0.25, uncertain!.Value, 0.06);
        Assert.Equal(StalePolicy.SuspendSeconds, suspended!.Value, 0.06);
        Assert.Equal(SampleQuality.Good, Judge(link, time + Tick, beat + 1));
        Assert.Null(link.Silence(time + Tick));
    }

    [Fact]
    public void A_device_that_scans_more_slowly_than_the_loop_writes_is_heard_and_its_skips_are_counted()
    {
        var link = new LinkWatch(frozenIsBroken: true);
        double time = 0;
        // Four writes to one scan, at 20 Hz.
        for (uint beat = 1; beat <= 400; beat++) Assert.Equal(SampleQuality.Good, Judge(link, time += Tick, beat / 4 * 4));
        Assert.Equal(100, link.Echo!.Value.Beats);
        Assert.Equal(3 * 99, link.Echo.Value.Missed);
    }

    [Fact]
    public void A_device_without_echo_is_not_held_against_one()
    {
        var link = new LinkWatch(frozenIsBroken: true);
        for (int i = 1; i < 100; i++)
        {
            link.Wrote();
            Assert.Equal(SampleQuality.Good, link.Judge(new PressSample(i, i, 0, 1e-3, SampleQuality.Good), 0, i * Tick));
        }

        Assert.Null(link.Echo);
    }

    // A loop that stood still has written nothing; the device has not fallen deaf by that.
    [Fact]
    public void A_loop_that_stood_still_does_not_make_the_device_deaf()
    {
        var link = new LinkWatch(frozenIsBroken: true);
        for (uint beat = 1; beat < 20; beat++) Judge(link, beat * Tick, beat);
        Assert.Equal(SampleQuality.Good, link.Judge(new PressSample(1000, 5, 0, 1e-3, SampleQuality.Good) { Echo = new HeartbeatEcho(19, 16) }, 0, 30));
    }

    private static SampleQuality Judge(LinkWatch link, double time, uint echoed)
    {
        link.Wrote();
        return link.Judge(new PressSample((long)Math.Round(time / Tick), 1000 + time, 0, 1e-3, SampleQuality.Good) { Echo = new HeartbeatEcho(echoed, 16) }, 1000, time);
    }
}
